"""The year's activities: as a table, in time, as money, and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.views.documents import committee_facts
from strategy.forms import ActivityForm, GroupForm
from strategy.models import Activity, ActivityPlan
from strategy.rows import TONES, activity_rows
from strategy.timeline import budget_shown, timeline_shown
from strategy.totals import totals
from strategy.views.frame import frame_of, writes_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from governance.http import MemberRequest

PAGE = 100


def find_plan(request: MemberRequest, pk: int) -> ActivityPlan:
    return get_object_or_404(
        ActivityPlan.objects.visible_to(request.user).select_related(
            "committee", "report"
        ),
        pk=pk,
    )


@require_safe
def activity_plan(request: MemberRequest, pk: int) -> HttpResponse:
    """The plan as the table people know from Excel, with filters and totals."""
    document = find_plan(request, pk)
    nodes = document.provision_nodes()
    form = ActivityForm(request.GET, rows=nodes)
    narrowed = form.ordered() if form.is_valid() else nodes
    page = Paginator(narrowed, PAGE).get_page(request.GET.get("page"))
    symbol = document.committee.currency_symbol
    context = frame_of(document) | {
        "form": form,
        "page": page,
        "rows": activity_rows(page.object_list, symbol),
        "totals": totals(narrowed),
        "is_narrowed": form.is_narrowed(),
        "writes": writes_in(request.user, document),
        "year_name": document.document_fields()["year_name"],
    }
    return render(request, "strategy/activity_plan_table.html", context)


@require_safe
def timeline(request: MemberRequest, pk: int) -> HttpResponse:
    """Who does what when: a drawing, and the same as a table."""
    document = find_plan(request, pk)
    form = GroupForm(request.GET)
    by = (form.is_valid() and form.cleaned_data["by"]) or "objective"
    context = frame_of(document) | {
        "form": form,
        "shown": timeline_shown(
            document.provision_nodes(),
            document.document_fields(),
            by=by,
            today=document.committee.today(),
        ),
        "today": document.committee.today(),
        "writes": writes_in(request.user, document),
        "year_name": document.document_fields()["year_name"],
    }
    return render(request, "strategy/timeline.html", context)


@require_safe
def budget(request: MemberRequest, pk: int) -> HttpResponse:
    """What the year costs, by objective, source, institution and quarter."""
    document = find_plan(request, pk)
    facts = committee_facts(document.committee)
    context = frame_of(document) | {
        "shown": budget_shown(document.provision_nodes(), facts),
        "year_name": document.document_fields()["year_name"],
    }
    return render(request, "strategy/budget.html", context)


@require_safe
def activity(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One activity with its money and everything that was reported on it."""
    activity = get_object_or_404(
        Activity.objects.visible_to(request.user)
        .complete()
        .select_related(
            "output__parent",
            "output__objective",
            "lead",
            "centre",
            "document__committee",
            "document__report",
        ),
        uid=uid,
    )
    context = frame_of(activity.document) | {
        "activity": activity,
        "node": activity.to_node(),
        "tone": TONES[activity.status],
        "progress": activity.progress.select_related("recorded_by"),
        "plan_url": reverse("strategy:activity-plan", args=[activity.document_id]),
    }
    return render(request, "strategy/activity.html", context)
