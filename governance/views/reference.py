from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.models import Centre, CentreRequest, Committee, Framework

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

# What the tag of a request looks like, by its state.
TONES = {
    "planned": "",
    "sent": "info",
    "acknowledged": "info",
    "accepted": "ok",
    "delivered": "ok",
    "declined": "bad",
}


@require_safe
def frameworks(request: MemberRequest, slug: str) -> HttpResponse:
    """The laws, policies and frameworks the committee's plans refer to."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    rows = Framework.objects.filter(Q(committee=None) | Q(committee=committee))
    context = {
        "section": "plan",
        "committee": committee,
        "frameworks": rows.annotate(size=Count("items")),
    }
    return render(request, "governance/frameworks.html", context)


@require_safe
def framework(request: MemberRequest, pk: int) -> HttpResponse:
    framework = get_object_or_404(Framework.objects.visible_to(request.user), pk=pk)
    context = {
        "section": "plan",
        "framework": framework,
        "items": framework.items.all(),
    }
    if framework.committee_id:
        context["committee"] = framework.committee
    return render(request, "governance/framework.html", context)


@require_safe
def centres(request: MemberRequest, slug: str) -> HttpResponse:
    """The three centres, what they offer, and what the committee means to ask for."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    requests = CentreRequest.objects.filter(committee=committee).select_related(
        "lead", "support"
    )
    rows = Centre.objects.visible_to(request.user).prefetch_related(
        "services", Prefetch("requests", requests, to_attr="ours")
    )
    context = {"section": "centres", "committee": committee, "centres": rows}
    return render(request, "governance/centres.html", context)


@require_safe
def centre(request: MemberRequest, pk: int) -> HttpResponse:
    centre = get_object_or_404(Centre.objects.visible_to(request.user), pk=pk)
    ours = (
        CentreRequest.objects.visible_to(request.user)
        .filter(centre=centre)
        .select_related("lead", "support", "committee")
        .prefetch_related("steps")
    )
    context = {
        "section": "centres",
        "centre": centre,
        "services": centre.services.all(),
        "requests": [
            (asked, TONES[asked.state], bool(asked.flow.open_to(request.user, asked)))
            for asked in ours
        ],
    }
    return render(request, "governance/centre.html", context)
