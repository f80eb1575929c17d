"""From the draft to the papers of the workshop."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import answers, circulation, comments, versions
from governance.errors import Refused
from governance.models import Body, Version
from governance.snapshot import digest
from tests import world as worlds

pytestmark = pytest.mark.django_db


def comment(world, code="C", **facts):
    row = Body.objects.order_by("position").first()
    return comments.comment_on(
        world.document,
        row.uid,
        institution=world.institutions[code],
        by=world.person(f"member_{code.lower()}"),
        **{"body": "Why?", "type": "technical", "severity": "substantive"} | facts,
    )


def test_circulating_freezes_the_text_with_its_digest_and_a_deadline():
    world = worlds.at_stage("drafting")

    with world.on("2021-11-08"):
        version = circulation.circulate(
            world.report,
            comments_due_on=dt.date(2021, 11, 26),
            by=world.person("secretary"),
        )

    report = world.fresh().report
    assert (report.state, report.comments_due_on) == (
        "circulated",
        dt.date(2021, 11, 26),
    )
    assert (version.number, version.kind) == ("0.2", "circulated")
    assert version.content == report.to_text()
    assert version.digest == digest(report.to_text())
    assert version.is_intact


def test_the_deadline_is_a_day_to_come():
    world = worlds.at_stage("drafting")

    with world.on("2021-11-08"), pytest.raises(Refused, match="a day after today"):
        circulation.circulate(
            world.report,
            comments_due_on=dt.date(2021, 11, 8),
            by=world.person("secretary"),
        )


def test_an_incomplete_report_is_not_circulated_and_what_is_missing_is_listed():
    world = worlds.at_stage("drafting")
    Body.objects.filter(level="plenary").update(mandate="")

    with world.on("2021-11-08"), pytest.raises(Refused) as refused:
        circulation.circulate(
            world.report,
            comments_due_on=dt.date(2021, 11, 26),
            by=world.person("secretary"),
        )

    assert [(o.text, o.who) for o in refused.value.owed] == [
        ("“Plenary” has no task.", "Rapporteur")
    ]
    assert Version.objects.count() == 0


def test_before_the_deadline_only_the_chair_closes_comments_and_says_why():
    world = worlds.at_stage("circulated")
    with world.on("2021-11-20"):
        with pytest.raises(Refused, match="before that only the Chair"):
            circulation.close_comments(world.report, by=world.person("secretary"))
        with pytest.raises(Refused, match="Say why"):
            circulation.close_comments(world.report, by=world.person("chair"))

        circulation.close_comments(
            world.report, by=world.person("chair"), reason="All have answered."
        )

    assert world.fresh().report.state == "consolidating"
    assert world.report.events.first().note == "All have answered."


def test_a_comment_after_the_close_is_kept_and_marked_late():
    world = worlds.at_stage("circulated")
    with world.on("2021-11-10"):
        early = comment(world)
    worlds.consolidate(world)

    with world.on("2021-11-30"):
        late = comment(world, "D")
        spoken = comment(world, "D", channel="plenary")

    assert [c.is_late for c in (early, late, spoken)] == [False, True, False]


def test_a_report_with_an_unanswered_comment_is_not_tabled():
    world = worlds.at_stage("circulated")
    with world.on("2021-11-10"):
        row = comment(world)
    worlds.consolidate(world)

    with world.on("2021-12-06"), pytest.raises(Refused) as refused:
        circulation.table(world.report, by=world.person("secretary"))

    owed = [(o.text, o.who, o.url) for o in refused.value.owed]
    assert owed == [
        ("Comment C01 of C has no answer.", "Rapporteur", row.get_absolute_url())
    ]


def test_a_comment_that_is_referred_to_plenary_does_not_keep_the_papers():
    world = worlds.at_stage("circulated")
    with world.on("2021-11-10"):
        row = comment(world)
    worlds.consolidate(world)
    with world.on("2021-12-06"):
        answers.respond(row, "referred", by=world.person("rapporteur"))

        version = circulation.table(world.report, by=world.person("secretary"))

    assert (version.kind, world.fresh().report.state) == ("tabled", "tabled")


def test_tabling_gives_the_papers_to_the_planned_workshop():
    world = worlds.at_stage("tabled")

    assert world.workshop.papers == Version.objects.get(kind="tabled")


@pytest.mark.parametrize("name", ["rapporteur", "chair", "member_c", "official"])
def test_only_the_secretariat_circulates(name):
    world = worlds.at_stage("drafting")

    with world.on("2021-11-08"), pytest.raises(PermissionDenied):
        circulation.circulate(
            world.report, comments_due_on=dt.date(2021, 11, 26), by=world.person(name)
        )


def test_versions_count_on_from_the_draft():
    world = worlds.at_stage("drafting")
    by = world.person("rapporteur")

    with world.on("2021-11-01"):
        first = versions.keep_draft(world.report, by=by)
        second = versions.keep_draft(world.report, by=by, note="After the group.")

    assert [first.number, second.number] == ["0.1", "0.2"]
    assert first.digest == second.digest
