"""Who pays: the sources of funds that activities and costs name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.models import Committee
from governance.permissions import Permission, require
from governance.views.acting import act
from strategy.actions.plans import add_funding_source
from strategy.funding_form import FundingSourceForm
from strategy.models import FundingSource

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def funding_sources(request: MemberRequest, slug: str) -> HttpResponse:
    """The list, and a form for one more."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.EDIT_DOCUMENTS, committee)
    data = request.POST if request.method == "POST" else None
    return act(
        request,
        FundingSourceForm(data, committee=committee),
        lambda data: add_funding_source(committee, by=request.user, **data),
        done=reverse("strategy:funding-sources", args=[slug]),
        title=_("Sources of funds"),
        button=_("Add the source"),
        said=_("Added: activities and costs can name it now."),
        template="strategy/funding_sources.html",
        section="plan",
        committee=committee,
        sources=FundingSource.objects.filter(committee=committee).select_related(
            "institution"
        ),
    )
