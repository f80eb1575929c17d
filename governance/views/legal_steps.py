"""A dated step of a legal instrument, as the paper that is cited shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.legal import record_step
from governance.forms.legal_steps import StepForm
from governance.models import LegalInstrument
from governance.permissions import Permission, require
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.provisions import found_document

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_http_methods(FORM_METHODS)
def legal_step_add(request: MemberRequest, pk: int, uid: UUID) -> HttpResponse:
    document = found_document(request, pk)
    require(request.user, Permission.RECORD_LEGAL_STEP, document.committee)
    instrument = get_object_or_404(
        LegalInstrument.objects.select_related("document__committee"),
        document_id=document.pk,
        uid=uid,
    )
    return act(
        request,
        StepForm(posted(request), instrument=instrument),
        lambda data: record_step(instrument, by=request.user, **data),
        done=document,
        title=_("Record a step of “%s”") % instrument,
        button=_("Record the step"),
        said=_("Recorded."),
        text=_(
            "A step is never changed afterwards; a correction is a new step. It is now at"
            " “%s”."
        )
        % instrument.get_state_display(),
        section="documents",
        committee=document.committee,
        report=document.report,
        crumb=document,
    )
