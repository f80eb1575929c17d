"""What rows of the plans keep in rows of their own: targets, and money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.columns import NUMBER, Column
from strategy.budgets import (
    ALL_COSTS,
    Entry,
    entries_of,
    is_simple,
    require_paid,
    total_of,
)
from strategy.models import BudgetLine, FundingShare, IndicatorTarget

if TYPE_CHECKING:
    from decimal import Decimal

    from strategy.models import Activity, Indicator


@dataclass(frozen=True)
class TargetColumn(Column):
    """An indicator's target for one fiscal year of the plan."""

    year: int = 0

    def value(self, row: Any) -> Any:
        if not row.pk:
            return None
        found = {target.year: target.value for target in row.targets.all()}
        return found.get(self.year)

    def read_nothing(self) -> None:
        return None


def target_column(year: int, name: str) -> TargetColumn:
    return TargetColumn(
        IndicatorTarget,
        f"target_{year}",
        NUMBER,
        _("target %s") % name,
        apart=True,
        also=(name,),
        year=year,
    )


def target_columns(plan: Any) -> tuple[TargetColumn, ...]:
    years = plan.specific.document_fields()["years"]
    return tuple(target_column(entry["year"], entry["name"]) for entry in years)


def write_targets(indicator: Indicator, values: dict[str, Decimal | None]) -> None:
    """Set or take away the targets named `target_<year>`."""
    for name, value in values.items():
        year = int(name.removeprefix("target_"))
        if value is None:
            indicator.targets.filter(year=year).delete()
            continue
        found = indicator.targets.filter(year=year).first()
        target = found or IndicatorTarget(indicator=indicator, year=year)
        target.value = value
        target.clean_fields(exclude={"indicator"})
        target.save()
    forget(indicator)


def write_money(activity: Activity, values: dict[str, Any]) -> None:
    """Set the budget from its amount, source and state, or from its lines."""
    forget(activity)
    detail = values.get("budget_detail")
    if detail:
        if "budget" in values and values["budget"] not in {None, total_of(detail)}:
            raise ValidationError(
                {
                    "budget": _(
                        "The lines in detail add up to %(sum)s, not to %(budget)s."
                    )
                    % {"sum": total_of(detail), "budget": values["budget"]}
                }
            )
        put_lines(activity, detail)
        return
    is_new = activity.revision == 0  # every change counts the revision on, then writes
    before = [] if is_new else entries_of(activity)
    if not is_simple(before) and "budget_detail" not in values:
        raise ValidationError(
            {"budget": _("This activity has its budget in lines: change the detail.")}
        )
    put_lines(activity, simple_entries(before, values), instead=bool(before))


def simple_entries(before: list[Entry], values: dict[str, Any]) -> list[Entry]:
    """One amount, or none: to clear the amount clears what was said of the money."""
    entry = before[0] if is_simple(before) and before else None
    amount = values.get("budget", entry.amount if entry else None)
    source = values.get("source", entry.source if entry else None)
    state = values.get("funding", entry.state if entry else "")
    if amount is None:
        if values.get("source") or values.get("funding"):
            raise ValidationError({"budget": _("Write the amount as well.")})
        return []
    if source and not state:
        state = FundingShare.State.PLEDGED.value
    if not source and state == FundingShare.State.PLEDGED and "funding" not in values:
        state = ""
    about = entry.description if entry else str(ALL_COSTS)
    made = Entry(about, amount, source, state)
    try:
        require_paid(made)
    except ValidationError as error:
        raise ValidationError({"source": error.messages}) from error
    return [made]


def put_lines(
    activity: Activity, entries: list[Entry], *, instead: bool = True
) -> None:
    """Write the lines, `instead` of others; how they are made keeps every constraint."""
    if instead:
        activity.budget_lines.all().delete()
    lines: list[tuple[str, list[Entry]]] = []
    for entry in entries:
        if not lines or lines[-1][0] != entry.description:
            lines.append((entry.description, []))
        lines[-1][1].append(entry)
    for position, (description, parts) in enumerate(lines, start=1):
        line = BudgetLine(
            activity=activity,
            position=position,
            description=description,
            amount=total_of(parts) or 0,
        )
        line.clean_fields(exclude={"activity"})
        line.save()
        put_shares(line, parts)
    forget(activity)


def put_shares(line: BudgetLine, parts: list[Entry]) -> None:
    kept: dict[tuple[Any, str], Entry] = {}
    for part in parts:
        if part.state:
            key = (part.source, part.state)
            same = kept.get(key)
            kept[key] = (
                replace(part, amount=same.amount + part.amount) if same else part
            )
    for part in kept.values():
        share = FundingShare(
            line=line, source=part.source, funding=part.state, amount=part.amount
        )
        share.clean_fields(exclude={"line", "source"})
        share.save()


def forget(row: Any) -> None:
    """What was read of the row's own rows is no longer so."""
    row.__dict__.pop("_prefetched_objects_cache", None)
