"""Strategic and activity plans with what is computed of them; sources of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters.rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from governance.api.base import Described, Reading
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import Document
from strategy.api.totals import CostsSerializer, CoverageSerializer, TotalsSerializer
from strategy.coverage import coverage
from strategy.models import ActivityPlan, FundingSource, StrategicPlan
from strategy.totals import cost_table, totals

if TYPE_CHECKING:
    from rest_framework.request import Request

    from governance.snapshot import Node


def rows_of(document: Document, kind: str) -> list[Node]:
    """The provisions of one type, from the content that page and PDF show."""
    return Document.present(document.to_snapshot(), {}).get(kind, [])


class FundingSourceSerializer(Described):
    class Meta:
        model = FundingSource
        fields = ["id", "committee", "code", "name", "institution", "position"]


class OwnFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])


class PlanFilter(OwnFilter):
    report = IdFilter(label=DESCRIPTIONS["report"])


class FundingSourceViewSet(Reading):
    """Who pays: the Government, a partner, a fund."""

    queryset = FundingSource.objects.select_related("institution")
    serializer_class = FundingSourceSerializer
    filterset_class = OwnFilter
    ordering = ("committee", "position")
    ordering_fields = ("position", "code", "name")


class StrategicPlanSerializer(Described):
    class Meta:
        model = StrategicPlan
        fields = [
            "id",
            "committee",
            "report",
            "title",
            "revision",
            "first_year",
            "years",
            "mid_term_review_on",
            "final_review_on",
        ]


class StrategicPlanViewSet(Reading):
    """Strategic plans of the reports that the reader may read."""

    queryset = StrategicPlan.objects.select_related("committee")
    serializer_class = StrategicPlanSerializer
    filterset_class = PlanFilter
    ordering = ("report",)
    ordering_fields = ("title", "first_year")

    @extend_schema(responses=CostsSerializer)
    @action(detail=True)
    def costs(self, request: Request, pk: str | None = None) -> Response:
        """The indicative cost by objective and fiscal year."""
        plan = self.get_object()
        estimates = rows_of(plan, "cost_estimate")
        costs = cost_table(estimates, plan.fiscal_years)
        context = {"currency": plan.committee.currency}
        return Response(CostsSerializer(costs, context=context).data)

    @extend_schema(responses=CoverageSerializer)
    @action(detail=True)
    def coverage(self, request: Request, pk: str | None = None) -> Response:
        """Which items of the reference frameworks the plan serves."""
        plan = self.get_object()
        frameworks = coverage(plan.committee, plan.report)
        return Response(CoverageSerializer({"frameworks": frameworks}).data)


class ActivityPlanSerializer(Described):
    class Meta:
        model = ActivityPlan
        fields = ["id", "committee", "report", "title", "revision", "plan", "year"]


class ActivityPlanViewSet(Reading):
    """Annual activity plans of the reports that the reader may read."""

    queryset = ActivityPlan.objects.select_related("committee")
    serializer_class = ActivityPlanSerializer
    filterset_class = PlanFilter
    ordering = ("report",)
    ordering_fields = ("title", "year")

    @extend_schema(responses=TotalsSerializer)
    @action(detail=True)
    def totals(self, request: Request, pk: str | None = None) -> Response:
        """Budget, funding and spending, by everything people ask for."""
        plan = self.get_object()
        sums = totals(rows_of(plan, "activity"))
        context = {"currency": plan.committee.currency, "totals": sums}
        return Response(TotalsSerializer(sums, context=context).data)


PLAN_ROUTES = [
    ("funding-sources", FundingSourceViewSet),
    ("strategic-plans", StrategicPlanViewSet),
    ("activity-plans", ActivityPlanViewSet),
]
