"""The steps of a report's life, through the pages people use."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from governance.actions import decisions, people
from governance.actions.decisions import Decided
from governance.errors import Refused
from governance.flow import move
from governance.models import Report, Version
from governance.permissions import Role
from tests import world as worlds
from tests.governance.signed import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def go(client):
    """Sign in as one of a world's people and ask for a page, on a day of the story."""

    def request(world, name, url_name, data=None, day="2021-11-08"):
        client.force_login(world.people[name])
        url = reverse(f"governance:{url_name}", args=[world.report.pk])
        with world.on(day):
            return client.get(url) if data is None else client.post(url, data)

    return request


def test_circulating_freezes_a_version_and_names_the_deadline(go):
    world = worlds.at_stage("drafting")

    response = go(
        world,
        "secretary",
        "report-circulate",
        {"comments_due_on": "26 November 2021", "note": "Please read Part I."},
    )

    version = Version.objects.get()
    world.fresh()
    assert response.url == world.report.get_absolute_url()
    assert (world.report.state, world.report.comments_due_on) == (
        "circulated",
        dt.date(2021, 11, 26),
    )
    assert (version.number, version.kind, version.note, version.is_intact) == (
        "0.2",
        "circulated",
        "Please read Part I.",
        True,
    )


def test_a_refused_step_keeps_what_was_typed_and_says_why(go):
    world = worlds.at_stage("drafting")

    response = go(
        world,
        "secretary",
        "report-circulate",
        {"comments_due_on": "1 November 2021", "note": "A long note."},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Choose a day after today for the end of comments." in page
    assert "A long note." in page
    assert "<title>Error:" in page
    assert world.fresh().report.state == "drafting"


def test_what_is_missing_is_listed_with_who_owes_it(go):
    world = worlds.at_stage("drafting")
    body = world.document.bodies.first()
    type(body).objects.filter(pk=body.pk).update(mandate="")

    response = go(world, "secretary", "report-circulate")

    page = response.content.decode()
    assert "“Plenary” has no task." in page
    assert world.document.get_absolute_url() in page


def test_before_the_deadline_the_secretariat_does_not_close_comments(go):
    world = worlds.at_stage("circulated")

    response = go(
        world, "secretary", "report-close-comments", {"reason": ""}, day="2021-11-20"
    )

    assert response.status_code == 409
    assert world.fresh().report.state == "circulated"


def test_the_chair_closes_comments_early_with_a_reason(go):
    world = worlds.at_stage("circulated")
    said = "All institutions have answered."

    without = go(
        world, "chair", "report-close-comments", {"reason": ""}, day="2021-11-20"
    )
    go(world, "chair", "report-close-comments", {"reason": said}, day="2021-11-20")

    event = world.report.events.order_by("-seq").first()
    assert without.status_code == 409
    assert (world.fresh().report.state, event.verb, event.note) == (
        "consolidating",
        "close_comments",
        said,
    )


def test_who_confirmed_the_amendments_does_not_submit_them(go):
    world = worlds.at_stage("amending")
    both = world.people["rapporteur"]
    people.give_role(
        both, world.committee, Role.SECRETARIAT, starts_on=worlds.SINCE, by=None
    )

    go(world, "rapporteur", "report-confirm-amendments", {}, day="2022-01-31")
    alone = go(world, "rapporteur", "report-submit", {}, day="2022-01-31")
    go(world, "secretary", "report-submit", {}, day="2022-01-31")

    assert alone.status_code == 409
    assert "Who confirmed the amendments does not submit the text too." in (
        alone.content.decode()
    )
    assert world.fresh().report.state == "signing"


def test_withdrawing_needs_a_reason_and_keeps_the_signatures(go):
    world = worlds.at_stage("signing")
    worlds.sign(world, "member_c")
    said = {"reason": "A figure is wrong."}

    empty = go(world, "secretary", "report-withdraw", {"reason": ""}, day="2022-02-28")
    go(world, "secretary", "report-withdraw", said, day="2022-02-28")

    assert empty.status_code == 422
    assert world.fresh().report.state == "amending"
    assert world.candidate.signatures.count() == 1


@pytest.mark.parametrize(
    ("stage", "url_name", "allowed"),
    [
        ("drafting", "report-circulate", {"secretary", "officer"}),
        ("circulated", "report-close-comments", {"secretary", "officer", "chair"}),
        ("consolidating", "report-table", {"secretary", "officer"}),
        ("amending", "report-confirm-amendments", {"rapporteur"}),
        ("amending", "report-submit", {"secretary", "officer"}),
        ("signing", "report-withdraw", {"secretary", "officer"}),
        ("validated", "report-release", {"chair"}),
    ],
)
def test_a_step_is_open_to_those_whose_it_is(go, stage, url_name, allowed):
    world = worlds.at_stage(stage)

    found = {
        name: go(world, name, url_name, day="2022-03-01").status_code
        for name in ("secretary", "officer", "chair", "rapporteur", "member_c")
    }

    assert {name for name, status in found.items() if status == 200} == allowed
    assert set(found.values()) == {200, 403}


def test_the_page_shows_the_step_and_what_is_missing(client):
    world = worlds.at_stage("signing")
    client.force_login(world.people["secretary"])

    page = client.get(world.report.get_absolute_url()).content.decode()

    assert "Withdraw from signature" in page
    assert "One signature is missing: as the Chair." in page
    assert "2 member institutions more must sign: 0 of the 2 needed have." in page


def test_nobody_validates_a_report_not_even_the_portal_before_the_rule_is_met():
    world = worlds.at_stage("signing")

    with pytest.raises(Refused):
        move(world.report, "validate", by=None, validated_at=world.committee.now())
    with pytest.raises(PermissionDenied):
        move(world.report, "validate", by=world.person("chair"))

    assert Report.objects.get().state == "signing"


def test_what_the_workshop_returned_is_said_while_it_is_written_again(client):
    world = worlds.at_stage("session")
    returned = {1: Decided("returned", note="The seats are not clear.")}
    with world.on("2021-12-07", "14:30"):
        decisions.decide(world.workshop, returned, by=world.person("chair"))
    client.force_login(world.person("rapporteur"))

    page = text_of(client.get(world.report.get_absolute_url()))

    assert "Part I was returned by the workshop on 7 December 2021." in page
    assert "The seats are not clear." in page
