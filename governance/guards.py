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

Deleting stays possible on SQLite, where Django empties the tables of a test with DELETE;
PostgreSQL refuses it too, and empties them with TRUNCATE.
"""

from __future__ import annotations

from typing import Any

APPEND_ONLY = (
    "governance_event",
    "governance_version",
    "governance_signature",
    "governance_validation",
    "governance_response",
    "governance_attendanceevent",
    "governance_duerevision",
    "governance_actionreport",
    "governance_revision",
)
VALIDATED = "('validated', 'released', 'superseded')"
REFUSAL = "A report is validated by its signatures and by nothing else."
OTHER_TEXT = "A signature is of the text that it names."
NO_ACTION = "An adopted resolution has an action in the roadmap."
FUNCTIONS = (
    "ncc_never_changed",
    "ncc_validated_by_signatures",
    "ncc_signature_of_its_text",
    "ncc_resolution_has_action",
)


def triggers() -> dict[str, str]:
    """The name of every trigger, and its table."""
    return {f"{table}_is_frozen": table for table in APPEND_ONLY} | {
        "governance_report_is_signed": "governance_report",
        "governance_report_begins_unsigned": "governance_report",
        "governance_signature_of_its_text": "governance_signature",
        "governance_resolution_has_action": "governance_resolution",
    }


def install_sql(vendor: str) -> list[str]:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor]()


def remove_sql(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in triggers()]
    return [
        *(f"DROP TRIGGER IF EXISTS {n} ON {table}" for n, table in triggers().items()),
        *(f"DROP FUNCTION IF EXISTS {name}()" for name in FUNCTIONS),
    ]


SQLITE_FROZEN = """
    CREATE TRIGGER {table}_is_frozen BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is added to, never changed.'); END
"""
SQLITE_SIGNED = f"""
    CREATE TRIGGER governance_report_is_signed BEFORE UPDATE OF state
    ON governance_report WHEN NEW.state IN {VALIDATED} AND NEW.id NOT IN
    (SELECT report_id FROM governance_validation)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""  # noqa: S608 -- our own constants
SQLITE_UNSIGNED = f"""
    CREATE TRIGGER governance_report_begins_unsigned BEFORE INSERT
    ON governance_report WHEN NEW.state IN {VALIDATED}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
SQLITE_OF_ITS_TEXT = f"""
    CREATE TRIGGER governance_signature_of_its_text BEFORE INSERT
    ON governance_signature WHEN NOT EXISTS (SELECT 1 FROM governance_version
    WHERE id = NEW.candidate_id AND digest = NEW.candidate_digest)
    BEGIN SELECT RAISE(ABORT, '{OTHER_TEXT}'); END
"""  # noqa: S608 -- our own constants
SQLITE_HAS_ACTION = f"""
    CREATE TRIGGER governance_resolution_has_action BEFORE UPDATE OF state
    ON governance_resolution WHEN NEW.state = 'adopted' AND NOT EXISTS
    (SELECT 1 FROM governance_roadmapaction WHERE resolution_id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{NO_ACTION}'); END
"""  # noqa: S608 -- our own constants


def sqlite() -> list[str]:
    frozen = [SQLITE_FROZEN.format(table=table) for table in APPEND_ONLY]
    return [
        *frozen,
        SQLITE_SIGNED,
        SQLITE_UNSIGNED,
        SQLITE_OF_ITS_TEXT,
        SQLITE_HAS_ACTION,
    ]


# The class of the error makes it an IntegrityError, as on SQLite.
NEVER_CHANGED = """
    CREATE OR REPLACE FUNCTION ncc_never_changed() RETURNS trigger
    LANGUAGE plpgsql AS $guard$ BEGIN
    RAISE EXCEPTION '% is added to, never changed.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
    END $guard$
"""
BY_SIGNATURES = f"""
    CREATE OR REPLACE FUNCTION ncc_validated_by_signatures() RETURNS trigger
    LANGUAGE plpgsql AS $guard$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM governance_validation WHERE report_id = NEW.id) THEN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
    END $guard$
"""  # noqa: S608 -- our own constants
FROZEN = """
    CREATE TRIGGER {table}_is_frozen BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ncc_never_changed()
"""
SIGNED = f"""
    CREATE TRIGGER governance_report_is_signed BEFORE UPDATE OF state
    ON governance_report FOR EACH ROW WHEN (NEW.state IN {VALIDATED})
    EXECUTE FUNCTION ncc_validated_by_signatures()
"""
UNSIGNED = f"""
    CREATE TRIGGER governance_report_begins_unsigned BEFORE INSERT
    ON governance_report FOR EACH ROW WHEN (NEW.state IN {VALIDATED})
    EXECUTE FUNCTION ncc_validated_by_signatures()
"""
ITS_TEXT = f"""
    CREATE OR REPLACE FUNCTION ncc_signature_of_its_text() RETURNS trigger
    LANGUAGE plpgsql AS $guard$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM governance_version
    WHERE id = NEW.candidate_id AND digest = NEW.candidate_digest) THEN
    RAISE EXCEPTION '{OTHER_TEXT}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
    END $guard$
"""  # noqa: S608 -- our own constants
OF_ITS_TEXT = """
    CREATE TRIGGER governance_signature_of_its_text BEFORE INSERT
    ON governance_signature FOR EACH ROW EXECUTE FUNCTION ncc_signature_of_its_text()
"""
ACTION = f"""
    CREATE OR REPLACE FUNCTION ncc_resolution_has_action() RETURNS trigger
    LANGUAGE plpgsql AS $guard$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM governance_roadmapaction
    WHERE resolution_id = NEW.id) THEN
    RAISE EXCEPTION '{NO_ACTION}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
    END $guard$
"""  # noqa: S608 -- our own constants
HAS_ACTION = """
    CREATE TRIGGER governance_resolution_has_action BEFORE UPDATE OF state
    ON governance_resolution FOR EACH ROW WHEN (NEW.state = 'adopted')
    EXECUTE FUNCTION ncc_resolution_has_action()
"""


def postgresql() -> list[str]:
    frozen = [FROZEN.format(table=table) for table in APPEND_ONLY]
    functions = [NEVER_CHANGED, BY_SIGNATURES, ITS_TEXT, ACTION]
    return [*functions, *frozen, SIGNED, UNSIGNED, OF_ITS_TEXT, HAS_ACTION]


def install(schema_editor: Any) -> None:
    """Put every trigger in place; those that are there are made anew."""
    remove(schema_editor)
    run(schema_editor.connection, install_sql(schema_editor.connection.vendor))


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
    return set(triggers()) - there
