"""The kinds of provision of Parts II and III, as the API shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.api.base import Described
from governance.api.provisions import Kind
from governance.api.words import AMOUNT
from strategy.filters import ActivityFilter, IndicatorFilter
from strategy.models import (
    Activity,
    BudgetLine,
    CostEstimate,
    FundingShare,
    Indicator,
    IndicatorTarget,
    Result,
    Risk,
    SituationItem,
    Status,
)


class TargetSerializer(Described):
    class Meta:
        model = IndicatorTarget
        fields = ["year", "value"]


class ShareSerializer(Described):
    class Meta:
        model = FundingShare
        fields = ["source", "funding", "amount"]


class BudgetLineSerializer(Described):
    shares = ShareSerializer(many=True, help_text=_("Where its money comes from."))

    class Meta:
        model = BudgetLine
        fields = ["position", "description", "amount", "shares"]


class Budget(serializers.DecimalField):
    """The sum of an activity's budget lines."""

    def __init__(self) -> None:
        super().__init__(
            max_digits=14,
            decimal_places=2,
            read_only=True,
            source="*",
            help_text=AMOUNT,
        )

    def to_representation(self, value: Any) -> Any:
        amounts = [line.amount for line in value.budget_lines.all()]
        return super().to_representation(sum(amounts, Decimal(0)))


INDICATOR = (
    "result",
    "statement",
    "unit",
    "out_of",
    "scale",
    "direction",
    "by_sex",
    "by_age",
    "by_district",
    "baseline_status",
    "baseline",
    "baseline_year",
    "baseline_source",
    "baseline_due",
    "target_type",
    "means_of_verification",
    "frequency",
    "responsible",
    "co_responsible",
)
RISK = ("kind", "statement", "likelihood", "impact", "response", "owner", "owner_body")
COST_ESTIMATE = ("objective", "year", "amount", "source_of_funds", "is_funded")
ACTIVITY = (
    "output",
    "title",
    "lead",
    "partners",
    "partner_bodies",
    "partner_note",
    "centre",
    "quarters",
    "starts_on",
    "ends_on",
    "milestone",
)
PROGRESS: dict[str, serializers.Field] = {
    "status": serializers.ChoiceField(
        choices=Status.choices,
        read_only=True,
        help_text=_("Status in the latest progress report."),
    ),
    "percent_done": serializers.IntegerField(
        read_only=True, allow_null=True, help_text=_("How much is done, in percent.")
    ),
    "spent": serializers.DecimalField(
        max_digits=14,
        decimal_places=2,
        read_only=True,
        help_text=_("Spent to date, decimal text in the committee's currency."),
    ),
    "as_of": serializers.DateField(
        read_only=True, allow_null=True, help_text=_("Day of the latest report.")
    ),
    "narrative": serializers.CharField(
        read_only=True, help_text=_("What happened, in the latest report.")
    ),
}

KINDS = [
    Kind(
        "situation-items",
        SituationItem.objects.all(),
        ("factor", "statement", "implication"),
        ("factor",),
    ),
    Kind(
        "results",
        Result.objects.select_related("objective").prefetch_related(
            "alignments__framework"
        ),
        ("level", "objective", "statement", "alignments"),
        ("level",),
    ),
    Kind(
        "indicators",
        Indicator.objects.select_related(
            "result__parent", "responsible", "co_responsible"
        ).prefetch_related("targets"),
        INDICATOR,
        extra={
            "targets": TargetSerializer(
                many=True, read_only=True, help_text=_("A target for each fiscal year.")
            )
        },
        filterset=IndicatorFilter,
        ordering=(
            "-result__level",
            "result__parent__position",
            "result__position",
            "position",
        ),
    ),
    Kind(
        "risks",
        Risk.objects.select_related("owner", "owner_body"),
        RISK,
        ("kind",),
    ),
    Kind(
        "cost-estimates",
        CostEstimate.objects.select_related("objective", "source_of_funds"),
        COST_ESTIMATE,
    ),
    Kind(
        "activities",
        Activity.objects.complete().select_related("document__committee"),
        ACTIVITY,
        extra={
            "budget_lines": BudgetLineSerializer(
                many=True, read_only=True, help_text=_("What the money is for.")
            ),
            "budget": Budget(),
            **PROGRESS,
        },
        filterset=ActivityFilter,
        ordering=(
            "output__parent__position",
            "output__position",
            "position",
        ),
    ),
]
