"""Who is there and whether the committee can decide: rules over plain facts.

Institutions are counted, never persons; only those with a vote count (terms of
reference: threshold, seats that must be present, least number of a category).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

ARRIVED = "arrived"


@dataclass(frozen=True)
class Voter:
    """An institution with a vote on a day, by its seat."""

    code: str
    name: str
    category: str
    seat: str


@dataclass(frozen=True)
class Happening:
    """One entry of an attendance list, in the order in which entries were made."""

    participant: int
    institution: str
    kind: str
    at: dt.datetime


@dataclass(frozen=True)
class Presence:
    """Who was there at a moment, and what the rule says of it."""

    at: str
    voting: int
    needed: int
    present: list[str]
    missing: list[str]

    @property
    def met(self) -> bool:
        return not self.missing

    @property
    def count(self) -> int:
        return len(self.present)

    def frozen(self) -> dict[str, Any]:
        """As it is kept with a decision."""
        return asdict(self) | {"met": self.met, "count": self.count}


def needed_of(rule: dict[str, Any], voting: int) -> int:
    """The number of institutions a threshold asks for, of `voting` with a vote."""
    number = {
        "more_than_half": voting // 2 + 1,
        "at_least_half": -(-voting // 2),
        "two_thirds": -(-2 * voting // 3),
        "number": rule.get("fixed_number") or 0,
    }[rule["threshold"]]
    return max(1, number)


def last_entries(
    happenings: Iterable[Happening], moment: dt.datetime
) -> dict[int, Happening]:
    """The last entry of every participant on the day of `moment`, up to it."""
    last: dict[int, Happening] = {}
    for entry in happenings:
        if entry.at.date() == moment.date() and entry.at <= moment:
            before = last.get(entry.participant)
            if before is None or entry.at >= before.at:
                last[entry.participant] = entry
    return last


def there_at(happenings: Iterable[Happening], moment: dt.datetime) -> set[int]:
    """The participants present at `moment`: the last entry of that day says so."""
    last = last_entries(happenings, moment)
    return {number for number, entry in last.items() if entry.kind == ARRIVED}


SEATS = {"chair": {"chair"}, "chair_or_vice_chair": {"chair", "vice_chair"}}


def presence(
    rule: dict[str, Any],
    voters: list[Voter],
    happenings: list[Happening],
    moment: dt.datetime,
) -> Presence:
    """Whether the committee can decide at `moment`, in its own time zone."""
    there = there_at(happenings, moment)
    codes = {entry.institution for entry in happenings if entry.participant in there}
    present = [voter for voter in voters if voter.code in codes]
    needed = needed_of(rule, len(voters))
    missing = [
        *missing_number(len(present), needed, len(voters)),
        *missing_seats(rule.get("presiding") or "", present),
        *missing_categories(rule.get("categories") or [], present),
    ]
    return Presence(
        at=moment.isoformat(),
        voting=len(voters),
        needed=needed,
        present=sorted(voter.code for voter in present),
        missing=missing,
    )


def missing_number(present: int, needed: int, voting: int) -> list[str]:
    if present >= needed:
        return []
    words = {"present": present, "needed": needed, "voting": voting}
    return [
        ngettext(
            "%(present)d of %(voting)d institution with a vote is present;"
            " %(needed)d are needed.",
            "%(present)d of %(voting)d institutions with a vote are present;"
            " %(needed)d are needed.",
            voting,
        )
        % words
    ]


def missing_seats(presiding: str, present: list[Voter]) -> list[str]:
    wanted = SEATS.get(presiding, set())
    if not wanted or wanted & {voter.seat for voter in present}:
        return []
    if presiding == "chair":
        return [_("The Chair is not present.")]
    return [_("Neither the Chair nor the Vice-Chair is present.")]


def missing_categories(rules: list[dict[str, Any]], present: list[Voter]) -> list[str]:
    sentences = []
    for rule in rules:
        count = sum(voter.category == rule["category"] for voter in present)
        if count < rule["minimum"]:
            sentences.append(
                _(
                    "Of the category “%(category)s”, %(count)d are present; %(least)d are needed."
                )
                % {
                    "category": rule.get("name") or rule["category"],
                    "count": count,
                    "least": rule["minimum"],
                }
            )
    return sentences
