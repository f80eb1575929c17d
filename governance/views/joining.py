"""Inviting people, and the slips on which their codes stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from governance.actions import joining as actions
from governance.forms.base import ActionForm, acted
from governance.forms.joining import (
    SLIP,
    ConfirmForm,
    InviteForm,
    PasteInvitationsForm,
    WayForm,
)
from governance.models import Joining
from governance.permissions import Permission, require
from governance.views.acting import act
from governance.views.people import back_to_people, managed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from governance.actions.joining import Issued
    from governance.http import MemberRequest
    from governance.models import Committee

FORM = ["GET", "HEAD", "POST"]


def issue(
    request: MemberRequest,
    committee: Committee,
    form: WayForm,
    do: Callable[[Any], list[Issued]],
    *,
    template: str = "governance/joining_form.html",
    **words: Any,
) -> HttpResponse:
    """The page of an act that makes codes: they are shown once, in the answer itself."""
    made: list[list[Issued]] = []
    if request.method == "POST" and acted(form, lambda _data: made.append(do(form))):
        return handed_out(request, committee, made[0], on_paper=form.on_paper)
    context = {
        "section": "members",
        "committee": committee,
        "form": form,
        "back": reverse("governance:people", args=[committee.slug]),
        "second": actions.needs_second(committee),
        **words,
    }
    status = 200 if not form.is_bound else 409 if form.refused else 422
    return render(request, template, context, status=status)


def handed_out(
    request: MemberRequest,
    committee: Committee,
    issued: list[Issued],
    *,
    on_paper: bool,
) -> HttpResponse:
    """Send what goes by mail, and show the slips of the others."""
    if not issued:
        messages.success(
            request,
            _(
                "Noted. Another person who can manage confirms it; the code is made then."
            ),
        )
        return redirect("governance:people", committee.slug)
    sent, slips = ([], issued) if on_paper else actions.hand_out(issued)
    failed = [each for each in slips if each.joining.email and not on_paper]
    context = {
        "section": "members",
        "committee": committee,
        "sent": sent,
        "slips": slips,
        "failed": failed,
        "site": settings.SITE_URL,
    }
    return render(request, "governance/joining_slips.html", context)


@require_http_methods(FORM)
def joining_add(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug, Permission.GIVE_ROLES)
    return issue(
        request,
        committee,
        InviteForm(request.POST or None, committee=committee),
        lambda form: actions.invite(
            committee, form.wanted(), on_paper=form.on_paper, by=request.user
        ),
        title=_("Invite a person"),
        button=_("Invite"),
        text=_(
            "The person gets a code that works once, and chooses a user name and a"
            " password with it. Somebody with a sign-in is invited in the same way to"
            " another role."
        ),
    )


@require_http_methods(FORM)
def joinings_paste(request: MemberRequest, slug: str) -> HttpResponse:
    """Invite a list: first looked at, then carried out, all rows or none."""
    committee = managed(request, slug, Permission.GIVE_ROLES)
    form = PasteInvitationsForm(request.POST or None, committee=committee)
    words: dict[str, Any] = {
        "title": _("Invite a list of people"),
        "heads": [_("Name"), _("E-mail"), _("Role"), _("Institution")],
        "text": _("Every row is right, or nobody is invited."),
    }
    if request.method == "POST" and request.POST.get("step") != "add":
        return preview(request, committee, form, words)
    return issue(
        request,
        committee,
        form,
        lambda form: actions.invite(
            committee, form.wanted(), on_paper=form.on_paper, by=request.user
        ),
        template="governance/setup_paste.html",
        **words,
    )


def preview(
    request: MemberRequest, committee: Committee, form: Any, words: dict[str, Any]
) -> HttpResponse:
    """What a pasted list was understood as, with the button that carries it out."""
    rows = form.preview() if form.is_valid() else []
    n = len(rows)
    context = {
        "section": "members",
        "committee": committee,
        "form": form,
        "second": actions.needs_second(committee),
        "preview": rows,
        "add": ngettext("Add this %d row", "Add these %d rows", n) % n,
        **words,
    }
    status = 200 if rows else 422
    return render(request, "governance/setup_paste.html", context, status=status)


@require_http_methods(FORM)
def joinings_confirm(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug, Permission.GIVE_ROLES)
    waiting = actions.waiting(committee).exclude(by=request.user)
    rows = waiting.select_related("institution", "by")
    return issue(
        request,
        committee,
        ConfirmForm(request.POST or None, waiting=rows),
        lambda form: actions.confirm(
            form.cleaned_data["joinings"],
            committee,
            on_paper=form.on_paper,
            by=request.user,
        ),
        title=_("Confirm invitations"),
        button=_("Confirm"),
        empty=not rows.exists(),
        second=None,
        text=_(
            "Others invited these people. You answer for it that each of them shall have"
            " the role; your own invitations are confirmed by somebody else."
        ),
    )


def joining_of(request: MemberRequest, pk: int) -> Joining:
    joining = get_object_or_404(
        Joining.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    require(request.user, Permission.MANAGE_MEMBERS, joining.committee)
    return joining


@require_http_methods(FORM)
def joining_reissue(request: MemberRequest, pk: int) -> HttpResponse:
    joining = joining_of(request, pk)
    return issue(
        request,
        joining.committee,
        WayForm(request.POST or None, initial={"way": SLIP}),
        lambda form: actions.reissue(joining, on_paper=form.on_paper, by=request.user),
        title=_("A new code for %s") % joining.name,
        button=_("Make a new code"),
        text=_("The old code stops working at once."),
        second=None,
    )


@require_http_methods(FORM)
def joining_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    joining = joining_of(request, pk)
    words = back_to_people(
        joining.committee,
        title=_("Withdraw the invitation of %s") % joining.name,
        button=_("Withdraw"),
        said=_("Withdrawn."),
        text=_("Its code stops working at once. You can invite the person again."),
        danger=True,
    )
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: actions.withdraw(joining, by=request.user),
        **words,
    )
