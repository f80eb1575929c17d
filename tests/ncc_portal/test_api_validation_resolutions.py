"""Resolutions and the roadmap over the API."""

import base64

import pytest

from governance.models import Resolution, RoadmapAction
from tests.ncc_portal.validation import api, get, post, rows, world_at

session = world_at("session")
PDF = b"%PDF-1.7 a letter"


@pytest.fixture
def world(session, db):
    with session.on("2021-12-08", "09:10"):
        for person in session.workshop.participants.all():
            post(session, "secretary", f"participants/{person.pk}/arrive")
        yield session.fresh()


def code(world, name):
    institution = world.institutions[name]
    return {"id": institution.pk, "code": name, "name": institution.name}


@pytest.fixture
def resolution(world):
    status, data = post(
        world,
        "member_c",
        "resolutions",
        workshop=world.workshop.pk,
        verb="REQUESTS",
        text="the Ministry to table the Bill",
        lead=world.institutions["A"].pk,
        support=[world.institutions["B"].pk],
        due_on="2022-03-31",
        deliverable="A Bill",
        cost="1000.50",
    )
    assert status == 201
    return data


def test_a_resolution_is_proposed_and_is_the_answer(world, resolution):
    assert resolution == {
        "id": resolution["id"],
        "number": "RES/2021/01",
        "committee": world.committee.pk,
        "report": world.report.pk,
        "workshop": world.workshop.pk,
        "state": "proposed",
        "standing": "Proposed",
        "verb": "REQUESTS",
        "text": "the Ministry to table the Bill",
        "lead": code(world, "A"),
        "lead_as": "",
        "support": [code(world, "B")],
        "support_as": "",
        "deliverable": "A Bill",
        "due_on": "2022-03-31",
        "trigger": "",
        "means_of_verification": "",
        "cost": "1000.50",
        "funded_by": "",
        "provision_uid": None,
        "comment": None,
        "linked_to": "",
        "earlier": None,
        "relation": "",
        "mode": "",
        "votes_for": None,
        "votes_against": None,
        "abstentions": None,
        "roll_call": [],
        "reservations": [],
        "presence": None,
        "decided_at": None,
        "decided_by": None,
        "decision_note": "",
        "follow_ups": [],
        "actions": [],
        "basis": "",
        "sources": [],
        "open_moves": ["amend", "set_follow_ups", "withdraw"],
    }
    assert resolution == get(world, "member_c", f"resolutions/{resolution['id']}")


def test_adopting_creates_the_actions_that_were_set(world, resolution):
    path = f"resolutions/{resolution['id']}"
    follow_up = {
        "title": "Table the Bill",
        "lead": world.institutions["A"].pk,
        "due_on": "2022-03-31",
    }
    amended = post(
        world, "member_c", f"{path}/amend", text="the Ministry to table a Bill"
    )
    kept = post(world, "member_c", f"{path}/set_follow_ups", rows=[follow_up])
    reserved = {"institution": world.institutions["D"].pk, "text": "We will see."}

    status, data = post(
        world,
        "chair",
        f"{path}/adopt",
        mode="hands",
        votes_for=3,
        votes_against=0,
        abstentions=1,
        reservations=[reserved],
    )

    assert (amended[0], amended[1]["state"]) == (200, "amended")
    assert kept[1]["follow_ups"] == [
        {
            "position": 1,
            "title": "Table the Bill",
            "lead": code(world, "A"),
            "lead_as": "",
            "phase": "first",
            "starts_on": None,
            "due_on": "2022-03-31",
            "deliverable": "",
            "number": None,
        }
    ]
    [action] = rows(world, "official", "roadmap-actions", resolution=data["id"])
    assert (status, data) == (
        200,
        kept[1]
        | {
            "state": "adopted",
            "standing": "Adopted, not started",
            "mode": "hands",
            "votes_for": 3,
            "votes_against": 0,
            "abstentions": 1,
            "reservations": [{"institution": code(world, "D"), "text": "We will see."}],
            "presence": get(world, "chair", f"workshops/{world.workshop.pk}/presence"),
            "decided_at": "2021-12-08T07:10:00Z",
            "decided_by": "Chair of world",
            "actions": [action["id"]],
            "open_moves": [],
        },
    )


