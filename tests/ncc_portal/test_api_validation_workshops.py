"""Workshops over the API: planned, convened, who is there, decided, written down."""

import datetime as dt

import pytest

from governance.models import AgendaItem, AttendanceEvent, Invitation, Workshop
from tests.ncc_portal.validation import api, get, post, rows, world_at

circulated = world_at("circulated", "planning")
session = world_at("session", "session")

PLAN = {
    "title": "Validation workshop",
    "starts_on": "2021-12-07",
    "ends_on": "2021-12-08",
    "venue": "Gaborone",
}


@pytest.fixture
def planning(circulated, db):
    with circulated.on("2021-11-15"):
        yield circulated


@pytest.fixture
def meeting(session, db):
    with session.on("2021-12-07", "10:30"):
        yield session.fresh()


def plan(world, **more):
    given = PLAN | {"report": world.report.pk} | more
    return post(world, "secretary", "workshops", **given)


def path(world, *parts):
    return "/".join(["workshops", str(world.workshop.pk), *parts])


def test_a_workshop_is_planned_and_is_the_answer(planning):
    status, data = plan(planning, host="Ministry")

    assert (status, data) == (
        201,
        {
            "id": data["id"],
            "committee": planning.committee.pk,
            "report": planning.report.pk,
            **PLAN,
            "purpose": "",
            "expected_outcomes": "",
            "host": "Ministry",
            "co_host": "",
            "funder": "",
            "preamble": "",
            "quorum_rule": {},
            "papers": None,
            "state": "planned",
            "open_moves": ["change", "fill_agenda", "invite", "postpone"],
        },
    )
    assert data == get(planning, "secretary", f"workshops/{data['id']}")


def test_what_a_model_does_not_take_is_400_by_field(planning):
    status, data = plan(planning, ends_on="2021-12-01")

    assert (status, data["fields"]) == (
        400,
        {"__all__": ["The end is before the start."]},
    )
    assert not Workshop.objects.filter(committee=planning.committee).exists()


def test_a_workshop_goes_to_its_session_by_posts(planning):
    number = plan(planning)[1]["id"]
    everyone = [i.pk for i in planning.institutions.values()]
    moves = [
        ("secretary", "change", {"venue": "Maun"}),
        ("secretary", "fill_agenda", {}),
        ("secretary", "invite", {"institutions": everyone}),
        ("chair", "approve", {}),
        ("secretary", "convene", {}),
        ("secretary", "postpone", {"reason": "Rain"}),
        (
            "secretary",
            "plan_again",
            {"starts_on": "2021-12-09", "ends_on": "2021-12-10"},
        ),
        ("chair", "cancel", {"reason": "No funds"}),
    ]

    told = [
        (name, status, data["state"], data["venue"])
        for who, name, given in moves
        for status, data in [post(planning, who, f"workshops/{number}/{name}", **given)]
    ]

    assert told == [
        ("change", 200, "planned", "Maun"),
        ("fill_agenda", 200, "planned", "Maun"),
        ("invite", 200, "planned", "Maun"),
        ("approve", 200, "approved", "Maun"),
        ("convene", 200, "convened", "Maun"),
        ("postpone", 200, "postponed", "Maun"),
        ("plan_again", 200, "planned", "Maun"),
        ("cancel", 200, "cancelled", "Maun"),
    ]
    assert Invitation.objects.filter(workshop=number).count() == len(everyone)


def test_convening_without_invitations_says_who_is_missing(planning):
    number = plan(planning)[1]["id"]
    post(planning, "chair", f"workshops/{number}/approve")

    status, data = post(planning, "secretary", f"workshops/{number}/convene")

    assert status == 409
    assert data["owed"][0] == {
        "text": "Institution A (A) has a vote and is not invited.",
        "who": "Secretariat",
        "url": f"/workshops/{number}/",
    }
    assert len(data["owed"]) == 6


def test_a_member_plans_nothing(planning):
    given = PLAN | {"report": planning.report.pk}

    assert post(planning, "member_c", "workshops", **given) == (
        403,
        {"detail": "This is done by: Secretariat, Chair."},
    )


def test_an_invitation_is_taken_back_before_it_is_sent(planning):
    number = plan(planning)[1]["id"]
    institution = planning.institutions["OBS"]
    post(
        planning,
        "secretary",
        f"workshops/{number}/invite",
        institutions=[institution.pk],
    )
    [row] = rows(planning, "member_c", "invitations", workshop=number)

    gone = post(planning, "secretary", f"invitations/{row['id']}/uninvite")

    assert row == {
        "id": row["id"],
        "workshop": number,
        "institution": {"id": institution.pk, "code": "OBS", "name": "Institution OBS"},
        "invited_as": "observer",
        "sent_on": None,
    }
    assert gone == (204, None)
    assert rows(planning, "member_c", "invitations") == []


