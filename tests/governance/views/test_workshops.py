"""Planning a workshop: its page, its agenda, who is invited, and every move."""

import datetime as dt

import pytest
from django.urls import reverse

from governance.actions import agenda, workshops
from governance.errors import Refused
from governance.models import Message, Workshop
from tests import world as story

pytestmark = pytest.mark.django_db

CONCEPT = {
    "title": "Validation workshop",
    "starts_on": "7 December 2021",
    "ends_on": "8 December 2021",
    "venue": "Gaborone",
    "purpose": "To validate the report.",
    "expected_outcomes": "A decision",
    "host": "Ministry",
    "co_host": "",
    "funder": "",
    "preamble": "",
}


@pytest.fixture
def world():
    return story.at_stage("consolidating")


@pytest.fixture
def planned(world):
    with world.on("2021-11-15"):
        world.workshop = workshops.plan_workshop(
            world.report,
            by=world.person("secretary"),
            title="Validation workshop",
            starts_on=dt.date(2021, 12, 7),
            ends_on=dt.date(2021, 12, 8),
            venue="Gaborone",
        )
    return world


@pytest.fixture
def go(client):
    """Ask for a page, or post to it, as one of the world's people."""

    def asking(world, name, page, data=None, of=None):
        client.force_login(world.person(name))
        url = reverse(f"governance:{page}", args=[of or world.workshop.pk])
        return client.get(url) if data is None else client.post(url, data)

    return asking


def state(world):
    return Workshop.objects.get(pk=world.workshop.pk).state


def test_an_empty_list_says_what_comes_next_and_who_does_it(go, world):
    page = go(world, "secretary", "workshops", of="world").content.decode()
    seen = go(world, "member_c", "workshops", of="world").content.decode()

    assert "Plan the validation workshop" in page
    assert reverse("governance:workshop-add", args=[world.report.pk]) in page
    assert "The secretariat plans the validation workshop" in seen
    assert "workshops/add" not in seen


def test_a_workshop_is_planned_with_the_agenda_of_the_template(go, world):
    data = CONCEPT | {"from_template": "on"}

    go(world, "secretary", "workshop-add", data, of=world.report.pk)

    workshop = Workshop.objects.get()
    assert (workshop.venue, workshop.starts_on, workshop.agenda.count()) == (
        "Gaborone",
        dt.date(2021, 12, 7),
        12,
    )


def test_a_last_day_before_the_first_is_said_and_what_was_typed_stays(go, world):
    data = CONCEPT | {"ends_on": "6 December 2021"}

    response = go(world, "secretary", "workshop-add", data, of=world.report.pk)

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert "The last day comes before the first." in page
    assert "To validate the report." in page
    assert not Workshop.objects.exists()


def test_the_page_says_the_rule_in_words_and_what_is_owed(go, planned):
    page = go(planned, "secretary", "workshop").content.decode()

    assert (
        "5 institutions with a vote on 7 December 2021;"
        " more than half of the voting members = 3." in page
    )
    assert "Institution C (C) has a vote and is not invited." in page
    assert "The agenda has no item for decisions." in page


def test_those_with_a_vote_are_ticked_at_first_and_the_list_is_what_is_ticked(
    go, planned
):
    pks = {code: row.pk for code, row in planned.institutions.items()}
    page = go(planned, "secretary", "workshop-invite").content.decode()
    ticked = page.count(" checked")

    voting = [pks[code] for code in "ABCDE"]
    go(
        planned,
        "secretary",
        "workshop-invite",
        {"voting": voting, "others": [pks["OBS"]]},
    )
    go(planned, "secretary", "workshop-invite", {"voting": voting})

    assert ticked == 5
    codes = planned.workshop.invitations.values_list("institution__code", flat=True)
    assert sorted(codes) == ["A", "B", "C", "D", "E"]


