"""A workshop as it stands: its quorum in words, and who is there, by institution."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.models import AttendanceEvent, QuorumRule, Seat
from governance.models.attendance import current_rule, happenings_of, voters_on
from governance.quorum import ARRIVED, last_entries, needed_of, presence

if TYPE_CHECKING:
    from governance.models import Institution, Participant, Workshop
    from governance.quorum import Happening, Presence, Voter


@dataclass(frozen=True)
class RuleInWords:
    """The quorum rule with the numbers of one day: more than half of 24 is 13."""

    on: dt.date
    voting: int
    needed: int
    threshold: str
    presiding: str
    categories: list[dict[str, Any]]


@dataclass
class Person:
    """A participant with the last entry of the day that is looked at."""

    participant: Participant
    last: Happening | None

    @property
    def is_present(self) -> bool:
        return self.last is not None and self.last.kind == ARRIVED


@dataclass
class Row:
    """An institution in the list, with those who represent it."""

    institution: Institution
    seat: str
    is_voting: bool
    apology: str | None = None
    people: list[Person] = field(default_factory=list)

    @property
    def is_present(self) -> bool:
        return any(person.is_present for person in self.people)


@dataclass(frozen=True)
class Roll:
    """The attendance list on a day: at this moment if it is today, else as it ended."""

    day: dt.date
    is_today: bool
    presence: Presence
    voting: list[Row]
    others: list[Row]

    def own(self, user_pk: int | None) -> Person | None:
        """The entry of the person who reads the page, if that person is on the list."""
        people = [p for row in (*self.voting, *self.others) for p in row.people]
        return next((p for p in people if p.participant.user_id == user_pk), None)


def rule_of(workshop: Workshop) -> dict[str, Any]:
    """The rule fixed when the workshop was convened; before, the one in force."""
    return workshop.quorum_rule or current_rule(workshop)


def rule_in_words(workshop: Workshop) -> RuleInWords:
    rule = rule_of(workshop)
    voting = len(voters_on(workshop.committee, workshop.starts_on))
    threshold = QuorumRule.Threshold(rule["threshold"])
    presiding = rule.get("presiding") or ""
    return RuleInWords(
        on=workshop.starts_on,
        voting=voting,
        needed=needed_of(rule, voting),
        threshold=str(threshold.label),
        presiding=str(QuorumRule.Presiding(presiding).label) if presiding else "",
        categories=rule.get("categories") or [],
    )


def day_of(workshop: Workshop) -> dt.date:
    """The day that matters now: today, or the nearest day of the workshop."""
    return min(max(workshop.committee.today(), workshop.starts_on), workshop.ends_on)


def roll_of(workshop: Workshop, day: dt.date) -> Roll:
    """The attendance list of a day, institution by institution."""
    happenings = happenings_of(workshop)
    now = workshop.committee.now()
    is_today = day == now.date()
    moment = now if is_today else workshop.committee.moment(day, dt.time.max)
    rows = rows_of(workshop, day, last_entries(happenings, moment))
    voters = voters_on(workshop.committee, day)
    return Roll(
        day=day,
        is_today=is_today,
        presence=presence(rule_of(workshop), voters, happenings, moment)
        if is_today
        else best_of_day(rule_of(workshop), voters, happenings, moment),
        voting=[row for row in rows if row.is_voting],
        others=[row for row in rows if not row.is_voting],
    )


def best_of_day(
    rule: dict[str, Any],
    voters: list[Voter],
    happenings: list[Happening],
    end: dt.datetime,
) -> Presence:
    """The largest attendance of a day that is over."""
    moments = {entry.at for entry in happenings if entry.at.date() == end.date()}
    found = [presence(rule, voters, happenings, at) for at in sorted(moments)]
    return max(
        found,
        key=lambda there: (there.met, there.count),
        default=presence(rule, voters, happenings, end),
    )


def rows_of(workshop: Workshop, day: dt.date, last: dict[int, Happening]) -> list[Row]:
    """Those with a vote, then everybody else who is invited or came."""
    rows: dict[int, Row] = {}
    seats = Seat.objects.filter(committee=workshop.committee).on(day)
    for seat in seats.select_related("institution"):
        rows[seat.institution_id] = Row(
            seat.institution, str(seat.get_kind_display()), seat.is_voting
        )
    asked = set()
    for invitation in workshop.invitations.select_related("institution"):
        asked.add(invitation.institution_id)
        part = str(invitation.get_invited_as_display())
        rows.setdefault(
            invitation.institution_id, Row(invitation.institution, part, False)
        )
    for person in workshop.participants.select_related("institution"):
        row = rows.setdefault(
            person.institution_id, Row(person.institution, _("Guest"), False)
        )
        row.people.append(Person(person, last.get(person.pk)))
    for pk, note in apologies_of(workshop).items():
        if pk in rows:
            rows[pk].apology = note
    shown = [r for pk, r in rows.items() if r.is_voting or pk in asked or r.people]
    return sorted(shown, key=lambda row: row.institution.code.casefold())


def apologies_of(workshop: Workshop) -> dict[int, str]:
    """The apologies that stand, with their notes, by institution."""
    rows = workshop.attendance.filter(kind=AttendanceEvent.Kind.APOLOGY, struck_by=None)
    return dict(rows.values_list("institution_id", "note"))
