"""The workshop: planned, convened, walked through item by item, and decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.actions import agenda, decisions, notes, workshops
from governance.actions.decisions import Decided
from governance.models import (
    AgendaItem,
    Institution,
    PartOutcome,
    Seat,
    WorkingGroup,
    Workshop,
)
from ncc_portal.demo.fields import choice, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from governance.models import User
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

WORKSHOP = (
    "title purpose expected_outcomes starts_on ends_on venue host co_host preamble"
)
AGENDA = "day starts_at title type presenter part"
S = Workshop.State


def load_workshop(seeding: Seeding, file: Entry) -> None:
    extra = "at by agenda groups steps decided"
    fields = seeding.values(file, Workshop, WORKSHOP, extra=extra)
    seeding.at(file, partial(plan, seeding, file, fields))
    for entry in file.entries("agenda"):
        load_item(seeding, file, entry)
    for entry in file.entries("groups"):
        load_group(seeding, file, entry)
    for entry in file.entries("steps"):
        entry.known({"at", "by", "step"})
        name = choice(entry, "step", STEPS, entry.text("step"))
        seeding.at(entry, partial(take, seeding, name, seeding.person(entry)))
    decided = file.entry("decided")
    seeding.at(decided, partial(decide, seeding, decided))


def workshop_of(seeding: Seeding) -> Workshop | None:
    rows = seeding.report.workshops.select_related("committee", "report", "papers")
    found: Workshop | None = rows.first()
    return found


def the_workshop(seeding: Seeding, entry: Entry) -> Workshop:
    workshop = workshop_of(seeding)
    if workshop is None:
        raise entry.mistake("", _("no workshop on the report is planned."))
    return workshop


def plan(seeding: Seeding, file: Entry, fields: dict[str, Any]) -> None:
    """Plan the workshop and invite every institution that has a seat."""
    if workshop_of(seeding):
        return
    by = seeding.person(file)
    workshop = seeding.count(workshops.plan_workshop(seeding.report, by=by, **fields))
    seats = Seat.objects.filter(committee=seeding.committee).on(workshop.starts_on)
    invited = Institution.objects.filter(pk__in=seats.values("institution"))
    workshops.invite(workshop, invited, by=by)


def load_item(seeding: Seeding, file: Entry, entry: Entry) -> None:
    """An item is put on the agenda with the plan, and taken up at its time."""
    fields = seeding.values(entry, AgendaItem, AGENDA, extra="now by note")
    seeding.at(file, partial(add_item, seeding, entry, fields))
    seeding.at(entry, partial(go_to, seeding, entry, fields), name="now")


def item_of(workshop: Workshop, fields: dict[str, Any]) -> AgendaItem | None:
    return workshop.agenda.filter(
        day=fields["day"], starts_at=fields["starts_at"]
    ).first()


def add_item(seeding: Seeding, entry: Entry, fields: dict[str, Any]) -> None:
    workshop = the_workshop(seeding, entry)
    if not item_of(workshop, fields):
        item = agenda.add_item(workshop, by=seeding.by, **fields)
        seeding.count(item)


def go_to(seeding: Seeding, entry: Entry, fields: dict[str, Any]) -> None:
    workshop = the_workshop(seeding, entry)
    item = item_of(workshop, fields)
    if item is None or item.state != AgendaItem.State.NEXT:
        return
    by = seeding.person(entry)
    agenda.go_to(item, by=by)
    if entry.get("note"):
        notes.take_note(workshop, str(entry["note"]), by=by, item=item)


def load_group(seeding: Seeding, file: Entry, entry: Entry) -> None:
    fields = seeding.values(
        entry, WorkingGroup, "name part chair rapporteur", extra="at by findings"
    )
    seeding.at(file, partial(add_group, seeding, entry, fields))
    seeding.at(entry, partial(report_back, seeding, entry))


def add_group(seeding: Seeding, entry: Entry, fields: dict[str, Any]) -> None:
    workshop = the_workshop(seeding, entry)
    if not workshop.groups.filter(name=fields["name"]).exists():
        seeding.count(notes.add_group(workshop, by=seeding.by, **fields))


def report_back(seeding: Seeding, entry: Entry) -> None:
    group = the_workshop(seeding, entry).groups.get(name=entry.text("name"))
    if not group.findings.exists():
        for text in entry.texts("findings"):
            notes.add_finding(group, text, by=seeding.person(entry))


STEPS: dict[str, tuple[str, Callable[..., None]]] = {
    "approve": (S.PLANNED, workshops.approve),
    "convene": (S.APPROVED, workshops.convene),
    "open": (S.CONVENED, workshops.open_session),
    "conclude": (S.IN_SESSION, workshops.conclude),
    "draft_minutes": (S.CONCLUDED, workshops.draft_minutes),
    "adopt_minutes": (S.REPORT_DRAFTED, workshops.adopt_minutes),
    "close": (S.REPORT_ADOPTED, workshops.close),
}


def take(seeding: Seeding, name: str, by: User) -> None:
    source, action = STEPS[name]
    workshop = workshop_of(seeding)
    if workshop and workshop.state == source:
        action(workshop, by=by)


def decide(seeding: Seeding, entry: Entry) -> None:
    entry.known({"at", "by", "outcomes"})
    workshop = the_workshop(seeding, entry)
    if workshop.outcomes.exists():
        return
    outcomes = {}
    for row in entry.entries("outcomes"):
        row.known({"part", "outcome", "note"})
        allowed = PartOutcome.Outcome.values
        outcome = choice(row, "outcome", allowed, row.text("outcome"))
        outcomes[whole(row, "part")] = Decided(outcome, str(row.get("note", "")))
    for found in decisions.decide(workshop, outcomes, by=seeding.person(entry)):
        seeding.count(found)
