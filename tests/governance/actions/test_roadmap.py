"""The roadmap: who reports, who verifies, what is overdue, and that nothing is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import (
    adoption,
    centres,
    resolutions,
    roadmap,
    roadmap_changes,
)
from governance.errors import Refused
from governance.models import (
    ActionReport,
    Centre,
    CentreRequest,
    DueRevision,
    RoadmapAction,
)
from tests import world as worlds
from tests.governance.shared import shared_world

built, world = shared_world("session")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
DUE = dt.date(2022, 3, 31)


@pytest.fixture
def action(world):
    """RM01, led by C, due on 31 March 2022."""
    with world.on("2021-12-07", "11:00"):
        resolution = resolutions.propose(
            world.workshop,
            by=world.person("secretary"),
            verb="REQUESTS",
            text="institution C to write the protocol",
            lead=world.institutions["C"],
            due_on=DUE,
            deliverable="Protocol",
        )
        adoption.adopt(resolution, by=world.person("chair"), mode="consensus")
    return RoadmapAction.objects.get()


def add(world, title="Another", due=dt.date(2022, 6, 30), by="secretary", **fields):
    fields = {"reason": "Asked for by the Minister"} | fields
    with world.on("2022-01-10"):
        return roadmap.add_action(
            world.report,
            by=world.person(by),
            title=title,
            lead=world.institutions["D"],
            phase="second",
            due_on=due,
            **fields,
        )


def do(world, verb, action, by="member_c", on="2022-02-01", **facts):
    with world.on(on):
        act = getattr(roadmap, verb, None) or getattr(roadmap_changes, verb)
        return act(action, by=world.person(by), **facts)


def claim(world, action, by="member_c", **facts):
    return do(world, "claim_done", action, by, evidence="Protocol of 1 March", **facts)


def fresh(action):
    return RoadmapAction.objects.get(pk=action.pk)


def test_the_way_of_an_action_from_start_to_verified(world, action):
    do(world, "start", action, note="Drafting group met")
    do(world, "report_progress", action, on="2022-02-15", note="Half is written")
    claim(world, action, on="2022-03-01")
    do(world, "verify", action, "secretary", "2022-03-10", note="Read")

    assert fresh(action).state == "verified"
    assert fresh(action).resolution.standing() == "Implemented"
    assert list(
        action.progress.values_list(
            "on", "state", "note", "evidence", "by_name", "on_behalf"
        )
    ) == [
        (
            dt.date(2022, 2, 1),
            "in_progress",
            "Drafting group met",
            "",
            "Member C of world",
            False,
        ),
        (
            dt.date(2022, 2, 15),
            "in_progress",
            "Half is written",
            "",
            "Member C of world",
            False,
        ),
        (
            dt.date(2022, 3, 1),
            "done_claimed",
            "",
            "Protocol of 1 March",
            "Member C of world",
            False,
        ),
        (dt.date(2022, 3, 10), "verified", "Read", "", "Secretary of world", False),
    ]


@pytest.mark.parametrize("name", ["member_d", "rapporteur"])
@pytest.mark.parametrize("verb", ["start", "claim_done", "block", "report_progress"])
def test_another_institution_does_not_report(world, action, name, verb):
    facts = {
        "claim_done": {"evidence": "x"},
        "block": {"reason": "x"},
        "report_progress": {"note": "x"},
    }.get(verb, {})

    with pytest.raises(PermissionDenied, match="RM01 is reported on by Institution C"):
        do(world, verb, action, name, **facts)

    assert (fresh(action).state, ActionReport.objects.count()) == ("not_started", 0)


@pytest.mark.parametrize("name", ["official", "observer", "chair", "admin"])
def test_who_has_no_right_to_report_is_denied(world, action, name):
    with pytest.raises(PermissionDenied):
        do(world, "start", action, name)


def test_the_secretariat_reports_on_behalf_and_it_is_marked(world, action):
    do(world, "start", action, "secretary")

    assert list(action.progress.values_list("by_name", "on_behalf")) == [
        ("Secretary of world", True)
    ]


def test_done_needs_evidence(world, action):
    with pytest.raises(Refused, match="Name the evidence"):
        do(world, "claim_done", action, evidence=" ")

    assert fresh(action).state == "not_started"


def test_who_reported_it_done_does_not_verify_it(world, action):
    claim(world, action, "secretary")

    with pytest.raises(Refused, match="does not verify it"):
        do(world, "verify", action, "secretary")
    do(world, "verify", action, "officer")

    assert fresh(action).state == "verified"


def test_evidence_added_by_somebody_else_does_not_let_the_claimant_verify(
    world, action
):
    claim(world, action, "secretary")
    do(world, "report_progress", action, "officer", note="Scan", evidence="The scan")

    for name in ("secretary", "officer"):
        with pytest.raises(Refused, match="does not verify it"):
            do(world, "verify", action, name)


def test_after_it_was_sent_back_only_the_new_claim_counts(world, action):
    claim(world, action, "secretary")
    do(world, "send_back", action, "officer", reason="No signature")
    claim(world, action)
    do(world, "verify", action, "secretary")

    assert fresh(action).state == "verified"


def test_a_claim_is_added_to_only_with_evidence(world, action):
    claim(world, action)

    with pytest.raises(Refused, match="say what is added to the evidence"):
        do(world, "report_progress", action, note="It is really done")


@pytest.mark.parametrize(
    ("on", "state", "days"),
    [
        ("2022-03-31", "not_started", 0),
        ("2022-04-01", "not_started", 1),
        ("2022-04-16", "in_progress", 16),
        ("2022-04-16", "blocked", 16),
        ("2022-04-16", "carried_forward", 16),
        ("2022-04-16", "done_claimed", 0),
        ("2022-04-16", "verified", 0),
        ("2022-04-16", "cancelled", 0),
        ("2022-04-16", "transferred", 0),
    ],
)
def test_overdue_is_the_deadline_passed_and_the_lead_not_done(
    world, action, on, state, days
):
    action.state = state
    today = dt.date.fromisoformat(on)

    assert (action.days_late(today), action.is_overdue(today)) == (days, days > 0)


def test_the_database_and_the_row_agree_on_what_is_overdue(world, action):
    add(world, due=dt.date(2022, 2, 28))
    do(
        world,
        "revise_due",
        action,
        "secretary",
        due_on=dt.date(2022, 5, 31),
        reason="Late",
    )

    for day in (dt.date(2022, 3, 1), dt.date(2022, 4, 1), dt.date(2022, 6, 1)):
        rows = RoadmapAction.objects.with_due().complete()
        assert [row.serial for row in rows.overdue(day)] == [
            row.serial for row in rows if row.is_overdue(day)
        ]
        assert [row.due_now for row in rows] == [row.due for row in rows]


def test_overdue_is_read_on_the_committees_own_calendar(world, action):
    late_evening = dt.datetime(2022, 3, 31, 22, 30, tzinfo=dt.UTC)

    from governance import clock

    with clock.standing_at(late_evening):
        assert action.days_late(action.committee.today()) == 1


def test_a_revised_deadline_leaves_the_first_one_visible(world, action):
    do(
        world,
        "revise_due",
        action,
        "secretary",
        due_on=dt.date(2022, 5, 31),
        reason="Late",
    )
    do(
        world,
        "revise_due",
        action,
        "chair",
        "2022-05-20",
        due_on=dt.date(2022, 6, 30),
        reason="Elections",
        decision="Minute 4",
    )

    row = fresh(action)
    assert (row.due_on, row.due) == (DUE, dt.date(2022, 6, 30))
    assert list(
        DueRevision.objects.values_list("due_on", "reason", "decision", "on")
    ) == [
        (dt.date(2022, 5, 31), "Late", "", dt.date(2022, 2, 1)),
        (dt.date(2022, 6, 30), "Elections", "Minute 4", dt.date(2022, 5, 20)),
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"due_on": DUE, "reason": "x"}, "That is the deadline already"),
        (
            {"due_on": dt.date(2022, 5, 31), "reason": " "},
            "Say why the deadline changes",
        ),
    ],
)
def test_a_deadline_does_not_change_without_a_reason(world, action, facts, said):
    with pytest.raises(Refused, match=said):
        do(world, "revise_due", action, "secretary", **facts)

    assert not DueRevision.objects.exists()


def test_a_member_does_not_change_a_deadline(world, action):
    with pytest.raises(PermissionDenied):
        do(world, "revise_due", action, due_on=dt.date(2022, 5, 31), reason="Late")


def test_carried_forward_is_to_a_later_day_and_unties_what_blocked_it(world, action):
    other = add(world)
    do(world, "block", action, reason="", blocked_by=other)
    with pytest.raises(Refused, match="to a later day"):
        do(
            world,
            "carry_forward",
            action,
            "secretary",
            due_on=dt.date(2022, 3, 1),
            reason="x",
        )

    do(
        world,
        "carry_forward",
        action,
        "secretary",
        due_on=dt.date(2023, 3, 31),
        reason="Next estimates",
        evidence="Letter of deferral",
    )

    row = fresh(action)
    assert (row.state, row.due_on, row.due, row.blocked_by, row.evidence) == (
        "carried_forward",
        DUE,
        dt.date(2023, 3, 31),
        None,
        "Letter of deferral",
    )


def test_a_block_names_the_other_action_and_makes_no_knot(world, action):
    other, third = add(world), add(world, "Third")
    do(world, "block", action, reason="Must come first", blocked_by=other)
    do(world, "block", other, "member_d", reason="", blocked_by=third)

    with pytest.raises(Refused, match="RM02 waits for RM03 already"):
        do(world, "block", third, "member_d", reason="", blocked_by=fresh(action))

    assert (fresh(action).blocked_by, fresh(other).blocked_by, fresh(third).state) == (
        other,
        third,
        "not_started",
    )
    assert action.events.get(verb="block").note == "RM02: Must come first"


def test_only_the_chair_cancels_and_cites_the_decision(world, action):
    with pytest.raises(PermissionDenied):
        do(world, "cancel", action, "secretary", reason="x", decision="y")
    with pytest.raises(Refused):
        do(world, "cancel", action, "chair", reason="x", decision=" ")

    do(world, "cancel", action, "chair", reason="Overtaken", decision="Minute 7")

    assert (fresh(action).state, fresh(action).resolution.standing()) == (
        "cancelled",
        "Overtaken",
    )


@pytest.mark.parametrize(
    "cited", ["RES/2021/03", "Minute 7 and res-2021-3", "RES/2021/02", "RES/1999/01"]
)
def test_a_resolution_that_was_not_adopted_stops_no_action(world, action, cited):
    with world.on("2021-12-07", "11:30"):
        proposed = resolutions.propose(
            world.workshop, by=world.person("secretary"), verb="ASKS", text="for it"
        )
    stop = {"reason": "Overtaken", "decision": cited}

    for act, facts in [("cancel", {}), ("transfer", {"to": world.institutions["E"]})]:
        with pytest.raises(Refused, match="is no adopted resolution of this committee"):
            do(world, act, action, "chair", **stop, **facts)

    assert (proposed.number, fresh(action).state) == ("RES/2021/02", "not_started")
    assert RoadmapAction.objects.count() == 1


@pytest.mark.parametrize(
    "cited", ["RES/2021/01", "res/2021/1", "Minute 7 on RES/2021/01", "Letter 2021/03"]
)
def test_an_adopted_resolution_or_a_minute_stops_an_action(world, action, cited):
    do(world, "cancel", action, "chair", reason="Overtaken", decision=cited)

    assert fresh(action).progress.get().evidence == cited


def test_a_transferred_action_goes_on_with_its_deadline_and_resolution(world, action):
    do(
        world,
        "revise_due",
        action,
        "secretary",
        due_on=dt.date(2022, 5, 31),
        reason="Late",
    )

    following = do(
        world,
        "transfer",
        action,
        "chair",
        to=world.institutions["E"],
        reason="Mandate",
        decision="Minute 8",
    )

    assert (fresh(action).state, fresh(action).continued_by) == (
        "transferred",
        following,
    )
    assert (
        following.number,
        following.lead.code,
        following.due_on,
        following.resolution,
        following.state,
        following.title,
    ) == (
        "RM02",
        "E",
        dt.date(2022, 5, 31),
        action.resolution,
        "not_started",
        "Protocol",
    )


@pytest.mark.parametrize("state", ["verify", "cancel", "transfer"])
def test_what_has_ended_goes_nowhere(world, action, state):
    if state == "verify":
        claim(world, action)
        do(world, "verify", action, "secretary")
    else:
        more = {"to": world.institutions["E"]} if state == "transfer" else {}
        do(world, state, action, "chair", reason="x", decision="y", **more)

    for verb, by, facts in [
        ("start", "member_c", {}),
        ("claim_done", "member_c", {"evidence": "x"}),
        ("report_progress", "member_c", {"note": "x"}),
        ("block", "member_c", {"reason": "x"}),
        ("revise_due", "secretary", {"due_on": dt.date(2024, 1, 1), "reason": "x"}),
        ("carry_forward", "secretary", {"due_on": dt.date(2024, 1, 1), "reason": "x"}),
        ("cancel", "chair", {"reason": "x", "decision": "y"}),
    ]:
        with pytest.raises(Refused):
            do(world, verb, action, by, **facts)


def test_an_action_cites_an_adopted_resolution_or_says_why_not(world, action):
    with pytest.raises(Refused, match="say why the action rests on none"):
        add(world, reason="")
    with world.on("2021-12-07", "12:00"):
        proposed = resolutions.propose(
            world.workshop, by=world.person("secretary"), verb="NOTES", text="x"
        )
    with pytest.raises(Refused, match="is not adopted"):
        add(world, resolution=proposed, reason="")

    made = add(world, resolution=action.resolution, reason="")

    assert (made.number, made.resolution) == ("RM02", action.resolution)


def test_a_reserved_number_is_kept_for_the_proposal(world, action):
    with world.on("2021-12-07", "12:00"):
        proposed = resolutions.propose(
            world.workshop,
            by=world.person("secretary"),
            verb="NOTES",
            text="x",
            lead=world.institutions["D"],
            due_on=DUE,
        )
        resolutions.set_follow_ups(
            proposed,
            [
                {
                    "title": "Fifth",
                    "lead": world.institutions["D"],
                    "due_on": DUE,
                    "number": 5,
                }
            ],
            by=world.person("secretary"),
        )

    made = add(world)

    assert made.number == "RM06"


def test_the_evidence_file_is_kept_under_its_digest(world, action):
    row = claim(world, action, file=("letter.png", PNG))

    with row.file.open() as file:
        assert (file.name.startswith("evidence/"), file.read()) == (True, PNG)


def test_a_file_that_is_not_what_its_name_says_changes_nothing(world, action):
    with pytest.raises(Refused):
        claim(world, action, file=("letter.pdf", PNG))

    assert (fresh(action).state, ActionReport.objects.count()) == ("not_started", 0)


@pytest.fixture
def asked(world):
    centre = Centre.objects.create(
        code="AMO",
        name="Observatory",
        seat="Rabat",
        established="2018",
        description="Data",
    )
    with world.on("2022-01-10"):
        return centres.plan_request(
            world.committee,
            by=world.person("secretary"),
            centre=centre,
            purpose="Review of data",
            lead=world.institutions["C"],
            needed_by=dt.date(2022, 9, 30),
        )


def step(world, asked, name, on, by="secretary", **facts):
    with world.on("2022-12-01"):
        return centres.record_step(
            asked, name, by=world.person(by), on=dt.date.fromisoformat(on), **facts
        )


def test_a_request_goes_from_the_letter_to_what_came_of_it(world, asked):
    step(world, asked, "send", "2022-03-10", reference="NV 12/2022")
    step(world, asked, "accept", "2022-06-01", note="Mission in November")
    step(world, asked, "deliver", "2022-11-20", by="chair")

    assert CentreRequest.objects.get().state == "delivered"
    assert list(asked.steps.values_list("state", "on", "reference", "note")) == [
        ("sent", dt.date(2022, 3, 10), "NV 12/2022", ""),
        ("accepted", dt.date(2022, 6, 1), "", "Mission in November"),
        ("delivered", dt.date(2022, 11, 20), "", ""),
    ]


@pytest.mark.parametrize(
    ("name", "on", "facts", "said"),
    [
        ("send", "2022-12-02", {"reference": "x"}, "has not come yet"),
        ("send", "2022-03-10", {}, "Cite the letter"),
        ("deliver", "2022-03-10", {}, "is not possible there"),
    ],
)
def test_a_step_that_cannot_be_is_refused(world, asked, name, on, facts, said):
    with pytest.raises(Refused, match=said):
        step(world, asked, name, on, **facts)

    assert (CentreRequest.objects.get().state, asked.steps.count()) == ("planned", 0)


def test_steps_are_recorded_in_the_order_of_their_days(world, asked):
    step(world, asked, "send", "2022-03-10", reference="NV 12/2022")

    with pytest.raises(Refused, match="before the step recorded last"):
        step(world, asked, "decline", "2022-03-09", note="No funds")


def test_another_committees_institution_does_not_take_over(world, action):
    other = worlds.build("other", "ZA")

    with pytest.raises(Refused):
        do(
            world,
            "transfer",
            action,
            "chair",
            to=other.institutions["C"],
            reason="x",
            decision="y",
        )
