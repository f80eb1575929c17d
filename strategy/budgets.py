"""The money of an activity as members write it: one amount and its source, or lines.

Simple: a budget, a source of funds, and how sure the money is. Where there are several
lines or sources, or a line is described by itself, the detail says each: `Venue: 30 000 IOM fund, committed`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from governance.columns import CHOICE, MONEY, ONE, WORDS, Column, Scope
from governance.references import key_of
from governance.typed import read_number
from strategy.models import BudgetLine, FundingShare

if TYPE_CHECKING:
    from decimal import Decimal

    from strategy.models import FundingSource

LINE = re.compile(
    r"^(?P<what>.*):\s*(?P<amount>-?[\d.,   ]*\d)\s*(?P<rest>.*)$", re.DOTALL
)
State = FundingShare.State
ALL_COSTS = _lazy("All costs of the activity")


@dataclass(frozen=True)
class Entry:
    """Part of a budget line: for what, how much, from whom, how sure."""

    description: str
    amount: Decimal
    source: FundingSource | None = None
    state: str = ""


def entries_of(activity: Any) -> list[Entry]:
    found = []
    for line in activity.budget_lines.all():
        rest = line.amount
        for share in line.shares.all():
            found.append(
                Entry(line.description, share.amount, share.source, share.funding)
            )
            rest -= share.amount
        if rest > 0:
            found.append(Entry(line.description, rest))
    return found


def is_simple(entries: list[Entry]) -> bool:
    """Whether amount, source and state say it all: no line is described by itself."""
    whole = str(ALL_COSTS)
    return len(entries) <= 1 and all(entry.description == whole for entry in entries)


def total_of(entries: list[Entry]) -> Decimal | None:
    return (
        sum((entry.amount for entry in entries[1:]), entries[0].amount)
        if entries
        else None
    )


def in_words(entry: Entry) -> str:
    amount = f"{entry.amount:f}"
    if "." in amount:
        amount = amount.rstrip("0").rstrip(".")
    source = key_of(entry.source) if entry.source else ""
    state = str(State(entry.state).label).lower() if entry.state else ""
    return f"{entry.description}: {amount} {', '.join(filter(None, (source, state)))}".strip()


def read_entry(text: str, scope: Scope, sources: Column) -> Entry:
    """One line of the detail; ValidationError with a sentence where it is none."""
    found = LINE.match(text.strip())
    if not found:
        raise ValidationError(
            _(
                "“%s” is no budget line. Write it like Venue: 30 000 IOM fund, committed."
            )
            % text.strip()
        )
    amount = read_number(found["amount"], comma=scope.comma)
    source_text, _comma, state_text = found["rest"].strip().rpartition(",")
    state = state_called(state_text)
    if not state:
        source_text, state = found["rest"].strip(), ""
    source = sources.read_one(source_text, scope) if source_text.strip() else None
    entry = Entry(found["what"].strip(), amount, source, state or default_state(source))
    require_paid(entry)
    return entry


def state_called(text: str) -> str:
    said = text.strip().casefold()
    return next(
        (v for v, label in State.choices if said in {v, str(label).casefold()}), ""
    )


def default_state(source: Any) -> str:
    """What money with a named source is until somebody commits it."""
    return State.PLEDGED.value if source else ""


def require_paid(entry: Entry) -> None:
    if entry.state == State.UNFUNDED and entry.source:
        raise ValidationError(
            _("Unfunded money has no source of funds: leave one out.")
        )
    if entry.state in {State.COMMITTED, State.PLEDGED} and not entry.source:
        raise ValidationError(
            _("Money that is committed or pledged has a source of funds: name it.")
        )
    if entry.amount < 0:
        raise ValidationError(_("An amount cannot be negative."))


@dataclass(frozen=True)
class BudgetColumn(Column):
    """The total; the same as the amount where there is one line."""

    def value(self, row: Any) -> Any:
        return total_of(entries_of(row)) if row.pk else None

    def read_nothing(self) -> None:
        return None


@dataclass(frozen=True)
class SourceColumn(Column):
    def value(self, row: Any) -> Any:
        entries = entries_of(row) if row.pk else []
        return entries[0].source if len(entries) == 1 else None

    def read_nothing(self) -> None:
        return None


@dataclass(frozen=True)
class StateColumn(Column):
    def value(self, row: Any) -> Any:
        entries = entries_of(row) if row.pk else []
        return entries[0].state if len(entries) == 1 else ""

    def read_nothing(self) -> str:
        return ""


@dataclass(frozen=True)
class DetailColumn(Column):
    """Every line, where there are several; empty where one amount says it."""

    def value(self, row: Any) -> Any:
        entries = entries_of(row) if row.pk else []
        return [] if is_simple(entries) else entries

    def cell_of(self, value: Any) -> str:
        return "\n".join(in_words(entry) for entry in value or [])

    def read_nothing(self) -> list[Entry]:
        return []

    def read_words(self, text: str, scope: Scope) -> Any:
        lines = [line for line in text.splitlines() if line.strip()]
        return [read_entry(line, scope, SOURCE) for line in lines]


BUDGET = BudgetColumn(
    BudgetLine, "budget", MONEY, _lazy("budget"), apart=True, also=("cost", "amount")
)
SOURCE = SourceColumn(
    FundingShare, "source", ONE, _lazy("source of funds"), apart=True, also=("source",)
)
STATE = StateColumn(
    FundingShare, "funding", CHOICE, _lazy("money"), apart=True, also=("funding",)
)
DETAIL = DetailColumn(
    BudgetLine,
    "budget_detail",
    WORDS,
    _lazy("budget in detail"),
    help=_lazy(
        "Only where there are several: one a line, like Venue: 30 000 IOM fund, committed."
    ),
    longest=4_000,
    apart=True,
)
COLUMNS = (BUDGET, SOURCE, STATE, DETAIL)
