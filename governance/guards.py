"""Triggers: the database itself refuses to rewrite what is frozen, whoever asks.

For a migration:

    operations = [migrations.RunPython(
        lambda apps, schema_editor: guards.install(schema_editor),
        lambda apps, schema_editor: guards.remove(schema_editor),
    )]

On SQLite a later migration that alters a guarded table, `governance_report` or
`governance_validation` makes that table anew: its triggers are lost, or the renaming
fails because a trigger names the table that is away. Such a migration begins with
`remove` and ends with `install`. A test finds what is `missing`.

What is frozen cannot be deleted either, nor its table emptied; only the tests, whose
database is emptied again and again, take those triggers away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

APPEND_ONLY = (
    "governance_actionreport",
    "governance_amendment",
    "governance_attendanceevent",
    "governance_changemade",
    "governance_duerevision",
    "governance_event",
    "governance_objection",
    "governance_partoutcome",
    "governance_proposal",
    "governance_reservation",
    "governance_response",
    "governance_revision",
    "governance_rollcallvote",
    "governance_ruleconfirmation",
    "governance_signature",
    "governance_signoffrule",
    "governance_validation",
    "governance_version",
)
VALIDATED = "('validated', 'released', 'superseded')"
REFUSAL = "A report is validated by its signatures and by nothing else."
STAYS_VALIDATED = "A validated report stays what it is."
NOT_MET = "The signatures do not meet the sign-off rule."
OTHER_TEXT = "A signature is of the text that it names."
NO_ACTION = "An adopted resolution has an action in the roadmap."
ADOPTED = "An adopted resolution is never changed: a later one amends it."
PRINTED = "What was printed of a validated report is never changed."


@dataclass(frozen=True)
class Guard:
    """One trigger: when it refuses what, and in which words.

    The condition is SQL; `{differs}` stands for the database's own “is not the same”.
    """

    name: str
    table: str
    event: str  # BEFORE which it stands
    message: str
    condition: str = "1 = 1"
    on_postgresql: str = ""  # where its condition is another there
    once: bool = False  # for the statement, not for each row


def changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in columns)


SEAT_UNSIGNED = """EXISTS (SELECT 1 FROM {seats} WHERE NOT EXISTS (
    SELECT 1 FROM governance_signature s WHERE s.candidate_id = NEW.candidate_id
    AND s.position IN ('signed', 'reservation') AND s.capacity = seat.value))"""
TOO_FEW = """COALESCE({needed}, 1000000) > (
    SELECT COUNT(DISTINCT s.institution_id) FROM governance_signature s
    WHERE s.candidate_id = NEW.candidate_id AND s.capacity = 'institution'
    AND s.position IN ('signed', 'reservation'))"""
NO_VALIDATION = f"""NEW.state IN {VALIDATED} AND NEW.id NOT IN (
    SELECT report_id FROM governance_validation)"""  # noqa: S608 -- our own constants


def not_met(seats: str, needed: str) -> str:
    return f"{SEAT_UNSIGNED.format(seats=seats)} OR {TOO_FEW.format(needed=needed)}"


def frozen_guards(table: str) -> list[Guard]:
    message = f"{table} is added to, never changed."
    return [
        Guard(f"{table}_is_frozen", table, "UPDATE", message),
        Guard(f"{table}_stays", table, "DELETE", message),
    ]


GUARDS = [
    *(guard for table in APPEND_ONLY for guard in frozen_guards(table)),
    Guard(
        "governance_report_is_signed",
        "governance_report",
        "UPDATE",
        REFUSAL,
        NO_VALIDATION,
    ),
    Guard(
        "governance_report_begins_unsigned",
        "governance_report",
        "INSERT",
        REFUSAL,
        f"NEW.state IN {VALIDATED}",
    ),
    Guard(
        "governance_report_stays_validated",
        "governance_report",
        "UPDATE",
        STAYS_VALIDATED,
        f"OLD.state IN {VALIDATED} AND (NEW.state <> OLD.state"
        " AND NOT (OLD.state = 'validated' AND NEW.state = 'released')"
        " AND NOT (OLD.state = 'released' AND NEW.state = 'superseded')"
        " OR (OLD.released_at IS NOT NULL AND"
        f" ({changed('released_at')}))"
        f" OR {changed('validated_at', 'title', 'subtitle', 'reference', 'edition')})",
    ),
    Guard(
        "governance_validation_is_met",
        "governance_validation",
        "INSERT",
        NOT_MET,
        not_met(
            "json_each(NEW.rule, '$.seats') seat", "json_extract(NEW.rule, '$.needed')"
        ),
        not_met(
            "jsonb_array_elements_text(NEW.rule->'seats') seat(value)",
            "(NEW.rule->>'needed')::int",
        ),
    ),
    Guard(
        "governance_signature_of_its_text",
        "governance_signature",
        "INSERT",
        OTHER_TEXT,
        "NOT EXISTS (SELECT 1 FROM governance_version"
        " WHERE id = NEW.candidate_id AND digest = NEW.candidate_digest)",
    ),
    Guard(
        "governance_resolution_has_action",
        "governance_resolution",
        "UPDATE",
        NO_ACTION,
        "NEW.state = 'adopted' AND NOT EXISTS"
        " (SELECT 1 FROM governance_roadmapaction WHERE resolution_id = NEW.id)",
    ),
    Guard(
        "governance_resolution_is_adopted",
        "governance_resolution",
        "UPDATE",
        ADOPTED,
        "OLD.state = 'adopted'",
    ),
    Guard(
        "governance_rendering_is_printed",
        "governance_rendering",
        "UPDATE",
        PRINTED,
        "OLD.edition <> 'draft' AND ("
        + changed("content", "digest", "edition", "report_id")
        + f" OR OLD.progress = 'done' AND ({changed('sha256', 'progress')}))",
    ),
]
# Emptying a whole table; on SQLite that is a DELETE.
TRUNCATE = [
    Guard(
        f"{table}_is_kept",
        table,
        "TRUNCATE",
        f"{table} is added to, never changed.",
        once=True,
    )
    for table in APPEND_ONLY
]


def guards_of(vendor: str) -> list[Guard]:
    return GUARDS + (TRUNCATE if vendor == "postgresql" else [])


SQLITE = """
    CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}
    BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
