"""The two papers made from a workshop's record: the minutes and the attendance list."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from itertools import count
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from governance import proceedings
from governance.errors import Refused
from governance.fingerprint import hex16
from governance.meeting import roll_of, rule_in_words
from governance.models import Resolution, Workshop
from governance.models.attendance import happenings_of, presence_at
from governance.pdf import STYLESHEET, RenderingFailed, print_apart
from governance.printing_parts import PARTS, figures
from governance.quorum import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from governance.models import Participant
    from governance.quorum import Happening

logger = logging.getLogger(__name__)

S = Workshop.State
RECORDED = (S.IN_SESSION, S.CONCLUDED, S.REPORT_DRAFTED, S.REPORT_ADOPTED, S.CLOSED)
ADOPTED = (S.REPORT_ADOPTED, S.CLOSED)
PRINTING = "printing-a-paper"
LONGEST = 120  # seconds after which a printing that never ended no longer counts
LINES = 2  # empty lines for each institution of which nobody is registered yet


def minutes(workshop: Workshop) -> bytes:
    """The minutes as PDF: as far as the record goes, a draft until they are adopted."""
    if workshop.state not in RECORDED:
        raise Refused(_("There are no minutes before the session is open."))
    return printed("report/minutes.html", minutes_facts(workshop))


def attendance_list(workshop: Workshop) -> bytes:
    """The attendance list as PDF, with a column to sign in."""
    return printed("report/attendance_list.html", attendance_facts(workshop))


def printed(template: str, facts: dict[str, Any]) -> bytes:
    """The PDF of one paper; one at a time, for the sake of everybody else."""
    html = render_to_string(template, {**facts, "stylesheet": STYLESHEET.as_uri()})
    if not cache.add(PRINTING, True, LONGEST):
        raise Refused(_("Another paper is being printed. Try again in a few seconds."))
    try:
        return print_apart(html, hashlib.sha256(html.encode()).hexdigest()[:32]).data
    except RenderingFailed as error:
        logger.exception("A paper of a workshop was not printed")
        raise Refused(
            _("The PDF was not made. The record is safe; try again, or tell us.")
        ) from error
    finally:
        cache.delete(PRINTING)


def common_facts(workshop: Workshop) -> dict[str, Any]:
    """What the head and the foot of both papers print."""
    committee, papers = workshop.committee, workshop.papers
    return {
        "committee": committee,
        "workshop": workshop,
        "report": workshop.report,
        "papers": papers.number if papers else "",
        "fingerprint": hex16(papers.digest) if papers else "",
        "is_draft": workshop.state not in ADOPTED,
        "is_demonstration": committee.is_demonstration,
        "as_of": committee.now(),
        "rule": rule_in_words(workshop),
    }


def minutes_facts(workshop: Workshop) -> dict[str, Any]:
    facts = proceedings.workshop_facts(workshop, internal=False)
    came = facts["attendance"]
    return common_facts(workshop) | {
        "facts": facts,
        "agenda": agenda_days(facts["agenda"]),
        "loose": [note.text for note in workshop.notes.filter(item=None)],
        "sections": attendance_sections(came, workshop),
        "figures": figures(came["groups"]),
        "apologies": named(workshop, came["apologies"]),
        "absent": named(workshop, came["absent"]),
        "outcomes": [
            row | {"part": PARTS[row["part"]], "at": local(workshop, row["decided_at"])}
            for row in facts["outcomes"]
        ],
        "groups": [row | {"part": PARTS[row["part"]][0]} for row in facts["groups"]],
        "resolutions": resolutions_of(workshop),
        "symbol": workshop.committee.currency_symbol,
        "undecided": workshop.resolutions.exclude(state=Resolution.State.ADOPTED),
        "opening": opening(workshop),
        "adopted_at": moment_of(workshop, "adopt_minutes"),
    }


def local(workshop: Workshop, moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment).astimezone(workshop.committee.zone)


def moment_of(workshop: Workshop, verb: str) -> dt.datetime | None:
    """When a move was made, on the committee's clock; the last time, if repeated."""
    event = workshop.events.filter(verb=verb).order_by("-seq").first()
    return event.at.astimezone(workshop.committee.zone) if event else None


