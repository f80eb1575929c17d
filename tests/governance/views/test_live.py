"""The session from one page: now and next, notes, and the decision on the Parts."""

import pytest
from django.urls import reverse

from governance.actions import attendance, notes, workshops
from governance.models import MinuteNote, PartOutcome, Report, Structure
from tests import world as story

pytestmark = pytest.mark.django_db

READERS = ["secretary", "chair", "rapporteur", "member_c", "observer", "official"]


@pytest.fixture
def world():
    return story.at_stage("session")


@pytest.fixture
def go(client):
    def asking(world, name, page, data=None, of=None, at="10:00"):
        client.force_login(world.person(name))
        url = reverse(f"governance:{page}", args=[of or world.workshop.pk])
        with world.on("2021-12-07", at):
            return client.get(url) if data is None else client.post(url, data)

    return asking


def leave(world, codes, at="12:00"):
    with world.on("2021-12-07", at):
        for person in world.workshop.participants.filter(institution__code__in=codes):
            attendance.leave(person, by=world.person("secretary"))


def test_the_bar_says_the_quorum_and_the_clock_of_the_committee(go, world):
    page = go(world, "secretary", "live").content.decode()

    assert "Quorum 4 of 5 present (3 needed)" in page
    assert "<span>10:00</span>" in page


def test_next_item_makes_the_present_one_done(go, world):
    first, second = world.workshop.agenda.all()[:2]

    go(world, "secretary", "agenda-item-go", {}, of=first.pk)
    go(world, "secretary", "agenda-item-go", {}, of=second.pk)
    page = go(world, "secretary", "live").content.decode()

    states = list(world.workshop.agenda.values_list("state", flat=True))[:3]
    assert states == ["done", "now", "next"]
    assert page.count('class="btn"') == 1
    assert "Next item</button>" in page


def test_a_note_is_kept_under_the_present_item(go, world):
    item = world.workshop.agenda.first()
    go(world, "secretary", "agenda-item-go", {}, of=item.pk)

    go(world, "secretary", "note-add", {"text": "Tsela e telele", "item": item.pk})

    note = MinuteNote.objects.get()
    page = go(world, "secretary", "live").content.decode()
    assert (note.text, note.item) == ("Tsela e telele", item)
    assert "Tsela e telele" in page


def test_a_note_that_is_refused_stays_typed(go, world):
    with world.on("2021-12-07", "14:00"):
        story.decide(world)
        workshops.conclude(world.workshop, by=world.person("chair"))

    response = go(world, "secretary", "note-add", {"text": "Too late"}, at="15:00")

    page = response.content.decode()
    assert response.status_code == 409
    assert "The workshop is not in session." in page
    assert "Too late</textarea>" in page


def test_a_group_reports_to_the_plenary(go, world):
    go(world, "secretary", "group-add", {"name": "Group I", "part": "1"})
    group = world.workshop.groups.get()

    go(world, "secretary", "finding-add", {"text": "The text is clear."}, of=group.pk)

    page = go(world, "secretary", "live").content.decode()
    assert "The text is clear." in page


def test_without_a_quorum_nothing_is_decided_but_all_is_written_down(go, world):
    leave(world, "BCD")
    page = go(world, "chair", "live", at="13:00").content.decode()
    data = {"step": "record", "outcome_1": "validated", "note_1": "As it stands."}

    refused = go(world, "chair", "decide", data, at="13:00")
    go(world, "secretary", "note-add", {"text": "We go on talking."}, at="13:01")

    shown = refused.content.decode()
    missing = "1 of 5 institutions with a vote is present" in shown or (
        "1 of 5 institutions with a vote are present; 3 are needed." in shown
    )
    assert "No quorum: 1 of 5 present (3 needed)." in page
    assert "The decision on the Parts cannot be recorded now." in page
    assert "Decide on the Parts</a>" not in page
    assert refused.status_code == 409
    assert missing
    assert "As it stands.</textarea>" in shown
    assert 'value="validated" id="id_outcome_1_0" checked' in shown
    assert "<title>Error: " in shown
    assert not PartOutcome.objects.exists()
    assert MinuteNote.objects.get().text == "We go on talking."


def test_the_decision_is_checked_with_those_present_and_then_recorded(go, world):
    document = Structure.objects.get()
    data = {
        "outcome_1": "amendments",
        "note_1": "With one change.",
        "document_1_1": document.pk,
        "text_1_1": "Name the deputy.",
    }

    check = go(world, "chair", "decide", data | {"step": "check"})
    done = go(world, "chair", "decide", data | {"step": "record"})

    page = check.content.decode()
    assert "A, B, C, D" in page
    assert "Name the deputy." in page
    assert done.status_code == 302
    row = PartOutcome.objects.get()
    assert (row.outcome, row.note, row.presence["count"]) == (
        "amendments",
        "With one change.",
        4,
    )
    assert [a.text for a in row.amendments.all()] == ["Name the deputy."]
    assert Report.objects.get().state == "amending"


def test_changing_after_the_check_gives_the_form_back_as_typed(go, world):
    data = {"outcome_1": "returned", "note_1": "Unclear.", "step": "change"}

    response = go(world, "chair", "decide", data)

    assert response.status_code == 200
    assert "Unclear.</textarea>" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose the outcome of Part I."),
        ({"outcome_1": "returned"}, "Say why Part I is returned."),
        (
            {"outcome_1": "amendments", "text_1_2": "More."},
            "Choose the document that is amended.",
        ),
        (
            {"outcome_1": "validated", "text_1_1": "More.", "document_1_1": "all"},
            "Part I has an amendment",
        ),
    ],
)
def test_what_is_missing_is_said(go, world, data, sentence):
    if data.get("document_1_1"):
        data = data | {"document_1_1": Structure.objects.get().pk}

    response = go(world, "chair", "decide", data | {"step": "check"})

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_second_decision_is_refused(go, world):
    story.decide(world)
    data = {"outcome_1": "validated", "step": "record"}

    response = go(world, "chair", "decide", data, at="15:00")

    assert response.status_code == 409
    assert PartOutcome.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "may"),
    [
        ("live", {"secretary", "chair"}),
        ("note-add", {"secretary", "chair"}),
        ("group-add", {"secretary", "chair"}),
        ("decide", {"chair"}),
    ],
)
def test_who_may_open_a_page(go, world, page, may):
    answers = {name: go(world, name, page).status_code for name in READERS}

    assert answers == {n: 200 if n in may else 403 for n in READERS}
    assert go(world, "admin", page).status_code == 404


def test_who_may_not_make_a_move(go, world):
    item = world.workshop.agenda.first()
    with world.on("2021-12-07", "10:00"):
        group = notes.add_group(
            world.workshop, by=world.person("secretary"), name="I", part=1
        )
    wrong = ["rapporteur", "member_c", "observer", "official"]

    answers = {
        (page, name): go(world, name, page, {"text": "x"}, of=pk).status_code
        for name in wrong
        for page, pk in [
            ("agenda-item-go", item.pk),
            ("agenda-item-finish", item.pk),
            ("note-add", world.workshop.pk),
            ("group-add", world.workshop.pk),
            ("finding-add", group.pk),
            ("decide", world.workshop.pk),
        ]
    }

    assert set(answers.values()) == {403}
    secretary = go(world, "secretary", "decide", {"step": "record"})
    assert secretary.status_code == 403