# The class of the error makes it an IntegrityError, as on SQLite.
FUNCTION = """
    CREATE OR REPLACE FUNCTION {name}() RETURNS trigger
    LANGUAGE plpgsql AS $guard$ BEGIN
    IF {condition} THEN
    RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
    END $guard$
"""
TRIGGER = """
    CREATE TRIGGER {name} BEFORE {event} ON {table}
    FOR EACH {scope} EXECUTE FUNCTION {name}()
"""
# Functions of earlier versions of this module.
FORMER = (
    "ncc_never_changed",
    "ncc_validated_by_signatures",
    "ncc_signature_of_its_text",
    "ncc_resolution_has_action",
)


def install_sql(vendor: str, tables: Collection[str]) -> list[str]:
    """Every trigger on tables that are there: an early migration has not all of them."""
    make = {"sqlite": sqlite, "postgresql": postgresql}[vendor]
    return [
        statement
        for guard in guards_of(vendor)
        if guard.table in tables
        for statement in make(guard)
    ]


def sqlite(guard: Guard) -> list[str]:
    condition = guard.condition.replace("{differs}", "IS NOT")
    return [SQLITE.format(**vars(guard) | {"condition": condition})]


def postgresql(guard: Guard) -> list[str]:
    condition = guard.on_postgresql or guard.condition
    words = vars(guard) | {
        "condition": condition.replace("{differs}", "IS DISTINCT FROM"),
        "scope": "STATEMENT" if guard.once else "ROW",
    }
    return [FUNCTION.format(**words), TRIGGER.format(**words)]


def remove_sql(vendor: str) -> list[str]:
    guards = guards_of(vendor)
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {guard.name}" for guard in guards]
    return [
        *(f"DROP TRIGGER IF EXISTS {g.name} ON {g.table}" for g in guards),
        *(f"DROP FUNCTION IF EXISTS {g.name}()" for g in guards),
        *(f"DROP FUNCTION IF EXISTS {name}()" for name in FORMER),
    ]


def install(schema_editor: Any) -> None:
    """Put every trigger in place; those that are there are made anew."""
    remove(schema_editor)
    connection = schema_editor.connection
    tables = connection.introspection.table_names()
    run(connection, install_sql(connection.vendor, tables))


def remove(schema_editor: Any) -> None:
    run(schema_editor.connection, remove_sql(schema_editor.connection.vendor))


def run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection: Any) -> set[str]:
    """The triggers that are not in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        there = {row[0] for row in cursor.fetchall()}
    return {guard.name for guard in guards_of(connection.vendor)} - there