def opening(workshop: Workshop) -> dict[str, Any] | None:
    """Who was there when the session was opened."""
    at = moment_of(workshop, "open")
    return {"at": at, "presence": presence_at(workshop, at)} if at else None


def agenda_days(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    days: dict[int, dict[str, Any]] = {}
    for item in items:
        day = days.setdefault(
            item["day"], {"number": item["day"], "on": item["on"], "items": []}
        )
        day["items"].append(item)
    return list(days.values())


def attendance_sections(
    facts: dict[str, Any], workshop: Workshop
) -> list[dict[str, Any]]:
    """The participants under the groups of the list, with women, men and all."""
    categories = {
        person.institution.code: str(person.institution.get_category_display())
        for person in workshop.participants.select_related("institution")
    }
    return [
        group
        | {
            "people": [
                person | {"on": [dt.date.fromisoformat(d) for d in person["days"]]}
                for person in facts["participants"]
                if (person["group"] or categories[person["institution"]])
                == group["group"]
            ]
        }
        for group in facts["groups"]
    ]


def named(workshop: Workshop, codes: list[str]) -> list[dict[str, str]]:
    """Institutions with their names, where the record has their codes."""
    rows = workshop.committee.institutions.filter(code__in=codes)
    return [{"code": row.code, "name": row.name} for row in rows]


def resolutions_of(workshop: Workshop) -> list[dict[str, Any]]:
    """This workshop's adopted resolutions, as the validated report prints them."""
    own = {row.number for row in workshop.resolutions.all()}
    rows = proceedings.resolution_rows(workshop.report)
    return [
        row | {"at": local(workshop, row["decided_at"])}
        for row in rows
        if row["number"] in own
    ]


def attendance_facts(workshop: Workshop) -> dict[str, Any]:
    """Every institution with its people, when each was there, and lines to sign."""
    happenings = happenings_of(workshop)
    rolls = [roll_of(workshop, day) for day in workshop.days]
    last = rolls[-1]
    over = workshop.state in (*RECORDED[1:],)
    blank = 0 if over else LINES
    number = count(1)
    sections = [
        {
            "name": name,
            "rows": [
                sheet_row(row, workshop, happenings, blank, number) for row in rows
            ],
        }
        for name, rows in (
            (_("Institutions with a vote"), last.voting),
            (_("Others: never counted for the quorum"), last.others),
        )
        if rows
    ]
    days = len(workshop.days)
    return common_facts(workshop) | {
        "days": workshop.days,
        "widths": " ".join(["4 22 18 19 5", *[f"{16 / days:.3g}"] * days, "16"]),
        "span": 4 + days,
        "rolls": rolls if over or happenings else [],
        "sections": sections,
    }


def sheet_row(
    row: Any,
    workshop: Workshop,
    happenings: list[Happening],
    blank: int,
    number: Iterator[int],
) -> dict[str, Any]:
    return {
        "institution": row.institution,
        "seat": row.seat,
        "apology": row.apology,
        "people": [
            {
                "number": next(number),
                "person": entry.participant,
                "times": [
                    times_of(entry.participant, happenings, day)
                    for day in workshop.days
                ],
            }
            for entry in row.people
        ],
        "blank": range(0 if row.people or row.apology is not None else blank),
    }


def times_of(
    participant: Participant, happenings: list[Happening], day: dt.date
) -> str:
    """When a person was there on a day: `09:12–12:30, 13:40–`."""
    own = [e for e in happenings if e.participant == participant.pk]
    that_day = sorted((e for e in own if e.at.date() == day), key=lambda e: e.at)
    pieces: list[str] = []
    for entry in that_day:
        time = f"{entry.at:%H:%M}"
        if entry.kind == ARRIVED:
            pieces.append(f"{time}–")
        elif pieces:
            pieces[-1] += time
    return ", ".join(pieces)