CALLED = [("A", "for"), ("B", "for"), ("C", "against"), ("D", "abstains")]


def test_a_roll_call_is_added_up(world, resolution):
    votes = [
        {"institution": world.institutions[name].pk, "vote": vote}
        for name, vote in CALLED
    ]

    short = post(
        world,
        "chair",
        f"resolutions/{resolution['id']}/adopt",
        mode="roll_call",
        roll_call=votes[:1],
    )
    status, data = post(
        world,
        "chair",
        f"resolutions/{resolution['id']}/adopt",
        mode="roll_call",
        roll_call=votes,
    )

    assert (short[0], short[1]["detail"]) == (409, "Say how B, C, D voted.")
    assert (status, data["votes_for"], data["votes_against"]) == (200, 2, 1)
    assert data["roll_call"] == [
        {"institution": code(world, name), "vote": vote} for name, vote in CALLED
    ]


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"mode": "acclaim"}, 400, "mode"),
        ({}, 400, "mode"),
        ({"mode": "hands", "votes_for": -1}, 400, "votes_for"),
        ({"mode": "hands", "votes_for": True}, 400, "votes_for"),
        ({"mode": "hands", "votes_for": 9}, 409, "Give the numbers for"),
        ({"mode": "consensus", "votes_for": 9}, 409, "A consensus has no counts."),
        ({"mode": "consensus", "decided_by": 1}, 400, "decided_by"),
        (
            {"mode": "roll_call", "roll_call": [{"vote": "for"}]},
            400,
            "roll_call.0.institution",
        ),
    ],
)
def test_what_is_no_decision_adopts_nothing(world, resolution, given, status, said):
    found, data = post(world, "chair", f"resolutions/{resolution['id']}/adopt", **given)

    assert found == status
    assert said in (data["detail"] if status == 409 else data["fields"])
    assert (Resolution.objects.get().state, RoadmapAction.objects.count()) == (
        "proposed",
        0,
    )


def test_a_vote_that_is_given_twice_is_refused(world, resolution):
    vote = {"institution": world.institutions["A"].pk, "vote": "for"}

    status, data = post(
        world,
        "chair",
        f"resolutions/{resolution['id']}/adopt",
        mode="roll_call",
        roll_call=[vote, vote],
    )

    assert (status, data["fields"]) == (400, {"roll_call": ["A is given twice."]})


def test_a_resolution_without_lead_and_date_owes_both(world, resolution):
    post(
        world,
        "member_c",
        f"resolutions/{resolution['id']}/amend",
        lead=None,
        due_on=None,
    )

    status, data = post(
        world, "chair", f"resolutions/{resolution['id']}/adopt", mode="consensus"
    )

    url = f"/resolutions/{resolution['id']}/"
    assert (status, data["owed"]) == (
        409,
        [
            {"text": f"RES/2021/01 {what}", "who": "who proposes it", "url": url}
            for what in (
                "has no lead institution.",
                "has neither a date nor a trigger.",
                "names no action with a lead and a date.",
            )
        ],
    )


def test_a_resolution_is_deferred_taken_up_rejected_or_withdrawn(world, resolution):
    path = f"resolutions/{resolution['id']}"

    told = [
        (status, data["state"], data["decision_note"])
        for who, name, given in [
            ("chair", "defer", {"reason": "Later"}),
            ("secretary", "take_up", {}),
            ("chair", "reject", {"reason": "No"}),
        ]
        for status, data in [post(world, who, f"{path}/{name}", **given)]
    ]
    over = post(world, "secretary", f"{path}/withdraw", reason="Too late")

    assert told == [
        (200, "deferred", "Later"),
        (200, "proposed", "Later"),
        (200, "rejected", "No"),
    ]
    assert over[0] == 409


def test_a_member_decides_nothing(world, resolution):
    path = f"resolutions/{resolution['id']}"

    for name, given in [("adopt", {"mode": "consensus"}), ("defer", {"reason": "x"})]:
        assert post(world, "member_c", f"{path}/{name}", **given) == (
            403,
            {"detail": "This is done by: Chair."},
        )


