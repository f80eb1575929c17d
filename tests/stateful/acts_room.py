"""The workshop: who is there, what is resolved, and what becomes of it."""

import datetime as dt

from governance.actions import (
    adoption,
    agenda,
    attendance,
    decisions,
    resolutions,
    roadmap,
    roadmap_changes,
    workshops,
)
from governance.actions.decisions import AgreedAmendment, Decided
from governance.models import AttendanceEvent, RoadmapAction
from tests.stateful.acts import (
    CHAIR,
    LEADERS,
    MEMBERS,
    PLANNING,
    PROPOSERS,
    SECRETARIAT,
    SESSION,
    act,
)

LISTED = {"convened", "in_session"}


@act(LEADERS)
def plan(m):
    workshop = workshops.plan_workshop(
        m.report,
        by=m.by,
        title="Workshop",
        starts_on=m.today,
        ends_on=m.today + dt.timedelta(days=1),
        venue="Gaborone",
    )
    agenda.fill_agenda(workshop, by=m.by)
    workshops.invite(workshop, m.world.institutions.values(), by=m.by)
    m.world.workshop = workshop


@act(CHAIR, rooms=["planned"])
def approve(m):
    workshops.approve(m.workshop, by=m.by)


@act(LEADERS, rooms=["approved"])
def convene(m):
    workshops.convene(m.workshop, by=m.by)


@act(CHAIR, {"tabled"}, rooms=["convened"])
def open_session(m):
    workshops.open_session(m.workshop, by=m.by)


@act(LEADERS, rooms=["planned", "approved", "convened"])
def postpone(m):
    workshops.postpone(m.workshop, by=m.by, reason="Roads are closed.")


@act(LEADERS, rooms=["postponed"])
def plan_again(m):
    workshops.plan_again(
        m.workshop,
        starts_on=m.today,
        ends_on=m.today + dt.timedelta(days=1),
        by=m.by,
    )


@act(CHAIR, rooms=PLANNING)
def cancel_workshop(m):
    workshops.cancel(m.workshop, by=m.by, reason="No money.")


@act(CHAIR, rooms=SESSION)
def conclude(m):
    workshops.conclude(m.workshop, by=m.by)


@act(LEADERS, rooms=LISTED)
def register(m):
    """Somebody new, or somebody who is on the list already for another institution."""
    code = m.pick(sorted(m.world.institutions), "institution")
    user = m.world.people[m.pick(sorted(m.world.people), "user")]
    known = m.flip("with a sign-in")
    attendance.register(
        m.workshop,
        m.world.institutions[code],
        name=user.name if known else m.words("guest"),
        user=user if known else None,
        by=m.by,
    )


def a_participant(m):
    return m.one(m.workshop.participants.select_related("institution").order_by("pk"))


def back(m):
    return m.now - dt.timedelta(minutes=m.upto(40)) if m.flip("afterwards") else None


@act(LEADERS, rooms=LISTED)
def arrive(m):
    attendance.arrive(a_participant(m), by=m.by, at=back(m))


@act(LEADERS, rooms=LISTED)
def leave(m):
    attendance.leave(a_participant(m), by=m.by, at=back(m))


@act(LEADERS, rooms=LISTED)
def strike(m):
    entry = m.one(AttendanceEvent.objects.filter(workshop=m.workshop))
    attendance.strike(entry, by=m.by, reason="Somebody else of that name.")


@act(LEADERS, rooms=LISTED)
def apologise(m):
    code = m.pick(sorted(m.world.institutions), "institution")
    attendance.apologise(m.workshop, m.world.institutions[code], by=m.by)


@act(CHAIR, {"tabled"}, rooms=SESSION)
def decide(m):
    outcome = m.pick(["amendments", "validated", "returned"], "outcome")
    agreed = [AgreedAmendment(m.world.document, "Say it shorter.")]
    decided = Decided(outcome, "A reason.", agreed if m.flip("amendment") else ())
    decisions.decide(m.workshop, {1: decided}, by=m.by)


@act(PROPOSERS, rooms=PLANNING | SESSION)
def propose(m):
    """Not all drafts can be adopted: some have no lead, no date, or one too early."""
    days = m.pick([None, 0, 90], "due in days")
    lead = m.pick([None, "B", "C"], "lead")
    resolutions.propose(
        m.workshop,
        by=m.by,
        verb="REQUESTS",
        text=m.words("resolution"),
        lead=m.world.institutions[lead] if lead else None,
        due_on=None if days is None else m.today + dt.timedelta(days=days),
        trigger="" if days is not None else m.pick(["", "when law"], "trigger"),
    )


def a_resolution(m):
    rows = m.report.resolutions.filter(workshop=m.workshop)
    still_open = rows.filter(state__in=["proposed", "amended", "deferred"])
    return m.one(rows if m.flip("decided or not") else still_open)


