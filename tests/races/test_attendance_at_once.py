"""Eight people keep one attendance list: what stands in it stands there once."""

from functools import partial

import pytest
from django.db import connection

from governance.actions import attendance
from governance.models import AttendanceEvent, Participant
from tests import world as worlds
from tests.races.test_moves_at_once import ONE_OF_EIGHT, press

DAY = "2021-12-07"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


@pytest.fixture
def world():
    return worlds.at_stage("session", "race")


def newcomer(world):
    with world.on(DAY, "10:00"):
        return attendance.register(
            world.workshop,
            world.institutions["E"],
            name="Somebody",
            by=world.person("secretary"),
        )


def fresh(do, model, pk):
    """Do it with a row that each of the eight has read for itself."""

    def doing(**facts):
        do(model.objects.get(pk=pk), **facts)

    return doing


def test_a_person_arrives_once(eight, together, world):
    person = newcomer(world)
    people = eight(world, "secretariat")
    come = fresh(attendance.arrive, Participant, person.pk)

    ends = together(*press(world, DAY, come, people))

    assert ends == ONE_OF_EIGHT
    assert [entry.kind for entry in person.entries.all()] == ["arrived"]


def test_a_person_is_registered_once(eight, together, world):
    people = eight(world, "secretariat")
    add = partial(
        attendance.register, world.workshop, world.institutions["E"], name="Somebody"
    )

    ends = together(*press(world, DAY, add, people))

    assert ends == ONE_OF_EIGHT
    assert Participant.objects.filter(name="Somebody").count() == 1


def test_an_apology_is_entered_once(eight, together, world):
    people = eight(world, "secretariat")
    add = partial(attendance.apologise, world.workshop, world.institutions["E"])

    ends = together(*press(world, DAY, add, people))

    assert ends == ONE_OF_EIGHT
    assert AttendanceEvent.objects.filter(kind="apology").count() == 1


def test_an_entry_is_struck_out_once(eight, together, world):
    entry = AttendanceEvent.objects.first()
    people = eight(world, "secretariat")
    strike = fresh(attendance.strike, AttendanceEvent, entry.pk)

    ends = together(*press(world, DAY, strike, people, reason="It was another."))

    assert ends == ONE_OF_EIGHT
    assert AttendanceEvent.objects.filter(strikes=entry).count() == 1
