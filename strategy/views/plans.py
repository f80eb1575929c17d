from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.models import Committee, Report
from governance.models.committees import fiscal_year_name
from strategy.coverage import coverage as covered
from strategy.forms import IndicatorForm
from strategy.models import ActivityPlan, StrategicPlan
from strategy.models.results import result_nodes
from strategy.presentation import objective_groups
from strategy.timeline import indicator_rows, kept_results, unmeasured
from strategy.totals import totals
from strategy.views.frame import frame_of, writes_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_safe
def plan(request: MemberRequest, slug: str) -> HttpResponse:
    """The way to the plans: results, activities, timeline, budget, coverage."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    activity_plan = (
        ActivityPlan.objects.visible_to(request.user)
        .filter(committee=committee)
        .select_related("plan")
        .order_by("-year", "-pk")
        .first()
    )
    context: dict[str, Any] = {
        "section": "plan",
        "committee": committee,
        "activity_plan": activity_plan,
        "symbol": committee.currency_symbol,
    }
    if activity_plan:
        context["totals"] = totals(activity_plan.provision_nodes())
        context["year_name"] = fiscal_year_name(
            activity_plan.year, committee.fiscal_year_starts
        )
    return render(request, "strategy/plan.html", context)


@require_safe
def results(request: MemberRequest, pk: int) -> HttpResponse:
    """The results framework: objective, outcome, output, indicator, targets."""
    document = get_object_or_404(
        StrategicPlan.objects.visible_to(request.user).select_related(
            "committee", "report"
        ),
        pk=pk,
    )
    nodes = result_nodes(document)
    rows = indicator_rows(nodes)
    form = IndicatorForm(request.GET, rows=rows)
    kept = {row["uid"] for row in form.narrowed()}
    outcomes = [n for n in nodes if n["fields"]["level"] == "outcome"]
    context = frame_of(document) | {
        "form": form,
        "impacts": [n for n in nodes if n["fields"]["level"] == "impact"],
        "groups": objective_groups(
            kept_results(outcomes, kept) if form.is_narrowed() else outcomes
        ),
        "unmeasured": set() if form.is_narrowed() else unmeasured(outcomes),
        "count": len(kept),
        "total": len(rows),
        "writes": writes_in(request.user, document),
        "fields": document.document_fields(),
    }
    return render(request, "strategy/results.html", context)


@require_safe
def coverage(request: MemberRequest, slug: str) -> HttpResponse:
    """Which objectives of the frameworks the plan serves, partly, or not."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    report = Report.objects.visible_to(request.user).filter(committee=committee).first()
    context = {
        "section": "plan",
        "committee": committee,
        "report": report,
        "frameworks": covered(committee, report) if report else [],
    }
    return render(request, "strategy/coverage.html", context)
