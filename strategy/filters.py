"""Filters of activities and indicators, for the API and as a GET form on a page."""

from __future__ import annotations

from typing import Any

import django_filters.rest_framework as filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from governance.filters import RowFilter
from governance.models import Institution, StrategicObjective
from strategy.models import FundingShare, FundingSource, Indicator, Result, Status

QUARTERS = [(str(n), _("Quarter %d") % n) for n in (1, 2, 3, 4)]
BY_SOURCE = _("Id of the source of at least part of the money.")

# The schema cannot follow so long a path to the type of the key.
ByNumber = extend_schema_field({"type": "integer", "description": BY_SOURCE})


class ActivityFilter(filters.FilterSet):
    """Expects activities `with_progress()`: the status is that of the latest report."""

    lead = RowFilter(
        Institution.objects.all(),
        "lead",
        label=_("Lead"),
        help_text=_("Id of the institution that leads."),
    )
    output = RowFilter(
        Result.objects.select_related("parent"),
        "output",
        key="uid",
        label=_("Output"),
        help_text=_("Uid of the output that is delivered."),
    )
    objective = RowFilter(
        StrategicObjective.objects.all(),
        "output__objective",
        key="uid",
        label=_("Strategic objective"),
        help_text=_("Uid of the strategic objective that is served."),
    )
    quarter = filters.ChoiceFilter(
        choices=QUARTERS,
        method="in_quarter",
        label=_("Quarter"),
        help_text=_("A quarter of the fiscal year in which it runs."),
    )
    funding = filters.ChoiceFilter(
        choices=FundingShare.State.choices,
        method="with_share",
        label=_("Money"),
        help_text=_("How sure at least part of the money is."),
    )
    source = ByNumber(
        RowFilter(
            FundingSource.objects.all(),
            "budget_lines__shares__source",
            method="with_share",
            label=_("Source of funds"),
            help_text=BY_SOURCE,
        )
    )
    status = filters.ChoiceFilter(
        choices=Status.choices,
        label=_("Status"),
        help_text=_("Status in the latest progress report."),
    )

    def in_quarter(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"q{value}": True})

    def with_share(self, rows: Any, name: str, value: FundingSource | str) -> Any:
        """Source and state are asked of one share: pledged *by* that source."""
        chosen = {n: self.form.cleaned_data[n] for n in ("funding", "source")}
        share = FundingShare.objects.filter(
            line__activity=OuterRef("pk"), **{n: v for n, v in chosen.items() if v}
        )
        return rows.filter(Exists(share))


class IndicatorFilter(filters.FilterSet):
    result = RowFilter(
        Result.objects.select_related("parent"),
        "result",
        key="uid",
        label=_("Result"),
        help_text=_("Uid of the result that is measured."),
    )
    level = filters.ChoiceFilter(
        field_name="result__level",
        choices=Result.Level.choices,
        label=_("Level"),
        help_text=_("Level of the result that is measured."),
    )
    responsible = RowFilter(
        Institution.objects.all(),
        "responsible",
        label=_("Responsible"),
        help_text=_("Id of the institution that is responsible."),
    )
    baseline_status = filters.ChoiceFilter(
        choices=Indicator.Baseline.choices,
        label=_("Baseline"),
        help_text=_("Whether the value at the start is known."),
    )
