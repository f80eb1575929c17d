"""The form of what `strategy.totals` and `strategy.coverage` compute."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.api.base import Cents, ProvisionReference
from governance.api.reference import ItemSerializer
from governance.api.words import AMOUNT, DESCRIPTIONS, YEAR
from strategy.coverage import LEFT_OUT, PARTLY, SERVED

CURRENCY = _("Currency of all amounts, ISO 4217.")
PERCENT = _("Percent of the whole budget, to one decimal.")


class Money(serializers.Serializer):
    """What has amounts says in which currency; the view gives it as context."""

    currency = serializers.SerializerMethodField(help_text=CURRENCY)

    def get_currency(self, computed: object) -> str:
        return self.context["currency"]


class SumSerializer(serializers.Serializer):
    """Budget and spending under one heading."""

    code = serializers.CharField(help_text=_("Number or code of the heading."))
    name = serializers.CharField(help_text=_("The heading in words."))
    count = serializers.IntegerField(
        help_text=_("Activities; by source: shares of budget lines.")
    )
    budget = Cents(help_text=AMOUNT)
    committed = Cents(help_text=_("Of the budget, committed; decimal text."))
    pledged = Cents(help_text=_("Of the budget, pledged; decimal text."))
    unfunded = Cents(help_text=_("Of the budget, without source; decimal text."))
    unstated = Cents(
        help_text=_("Of the budget, neither source nor state given; decimal text.")
    )
    spent = Cents(help_text=_("Spent to date; decimal text; 0.00 where not split."))
    share = serializers.SerializerMethodField(help_text=PERCENT)

    def get_share(self, part: Any) -> str:
        return self.context["totals"].share(part)


class TotalsSerializer(Money):
    """The sums of an activity plan, as they stand on its page and in the PDF."""

    overall = SumSerializer(help_text=_("All activities."))
    by_objective = SumSerializer(many=True, help_text=_("By strategic objective."))
    by_source = SumSerializer(many=True, help_text=_("By source of funds."))
    by_lead = SumSerializer(many=True, help_text=_("By lead institution."))
    by_quarter = SumSerializer(
        many=True,
        help_text=_(
            "By quarter; budgets are spread evenly over the quarters worked in."
        ),
    )
    by_status = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many activities, by status.")
    )
    spent_percent = serializers.CharField(
        help_text=_("Spent, in percent of the budget, to one decimal.")
    )


class ReferenceSerializer(serializers.Serializer):
    """A provision as snapshots refer to it."""

    uid = serializers.UUIDField(help_text=DESCRIPTIONS["uid"])
    number = serializers.CharField(help_text=DESCRIPTIONS["number"])
    title = serializers.CharField(help_text=DESCRIPTIONS["title"])


class CostRowSerializer(serializers.Serializer):
    """The cost of one strategic objective."""

    objective = ReferenceSerializer(help_text=DESCRIPTIONS["objective"])
    amounts = serializers.ListField(
        child=Cents(), help_text=_("An amount for each of the years; decimal text.")
    )
    total = Cents(help_text=AMOUNT)

    def to_representation(self, row: Any) -> dict[str, Any]:
        return super().to_representation(dict(zip(self.fields, row, strict=True)))


class CostsSerializer(Money):
    """Indicative cost by objective and fiscal year: orders of magnitude."""

    years = serializers.ListField(
        child=serializers.IntegerField(help_text=YEAR), help_text=YEAR
    )
    rows = CostRowSerializer(many=True, help_text=_("A row for each objective."))
    year_totals = serializers.ListField(child=Cents(), help_text=AMOUNT)
    total = Cents(help_text=AMOUNT)


class ItemCoverageSerializer(serializers.Serializer):
    """How the plan meets one item of a framework."""

    item = ItemSerializer(help_text=_("The item."))
    status = serializers.ChoiceField(
        choices=[
            (SERVED, _("served")),
            (PARTLY, _("partly served")),
            (LEFT_OUT, _("left out")),
        ],
        help_text=_("How far the plan serves it."),
    )
    objectives = ProvisionReference(
        many=True, help_text=_("Strategic objectives aligned to it.")
    )
    idle_outputs = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Numbers of outputs that have no running activity."),
    )


class FrameworkCoverageSerializer(serializers.Serializer):
    """How the plan meets one framework."""

    framework = serializers.CharField(
        source="framework.short_name", help_text=DESCRIPTIONS["Framework.short_name"]
    )
    version = serializers.CharField(
        source="framework.version", help_text=DESCRIPTIONS["version"]
    )
    served = serializers.IntegerField(help_text=_("How many items are served."))
    partly = serializers.IntegerField(help_text=_("How many are partly served."))
    left_out = serializers.IntegerField(help_text=_("How many are left out."))
    items = ItemCoverageSerializer(many=True, help_text=_("Its items, in order."))


class CoverageSerializer(serializers.Serializer):
    """Which items of the measured frameworks the plan serves, or leaves out."""

    frameworks = FrameworkCoverageSerializer(
        many=True, help_text=_("The frameworks shown in the coverage of plans.")
    )