@act(PROPOSERS)
def follow_ups(m):
    row = a_resolution(m)
    due = row.workshop.ends_on + dt.timedelta(days=m.pick([-1, 0, 30, 400], "due"))
    facts = {"title": "Do it", "lead": m.world.institutions["B"], "due_on": due}
    resolutions.set_follow_ups(row, [facts][: m.upto(2) - 1], by=m.by)


@act(PROPOSERS)
def amend(m):
    resolutions.amend(a_resolution(m), by=m.by, text=m.words("resolution"))


@act(CHAIR, rooms=SESSION)
def adopt(m):
    row = a_resolution(m)
    mode = m.pick(["consensus", "consensus", "hands", "roll_call"], "mode")
    codes = "ABC"[: m.upto(3)]
    called = {m.world.institutions[code]: "for" for code in codes}
    adoption.adopt(
        row,
        mode=mode,
        by=m.by,
        votes_for=m.upto(5) if mode == "hands" else None,
        votes_against=0 if mode == "hands" else None,
        abstentions=0 if mode == "hands" else None,
        roll_call=called if mode == "roll_call" else None,
        reservations={m.world.institutions["A"]: "Cost."} if m.flip("but") else None,
    )


@act(CHAIR, rooms=SESSION)
def defer(m):
    resolutions.defer(a_resolution(m), by=m.by, reason="Not today.")


@act(CHAIR, rooms=SESSION)
def reject(m):
    resolutions.reject(a_resolution(m), by=m.by, reason="No.")


@act(PROPOSERS)
def withdraw_resolution(m):
    resolutions.withdraw(a_resolution(m), by=m.by, reason="Wrong.")


@act(PROPOSERS)
def take_up(m):
    resolutions.take_up(a_resolution(m), by=m.by)


def an_action(m, *states):
    rows = RoadmapAction.objects.filter(report=m.report).select_related("lead")
    return m.one(rows if m.flip("any action") else rows.filter(state__in=states))


def must_lead(m, action):
    leads = action.lead_id in m.by.standing_in(action.committee_id).institution_pks
    m.must(leads or m.name in SECRETARIAT, "rights", f"{m.name} reported for another")


LEADS = MEMBERS | SECRETARIAT | {"rapporteur"}


@act(LEADS)
def start(m):
    row = an_action(m, "not_started", "blocked", "carried_forward")
    roadmap.start(row, by=m.by)
    must_lead(m, row)


@act(LEADS)
def report_progress(m):
    row = an_action(m, "in_progress")
    roadmap.report_progress(row, by=m.by, note="Half of it.")
    must_lead(m, row)


@act(LEADS)
def claim_done(m):
    row = an_action(m, "not_started", "in_progress")
    roadmap.claim_done(row, by=m.by, evidence="A letter.")
    must_lead(m, row)


@act(SECRETARIAT)
def verify(m):
    roadmap.verify(an_action(m, "done_claimed"), by=m.by)


@act(SECRETARIAT)
def send_back(m):
    roadmap.send_back(an_action(m, "done_claimed"), by=m.by, reason="It is not signed.")


@act(LEADS)
def block(m):
    row = an_action(m, "not_started", "in_progress")
    roadmap.block(row, by=m.by, reason="No budget.")
    must_lead(m, row)


@act(LEADERS)
def revise_due(m):
    row = an_action(m, "not_started", "in_progress", "done_claimed")
    due = m.today + dt.timedelta(days=30 * m.upto(4))
    roadmap_changes.revise_due(row, due_on=due, reason="Later.", by=m.by)


@act(LEADERS)
def carry_forward(m):
    row = an_action(m, "not_started", "in_progress", "blocked")
    due = m.today + dt.timedelta(days=30 * m.upto(4))
    roadmap_changes.carry_forward(row, due_on=due, reason="Next year.", by=m.by)


@act(CHAIR)
def cancel_action(m):
    row = an_action(m, "not_started", "in_progress", "blocked")
    roadmap_changes.cancel(row, by=m.by, reason="No.", decision="Minute 4")


@act(CHAIR)
def transfer(m):
    row = an_action(m, "not_started", "in_progress", "blocked")
    to = m.world.institutions[m.pick("ABCDE", "to")]
    roadmap_changes.transfer(row, to=to, by=m.by, reason="Theirs.", decision="Minute 4")


@act(LEADERS | {"rapporteur"})
def add_action(m):
    roadmap.add_action(
        m.report,
        by=m.by,
        title=m.words("action"),
        lead=m.world.institutions["E"],
        phase="first",
        due_on=m.today + dt.timedelta(days=60),
        reason="" if m.flip("rests on nothing") else "The minister asked for it.",
    )
