"""Who is there, by institution; and the two papers made from the record."""

import datetime as dt
import re
import subprocess

import pytest
from django.urls import reverse

from governance.actions import (
    adoption,
    agenda,
    attendance,
    notes,
    resolutions,
    workshops,
)
from governance.models import AttendanceEvent, Participant
from tests import world as story

pytestmark = pytest.mark.django_db

READERS = ["secretary", "chair", "rapporteur", "member_c", "observer", "official"]


@pytest.fixture
def world():
    return story.at_stage("session")


@pytest.fixture
def go(client):
    def asking(world, name, page, data=None, of=None, at="10:00", query=""):
        client.force_login(world.person(name))
        url = reverse(f"governance:{page}", args=[of or world.workshop.pk]) + query
        with world.on("2021-12-07", at):
            return client.get(url) if data is None else client.post(url, data)

    return asking


def of(world, code):
    return world.workshop.participants.get(institution__code=code)


PERSON = {
    "name": "Palesa Mokoena",
    "office": "Director",
    "sex": "w",
    "group": "",
    "mode": "in_person",
    "designation": "",
    "user": "",
}


def test_institutions_are_counted_and_observers_apart(go, world):
    for code in ("A", "OBS"):
        go(
            world,
            "secretary",
            "participant-add",
            PERSON
            | {"institution": world.institutions[code].pk, "name": f"Two {code}"},
        )
        person = Participant.objects.get(name=f"Two {code}")
        go(world, "secretary", "participant-arrive", {}, of=person.pk)

    page = go(world, "member_e", "attendance", at="10:01").content.decode()

    voting, others = page.split("Observers and others")
    assert "Quorum met: 4 institutions present, 3 needed" in page
    assert "Two A" in voting
    assert "Two OBS" in others
    assert others.count("Present since 10:00") == 1


def test_one_tap_and_a_time_of_ones_own(go, world):
    person = of(world, "C")

    go(
        world,
        "secretary",
        "participant-leave",
        {"at": "11:30"},
        of=person.pk,
        at="12:00",
    )
    go(world, "secretary", "participant-arrive", {}, of=person.pk, at="12:05")

    page = go(world, "member_c", "attendance", at="12:10").content.decode()
    zone = world.committee.zone
    entries = [
        (e.kind, e.at.astimezone(zone).strftime("%H:%M"))
        for e in person.entries.order_by("pk")
    ]
    assert entries == [("arrived", "09:45"), ("left", "11:30"), ("arrived", "12:05")]
    assert "You are recorded as present since 12:05, for Institution C (C)." in page


def test_a_time_that_cannot_be_is_said_with_what_was_typed(go, world):
    person = of(world, "C")

    words = go(world, "secretary", "participant-leave", {"at": "noon"}, of=person.pk)
    early = go(world, "secretary", "participant-leave", {"at": "23:00"}, of=person.pk)
    lost = go(
        world, "secretary", "participant-leave", {"on": "2021-12-07"}, of=person.pk
    )

    assert (words.status_code, early.status_code, lost.status_code) == (422, 409, 422)
    assert "This is not a time." in words.content.decode()
    assert "23:00 has not come yet." in early.content.decode()
    assert 'value="23:00"' in early.content.decode()
    assert "Write the time of that day." in lost.content.decode()


def test_one_person_for_two_institutions_is_refused_and_the_form_stays(go, world):
    data = PERSON | {
        "institution": world.institutions["E"].pk,
        "name": "Focal point of C",
        "office": "Acting head",
    }

    response = go(world, "secretary", "participant-add", data)

    page = response.content.decode()
    assert response.status_code == 409
    assert "one person represents one institution" in page
    assert 'value="Acting head"' in page
    assert world.workshop.participants.count() == 4


def test_an_alternate_needs_the_letter(go, world):
    data = PERSON | {"institution": world.institutions["E"].pk, "is_alternate": "on"}

    refused = go(world, "secretary", "participant-add", data)
    go(world, "secretary", "participant-add", data | {"designation": "E/1 of 3 Dec"})

    assert "names the alternate" in refused.content.decode()
    assert Participant.objects.get(institution__code="E").designation == "E/1 of 3 Dec"


