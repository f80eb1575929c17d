"""The attendance list: entries are added, a mistake is struck out by another."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import attendance, institutions
from governance.errors import Refused
from governance.models import AttendanceEvent, Participant
from governance.models.attendance import presence_at
from governance.proceedings import attendance_facts
from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.at_stage("session")


def there(world, time):
    at = dt.datetime.fromisoformat(f"2021-12-07T{time}").replace(
        tzinfo=world.committee.zone
    )
    return presence_at(world.workshop, at).present


def register(world, code="E", name="Somebody", by="secretary", **facts):
    with world.on("2021-12-07", "10:00"):
        return attendance.register(
            world.workshop,
            world.institutions[code],
            name=name,
            by=world.person(by),
            **facts,
        )


def test_who_arrives_and_leaves_is_there_in_between(world):
    secretary, person = world.person("secretary"), register(world)
    with world.on("2021-12-07", "10:30"):
        attendance.arrive(person, by=secretary)
    with world.on("2021-12-07", "12:00"):
        attendance.leave(person, by=secretary)

    assert ["E" in there(world, t) for t in ("10:29", "10:30", "11:59", "12:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_person_represents_one_institution(world):
    user = world.person("member_e")
    register(world, "E", name="Member E", user=user)

    with pytest.raises(Refused, match="on the list already"):
        register(world, "OBS", name="Another name", user=user)
    with pytest.raises(Refused, match="on the list already"):
        register(world, "OBS", name="MEMBER E")


@pytest.mark.parametrize(
    "name",
    [
        "THABO  MOKOENA",
        "Thabo\u00a0Mokoena",
        "Tha\u200bbo Mokoena",
        "Tha\u200dbo Mokoena",
        "Tha\u00adbo Mokoena\ufe0f",
        "\u200eThabo Mokoena\u2069",
        "Ｔｈａｂｏ\u3000Mokoena",
        "Thabo\nMokoena",
    ],
)
def test_a_name_is_the_same_however_it_is_typed(world, name):
    register(world, "E", name="Thabo Mokoena")

    with pytest.raises(Refused, match="on the list already"):
        register(world, "OBS", name=name)


def test_what_is_stored_of_a_person_has_nothing_unseen_in_it(world):
    person = register(
        world,
        name=" Tha\u200bbo\u00a0 Mokoena ",
        office="Dir\u202eector ",
        group="\ufeffMinistries",
        is_alternate=True,
        designation="Letter\u2060 7 ",
    )

    assert (person.name, person.office, person.group, person.designation) == (
        "Thabo Mokoena",
        "Director",
        "Ministries",
        "Letter 7",
    )


@pytest.mark.parametrize("name", ["chair", "secretary", "official", "observer"])
def test_who_has_a_sign_in_represents_an_institution_by_a_role(world, name):
    user = world.person(name)

    with pytest.raises(Refused) as refused:
        register(world, "E", user=user)

    assert str(refused.value) == (
        f"{user.name} has no role for Institution E (E) on 7 December 2021: choose the"
        " institution that the person acts for."
    )
    assert world.workshop.participants.count() == 4


def test_who_acts_in_another_committee_represents_nobody_here(world):
    stranger = worlds.build("other", "LS").person("member_e")

    with pytest.raises(Refused, match="has no role for Institution E"):
        register(world, "E", user=stranger)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "may"),
    [
        ("2021-12-07", None, True),
        ("2021-12-08", None, False),
        ("2021-01-01", "2021-12-07", True),
        ("2021-01-01", "2021-12-06", False),
    ],
)
def test_the_role_is_one_of_that_day(world, starts_on, ends_on, may):
    user = world.person("member_e")
    user.role_assignments.update(starts_on=starts_on, ends_on=ends_on)

    if may:
        assert register(world, "E", user=user).user == user
    else:
        with pytest.raises(Refused, match="on 7 December 2021"):
            register(world, "E", user=user)


def test_who_holds_an_office_as_an_alternate_is_registered_as_one(world):
    secretary, user = world.person("secretary"), world.person("member_e")
    institutions.appoint(
        institutions.add_office(world.institutions["E"], "Deputy", by=secretary),
        user,
        by=secretary,
        capacity="alternate",
        designation="Letter 7",
        starts_on=worlds.SINCE,
    )

    with pytest.raises(Refused) as refused:
        register(world, "E", user=user)
    person = register(
        world, "E", user=user, is_alternate=True, designation="Letter 7 of 1 December"
    )

    assert str(refused.value) == (
        "Member E of world is an alternate for Institution E (E): register the person"
        " as an alternate, with the reference of the written designation."
    )
    assert (person.user, person.is_alternate) == (user, True)


def test_an_alternate_has_a_letter(world):
    with pytest.raises(Refused, match="written designation"):
        register(world, is_alternate=True)
    person = register(world, is_alternate=True, designation="Letter 7 of 1 December")
    assert person.designation == "Letter 7 of 1 December"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2021-12-06", "not a day of the workshop"), ("2021-12-08", "has not come yet")],
)
def test_a_time_is_one_of_the_workshop_and_has_come(world, day, sentence):
    person = register(world)
    at = dt.datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=world.committee.zone)

    with world.on("2021-12-07", "10:30"), pytest.raises(Refused, match=sentence):
        attendance.arrive(person, by=world.person("secretary"), at=at)


def test_nobody_arrives_twice_or_leaves_unseen(world):
    secretary, person = world.person("secretary"), register(world)
    with world.on("2021-12-07", "11:00"):
        with pytest.raises(Refused, match="is not present"):
            attendance.leave(person, by=secretary)
        attendance.arrive(person, by=secretary)
        with pytest.raises(Refused, match="is present already"):
            attendance.arrive(person, by=secretary)


def test_nobody_leaves_twice_with_nothing_between(world):
    secretary, person = world.person("secretary"), register(world)
    at = {
        time: dt.datetime.fromisoformat(f"2021-12-07T{time}").replace(
            tzinfo=world.committee.zone
        )
        for time in ("10:10", "10:20", "10:30", "10:05")
    }
    with world.on("2021-12-07", "11:00"):
        attendance.arrive(person, by=secretary, at=at["10:10"])
        attendance.leave(person, by=secretary, at=at["10:30"])

        with pytest.raises(Refused, match="is entered as left at 10:30: strike"):
            attendance.leave(person, by=secretary, at=at["10:20"])
        with pytest.raises(Refused, match="is entered as arrived at 10:10: strike"):
            attendance.arrive(person, by=secretary, at=at["10:05"])


def test_figures_count_who_came(world):
    register(world)

    groups = attendance_facts(world.workshop, internal=False)["groups"]

    assert sum(group["total"] for group in groups) == 4


def test_a_mistake_is_struck_out_and_both_entries_stay(world):
    secretary = world.person("secretary")
    entry = AttendanceEvent.objects.get(participant__institution__code="B")
    with world.on("2021-12-07", "11:00"):
        with pytest.raises(Refused, match="what the mistake was"):
            attendance.strike(entry, by=secretary, reason="")
        row = attendance.strike(entry, by=secretary, reason="It was another.")
        with pytest.raises(Refused, match="struck out already"):
            attendance.strike(row, by=secretary, reason="No.")

    assert there(world, "11:00") == ["A", "C", "D"]
    assert AttendanceEvent.objects.count() == 5


def test_an_entry_is_neither_changed_nor_taken_away(world):
    entry = AttendanceEvent.objects.first()

    with pytest.raises(Refused):
        entry.save()
    with pytest.raises(Refused):
        entry.delete()


def test_an_apology_is_entered_once(world):
    secretary = world.person("secretary")
    with world.on("2021-12-07", "11:00"):
        attendance.apologise(world.workshop, world.institutions["E"], by=secretary)
        with pytest.raises(Refused, match="on the list already"):
            attendance.apologise(world.workshop, world.institutions["E"], by=secretary)


def test_an_institution_of_another_committee_sends_no_apology_and_nobody(world):
    other, secretary = worlds.build("other", "LS"), world.person("secretary")
    stranger = other.institutions["E"]

    with world.on("2021-12-07", "11:00"):
        for act in (
            lambda: attendance.apologise(world.workshop, stranger, by=secretary),
            lambda: attendance.register(
                world.workshop, stranger, name="Somebody", by=secretary
            ),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert str(refused.value) == (
                "“Institution E (E)” belongs to another committee."
            )

    assert not AttendanceEvent.objects.filter(kind="apology").exists()


def test_who_sent_an_apology_and_came_was_there(world):
    secretary = world.person("secretary")
    with world.on("2021-12-07", "11:00"):
        attendance.apologise(world.workshop, world.institutions["E"], by=secretary)
    before = attendance_facts(world.workshop, internal=False)["apologies"]
    register(world, "E")
    with world.on("2021-12-07", "11:30"):
        attendance.arrive(Participant.objects.latest("pk"), by=secretary)

    facts = attendance_facts(world.workshop, internal=False)
    assert (before, facts["apologies"], facts["absent"]) == (["E"], [], [])


@pytest.mark.parametrize("name", ["member_a", "rapporteur", "observer", "admin"])
def test_only_secretariat_and_chair_keep_the_list(world, name):
    with pytest.raises(PermissionDenied):
        register(world, by=name)
    with pytest.raises(PermissionDenied):
        attendance.leave(Participant.objects.first(), by=world.person(name))
