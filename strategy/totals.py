"""Sums of an activity plan: the same code for the page, the API and the PDF.

A row is an activity's node of a snapshot. All amounts are whole cents.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.formats import natural, percent_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.snapshot import Node

UNFUNDED = "Unfunded"
UNSTATED = "Not stated"
FUNDING_STATES = ("committed", "pledged", "unfunded")


@dataclass
class Sum:
    """Budget and spending under one heading, in cents."""

    code: str
    name: str
    budget: int = 0
    spent: int = 0
    count: int = 0
    funding: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def committed(self) -> int:
        return self.funding["committed"]

    @property
    def pledged(self) -> int:
        return self.funding["pledged"]

    @property
    def unfunded(self) -> int:
        return self.funding["unfunded"]

    @property
    def unstated(self) -> int:
        """Of which nothing is written: neither who gives it nor how sure that is."""
        return self.budget - sum(self.funding.values())


@dataclass
class Totals:
    """What a set of activities costs, by everything people ask for."""

    overall: Sum
    by_objective: list[Sum]
    by_source: list[Sum]
    by_lead: list[Sum]
    by_quarter: list[Sum]
    by_status: dict[str, int]

    @property
    def spent_percent(self) -> str:
        return percent_of(self.overall.spent, self.overall.budget)

    def share(self, part: Sum) -> str:
        return percent_of(part.budget, self.overall.budget)


def quarter_shares(amount: int, quarters: list[int]) -> dict[int, int]:
    """Spread cents evenly over the quarters worked in; the first take the odd cents."""
    if not quarters:
        return {0: amount} if amount else {}
    each, odd = divmod(amount, len(quarters))
    return {q: each + (1 if i < odd else 0) for i, q in enumerate(quarters)}


class _Book:
    """Sums by heading, in the order in which they should be printed."""

    def __init__(self) -> None:
        self.sums: dict[str, Sum] = {}
        self.order: dict[str, Any] = {}

    def add(self, code: str, name: str, order: Any, row: Node, budget: int) -> Sum:
        entry = self.sums.setdefault(code, Sum(code, name))
        self.order.setdefault(code, order)
        entry.budget += budget
        entry.count += 1
        return entry

    def sorted(self) -> list[Sum]:
        return [self.sums[c] for c in sorted(self.sums, key=lambda c: self.order[c])]


def _by(rows: list[Node], key: str) -> list[Sum]:
    book = _Book()
    for row in rows:
        f = row["fields"]
        reference = f[key] or {}
        code = reference.get("number") or reference.get("code") or "–"
        name = reference.get("title") or reference.get("name") or _("none named")
        entry = book.add(code, name, natural(code), row, f["budget_cents"])
        entry.spent += f["spent_cents"]
        for line in f["budget_lines"]:
            for share in line["funding"]:
                entry.funding[share["state"]] += share["amount_cents"]
    return book.sorted()


def _by_source(rows: list[Node]) -> list[Sum]:
    book = _Book()
    for row in rows:
        for line in row["fields"]["budget_lines"]:
            for share in line["funding"]:
                source = share["source"]
                code = source["code"] if source else UNFUNDED
                name = source["name"] if source else _("Unfunded")
                order = source["position"] if source else 10_000
                amount = share["amount_cents"]
                entry = book.add(code, name, order, row, amount)
                entry.funding[share["state"]] += amount
        if rest := unstated(row):
            book.add(UNSTATED, _("Not stated"), 10_001, row, rest)
    return book.sorted()


def unstated(row: Node) -> int:
    """The part of an activity's budget of which no source or state is written, cents."""
    stated = sum(
        share["amount_cents"]
        for line in row["fields"]["budget_lines"]
        for share in line["funding"]
    )
    return row["fields"]["budget_cents"] - stated


def _by_quarter(rows: list[Node]) -> list[Sum]:
    book = _Book()
    for row in rows:
        f = row["fields"]
        for quarter, amount in quarter_shares(f["budget_cents"], f["quarters"]).items():
            name = f"Q{quarter}" if quarter else _("no quarter")
            book.add(f"Q{quarter}" if quarter else "–", name, quarter or 9, row, amount)
    return book.sorted()


def totals(rows: Iterable[Node]) -> Totals:
    """Add up activities, each an `activity` node."""
    rows = list(rows)
    overall = Sum("", _("Total"))
    by_status: dict[str, int] = defaultdict(int)
    for row in rows:
        f = row["fields"]
        overall.budget += f["budget_cents"]
        overall.spent += f["spent_cents"]
        overall.count += 1
        by_status[f["status"]] += 1
        for line in f["budget_lines"]:
            for share in line["funding"]:
                overall.funding[share["state"]] += share["amount_cents"]
    return Totals(
        overall=overall,
        by_objective=_by(rows, "objective"),
        by_source=_by_source(rows),
        by_lead=_by(rows, "lead"),
        by_quarter=_by_quarter(rows),
        by_status=dict(by_status),
    )


@dataclass
class CostTable:
    """The indicative cost by objective and fiscal year, in cents."""

    years: list[int]
    rows: list[tuple[dict[str, str], list[int], int]]
    year_totals: list[int]
    total: int


def cost_table(estimates: list[Node], years: list[int]) -> CostTable:
    """Arrange `cost_estimate` nodes: a row an objective, a column a fiscal year."""
    objectives: dict[str, dict[str, str]] = {}
    cells: dict[tuple[str, int], int] = defaultdict(int)
    for node in estimates:
        f = node["fields"]
        objectives[f["objective"]["number"]] = f["objective"]
        cells[f["objective"]["number"], f["year"]] += f["amount_cents"]
    rows = []
    for number in sorted(objectives, key=natural):
        amounts = [cells[number, year] for year in years]
        rows.append((objectives[number], amounts, sum(amounts)))
    year_totals = [sum(row[1][i] for row in rows) for i in range(len(years))]
    return CostTable(years, rows, year_totals, sum(year_totals))