def test_an_agenda_item_is_added_changed_and_removed(planning):
    number = plan(planning)[1]["id"]
    given = {"workshop": number, "day": 2, "starts_at": "09:00", "title": "Prayer"}

    added = post(planning, "secretary", "agenda-items", type="opening", **given)
    key = added[1]["id"]
    changed = post(planning, "secretary", f"agenda-items/{key}/change", part=2)
    beyond = post(
        planning, "secretary", "agenda-items", **given | {"type": "group", "day": 3}
    )
    removed = post(planning, "secretary", f"agenda-items/{key}/remove")

    assert added == (
        201,
        {
            "id": key,
            "workshop": number,
            "day": 2,
            "on": "2021-12-08",
            "starts_at": "09:00",
            "title": "Prayer",
            "type": "opening",
            "presenter": "",
            "part": None,
            "state": "next",
            "open_moves": ["change", "remove"],
        },
    )
    assert changed == (200, added[1] | {"part": 2})
    assert (beyond[0], beyond[1]["detail"]) == (409, "The workshop lasts 2 days.")
    left = AgendaItem.objects.filter(workshop=number).count()
    assert (removed, left) == ((204, None), 0)


def test_the_present_item_is_one(meeting):
    first, second = list(meeting.workshop.agenda.all())[:2]

    post(meeting, "secretary", f"agenda-items/{first.pk}/go_to")
    now = post(meeting, "secretary", f"agenda-items/{second.pk}/go_to")
    done = post(meeting, "secretary", f"agenda-items/{second.pk}/finish")

    assert (now[0], now[1]["state"], now[1]["open_moves"]) == (
        200,
        "now",
        ["change", "finish"],
    )
    assert (done[0], done[1]["state"], done[1]["open_moves"]) == (
        200,
        "done",
        ["go_to"],
    )
    assert [
        r["id"] for r in rows(meeting, "official", "agenda-items", state="done")
    ] == [
        first.pk,
        second.pk,
    ]


def test_presence_is_that_of_now_or_of_a_moment(meeting):
    now = get(meeting, "official", path(meeting, "presence"))
    before = get(
        meeting, "official", path(meeting, "presence"), at="2021-12-07T09:00:00+02:00"
    )

    assert now == {
        "at": "2021-12-07T10:30:00+02:00",
        "voting": 5,
        "needed": 3,
        "present": ["A", "B", "C", "D"],
        "missing": [],
        "met": True,
        "count": 4,
    }
    assert (before["at"], before["count"], before["met"]) == (
        "2021-12-07T09:00:00+02:00",
        0,
        False,
    )
    assert before["missing"] == [
        "0 of 5 institutions with a vote are present; 3 are needed."
    ]


@pytest.mark.parametrize(
    "at",
    [
        "x",
        "2021-13-01",
        "2021-12-07T09:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "\0",
    ],
)
def test_what_is_no_moment_is_400(meeting, at):
    answer = api(meeting, "chair").get(f"/api/{path(meeting, 'presence')}/", {"at": at})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["at"])


