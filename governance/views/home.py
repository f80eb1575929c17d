from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from governance.forms.verify import words_of
from governance.models import Committee, Event, Report
from governance.permissions import Permission, committees_where
from governance.work import work_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_safe
def my_work(request: MemberRequest) -> HttpResponse:
    """What is waiting for me: to do, waiting for others, and what happened."""
    committees = list(Committee.objects.visible_to(request.user))
    items = work_for(request.user, committees)
    readable = committees_where(request.user, Permission.READ_WORKING_DRAFT)
    events = Event.objects.filter(committee_id__in=readable).order_by("-at", "-pk")
    recent: list[Any] = list(events.select_related("committee")[:6])
    for event in recent:
        event.done = words_of(event.verb)
    context = {
        "section": "my-work",
        "committees": committees,
        "committee": committees[0] if committees else None,
        "standings": [request.user.standing_in(c.pk) for c in committees],
        "mine": [item for item in items if item.mine],
        "others": [item for item in items if not item.mine],
        "reports": Report.objects.visible_to(request.user).select_related("committee"),
        "states": Report.State,
        "events": recent,
    }
    return render(request, "governance/my_work.html", context)


@require_safe
def committee(request: MemberRequest, slug: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    return redirect("governance:documents", committee.slug)
