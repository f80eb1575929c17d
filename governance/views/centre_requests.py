from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.centres import record_step
from governance.errors import Refused
from governance.forms.centres import CentreStepForm
from governance.models import CentreRequest
from governance.permissions import Permission, require
from governance.views.acting import act

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def centre_request_step(request: MemberRequest, pk: int) -> HttpResponse:
    """Record what a letter or a visit shows of a request to a centre."""
    asked = get_object_or_404(
        CentreRequest.objects.visible_to(request.user).select_related(
            "committee", "centre", "lead"
        ),
        pk=pk,
    )
    require(request.user, Permission.RECORD_CENTRE_REQUEST, asked.committee)
    moves = asked.flow.open_to(request.user, asked)
    if not moves:
        said = _("This request is at “%s”: there is no further step.")
        raise Refused(said % asked.get_state_display())
    form = CentreStepForm(
        request.POST or None, moves=moves, initial={"on": asked.committee.today()}
    )
    return act(
        request,
        form,
        lambda data: record_step(asked, by=request.user, **data),
        done=asked.centre,
        title=_("Record a step of the request"),
        button=_("Record the step"),
        said=_("The step is recorded."),
        text=f"{asked.centre.code}: {asked.purpose}",
        crumb=asked.centre,
        committee=asked.committee,
        section="centres",
    )