def test_an_apology_and_an_entry_struck_out_stay_in_the_log(go, world):
    apology = {"institution": world.institutions["E"].pk, "note": "On mission"}
    go(world, "secretary", "apology-add", apology)
    twice = go(world, "secretary", "apology-add", apology)
    entry = of(world, "D").entries.get()
    go(world, "secretary", "attendance-strike", {"reason": "Wrong row"}, of=entry.pk)

    page = go(world, "chair", "attendance").content.decode()

    assert twice.status_code == 409
    assert "Quorum met: 3 institutions present, 3 needed" in page
    assert "On mission" in page
    assert "Wrong row" in page
    assert page.count("struck out</span>") == 1


def test_a_member_reads_without_buttons_and_an_official_without_names(go, world):
    member = go(world, "member_c", "attendance").content.decode()
    official = go(world, "official", "attendance").content.decode()

    assert "Focal point of A" in member
    assert "<button" not in member
    assert "Focal point of" not in official
    assert "Quorum met: 4 institutions present" in official


def test_a_day_that_is_over_shows_its_largest_attendance(go, world, client):
    with world.on("2021-12-07", "12:00"):
        for code in "BCD":
            attendance.leave(of(world, code), by=world.person("secretary"))
    client.force_login(world.person("member_a"))
    url = reverse("governance:attendance", args=[world.workshop.pk])
    with world.on("2021-12-08", "09:00"):
        page = client.get(url + "?on=2021-12-07").content.decode()
        today = client.get(url).content.decode()

    assert "Quorum met: 4 institutions present, 3 needed" in page
    assert "The largest attendance of 7 December 2021." in page
    assert "No quorum: 0 institutions present, 3 needed" in today


@pytest.mark.parametrize(
    ("page", "may"),
    [
        ("attendance", set(READERS)),
        ("participant-add", {"secretary", "chair"}),
        ("apology-add", {"secretary", "chair"}),
    ],
)
def test_who_may_open_a_page(go, world, page, may):
    answers = {name: go(world, name, page).status_code for name in READERS}

    assert answers == {n: 200 if n in may else 403 for n in READERS}
    assert go(world, "admin", page).status_code == 404


def test_who_may_not_enter_anything(go, world):
    person, entry = of(world, "C"), of(world, "C").entries.get()
    before = AttendanceEvent.objects.count()
    answers = {
        (page, name): go(world, name, page, {"reason": "x"}, of=pk).status_code
        for name in ["rapporteur", "member_c", "observer", "official"]
        for page, pk in [
            ("participant-arrive", person.pk),
            ("participant-leave", person.pk),
            ("attendance-strike", entry.pk),
            ("participant-add", world.workshop.pk),
            ("apology-add", world.workshop.pk),
        ]
    }

    assert set(answers.values()) == {403}
    assert AttendanceEvent.objects.count() == before


def test_as_many_queries_for_three_people_as_for_one(
    go, world, client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.person("secretary"))
    url = reverse("governance:attendance", args=[world.workshop.pk])
    with world.on("2021-12-07", "10:00"):
        client.get(url)
        with CaptureQueriesContext(connection) as before:
            client.get(url)
        for number in range(3):
            person = attendance.register(
                world.workshop,
                world.institutions["E"],
                name=f"Person {number}",
                by=world.person("secretary"),
            )
            attendance.arrive(person, by=world.person("secretary"))
        with django_assert_num_queries(len(before)):
            client.get(url)


def text_of(response, *options):
    data = b"".join(response.streaming_content)
    done = subprocess.run(
        ["pdftotext", *options, "-", "-"],
        input=data,
        capture_output=True,
        check=True,
    )
    return re.sub(r"\s+", " ", done.stdout.decode()), data


