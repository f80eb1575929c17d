"""The triggers, in the database of the tests: what is frozen cannot be rewritten."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from governance import guards
from governance.models import Event, Report, Version
from tests import world as worlds
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

    assert set(guards.triggers().values()) - tables == set()


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


def test_what_is_not_the_state_of_a_report_can_be_changed(world):
    assert run("UPDATE governance_report SET title = 'Another'") == "done"


def test_removed_they_are_gone_and_installing_twice_is_once(world):
    guards.install(EDITOR)
    guards.remove(EDITOR)

    assert guards.missing(connection) == set(guards.triggers())
    assert run("UPDATE governance_event SET note = 'x'") == "done"
