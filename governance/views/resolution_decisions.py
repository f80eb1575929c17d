"""What becomes of a draft resolution: adopted with those present, or otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import adoption
from governance.actions import resolutions as actions
from governance.errors import Owed
from governance.forms.adoption import AdoptForm
from governance.forms.base import ReasonForm
from governance.forms.resolutions import TakeUpForm
from governance.models.attendance import presence_at
from governance.permissions import Permission, require
from governance.views.acting import act
from governance.views.resolutions import coming, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import Resolution
    from governance.quorum import Presence


def page_of(resolution: Resolution) -> dict[str, Any]:
    return {
        "done": resolution,
        "crumb": resolution,
        "committee": resolution.committee,
        "resolution": resolution,
        "section": "resolutions",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """Record how it was decided, with those present at this moment."""
    resolution = get_object_or_404(visible(request.user), pk=pk)
    committee = resolution.committee
    require(request.user, Permission.DECIDE, committee)
    presence = presence_at(resolution.workshop, committee.now())
    form = AdoptForm(
        request.POST or None,
        there=list(committee.institutions.all()),
        codes=set(presence.present),
    )
    return act(
        request,
        form,
        lambda _data: adoption.adopt(resolution, by=request.user, **form.decision()),
        title=_("Record the decision on %s") % resolution,
        button=_("Adopt the resolution"),
        said=_("%s is adopted; its actions are in the roadmap.") % resolution,
        owed=in_the_way(resolution, presence),
        template="governance/resolution_adopt.html",
        presence=presence,
        **page_of(resolution),
    )


def in_the_way(resolution: Resolution, presence: Presence) -> list[Owed]:
    """Why it cannot be adopted at this moment."""
    if resolution.state not in resolution.flow.moves["adopt"].sources:
        said = _("%(number)s is at “%(state)s”: there is nothing to decide.")
        words = {"number": resolution, "state": resolution.get_state_display()}
        return [Owed(said % words)]
    url = resolution.workshop.get_absolute_url()
    owed = actions.owed_to_adopt(resolution)
    if not resolution.workshop.is_in_session:
        return [*owed, Owed(_("The workshop is not in session."), _("Chair"), url)]
    missing = [Owed(text, _("Chair"), url) for text in presence.missing]
    return [*owed, *missing]


def decided(
    request: MemberRequest,
    pk: int,
    do: Callable[..., None],
    permission: Permission,
    words: tuple[str, str, str],
) -> HttpResponse:
    """The page of a decision that asks for a reason; `words` of title, button, done."""
    resolution = get_object_or_404(visible(request.user), pk=pk)
    require(request.user, permission, resolution.committee)
    title, button, said = words
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: do(resolution, by=request.user, reason=data["reason"]),
        title=title % resolution,
        button=button,
        said=said % resolution,
        **page_of(resolution),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_defer(request: MemberRequest, pk: int) -> HttpResponse:
    words = _("Defer %s"), _("Defer the resolution"), _("%s is deferred.")
    return decided(request, pk, actions.defer, Permission.DECIDE, words)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_reject(request: MemberRequest, pk: int) -> HttpResponse:
    words = _("Reject %s"), _("Reject the resolution"), _("%s is rejected.")
    return decided(request, pk, actions.reject, Permission.DECIDE, words)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    words = _("Withdraw %s"), _("Withdraw the resolution"), _("%s is withdrawn.")
    return decided(request, pk, actions.withdraw, Permission.DRAFT_RESOLUTION, words)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_take_up(request: MemberRequest, pk: int) -> HttpResponse:
    resolution = get_object_or_404(visible(request.user), pk=pk)
    require(request.user, Permission.DRAFT_RESOLUTION, resolution.committee)
    workshops = coming(resolution.committee)
    form = TakeUpForm(request.POST or None, workshops=workshops)
    none = Owed(_("No workshop is planned that could take it up."), _("Secretariat"))
    return act(
        request,
        form,
        lambda data: actions.take_up(resolution, by=request.user, **data),
        title=_("Put %s on the table again") % resolution,
        button=_("Put the resolution on the table"),
        said=_("%s is on the table again.") % resolution,
        owed=[] if workshops else [none],
        **page_of(resolution),
    )
