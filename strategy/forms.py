"""Filters of the plan's tables; the choices are what the rows hold, so no query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.formats import natural
from strategy.models import FundingShare, Indicator, Status
from strategy.totals import UNFUNDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from governance.snapshot import Node

Choices = list[tuple[str, Any]]


def distinct(pairs: Iterable[tuple[str, str]]) -> Choices:
    labels = {code: f"{code} {name}".strip() for code, name in pairs}
    return [(code, labels[code]) for code in sorted(labels, key=natural)]


def reference(node: Node, key: str) -> tuple[str, str]:
    value = node["fields"][key] or {}
    return (
        value.get("number") or value.get("code") or "",
        value.get("title") or value.get("name") or "",
    )


def sources_of(node: Node) -> list[tuple[str, str]]:
    shares = [s for line in node["fields"]["budget_lines"] for s in line["funding"]]
    return [
        (s["source"]["code"], s["source"]["name"]) if s["source"] else (UNFUNDED, "")
        for s in shares
    ]


def states_of(node: Node) -> set[str]:
    lines = node["fields"]["budget_lines"]
    return {share["state"] for line in lines for share in line["funding"]}


class TableForm(forms.Form):
    """A GET form over rows already read; an unknown choice is an error, not a row."""

    tests: ClassVar[dict[str, Callable[[Node, str], bool]]] = {}

    def __init__(self, data: Any, *, rows: list[Node]) -> None:
        super().__init__(data)
        self.rows = rows
        for name, choices in self.choices(rows).items():
            field: Any = self.fields[name]
            field.choices = [("", field.empty), *choices]

    def choices(self, rows: list[Node]) -> dict[str, Choices]:
        raise NotImplementedError

    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.get(n) for n in self.tests)

    def narrowed(self) -> list[Node]:
        """The rows that pass every filter chosen; all of them when one is unknown."""
        if not self.is_valid():
            return self.rows
        chosen = {n: v for n in self.tests if (v := self.cleaned_data.get(n))}
        return [
            row
            for row in self.rows
            if all(self.tests[name](row, value) for name, value in chosen.items())
        ]


class Filter(forms.ChoiceField):
    def __init__(self, label: Any, empty: Any) -> None:
        self.empty = empty
        super().__init__(
            label=label,
            required=False,
            error_messages={"invalid_choice": _("Choose one of the list.")},
        )


class ActivityForm(TableForm):
    objective = Filter(_("Strategic objective"), _("All objectives"))
    output = Filter(_("Output"), _("All outputs"))
    lead = Filter(_("Lead"), _("All institutions"))
    quarter = Filter(_("Quarter"), _("All quarters"))
    source = Filter(_("Source of funds"), _("All sources"))
    funding = Filter(_("Money"), _("All"))
    status = Filter(_("Status"), _("All"))
    order = Filter(_("Order"), _("As in the plan"))

    tests: ClassVar[dict[str, Callable[[Node, str], bool]]] = {
        "objective": lambda row, v: reference(row, "objective")[0] == v,
        "output": lambda row, v: reference(row, "output")[0] == v,
        "lead": lambda row, v: reference(row, "lead")[0] == v,
        "quarter": lambda row, v: int(v) in row["fields"]["quarters"],
        "source": lambda row, v: v in {code for code, _name in sources_of(row)},
        "funding": lambda row, v: v in states_of(row),
        "status": lambda row, v: row["fields"]["status"] == v,
    }
    orders: ClassVar[dict[str, Callable[[Node], Any]]] = {
        "budget": lambda row: -row["fields"]["budget_cents"],
        "spent": lambda row: -row["fields"]["spent_cents"],
        "lead": lambda row: reference(row, "lead")[0],
        "status": lambda row: row["fields"]["status_name"],
    }

    def choices(self, rows: list[Node]) -> dict[str, Choices]:
        return {
            "objective": distinct(reference(row, "objective") for row in rows),
            "output": distinct(reference(row, "output") for row in rows),
            "lead": distinct(reference(row, "lead") for row in rows),
            "quarter": [(str(n), f"Q{n}") for n in range(1, 5)],
            "source": distinct(s for row in rows for s in sources_of(row)),
            "funding": list(FundingShare.State.choices),
            "status": list(Status.choices),
            "order": [
                ("budget", _("Budget, largest first")),
                ("spent", _("Spent, most first")),
                ("lead", _("Lead institution")),
                ("status", _("Status")),
            ],
        }

    def ordered(self) -> list[Node]:
        rows = self.narrowed()
        key = self.orders.get(self.cleaned_data.get("order") or "")
        return sorted(rows, key=key) if key else rows


class IndicatorForm(TableForm):
    objective = Filter(_("Strategic objective"), _("All objectives"))
    responsible = Filter(_("Responsible"), _("All institutions"))
    baseline = Filter(_("Baseline"), _("All"))

    tests: ClassVar[dict[str, Callable[[Node, str], bool]]] = {
        "objective": lambda row, v: row["objective"][0] == v,
        "responsible": lambda row, v: (
            v in {reference(row, "responsible")[0], reference(row, "co_responsible")[0]}
        ),
        "baseline": lambda row, v: row["fields"]["baseline_status"] == v,
    }

    def choices(self, rows: list[Node]) -> dict[str, Choices]:
        people = [reference(row, "responsible") for row in rows]
        people += [reference(row, "co_responsible") for row in rows]
        return {
            "objective": distinct(row["objective"] for row in rows),
            "responsible": distinct(pair for pair in people if pair[0]),
            "baseline": list(Indicator.Baseline.choices),
        }


class GroupForm(forms.Form):
    by = forms.ChoiceField(
        label=_("Grouped by"),
        required=False,
        choices=[
            ("objective", _("Strategic objective")),
            ("lead", _("Lead institution")),
        ],
    )
