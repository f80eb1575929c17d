from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.forms.verify import HistoryForm, words_of
from governance.integrity import chain_of
from governance.models import Committee
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

PAGE = 50


@require_safe
def history(request: MemberRequest, slug: str) -> HttpResponse:
    """What happened in a committee, newest first, and whether anything was changed."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.READ_HISTORY, committee)
    verbs = committee.events.order_by("verb").values_list("verb", flat=True).distinct()
    form = HistoryForm(request.GET, verbs=list(verbs))
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(chosen(committee, wanted), PAGE).get_page(request.GET.get("page"))
    for event in page:
        event.done = words_of(event.verb)
    context = {
        "section": "history",
        "committee": committee,
        "form": form,
        "page": page,
        "chain": chain_of(committee),
    }
    return render(request, "governance/history.html", context)


def chosen(committee: Committee, wanted: dict[str, Any]) -> Any:
    """The entries that a filter names, by the committee's own days."""
    events = committee.events.order_by("-seq")
    if verb := wanted.get("verb"):
        events = events.filter(verb=verb)
    if who := wanted.get("who"):
        events = events.filter(by_name__icontains=who)
    if about := wanted.get("about"):
        events = events.filter(subject_name__icontains=about)
    if day := wanted.get("day"):
        start = committee.moment(day, dt.time.min)
        events = events.filter(at__gte=start, at__lt=start + dt.timedelta(days=1))
    return events
