"""The way of a legal instrument: only along its flow, each step with its paper."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import documents, legal, people
from governance.errors import Refused
from governance.flow import move
from governance.models import LegalInstrument, LegalStatus, User
from governance.permissions import Role

DAY = dt.date(2022, 9, 5)


@pytest.fixture
def instrument(committee, secretary):
    report = documents.open_report(
        committee, by=secretary, title="Report", dated_on=DAY
    )
    status = documents.add_document(
        LegalStatus, report, by=secretary, title="Legal status"
    )
    return documents.add_provision(
        LegalInstrument,
        status,
        by=secretary,
        route="cabinet_decision",
        title="Cabinet decision",
    )


def walk_to(instrument, secretary, *states):
    for state in states:
        legal.record_step(
            instrument, state, on=DAY, by=secretary, reference="paper", note="why"
        )


def test_a_step_moves_the_instrument_and_is_kept(instrument, secretary):
    legal.record_step(
        instrument, "recommended", on=DAY, by=secretary, reference="RES/2021/03"
    )

    instrument.refresh_from_db()
    assert instrument.state == "recommended"
    assert [s.to_plain() for s in instrument.steps.all()] == [
        {
            "state": "recommended",
            "state_name": "Recommended",
            "on": "2022-09-05",
            "reference": "RES/2021/03",
            "note": "",
        }
    ]
    assert instrument.document.events.first().verb == "recommended"


@pytest.mark.parametrize(
    ("state", "reference", "note", "sentence"),
    [
        ("recommended", "", "", "Cite the resolution that recommends it."),
        ("elsewhere", "x", "", "“elsewhere” is not a stage of a legal instrument."),
        ("gazetted", "x", "", "A Cabinet decision is not “Gazetted”."),
        ("returned", "x", "", "Say why Cabinet returned the text."),
        (
            "vetted",
            "x",
            "",
            "“Cabinet decision” is at “Option” now: this step is not possible there.",
        ),
    ],
)
def test_a_step_is_refused_in_one_sentence(
    instrument, secretary, state, reference, note, sentence
):
    with pytest.raises(Refused) as refusal:
        legal.record_step(
            instrument, state, on=DAY, by=secretary, reference=reference, note=note
        )

    assert str(refusal.value) == sentence
    assert instrument.steps.count() == 0


def test_a_step_is_not_earlier_than_the_one_before(instrument, secretary):
    walk_to(instrument, secretary, "recommended")

    with pytest.raises(Refused, match="cannot be earlier"):
        legal.record_step(
            instrument, "drafting", on=DAY - dt.timedelta(1), by=secretary
        )


def test_a_returned_text_is_drafted_again(instrument, secretary):
    walk_to(
        instrument,
        secretary,
        "recommended",
        "drafting",
        "vetted",
        "cabinet_submitted",
        "returned",
        "drafting",
        "vetted",
    )

    assert instrument.state == "vetted"


def test_of_two_moves_from_one_state_the_second_is_refused(instrument, secretary):
    other = LegalInstrument.objects.get()
    move(instrument, "recommended", by=secretary)

    with pytest.raises(Refused):
        move(other, "recommended", by=secretary)


def test_open_moves_follow_state_and_right(instrument, secretary, committee):
    user = people.register(committee, username="o", name="Official", by=secretary)
    people.give_role(
        user, committee, Role.OFFICIAL, starts_on=dt.date(2021, 1, 1), by=secretary
    )

    assert {m.name for m in instrument.flow.open_to(secretary, instrument)} == {
        "recommended",
        "lapsed",
        "abandoned",
    }
    assert instrument.flow.open_to(User.objects.get(username="o"), instrument) == []


def test_an_official_moves_nothing(instrument, committee, secretary):
    user = people.register(committee, username="o", name="Official", by=secretary)
    people.give_role(
        user, committee, Role.OFFICIAL, starts_on=dt.date(2021, 1, 1), by=secretary
    )

    with pytest.raises(PermissionDenied):
        move(instrument, "recommended", by=User.objects.get(username="o"))


def test_a_recorded_step_is_never_changed(instrument, secretary):
    walk_to(instrument, secretary, "recommended")

    with pytest.raises(Refused):
        instrument.steps.get().save()
