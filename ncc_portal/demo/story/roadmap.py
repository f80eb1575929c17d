"""What became of the roadmap's actions: begun, postponed, done, verified."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.actions import roadmap, roadmap_changes
from ncc_portal.demo.fields import choice, day, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from governance.models import RoadmapAction, User
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

FIELDS = {"at", "step", "by", "note", "evidence", "due_on", "blocked_by"}


def load_roadmap(seeding: Seeding, file: Entry) -> None:
    file.known({"actions"})
    for entry in file.entries("actions"):
        entry.known({"number", "by", "history"})
        for number, step in enumerate(entry.entries("history"), start=1):
            step.known(FIELDS)
            name = choice(step, "step", STEPS, step.text("step"))
            by = seeding.person(step if "by" in step else entry)
            seeding.at(step, partial(take, seeding, entry, step, number, name, by))


def action_of(seeding: Seeding, entry: Entry, name: str = "number") -> RoadmapAction:
    rows = seeding.report.actions.select_related("committee", "report", "lead")
    found: RoadmapAction | None = rows.filter(serial=whole(entry, name)).first()
    if found is None:
        raise entry.mistake(name, _("there is no such action in the roadmap."))
    return found


def take(
    seeding: Seeding, entry: Entry, step: Entry, number: int, name: str, by: User
) -> None:
    """One step of an action's history, unless as many were taken already."""
    action = action_of(seeding, entry)
    taken = sum(event.verb != "created" for event in action.events)
    before = entry.entries("history")[: number - 1]
    if taken >= number + sum(row["step"] in DOUBLE for row in [*before, step]):
        return
    STEPS[name](seeding, action, step, by)


def note(step: Entry) -> str:
    return str(step.get("note", ""))


def start(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    seeding.count(roadmap.start(action, by=by, note=note(step)))


def progress(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    evidence = str(step.get("evidence", ""))
    seeding.count(
        roadmap.report_progress(action, by=by, note=note(step), evidence=evidence)
    )


def claim(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    evidence = str(step.text("evidence"))
    seeding.count(roadmap.claim_done(action, by=by, evidence=evidence, note=note(step)))


def verify(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    seeding.count(roadmap.verify(action, by=by, note=note(step)))


def revise(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    due_on = day(step, "due_on")
    seeding.count(
        roadmap_changes.revise_due(action, due_on=due_on, reason=note(step), by=by)
    )


def carry(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    seeding.count(
        roadmap_changes.carry_forward(
            action,
            due_on=day(step, "due_on"),
            reason=note(step),
            evidence=str(step.get("evidence", "")),
            by=by,
        )
    )


def block(seeding: Seeding, action: RoadmapAction, step: Entry, by: User) -> None:
    other = action_of(seeding, step, "blocked_by") if "blocked_by" in step else None
    seeding.count(roadmap.block(action, by=by, reason=note(step), blocked_by=other))


STEPS: dict[str, Callable[[Seeding, RoadmapAction, Entry, User], None]] = {
    "start": start,
    "progress": progress,
    "claim_done": claim,
    "verify": verify,
    "revise_due": revise,
    "carry_forward": carry,
    "block": block,
}
# Carrying an action forward is a new deadline and a move: two lines of its history.
DOUBLE = {"carry_forward"}
