"""What the workshop decides on the Parts, with those who were there."""

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import answers, attendance, comments, decisions, notes
from governance.actions.decisions import AgreedAmendment, Decided
from governance.errors import Refused
from governance.models import Body, Participant, PartOutcome, Resolution
from tests import world as worlds
from tests.governance.actions.test_resolutions import adopt, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.at_stage("session")


def decide(world, outcome="amendments", by="chair", **facts):
    with world.on("2021-12-07", "14:30"):
        return decisions.decide(
            world.workshop, {1: Decided(outcome, **facts)}, by=world.person(by)
        )


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("validated", "signing"),
        ("amendments", "amending"),
        ("returned", "drafting"),
    ],
)
def test_the_outcome_leads_the_report_on(world, outcome, state):
    decide(world, outcome, note="As discussed.")

    assert world.fresh().report.state == state


def test_the_outcome_keeps_who_was_there(world):
    (row,) = decide(world)

    assert (row.version.kind, row.presence["present"], row.presence["needed"]) == (
        "tabled",
        ["A", "B", "C", "D"],
        3,
    )


def test_without_a_quorum_nothing_is_decided_and_the_page_says_what_lacks(world):
    with world.on("2021-12-07", "12:00"):
        for code in "CD":
            attendance.leave(
                Participant.objects.get(institution__code=code),
                by=world.person("secretary"),
            )

    with pytest.raises(Refused) as refused:
        decide(world)

    assert [o.text for o in refused.value.owed] == [
        "2 of 5 institutions with a vote are present; 3 are needed."
    ]
    assert not PartOutcome.objects.exists()
    assert world.fresh().report.state == "tabled"


def test_every_part_has_an_outcome(world):
    with world.on("2021-12-07", "14:30"), pytest.raises(Refused, match="the Parts 1"):
        decisions.decide(world.workshop, {}, by=world.person("chair"))


def test_who_returns_a_part_says_why(world):
    with pytest.raises(Refused, match="Say why Part 1"):
        decide(world, "returned")


def test_an_unknown_outcome_is_refused(world):
    with pytest.raises(Refused, match="is not an outcome"):
        decide(world, "perhaps")


def test_nothing_is_decided_twice_on_the_same_papers(world):
    decide(world)

    with pytest.raises(Refused, match="has decided on this report already"):
        decide(world)
    assert PartOutcome.objects.count() == 1


def test_papers_that_were_tabled_since_need_a_workshop_of_their_own(world):
    decide(world, "returned", note="Begin anew.")
    worlds.circulate(world)
    worlds.consolidate(world)
    worlds.table(world)

    with pytest.raises(Refused, match="an earlier version"):
        decide(world)


def test_an_accepted_comment_without_its_change_leads_to_amending(world):
    row = Body.objects.order_by("position").first()
    with world.on("2021-12-07", "11:00"):
        comment = comments.comment_on(
            world.document,
            row.uid,
            institution=world.institutions["C"],
            by=world.person("member_c"),
            body="Shorter.",
            type="editorial",
            severity="editorial",
            channel="plenary",
        )
        answers.respond(comment, "accepted", by=world.person("rapporteur"))

    decide(world, "validated")

    assert world.fresh().report.state == "amending"


def test_an_agreed_amendment_is_kept_with_the_outcome(world):
    agreed = AgreedAmendment(world.document, "The plenary meets in public.")

    (row,) = decide(world, amendments=[agreed])

    assert [a.text for a in row.amendments.all()] == ["The plenary meets in public."]


@pytest.mark.parametrize("name", ["secretary", "rapporteur", "member_a", "admin"])
def test_only_the_chair_records_what_was_decided(world, name):
    with pytest.raises(PermissionDenied):
        decide(world, by=name)


def test_a_resolution_that_is_not_decided_keeps_the_text_from_signature(world):
    resolution = draft(world)

    with pytest.raises(Refused) as refused:
        decide(world, "validated")

    assert [(o.text, o.who, o.url) for o in refused.value.owed] == [
        (
            "RES/2021/01 is proposed and not decided.",
            "Chair",
            resolution.get_absolute_url(),
        )
    ]
    assert world.fresh().report.state == "tabled"


def test_after_the_validation_nothing_is_adopted_any_more():
    world = worlds.at_stage("signing")
    resolution = draft(world)
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)

    with pytest.raises(Refused, match="The report is validated"):
        adopt(world, resolution)

    assert Resolution.objects.get().state == "proposed"


def test_after_the_session_no_group_is_added(world):
    decide(world)
    worlds.conclude(world)

    with world.on("2021-12-08"), pytest.raises(Refused, match="The session is over"):
        notes.add_group(
            world.workshop, by=world.person("secretary"), name="Late", part=1
        )
