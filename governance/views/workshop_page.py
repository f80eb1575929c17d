"""What the page of a workshop shows: tasks, agenda, and the moves open to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions.workshops import owed_to_conclude, owed_to_convene
from governance.fingerprint import hex16
from governance.meeting import rule_in_words
from governance.models import AgendaItem, Seat, Version, Workshop
from governance.permissions import Permission, can, roles_with

if TYPE_CHECKING:
    import datetime as dt

    from governance.errors import Owed
    from governance.models import User

S = Workshop.State


@dataclass(frozen=True)
class Button:
    """A move: in words, where it is made, and whether one tap makes it."""

    label: object
    url_name: str
    posts: bool = False
    leads_on: bool = True


MOVES = {
    "approve": Button(gettext_lazy("Approve the plan"), "workshop-approve", posts=True),
    "convene": Button(gettext_lazy("Convene the workshop"), "workshop-convene"),
    "open": Button(gettext_lazy("Open the session"), "workshop-open"),
    "conclude": Button(gettext_lazy("Conclude the session"), "workshop-conclude"),
    "draft_minutes": Button(
        gettext_lazy("Mark the minutes as drafted"), "minutes-draft", posts=True
    ),
    "adopt_minutes": Button(gettext_lazy("Adopt the minutes"), "minutes-adopt"),
    "close": Button(gettext_lazy("Close the workshop"), "workshop-close", posts=True),
    "plan_again": Button(
        gettext_lazy("Plan the workshop again"), "workshop-plan-again"
    ),
    "postpone": Button(
        gettext_lazy("Postpone the workshop"), "workshop-postpone", leads_on=False
    ),
    "cancel": Button(
        gettext_lazy("Cancel the workshop"), "workshop-cancel", leads_on=False
    ),
}


@dataclass(frozen=True)
class Line:
    """An item of the agenda with the time at which the next one begins."""

    item: AgendaItem
    ends_at: dt.time | None


@dataclass(frozen=True)
class Day:
    number: int
    on: dt.date
    lines: list[Line]


def days_of(workshop: Workshop, items: list[AgendaItem]) -> list[Day]:
    """The agenda day by day; a day without items is shown too."""
    days = []
    for number, on in enumerate(workshop.days, start=1):
        of_day = [item for item in items if item.day == number]
        ends = [item.starts_at for item in of_day[1:]]
        lines = [
            Line(item, ends[place] if place < len(ends) else None)
            for place, item in enumerate(of_day)
        ]
        days.append(Day(number, on, lines))
    return days


def buttons_of(workshop: Workshop, user: User) -> list[dict[str, Any]]:
    """The moves open to the person; the first that leads on is the filled one."""
    names = {step.name for step in workshop.flow.open_to(user, workshop)}
    return [
        {
            "label": button.label,
            "url": reverse(f"governance:{button.url_name}", args=[workshop.pk]),
            "posts": button.posts,
            "leads_on": button.leads_on,
        }
        for name, button in MOVES.items()
        if name in names
    ]


def next_of(workshop: Workshop) -> dict[str, Any] | None:
    """The step that comes next and who takes it, for those who wait for it."""
    for name, button in MOVES.items():
        step = workshop.flow.moves[name]
        if button.leads_on and workshop.state in step.sources and step.permission:
            return {
                "label": button.label,
                "who": ", ".join(roles_with(step.permission)),
            }
    return None


def owed_of(workshop: Workshop) -> list[Owed]:
    if workshop.state in {S.PLANNED, S.APPROVED}:
        return owed_to_convene(workshop)
    return owed_to_conclude(workshop) if workshop.is_in_session else []


def invited_of(workshop: Workshop) -> dict[str, Any]:
    """Those invited, and how many of the institutions with a vote are among them."""
    rows = list(workshop.invitations.select_related("institution"))
    seats = Seat.objects.filter(committee=workshop.committee, is_voting=True)
    voting = set(seats.on(workshop.starts_on).values_list("institution", flat=True))
    asked = {row.institution_id for row in rows}
    return {
        "rows": rows,
        "voting": len(voting),
        "asked": len(voting & asked),
        "others": len(asked - voting),
    }


def page_of(workshop: Workshop, user: User) -> dict[str, Any]:
    committee = workshop.committee
    items = list(workshop.agenda.all())
    plans = can(user, Permission.PLAN_WORKSHOP, committee)
    papers = workshop.papers
    return {
        "section": "workshops",
        "committee": committee,
        "workshop": workshop,
        "days": days_of(workshop, items),
        "items": items,
        "rule": rule_in_words(workshop),
        "invited": invited_of(workshop),
        "groups": workshop.groups.prefetch_related("findings"),
        "outcomes": workshop.outcomes.prefetch_related("amendments"),
        "resolutions": workshop.resolutions.all(),
        "fingerprint": hex16(papers.digest) if papers else "",
        "reads_papers": papers
        and Version.objects.visible_to(user).filter(pk=papers.pk).exists(),
        "reads_record": can(user, Permission.READ_WORKING_DRAFT, committee),
        "records": can(user, Permission.RECORD_WORKSHOP, committee),
        "plans": plans and workshop.is_planning,
        "edits_agenda": plans and (workshop.is_planning or workshop.is_in_session),
        "has_record": workshop.state in RECORDED,
        "owed": owed_of(workshop) if plans else [],
        "buttons": buttons_of(workshop, user),
        "next": next_of(workshop),
        "tasks": tasks_of(workshop, items),
    }


RECORDED = (S.IN_SESSION, S.CONCLUDED, S.REPORT_DRAFTED, S.REPORT_ADOPTED, S.CLOSED)


def tasks_of(workshop: Workshop, items: list[AgendaItem]) -> dict[str, str]:
    """What is done of the preparation, in one word each."""
    done, open_ = _("Done"), _("To do")
    adoption = any(item.type == AgendaItem.Type.ADOPTION for item in items)
    return {
        "agenda": done if adoption else open_,
        "papers": done if workshop.papers_id else open_,
        "done": done,
    }