def test_the_agenda_is_filled_changed_and_shortened(go, planned):
    go(planned, "secretary", "agenda-fill", {})
    first = planned.workshop.agenda.first()
    changed = {
        "day": "1",
        "starts_at": "08:15",
        "title": "Coffee",
        "type": "logistics",
        "presenter": "",
        "part": "",
    }
    go(planned, "secretary", "agenda-item-change", changed, of=first.pk)
    go(
        planned,
        "secretary",
        "agenda-item-remove",
        {},
        of=planned.workshop.agenda.last().pk,
    )
    go(planned, "secretary", "agenda-item-add", changed | {"day": "2"})

    rows = planned.workshop.agenda.filter(title="Coffee")
    assert planned.workshop.agenda.count() == 12
    assert list(rows.values_list("day", "starts_at")) == [
        (1, dt.time(8, 15)),
        (2, dt.time(8, 15)),
    ]


def test_the_agenda_of_two_days_does_not_fit_one(go, planned):
    Workshop.objects.filter(pk=planned.workshop.pk).update(
        ends_on=planned.workshop.starts_on
    )
    page = go(planned, "secretary", "workshop").content.decode()

    with pytest.raises(Refused, match="takes two days"):
        agenda.fill_agenda(planned.fresh().workshop, by=planned.person("secretary"))

    assert "Fill the agenda from the template" not in page
    assert not planned.workshop.agenda.exists()


def test_a_time_that_is_none_is_said_and_the_item_stays_typed(go, planned):
    data = {"day": "1", "starts_at": "half past", "title": "Coffee", "type": "opening"}

    response = go(planned, "secretary", "agenda-item-add", data)

    assert response.status_code == 422
    assert "This is not a time." in response.content.decode()
    assert 'value="Coffee"' in response.content.decode()


def test_running_times_end_where_the_next_item_begins(go, planned):
    go(planned, "secretary", "agenda-fill", {})

    page = go(planned, "member_c", "workshop").content.decode()

    assert "08:30–09:00" in page
    assert "09:45–10:00" in page
    assert "Change 08:30" not in page


def test_the_whole_way_with_the_right_people(go):
    world = story.at_stage("consolidating")
    with world.on("2021-11-15"):
        go(
            world,
            "secretary",
            "workshop-add",
            CONCEPT | {"from_template": "on"},
            of=world.report.pk,
        )
        world.workshop = Workshop.objects.get()
        go(
            world,
            "secretary",
            "workshop-invite",
            {"voting": [world.institutions[c].pk for c in "ABCDE"]},
        )
        go(world, "chair", "workshop-approve", {})
        go(world, "secretary", "workshop-convene", {})
    assert state(world) == "convened"
    assert Message.objects.filter(subject__startswith="Invitation").count() == 6
    story.table(world)
    with world.on("2021-12-07"):
        go(world, "chair", "workshop-open", {})
    assert state(world) == "in_session"
    story_open(world)
    story.decide(world)
    with world.on("2021-12-08"):
        go(world, "chair", "workshop-conclude", {})
        go(world, "secretary", "minutes-draft", {})
        go(world, "chair", "minutes-adopt", {})
        go(world, "secretary", "workshop-close", {})
    assert state(world) == "closed"


def story_open(world):
    """Those present, where the session is open already."""
    from governance.actions import attendance

    with world.on("2021-12-07", "09:45"):
        for code in "ABC":
            person = attendance.register(
                world.workshop,
                world.institutions[code],
                name=code,
                by=world.person("secretary"),
            )
            attendance.arrive(person, by=world.person("secretary"))


def test_convening_too_early_lists_what_is_owed(go, planned):
    go(planned, "chair", "workshop-approve", {})

    before = go(planned, "secretary", "workshop-convene").content.decode()
    response = go(planned, "secretary", "workshop-convene", {})

    assert "has a vote and is not invited" in before
    assert response.status_code == 409
    assert "The workshop cannot be convened yet." in response.content.decode()
    assert state(planned) == "approved"


