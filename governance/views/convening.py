"""The moves of a workshop, from the approved plan to the adopted minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.actions import workshops as actions
from governance.forms.base import ActionForm, ReasonForm
from governance.forms.workshops import DaysForm
from governance.permissions import Permission, require
from governance.views.acting import act
from governance.views.workshops import FORM, about, workshop_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import Workshop


def step(
    request: MemberRequest, pk: int, do: Callable[..., object], said: str
) -> HttpResponse:
    """A move that asks for nothing."""
    workshop = workshop_of(request, pk)
    do(workshop, by=request.user)
    messages.success(request, said)
    return redirect(workshop)


def asked(
    request: MemberRequest,
    pk: int,
    permission: Permission,
    do: Callable[..., object],
    *,
    form: type[ActionForm] = ActionForm,
    owed: Callable[[Workshop], Any] | None = None,
    **words: Any,
) -> HttpResponse:
    """A move that is thought over on a page of its own; the form's values go with it."""
    workshop = workshop_of(request, pk)
    require(request.user, permission, workshop.committee)
    return act(
        request,
        form(request.POST if request.method == "POST" else None),
        lambda data: do(workshop, by=request.user, **data),
        done=workshop,
        owed=owed(workshop) if owed else (),
        **words,
        **about(workshop),
    )


@require_POST
def workshop_approve(request: MemberRequest, pk: int) -> HttpResponse:
    return step(request, pk, actions.approve, _("The plan is approved."))


@require_http_methods(FORM)
def workshop_convene(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.RECORD_WORKSHOP,
        actions.convene,
        owed=actions.owed_to_convene,
        title=_("Convene the workshop"),
        button=_("Send the invitations"),
        said=_(
            "The workshop is convened. The invited find it in their work, and get a mail"
            " where they have an address."
        ),
        text=_(
            "Every invited institution is sent its invitation with the agenda. From"
            " now on the days stand, and the quorum rule of the terms of reference is"
            " fixed for this workshop."
        ),
    )


@require_http_methods(FORM)
def workshop_open(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.PRESIDE,
        actions.open_session,
        title=_("Open the session"),
        button=_("Open the session"),
        said=_("The session is open."),
        text=_(
            "The tabled version is the paper that is decided on. The session can be"
            " opened without a quorum: it is needed to decide, not to discuss."
        ),
    )


@require_http_methods(FORM)
def workshop_conclude(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.PRESIDE,
        actions.conclude,
        owed=actions.owed_to_conclude,
        title=_("Conclude the session"),
        button=_("Conclude the session"),
        said=_("The session is concluded."),
        text=_("After this nothing is added to the record of the session."),
    )


@require_POST
def minutes_draft(request: MemberRequest, pk: int) -> HttpResponse:
    return step(request, pk, actions.draft_minutes, _("The minutes are drafted."))


@require_http_methods(FORM)
def minutes_adopt(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.PRESIDE,
        actions.adopt_minutes,
        title=_("Adopt the minutes"),
        button=_("Adopt the minutes"),
        said=_("The minutes are adopted."),
        text=_("Read the minutes as PDF first: they are adopted as they stand."),
        template="governance/minutes_adopt.html",
    )


@require_POST
def workshop_close(request: MemberRequest, pk: int) -> HttpResponse:
    return step(request, pk, actions.close, _("The workshop is closed."))


@require_http_methods(FORM)
def workshop_postpone(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.RECORD_WORKSHOP,
        actions.postpone,
        form=ReasonForm,
        title=_("Postpone the workshop"),
        button=_("Postpone the workshop"),
        said=_("The workshop is postponed."),
    )


@require_http_methods(FORM)
def workshop_plan_again(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.PLAN_WORKSHOP,
        actions.plan_again,
        form=DaysForm,
        title=_("Plan the workshop again"),
        button=_("Set the new days"),
        text=_("It is approved and convened anew."),
        said=_("The workshop has new days."),
    )


@require_http_methods(FORM)
def workshop_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    return asked(
        request,
        pk,
        Permission.PRESIDE,
        actions.cancel,
        form=ReasonForm,
        title=_("Cancel the workshop"),
        button=_("Cancel the workshop"),
        said=_("The workshop is cancelled."),
        text=_("A cancelled workshop is not taken up again; plan a new one."),
    )
