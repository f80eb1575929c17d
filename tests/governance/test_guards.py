"""The triggers, in the database of the tests: what is frozen cannot be rewritten."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from governance import guards
from governance.models import Event, Report, Validation, Version
from tests import world as worlds
from tests.governance.actions.test_resolutions import adopt, draft
from tests.governance.signed import kept

EDITOR = SimpleNamespace(connection=connection)


@pytest.fixture(scope="module")
def signing(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, "signing") as world:
        yield world


@pytest.fixture
def world(signing, db):
    guards.install(EDITOR)
    return signing.fresh()


def run(sql):
    """One statement as somebody at the database's own prompt; how it was refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return "done"


def test_the_guarded_tables_are_those_of_models():
    tables = {model._meta.db_table for model in apps.get_models()}

    assert {guard.table for guard in guards.GUARDS} - tables == set()


@pytest.mark.parametrize("model", [Event, Version])
def test_a_frozen_row_cannot_be_updated(world, model):
    table = model._meta.db_table

    answer = run(f"UPDATE {table} SET note = 'x'")

    assert answer == f"{table} is added to, never changed."
    assert not model.objects.filter(note="x").exists()


def test_every_table_has_its_trigger(world):
    assert guards.missing(connection) == set()


def test_a_report_is_not_validated_by_hand(world):
    answers = {
        run(
            f"UPDATE governance_report SET state = '{state}',"
            f" validated_at = '2022-01-01', released_at = {released}"
        )
        for state, released in [
            ("validated", "NULL"),
            ("released", "'2022-01-02'"),
            ("superseded", "'2022-01-02'"),
        ]
    }

    assert answers == {guards.REFUSAL}
    assert Report.objects.get(pk=world.report.pk).state == "signing"


def test_a_report_does_not_begin_validated(world):
    with pytest.raises(IntegrityError, match=guards.REFUSAL), transaction.atomic():
        Report.objects.create(
            committee=world.committee,
            edition=9,
            title="Smuggled",
            reference="BW-NCC-2022-009",
            dated_on="2022-01-01",
            state="validated",
            validated_at="2022-01-01T00:00Z",
        )


def test_the_signatures_still_validate_it(world):
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)

    assert world.fresh().report.state == "validated"


def validated(world):
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)
    return world.fresh()


@pytest.mark.parametrize(
    "change",
    [
        "state = 'drafting', validated_at = NULL, released_at = NULL",
        "state = 'superseded'",
        "validated_at = '2022-01-01'",
        "title = 'Another'",
        "reference = 'BW-NCC-2020-001'",
    ],
)
def test_a_validated_report_stays_what_it_is(world, change):
    validated(world)

    assert run(f"UPDATE governance_report SET {change}") == guards.STAYS_VALIDATED


def test_a_validation_needs_the_signatures_that_its_rule_names(world):
    validated(world)
    row = Validation.objects.get()
    rules = [
        {"seats": ["chair"], "needed": 2},
        {"seats": ["chair"], "needed": 3},
        {"seats": ["chair", "rapporteur"], "needed": 2},
        {},
    ]
    found = []
    for rule in rules:
        with transaction.atomic():
            guards.remove(EDITOR)
            Validation.objects.all().delete()
            guards.install(EDITOR)
            row.rule, row.pk, row._state.adding = rule, None, True
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError as error:
                found.append(str(error).splitlines()[0])
            else:
                found.append("done")
            transaction.set_rollback(True)

    assert found == ["done", guards.NOT_MET, guards.NOT_MET, guards.NOT_MET]


def test_what_a_workshop_decided_is_never_changed(world):
    adopted, proposed = draft(world), draft(world)
    adopt(world, adopted)

    answers = [
        run(f"UPDATE governance_resolution SET text = 'x' WHERE id = {adopted.pk}"),
        run("UPDATE governance_partoutcome SET note = 'x'"),
        run(f"UPDATE governance_resolution SET text = 'x' WHERE id = {proposed.pk}"),
    ]

    assert answers == [
        guards.ADOPTED,
        "governance_partoutcome is added to, never changed.",
        "done",
    ]


def test_what_was_printed_of_a_validated_report_is_never_changed(world):
    validated(world)

    answer = run("UPDATE governance_rendering SET digest = 'x'")

    assert answer == guards.PRINTED


@pytest.mark.parametrize("table", ["event", "version", "signature", "revision"])
def test_a_frozen_row_is_not_deleted_either(world, table):
    validated(world)
    name = f"governance_{table}"

    assert run(f"DELETE FROM {name}") == f"{name} is added to, never changed."


def test_what_is_not_frozen_of_a_report_can_be_changed(world):
    assert run("UPDATE governance_report SET title = 'Another'") == "done"


def test_removed_they_are_gone_and_installing_twice_is_once(world):
    guards.install(EDITOR)
    guards.remove(EDITOR)

    assert guards.missing(connection) == {
        guard.name for guard in guards.guards_of(connection.vendor)
    }
    assert run("UPDATE governance_event SET note = 'x'") == "done"