def test_a_person_is_registered_arrives_and_leaves(meeting):
    institution = meeting.institutions["E"]

    status, data = post(
        meeting,
        "secretary",
        "participants",
        workshop=meeting.workshop.pk,
        institution=institution.pk,
        name="Thabo",
        office="Director",
        sex="m",
        user="session.member_e",
    )
    key = data["id"]
    arrived = post(meeting, "secretary", f"participants/{key}/arrive")
    left = post(
        meeting,
        "secretary",
        f"participants/{key}/leave",
        at="2021-12-07T10:30:00+02:00",
    )
    again = post(meeting, "secretary", f"participants/{key}/leave")

    assert (status, data) == (
        201,
        {
            "id": key,
            "workshop": meeting.workshop.pk,
            "institution": {
                "id": institution.pk,
                "code": "E",
                "name": "Institution E",
            },
            "name": "Thabo",
            "office": "Director",
            "sex": "m",
            "group": "",
            "mode": "in_person",
            "is_alternate": False,
            "designation": "",
        },
    )
    assert arrived == (
        201,
        {
            "id": arrived[1]["id"],
            "workshop": meeting.workshop.pk,
            "participant": key,
            "institution": data["institution"],
            "kind": "arrived",
            "at": "2021-12-07T08:30:00Z",
            "strikes": None,
            "is_struck": False,
            "note": "",
            "recorded_at": "2021-12-07T08:30:00Z",
            "recorded_by": "Secretary of session",
        },
    )
    assert (left[0], left[1]["kind"]) == (201, "left")
    assert (again[0], again[1]["detail"]) == (409, "Thabo (E) is not present.")


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"name": "Focal point of A"}, 409, "is on the list already"),
        ({"is_alternate": True}, 409, "An alternate needs a written designation"),
        ({"is_alternate": "yes"}, 400, "is_alternate"),
        ({"user": "stranger"}, 400, "user"),
        ({"sex": "x"}, 400, "sex"),
        ({"phone": "1234"}, 400, "phone"),
    ],
)
def test_who_cannot_be_registered_is_said(meeting, given, status, said):
    facts = {
        "workshop": meeting.workshop.pk,
        "institution": meeting.institutions["E"].pk,
        "name": "Thabo",
    }

    found, data = post(meeting, "secretary", "participants", **facts | given)

    assert found == status
    assert said in (data["detail"] if status == 409 else data["fields"])


def test_a_text_is_stored_in_its_normal_form_and_is_not_blank(meeting):
    facts = {
        "workshop": meeting.workshop.pk,
        "institution": meeting.institutions["E"].pk,
    }

    status, data = post(
        meeting, "secretary", "participants", **facts, name="Tha\u200bbo\u202e"
    )
    blank = post(meeting, "secretary", "participants", **facts, name="\u200b\ufeff")

    assert (status, data["name"]) == (201, "Thabo")
    assert (blank[0], blank[1]["fields"]) == (
        400,
        {"name": ["This field may not be blank."]},
    )


def test_times_that_have_not_come_are_refused(meeting):
    person = meeting.workshop.participants.first()

    status, data = post(
        meeting,
        "secretary",
        f"participants/{person.pk}/leave",
        at="2021-12-07T11:00:00+02:00",
    )

    assert (status, data["detail"]) == (409, "11:00 has not come yet.")


def test_an_entry_is_struck_out_and_both_stay(meeting):
    entry = AttendanceEvent.objects.filter(workshop=meeting.workshop).first()

    status, data = post(
        meeting, "secretary", f"attendance/{entry.pk}/strike", reason="Another person"
    )
    first, last = (
        get(meeting, "chair", f"attendance/{key}") for key in (entry.pk, data["id"])
    )

    assert (status, data["kind"], data["strikes"]) == (201, "struck", entry.pk)
    assert (first["is_struck"], last) == (True, data)


def test_an_apology_is_recorded_once(meeting):
    given = {"institution": meeting.institutions["E"].pk, "note": "In Maseru"}

    first = post(meeting, "secretary", path(meeting, "apologise"), **given)
    second = post(meeting, "secretary", path(meeting, "apologise"), **given)

    assert (first[0], second[0]) == (200, 409)
    [row] = rows(meeting, "member_c", "attendance", kind="apology")
    assert (row["participant"], row["note"]) == (None, "In Maseru")


def test_names_of_those_present_are_for_the_members(meeting):
    names = {
        name: {row["name"] for row in rows(meeting, name, "participants")}
        for name in ("member_c", "official", "observer", "admin")
    }

    assert names == {
        "member_c": {f"Focal point of {code}" for code in "ABCD"},
        "official": {""},
        "observer": {""},
        "admin": set(),
    }


def test_outcomes_are_decided_and_lead_the_report_on(meeting):
    amendment = {"document": meeting.document.pk, "text": "Name the host."}
    outcome = {"part": 1, "outcome": "amendments", "amendments": [amendment]}

    status, data = post(meeting, "chair", path(meeting, "decide"), outcomes=[outcome])

    [row] = rows(meeting, "member_c", "part-outcomes", workshop=meeting.workshop.pk)
    report = get(meeting, "chair", f"reports/{meeting.report.pk}")
    assert (status, data["state"], report["state"]) == (200, "in_session", "amending")
    assert row == {
        "id": row["id"],
        "committee": meeting.committee.pk,
        "workshop": meeting.workshop.pk,
        "version": meeting.workshop.papers_id,
        "part": 1,
        "outcome": "amendments",
        "note": "",
        "presence": get(meeting, "chair", path(meeting, "presence")),
        "decided_at": "2021-12-07T08:30:00Z",
        "decided_by": "Chair of session",
        "amendments": [
            {
                "id": row["amendments"][0]["id"],
                "position": 1,
                "document": meeting.document.pk,
                "provision_uid": None,
                "text": "Name the host.",
                "is_in_text": False,
            }
        ],
    }
    assert "Name the host." in report["owed"][0]["text"]


