"""The people of a committee: who holds which role, who may sign in, who is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import clock
from governance.actions import joining as actions
from governance.actions import people as people_actions
from governance.forms.base import ActionForm
from governance.forms.joining import EndRoleForm
from governance.models import Committee, Joining, RoleAssignment, User
from governance.permissions import Permission, require
from governance.views.acting import act

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

FORM = ["GET", "HEAD", "POST"]


def managed(request: MemberRequest, slug: str, permission: Permission) -> Committee:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, permission, committee)
    return committee


@require_safe
def people(request: MemberRequest, slug: str) -> HttpResponse:
    """Who holds which role for which institution, and who is invited."""
    committee = managed(request, slug, Permission.MANAGE_MEMBERS)
    roles = RoleAssignment.objects.filter(committee=committee).select_related(
        "user", "institution"
    )
    today = people_actions.from_now(committee)
    ended = models.Q(ends_on__lt=today)
    by_institution = ("institution__name", "user__name", "starts_on", "pk")
    invited = committee.joinings.filter(used_at=None, withdrawn_at=None)
    context = {
        "section": "members",
        "committee": committee,
        "roles": roles.exclude(ended).order_by(*by_institution),
        "former": roles.filter(ended).order_by("-ends_on", "pk"),
        "invited": [
            shown(each) for each in invited.select_related("institution", "by")
        ],
        "to_confirm": actions.waiting(committee).exclude(by=request.user).count(),
        "managers": people_actions.count_managers(committee),
        "enough": actions.ENOUGH,
    }
    return render(request, "governance/joining_people.html", context)


def shown(joining: Joining) -> dict[str, Any]:
    """An invitation with where it stands."""
    waits = joining.expires_at == joining.at
    return {
        "joining": joining,
        "waits": waits,
        "is_over": not waits and joining.expires_at <= clock.now(),
    }


def back_to_people(committee: Committee, **words: Any) -> dict[str, Any]:
    return {
        "done": reverse("governance:people", args=[committee.slug]),
        "committee": committee,
        "section": "members",
        **words,
    }


@require_http_methods(FORM)
def role_end(request: MemberRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(
        RoleAssignment.objects.select_related("committee", "user", "institution"),
        pk=pk,
        committee__in=Committee.objects.visible_to(request.user),
    )
    committee = role.committee
    require(request.user, Permission.GIVE_ROLES, committee)
    today = people_actions.from_now(committee)
    words = back_to_people(
        committee,
        title=_("End a role of %s") % role.user,
        button=_("End the role"),
        said=_("The end is entered."),
        text=_(
            "%(role)s, since %(day)s. The role counts until the end of the last day. What"
            " the person wrote stays, under the name and the institution of its day."
        )
        % {"role": role.get_role_display(), "day": role.starts_on.isoformat()},
        danger=True,
    )
    return act(
        request,
        EndRoleForm(request.POST or None, initial={"ends_on": today}),
        lambda data: people_actions.end_role(role, by=request.user, **data),
        **words,
    )


def person_of(request: MemberRequest, slug: str, pk: int) -> tuple[Committee, User]:
    committee = managed(request, slug, Permission.MANAGE_MEMBERS)
    members = User.objects.filter(role_assignments__committee=committee).distinct()
    return committee, get_object_or_404(members, pk=pk)


@require_http_methods(FORM)
def person_suspend(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    committee, person = person_of(request, slug, pk)
    words = back_to_people(
        committee,
        title=_("Suspend the sign-in of %s") % person,
        button=_("Suspend"),
        said=_("The sign-in is suspended, and every session has ended."),
        text=_(
            "The person is signed out everywhere at once and cannot sign in until a"
            " manager restores it. Roles and everything written stay."
        ),
        danger=True,
    )
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: people_actions.suspend(person, committee, by=request.user),
        **words,
    )


@require_http_methods(FORM)
def person_restore(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    committee, person = person_of(request, slug, pk)
    words = back_to_people(
        committee,
        title=_("Restore the sign-in of %s") % person,
        button=_("Restore"),
        said=_("The person can sign in again."),
        text=_("With the same user name, password and roles as before."),
    )
    return act(
        request,
        ActionForm(request.POST or None),
        lambda _data: people_actions.restore(person, committee, by=request.user),
        **words,
    )
