"""Wording a resolution and the actions that follow it, before it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import resolutions as actions
from governance.errors import Owed
from governance.forms.follow_ups import FollowUpsForm, one_row_more
from governance.forms.resolutions import ResolutionForm, institutions_of
from governance.models import Workshop
from governance.permissions import Permission, require
from governance.views.acting import act
from governance.views.resolutions import remarks_on, visible
from governance.wording import OPERATIVE

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import Resolution

FORM = "governance/resolution_form.html"
ROWS = "governance/resolution_follow_ups.html"
VERBS = OPERATIVE.split()
GROUNDS = ("provision_uid", "comment", "earlier", "relation", "linked_to")
FIELDS = [name for name in ResolutionForm.base_fields if name != "support"]


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose one; the address may name what it rests on: GROUNDS."""
    workshop = get_object_or_404(
        Workshop.objects.visible_to(request.user).select_related("committee", "report"),
        pk=pk,
    )
    require(request.user, Permission.DRAFT_RESOLUTION, workshop.committee)
    page = form_page(workshop, _("Propose a resolution"), _("Propose the resolution"))
    made: list[Resolution] = []
    return act(
        request,
        blank(request, workshop),
        lambda data: made.append(actions.propose(workshop, by=request.user, **data)),
        done=lambda: made[0],
        said=_("The draft is on the table; its number is reserved."),
        owed=over(workshop),
        back=workshop.get_absolute_url(),
        **page,
    )


def blank(request: MemberRequest, workshop: Workshop) -> ResolutionForm:
    ground = {name: request.GET.get(name, "") for name in GROUNDS}
    data = request.POST or None
    return ResolutionForm(data, workshop=workshop, user=request.user, initial=ground)


def over(workshop: Workshop) -> list[Owed]:
    if workshop.is_planning or workshop.is_in_session:
        return []
    return [Owed(_("The workshop is over: propose it for the next one."))]


def form_page(workshop: Workshop, title: str, button: str) -> dict[str, Any]:
    return {
        "title": title,
        "button": button,
        "template": FORM,
        "verbs": VERBS,
        "committee": workshop.committee,
        "crumb": workshop,
        "section": "resolutions",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_change(request: MemberRequest, pk: int) -> HttpResponse:
    resolution = get_object_or_404(visible(request.user), pk=pk)
    require(request.user, Permission.DRAFT_RESOLUTION, resolution.committee)
    form = ResolutionForm(
        request.POST or None,
        workshop=resolution.workshop,
        user=request.user,
        initial=initial_of(resolution),
    )
    page = form_page(
        resolution.workshop, _("Change %s") % resolution, _("Save the draft")
    )
    return act(
        request,
        form,
        lambda _data: actions.amend(resolution, by=request.user, **form.changes()),
        done=resolution,
        said=_("The draft is changed."),
        owed=decided(resolution),
        **page | {"crumb": resolution, "remarks": remarks_on(resolution)},
    )


def decided(resolution: Resolution) -> list[Owed]:
    """Why its text is not changed any more."""
    if resolution.state in {"proposed", "amended"}:
        return []
    said = _("%(number)s is at “%(state)s”: its text is not changed any more.")
    words = {"number": resolution, "state": resolution.get_state_display()}
    return [Owed(said % words, url=resolution.get_absolute_url())]


def initial_of(resolution: Resolution) -> dict[str, Any]:
    """The draft as the form shows it."""
    shown = {name: getattr(resolution, name) for name in FIELDS}
    uid = resolution.provision_uid
    support = [institution.pk for institution in resolution.support.all()]
    return shown | {"provision_uid": str(uid) if uid else "", "support": support}


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_follow_ups(request: MemberRequest, pk: int) -> HttpResponse:
    """The actions that adopting it creates; the button "more" saves nothing."""
    resolution = get_object_or_404(visible(request.user), pk=pk)
    committee = resolution.committee
    require(request.user, Permission.DRAFT_RESOLUTION, committee)
    rows = list(resolution.follow_ups.values(*FollowUpsForm.NAMES))
    named = [resolution.lead_id, *(row["lead"] for row in rows)]
    there = institutions_of(committee.pk, committee.today(), named)
    page = follow_up_page(resolution)
    if "more" in request.POST:
        return render(request, ROWS, page | {"form": one_row_more(request.POST, there)})
    return act(
        request,
        FollowUpsForm(request.POST or None, rows=rows, institutions=there),
        lambda data: actions.set_follow_ups(resolution, data["rows"], by=request.user),
        done=resolution,
        said=_("The actions are set."),
        template=ROWS,
        **page,
    )


def follow_up_page(resolution: Resolution) -> dict[str, Any]:
    return {
        "title": _("Actions of %s") % resolution,
        "button": _("Save the actions"),
        "text": _(
            "They enter the roadmap when the resolution is adopted. Empty rows are left"
            " out; without any, the deadline of the resolution itself becomes the action."
        ),
        "resolution": resolution,
        "committee": resolution.committee,
        "crumb": resolution,
        "back": resolution.get_absolute_url(),
        "section": "resolutions",
    }