@pytest.mark.parametrize(
    ("outcomes", "status", "said"),
    [
        ([], 409, "Give an outcome for each of the Parts 1."),
        ([{"part": 1, "outcome": "returned"}], 409, "Say why Part 1 is returned."),
        ([{"part": 1, "outcome": "validated"}] * 2, 400, "outcomes"),
        ([{"part": 5, "outcome": "validated"}], 400, "outcomes.0.part"),
        ([{"part": 1, "outcome": "validated", "quorum": 9}], 400, "outcomes.0.quorum"),
        ("x", 400, "outcomes.non_field_errors"),
        (
            [{"part": 1, "outcome": "amendments", "amendments": [{"text": "x"}]}],
            400,
            "outcomes.0.amendments.0.document",
        ),
    ],
)
def test_outcomes_that_cannot_be_recorded_are_said(meeting, outcomes, status, said):
    found, data = post(meeting, "chair", path(meeting, "decide"), outcomes=outcomes)

    assert found == status
    if status == 409:
        assert data["detail"] == said
    else:
        assert list(data["fields"]) == [said]


def test_without_a_quorum_nothing_is_decided(meeting):
    for person in meeting.workshop.participants.all()[:2]:
        post(meeting, "secretary", f"participants/{person.pk}/leave")

    status, data = post(
        meeting,
        "chair",
        path(meeting, "decide"),
        outcomes=[{"part": 1, "outcome": "validated"}],
    )

    assert (status, data["owed"]) == (
        409,
        [
            {
                "text": "2 of 5 institutions with a vote are present; 3 are needed.",
                "who": "Chair",
                "url": f"/workshops/{meeting.workshop.pk}/",
            }
        ],
    )


def test_a_group_reports_and_a_note_is_taken(meeting):
    of = {"workshop": meeting.workshop.pk}
    group = post(meeting, "secretary", "working-groups", name="Part I", part=1, **of)
    found = post(
        meeting,
        "secretary",
        f"working-groups/{group[1]['id']}/add_finding",
        text="The mandate is clear.",
    )
    item = meeting.workshop.agenda.first()
    note = post(
        meeting, "secretary", "minute-notes", text="Opened.", item=item.pk, **of
    )

    assert found == (
        200,
        {
            "id": group[1]["id"],
            **of,
            "name": "Part I",
            "part": 1,
            "chair": "",
            "rapporteur": "",
            "findings": [
                {"text": "The mandate is clear.", "at": "2021-12-07T08:30:00Z"}
            ],
        },
    )
    assert note == (
        201,
        {
            "id": note[1]["id"],
            **of,
            "item": item.pk,
            "text": "Opened.",
            "at": "2021-12-07T08:30:00Z",
        },
    )
    assert rows(meeting, "member_c", "minute-notes", item=item.pk) == [note[1]]
    assert rows(meeting, "official", "minute-notes") == []
    assert rows(meeting, "official", "working-groups") == []


def test_the_minutes_are_adopted_and_the_file_closed(meeting):
    early = post(meeting, "chair", path(meeting, "conclude"))
    post(
        meeting,
        "chair",
        path(meeting, "decide"),
        outcomes=[{"part": 1, "outcome": "amendments"}],
    )
    states = [
        post(meeting, who, path(meeting, name))[1]["state"]
        for who, name in [
            ("chair", "conclude"),
            ("secretary", "draft_minutes"),
            ("chair", "adopt_minutes"),
            ("secretary", "close"),
        ]
    ]

    assert (early[0], early[1]["owed"][0]["text"]) == (
        409,
        "No outcome was recorded for the Parts.",
    )
    assert states == ["concluded", "report_drafted", "report_adopted", "closed"]


def test_workshops_are_found_by_state_and_day(meeting):
    def found(**params):
        return len(rows(meeting, "official", "workshops", **params))

    assert [
        found(state="in_session"),
        found(state="planned"),
        found(report=meeting.report.pk),
        found(starts_after="2021-12-08"),
        found(starts_before="2021-12-07"),
        found(committee=0),
    ] == [1, 0, 1, 0, 1, 0]
    assert meeting.workshop.starts_on == dt.date(2021, 12, 7)
