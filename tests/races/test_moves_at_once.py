"""Eight people press the same move at once: one passes, seven are refused."""

import datetime as dt
from functools import partial

import pytest
from django.db import connection

from governance.actions import (
    adoption,
    circulation,
    decisions,
    releases,
    renderings,
    resolutions,
    roadmap,
)
from governance.actions.decisions import Decided
from governance.files import store
from governance.models import (
    Event,
    PartOutcome,
    Rendering,
    Report,
    Resolution,
    RoadmapAction,
    Version,
)
from governance.pdf import Printed
from tests import world as worlds

ONE_OF_EIGHT = {"passed": 1, "refused": 7}

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


def press(world, day, action, people, **facts):
    """What each of the people does, on a day of the story."""

    def by(person):
        with world.on(day, "11:00"):
            action(by=person, **facts)

    return [partial(by, person) for person in people]


def test_circulate(eight, together):
    world = worlds.at_stage("drafting", "race")
    people = eight(world, "secretariat")
    move = partial(circulation.circulate, world.report)

    ends = together(
        *press(world, "2021-11-08", move, people, comments_due_on=dt.date(2021, 11, 26))
    )

    assert ends == ONE_OF_EIGHT
    assert Version.objects.filter(kind="circulated").count() == 1
    assert Event.objects.filter(verb="circulate").count() == 1


def test_decide_on_the_parts(eight, together):
    world = worlds.at_stage("session", "race")
    people = eight(world, "chair")
    move = partial(decisions.decide, world.workshop, {1: Decided("amendments")})

    ends = together(*press(world, "2021-12-07", move, people))

    assert ends == ONE_OF_EIGHT
    assert PartOutcome.objects.count() == 1
    assert Report.objects.get().state == "amending"


def test_adopt_a_resolution(eight, together):
    world = worlds.at_stage("session", "race")
    with world.on("2021-12-07", "10:00"):
        resolution = resolutions.propose(
            world.workshop,
            by=world.person("secretary"),
            verb="REQUESTS",
            text="a register of returnees.",
            lead=world.institutions["B"],
            due_on=dt.date(2022, 3, 31),
        )
    people = eight(world, "chair")
    move = partial(adoption.adopt, resolution, mode="consensus")

    ends = together(*press(world, "2021-12-07", move, people))

    assert ends == ONE_OF_EIGHT
    assert Resolution.objects.get().state == "adopted"
    assert RoadmapAction.objects.count() == 1


def test_release(eight, together):
    world = worlds.at_stage("validated", "race")
    with world.on("2022-03-02"):
        for row in Rendering.objects.all():
            data = b"%PDF-1.7"
            renderings.finish(row, store(f"{row.pk}.pdf", data), Printed(data, 1))
        releases.propose_release(world.report, by=world.person("secretary"))
    people = eight(world, "chair")

    ends = together(
        *press(world, "2022-03-03", partial(releases.release, world.report), people)
    )

    assert ends == ONE_OF_EIGHT
    assert Event.objects.filter(verb="release").count() == 1


def test_verify_an_action(eight, together):
    world = worlds.at_stage("amending", "race")
    with world.on("2021-12-10"):
        action = roadmap.add_action(
            world.report,
            by=world.person("chair"),
            title="A register",
            lead=world.institutions["C"],
            phase="first",
            due_on=dt.date(2022, 2, 1),
            reason="Asked for",
        )
        roadmap.claim_done(action, by=world.person("member_c"), evidence="A letter")
    people = eight(world, "secretariat")

    ends = together(
        *press(world, "2022-01-10", partial(roadmap.verify, action), people)
    )

    assert ends == ONE_OF_EIGHT
    assert action.progress.filter(state="verified").count() == 1