@pytest.fixture
def held(world):
    """A session with everything in it that the minutes print."""
    secretary, chair = world.person("secretary"), world.person("chair")
    with world.on("2021-12-07", "10:30"):
        item = world.workshop.agenda.all()[3]
        agenda.go_to(item, by=secretary)
        notes.take_note(
            world.workshop, "C asked <why> & was told.", by=secretary, item=item
        )
        group = notes.add_group(
            world.workshop, by=secretary, name="Group of Part I", part=1
        )
        notes.add_finding(group, "The text is clear.", by=secretary)
        attendance.apologise(world.workshop, world.institutions["E"], by=secretary)
        resolution = resolutions.propose(
            world.workshop,
            by=secretary,
            verb="REQUESTS",
            text="that institution B print the report.",
            lead=world.institutions["B"],
            due_on=dt.date(2022, 3, 31),
        )
        resolutions.set_follow_ups(
            resolution,
            [
                {
                    "title": "Print it",
                    "lead": world.institutions["B"],
                    "due_on": dt.date(2022, 3, 31),
                    "deliverable": "Copies",
                }
            ],
            by=secretary,
        )
    world.resolution = resolution
    world.chair = chair
    return world


def test_the_attendance_list_is_what_was_entered(go, world):
    text, data = text_of(go(world, "member_c", "attendance-pdf"), "-layout")

    assert "1 Institution A (A) Focal point of A Focal point of A – 09:45–" in text
    assert "Signature" in text
    assert "7 December 2021: 4 present." in text
    assert data.startswith(b"%PDF")


def test_the_papers_are_for_members_only(go, world):
    answers = {
        (page, name): go(world, name, page).status_code
        for name in ["observer", "official"]
        for page in ["attendance-pdf", "minutes-pdf"]
    }

    assert set(answers.values()) == {403}
    assert go(world, "admin", "minutes-pdf").status_code == 404


def test_two_papers_are_not_printed_at_once(go, world):
    from django.core.cache import cache

    from governance.minutes import PRINTING

    cache.add(PRINTING, True, 60)
    response = go(world, "member_c", "attendance-pdf")

    assert response.status_code == 302


def test_the_minutes_print_the_record_word_for_word(go, held):
    with held.on("2021-12-07", "14:00"):
        adoption.adopt(
            held.resolution,
            mode="consensus",
            by=held.chair,
            reservations={held.institutions["C"]: "C has no printer."},
        )
        from governance.actions import decisions
        from governance.actions.decisions import AgreedAmendment, Decided

        decisions.decide(
            held.workshop,
            {
                1: Decided(
                    "amendments",
                    "With one change.",
                    [AgreedAmendment(held.document, "Name the deputy.")],
                )
            },
            by=held.chair,
        )

    text, _data = text_of(go(held, "member_c", "minutes-pdf", at="15:00"))

    for words in [
        "Draft minutes",
        "Gaborone",
        "7 December 2021 – 8 December 2021",
        "C asked <why> & was told.",
        "Group of Part I",
        "The text is clear.",
        "Apologies: Institution E (E).",
        "Absent, with a vote: none.",
        "7 December 2021, 14:00, decision on the Parts",
        "A, B, C, D",
        "Validated subject to amendments",
        "Name the deputy.",
        "With one change.",
        "RES/2021/01",
        "REQUESTS that institution B print the report.",
        "31 March 2022",
        "Reservation of C C has no printer.",
        "4 institutions with a vote present",
        "Name and signature",
        "Draft minutes, not adopted",
    ]:
        assert words in text, words
    assert "member_c" not in text


def test_adopted_minutes_say_when(go, held):
    with held.on("2021-12-07", "14:00"):
        resolutions.withdraw(held.resolution, by=held.person("secretary"), reason="No")
        story.decide(held)
        workshops.conclude(held.workshop, by=held.chair)
        workshops.draft_minutes(held.workshop, by=held.person("secretary"))
    with held.on("2021-12-08", "11:00"):
        workshops.adopt_minutes(held.fresh().workshop, by=held.chair)

    text, _data = text_of(go(held, "chair", "minutes-pdf", at="15:00"))

    assert "Adopted on 8 December 2021" in text
    assert "Draft minutes" not in text
    assert "RES/2021/01: Withdrawn. No" in text


def test_there_are_no_minutes_before_the_session(go):
    world = story.at_stage("tabled")

    response = go(world, "member_c", "minutes-pdf")

    assert response.status_code == 302