@pytest.fixture
def action(world, resolution):
    post(world, "chair", f"resolutions/{resolution['id']}/adopt", mode="consensus")
    return rows(world, "chair", "roadmap-actions")[0]


def act(world, who, action, name, **given):
    return post(world, who, f"roadmap-actions/{action['id']}/{name}", **given)


def test_an_action_is_as_the_resolution_says(world, action):
    assert action == {
        "id": action["id"],
        "number": "RM01",
        "committee": world.committee.pk,
        "report": world.report.pk,
        "resolution": Resolution.objects.get().pk,
        "reason": "",
        "phase": "first",
        "title": "A Bill",
        "lead": code(world, "A"),
        "lead_as": "",
        "starts_on": None,
        "due_on": "2022-03-31",
        "due": "2022-03-31",
        "days_late": 0,
        "deliverable": "A Bill",
        "blocked_by": None,
        "continued_by": None,
        "state": "not_started",
        "revisions": [],
        "progress": [],
        "basis": "",
        "sources": [],
        "open_moves": ["revise_due", "carry_forward", "cancel", "transfer"],
    }


def test_the_lead_reports_and_the_secretariat_verifies(world, action):
    file = {"name": "bill.pdf", "content": base64.b64encode(PDF).decode()}
    with world.on("2022-02-01"):
        began = act(world, "member_a", action, "start", note="Drafting")
        went = act(world, "member_a", action, "report_progress", note="Half", file=file)
        done = act(world, "member_a", action, "claim_done", evidence="Gazette 12")
        back = act(world, "secretary", action, "send_back", reason="No copy")
        again = act(
            world, "member_a", action, "claim_done", evidence="Gazette 12, copy"
        )
        ended = act(world, "secretary", action, "verify")

    assert [data["state"] for _s, data in (began, went, done, back, again, ended)] == [
        "in_progress",
        "in_progress",
        "done_claimed",
        "in_progress",
        "done_claimed",
        "verified",
    ]
    assert began[1]["progress"] == [
        {
            "id": began[1]["progress"][0]["id"],
            "on": "2022-02-01",
            "state": "in_progress",
            "note": "Drafting",
            "evidence": "",
            "has_file": False,
            "by_name": "Member A of world",
            "on_behalf": False,
        }
    ]
    assert ended[1]["open_moves"] == []
    kept = went[1]["progress"][-1]
    answer = api(world, "official").get(f"/api/action-reports/{kept['id']}/file/")
    missing = api(world, "official").get(
        f"/api/action-reports/{began[1]['progress'][0]['id']}/file/"
    )
    assert (kept["has_file"], b"".join(answer.streaming_content)) == (True, PDF)
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "status", "said"),
    [
        ("no base64!", "x.pdf", 400, "file.content"),
        (base64.b64encode(b"<html>").decode(), "x.pdf", 409, "disagree"),
        (base64.b64encode(b"").decode(), "x.pdf", 400, "file.content"),
        ("A" * (2 * 1024 * 1024 * 4 // 3 + 8), "x.pdf", 400, "file.content"),
        (7, "x.pdf", 400, "file.content"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    world, action, content, name, status, said
):
    found, data = act(
        world,
        "member_a",
        action,
        "report_progress",
        note="Half",
        file={"name": name, "content": content},
    )

    assert found == status
    assert said in (data["detail"] if status == 409 else data["fields"])


def test_another_institution_does_not_report(world, action):
    status, data = act(world, "member_c", action, "start")

    assert (status, data["detail"]) == (
        403,
        "RM01 is reported on by Institution A, or by the secretariat for it.",
    )
    assert get(world, "member_c", f"roadmap-actions/{action['id']}")["open_moves"] == []
    assert get(world, "member_a", f"roadmap-actions/{action['id']}")["open_moves"] == [
        "start",
        "report_progress",
        "claim_done",
        "block",
    ]


def test_a_deadline_is_revised_and_the_first_one_stays(world, action):
    with world.on("2022-04-10"):
        late = get(world, "chair", f"roadmap-actions/{action['id']}")
        status, data = act(
            world,
            "secretary",
            action,
            "revise_due",
            due_on="2022-06-30",
            reason="Elections",
        )

    assert (late["days_late"], status) == (10, 200)
    assert (data["due_on"], data["due"], data["days_late"]) == (
        "2022-03-31",
        "2022-06-30",
        0,
    )
    assert data["revisions"] == [
        {
            "due_on": "2022-06-30",
            "reason": "Elections",
            "decision": "",
            "on": "2022-04-10",
        }
    ]


def test_an_action_is_blocked_carried_forward_and_transferred(world, action):
    first = act(world, "member_a", action, "block", reason="No quorum in Parliament")
    carried = act(
        world,
        "secretary",
        action,
        "carry_forward",
        due_on="2022-09-30",
        reason="Elections",
    )
    moved = act(
        world,
        "chair",
        action,
        "transfer",
        to=world.institutions["B"].pk,
        reason="Mandate",
        decision="Minute 4",
    )

    assert [data["state"] for _s, data in (first, carried, moved)] == [
        "blocked",
        "carried_forward",
        "transferred",
    ]
    following = get(world, "chair", f"roadmap-actions/{moved[1]['continued_by']}")
    assert (following["number"], following["lead"], following["due_on"]) == (
        "RM02",
        code(world, "B"),
        "2022-09-30",
    )


def test_an_action_is_added_with_a_reason_or_not_at_all(world):
    given = {
        "report": world.report.pk,
        "title": "Print the report",
        "lead": world.institutions["A"].pk,
        "phase": "first",
        "due_on": "2022-01-31",
    }

    without = post(world, "secretary", "roadmap-actions", **given)
    member = post(world, "member_c", "roadmap-actions", reason="Needed", **given)
    added = post(world, "secretary", "roadmap-actions", reason="Needed", **given)
    cancelled = act(
        world, "chair", added[1], "cancel", reason="Done abroad", decision="Minute 5"
    )

    assert (without[0], member[0], added[0]) == (409, 403, 201)
    assert (added[1]["number"], added[1]["reason"]) == ("RM01", "Needed")
    assert (cancelled[0], cancelled[1]["state"]) == (200, "cancelled")


def test_the_roadmap_is_found_by_each_filter(world, action):
    later = post(
        world,
        "secretary",
        "roadmap-actions",
        report=world.report.pk,
        title="Print the report",
        lead=world.institutions["B"].pk,
        phase="second",
        due_on="2022-01-31",
        reason="Needed",
    )[1]
    act(world, "secretary", later, "revise_due", due_on="2022-12-31", reason="Paper")

    def numbers(**params):
        found = rows(world, "official", "roadmap-actions", **params)
        return [row["number"] for row in found]

    with world.on("2022-05-01"):
        assert {
            "all": numbers(report=world.report.pk, committee=world.committee.pk),
            "lead": numbers(lead=world.institutions["B"].pk),
            "phase": numbers(phase="first"),
            "state": numbers(state="verified"),
            "due_before": numbers(due_before="2022-06-30"),
            "due_after": numbers(due_after="2022-12-31"),
            "overdue": numbers(overdue="true"),
            "in_time": numbers(overdue="false"),
            "resolution": numbers(resolution=action["resolution"]),
        } == {
            "all": ["RM01", "RM02"],
            "lead": ["RM02"],
            "phase": ["RM01"],
            "state": [],
            "due_before": ["RM01"],
            "due_after": ["RM02"],
            "overdue": ["RM01"],
            "in_time": ["RM02"],
            "resolution": ["RM01"],
        }


def test_resolutions_are_found_by_each_filter(world, resolution):
    def found(**params):
        return len(rows(world, "official", "resolutions", **params))

    assert [
        found(workshop=world.workshop.pk),
        found(lead=world.institutions["A"].pk),
        found(support=world.institutions["B"].pk),
        found(support=world.institutions["A"].pk),
        found(state="adopted"),
        found(mode="hands"),
        found(year=2021),
        found(due_before="2022-03-30"),
        found(due_after="2022-03-31"),
    ] == [1, 1, 1, 0, 0, 0, 1, 0, 1]
