"""The tables of Parts II and III, as members know them from their spreadsheets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from governance.columns import Column, column_for, columns_of
from governance.tables import Table
from strategy import budgets
from strategy.actions.apart import target_columns, write_money, write_targets
from strategy.models import (
    Activity,
    CostEstimate,
    Indicator,
    Result,
    Risk,
    SituationItem,
)
from strategy.models.progress import Status
from strategy.totals import totals

if TYPE_CHECKING:
    from collections.abc import Iterable

OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "title": ("activity", "task", "activities", "what"),
    "output": ("output served", "output"),
    "lead": ("responsible", "lead institution", "who", "institution"),
    "partners": ("partner", "with"),
    "starts_on": ("start", "start date", "from"),
    "ends_on": ("end", "end date", "to", "finish"),
    "milestone": ("milestone", "deliverable"),
    "parent": ("part of", "below"),
    "responsible": ("institution", "who"),
}


def known(model: Any, name: str, **shape: Any) -> Column:
    column = column_for(model, name)
    return replace(column, also=OTHER_WORDS.get(name, ()), **shape)


def quarter(number: int) -> Column:
    return known(Activity, f"q{number}", title=f"Q{number}")


def status_of(activity: Any) -> str:
    """As the last report on it says."""
    return str(Status(activity.status).label)


def sums_of(plan: Any, activities: Iterable[Any]) -> dict[str, Any]:
    """What activities cost together, as every page of the plan adds them up."""
    nodes = [activity.to_node() for activity in activities]
    return {"totals": totals(nodes), "symbol": plan.committee.currency_symbol}


SOURCES = (_("Sources of funds"), "strategy:funding-sources")
RESULT_HELP = {
    "parent": _(
        "An output names the outcome it contributes to; others leave it empty."
    ),
    "objective": _(
        "Outcomes and outputs name the objective they serve; an impact does not."
    ),
}
INDICATOR_HELP = {
    "baseline": _("Where the baseline is known."),
    "baseline_due": _("Where the baseline is still to be set."),
}
RISK_HELP = {
    "likelihood": _("For a risk: 1 is rare, 5 almost certain. Not for an assumption."),
    "impact": _("For a risk: 1 is slight, 5 severe. Not for an assumption."),
    "owner_body": _("Instead of an institution, where a body owns it."),
}
COST_HELP = {"year": _("The calendar year in which it begins: 2022 for 2022/23.")}


def with_help(model: Any, words: dict[str, Any]) -> tuple[Column, ...]:
    """The columns of a model, some with what to write there."""
    return tuple(
        known(model, column.name, help=words.get(column.name, column.help))
        for column in columns_of(model)
    )


ACTIVITY = (
    known(Activity, "title"),
    known(Activity, "output", help=_("The output of the results framework it serves.")),
    known(Activity, "lead"),
    known(
        Activity,
        "partners",
        help=_("One or several; in a sheet, with a semicolon between."),
    ),
    *map(quarter, Activity.QUARTERS),
    known(Activity, "starts_on"),
    known(Activity, "ends_on"),
    *budgets.COLUMNS,
    known(Activity, "milestone"),
    known(Activity, "centre"),
    known(Activity, "partner_bodies"),
    known(Activity, "partner_note"),
)

TABLES = [
    Table(
        SituationItem,
        _("Situation analysis"),
        _(
            "One finding a row: a strength, weakness, opportunity or threat, or a factor."
        ),
    ),
    Table(
        Result,
        _("Results"),
        _(
            "Impact, outcomes and their outputs, each worded as a state that is reached."
        ),
        own=with_help(Result, RESULT_HELP),
    ),
    Table(
        Indicator,
        _("Indicators and targets"),
        _("What is measured, where it stands, and where it should be each year."),
        own=with_help(Indicator, INDICATOR_HELP),
        extras_in=target_columns,
        write=write_targets,
        also_read=("result__document",),
        read=lambda rows: rows.prefetch_related("targets"),
    ),
    Table(
        Risk,
        _("Risks and assumptions"),
        _("A risk is scored from 1 to 5 and answered; an assumption is not scored."),
        own=with_help(Risk, RISK_HELP),
    ),
    Table(
        CostEstimate,
        _("Indicative cost"),
        _("What each strategic objective costs in each fiscal year."),
        own=with_help(CostEstimate, COST_HELP),
        listed_on=(SOURCES,),
    ),
    Table(
        Activity,
        _("Activities"),
        _("One activity a row, with one lead institution and one output."),
        own=ACTIVITY,
        write=write_money,
        also_read=("output__objective",),
        read=lambda rows: rows.complete(),
        told=((_("status"), status_of),),
        totals=sums_of,
        totals_template="strategy/_totals.html",
        listed_on=(SOURCES,),
    ),
]