def test_postponed_planned_again_and_cancelled(go, planned):
    go(planned, "secretary", "workshop-postpone", {"reason": "Floods"})
    assert state(planned) == "postponed"
    days = {"starts_on": "1 February 2022", "ends_on": "2 February 2022"}
    go(planned, "secretary", "workshop-plan-again", days)
    assert state(planned) == "planned"
    empty = go(planned, "chair", "workshop-cancel", {"reason": ""})
    assert empty.status_code == 422
    go(planned, "chair", "workshop-cancel", {"reason": "No funds"})
    assert state(planned) == "cancelled"


def test_concluding_without_an_outcome_is_refused_in_sentences(go):
    world = story.at_stage("session")
    with world.on("2021-12-08"):
        response = go(world, "chair", "workshop-conclude", {})

    assert response.status_code == 409
    assert "No outcome was recorded for the Parts." in response.content.decode()
    assert state(world) == "in_session"


# page -> who may; of the rest of READERS the answer is 403
READERS = [
    "secretary",
    "chair",
    "rapporteur",
    "member_c",
    "observer",
    "official",
]
PLANNERS = {"secretary", "chair"}
DOORS = {
    "workshop": set(READERS),
    "workshop-change": PLANNERS,
    "workshop-invite": PLANNERS,
    "agenda-item-add": PLANNERS,
    "workshop-convene": PLANNERS,
    "workshop-open": {"chair"},
    "workshop-conclude": {"chair"},
    "minutes-adopt": {"chair"},
    "workshop-postpone": PLANNERS,
    "workshop-plan-again": PLANNERS,
    "workshop-cancel": {"chair"},
}
POSTS = {
    "workshop-approve": {"chair"},
    "agenda-fill": PLANNERS,
    "minutes-draft": PLANNERS,
    "workshop-close": PLANNERS,
}


@pytest.mark.parametrize("page", DOORS)
def test_who_may_open_a_page(go, planned, page):
    answers = {name: go(planned, name, page).status_code for name in READERS}

    assert answers == {n: 200 if n in DOORS[page] else 403 for n in READERS}
    assert go(planned, "admin", page).status_code == 404


@pytest.mark.parametrize("page", POSTS)
def test_who_may_make_a_move_of_one_tap(go, planned, page):
    wrong = [name for name in READERS if name not in POSTS[page]]

    answers = {name: go(planned, name, page, {}).status_code for name in wrong}

    assert answers == dict.fromkeys(wrong, 403)
    assert go(planned, "admin", page, {}).status_code == 404
    assert go(planned, "secretary", page).status_code == 405
    assert state(planned) == "planned"


@pytest.mark.parametrize("page", [p for p in DOORS if p != "workshop"])
def test_the_wrong_person_moves_nothing(go, planned, page):
    wrong = [name for name in READERS if name not in DOORS[page]]

    answers = {name: go(planned, name, page, {}).status_code for name in wrong}

    assert answers == dict.fromkeys(wrong, 403)
    assert state(planned) == "planned"


def test_another_committee_finds_nothing(go, planned):
    other = story.build("neighbour", "NA")
    other.workshop = planned.workshop

    answers = {page: go(other, "chair", page).status_code for page in DOORS}

    assert set(answers.values()) == {404}


def test_buttons_are_the_open_moves_of_the_person(go, planned):
    chair = go(planned, "chair", "workshop").content.decode()
    member = go(planned, "member_c", "workshop").content.decode()

    assert "Approve the plan</button>" in chair
    assert "Cancel the workshop</a>" in chair
    assert "<button" not in member
    assert "Next step: “Approve the plan”. This is done by: Chair." in member


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    go, planned, django_assert_num_queries, client
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("governance:workshops", args=["world"])
    client.force_login(planned.person("member_c"))
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for number in (1, 2):
        workshops.plan_workshop(
            planned.report,
            by=planned.person("secretary"),
            title=f"Another {number}",
            starts_on=dt.date(2022, 1, number),
            ends_on=dt.date(2022, 1, number),
            venue="Gaborone",
        )

    with django_assert_num_queries(len(one)):
        page = client.get(url)

    assert "3 workshops." in page.content.decode()
