from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.formats import day
from governance.models import Committee, Institution, RoleAssignment, User
from governance.permissions import Permission, Role, require, roles_holding

if TYPE_CHECKING:
    import datetime as dt

    from governance.models.people import RoleAssignmentQuerySet


@transaction.atomic
def register(
    committee: Committee,
    *,
    username: str,
    name: str,
    email: str = "",
    password: str | None = None,
    encoded: str = "",
    by: User | None,
) -> User:
    """Make a sign-in for a person of the committee, as yet without any role.

    Without `by` it is done from the server: the first person of a new committee.
    `encoded` is a password that is hashed already, which many sign-ins may share.
    """
    if by is not None:
        require(by, Permission.MANAGE_MEMBERS, committee)
    user = User(username=username, name=name, email=email)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.password = encoded or user.password
    user.full_clean()
    user.save()
    committee.record("registered", by=by, note=name)
    return user


@transaction.atomic
def give_role(
    user: User,
    committee: Committee,
    role: Role,
    *,
    starts_on: dt.date,
    institution: Institution | None = None,
    by: User | None,
) -> RoleAssignment:
    """Give a person a dated role; without `by`, the first one of a new committee."""
    if by is not None:
        require(by, Permission.GIVE_ROLES, committee)
    assignment = RoleAssignment(
        committee=committee,
        user=user,
        role=role,
        institution=institution,
        starts_on=starts_on,
    )
    assignment.full_clean()
    assignment.save()
    user.__dict__.pop("assignments", None)
    user.__dict__.pop("roles", None)
    committee.record("role given", by=by, note=str(assignment))
    return assignment


def from_now(committee: Committee) -> dt.date:
    """The day from which a role counts at once.

    Roles are counted by days of UTC: east of it the committee's day begins earlier.
    """
    return min(committee.today(), timezone.localdate())


def managing(committee: Committee) -> RoleAssignmentQuerySet:
    """The roles, without an end, of people who may sign in and give roles."""
    return RoleAssignment.objects.in_force().filter(
        committee=committee,
        role__in=roles_holding(Permission.GIVE_ROLES),
        ends_on=None,
        user__is_active=True,
    )


def count_managers(committee: Committee) -> int:
    """How many people can invite, confirm and change settings; fewer than two is risky."""
    return managing(committee).values("user").distinct().count()


def require_manager_left(committee: Committee, *, without: Any, message: str) -> None:
    """Refuse an act after which nobody could manage; `without` is what it takes away."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    if not managing(committee).exclude(**without).exists():
        raise Refused(message)


@transaction.atomic
def end_role(assignment: RoleAssignment, *, ends_on: dt.date, by: User) -> None:
    """Let a role end with a day; what was said and signed in it stays.

    Nobody gives up the last role in which they manage: another manager ends it.
    """
    committee = assignment.committee
    require(by, Permission.GIVE_ROLES, committee)
    if assignment.role in roles_holding(Permission.GIVE_ROLES):
        require_manager_left(
            committee,
            without={"pk": assignment.pk},
            message=_("Nobody else could manage the committee: invite a second person")
            + " "
            + _("who can, before this role ends."),
        )
        own = managing(committee).filter(user=by).exclude(pk=assignment.pk)
        if assignment.user_id == by.pk and not own.exists():
            raise Refused(
                _("This is your own last role that manages; another manager ends it.")
            )
    assignment.ends_on = ends_on
    assignment.full_clean()
    assignment.save(update_fields=["ends_on"])
    committee.record("role ended", by=by, note=f"{assignment}, {day(ends_on)}")


def person_of(committee: Committee, user: User) -> User:
    """The person as now, held; Refused where the sign-in is not this committee's alone."""
    user = User.objects.select_for_update().get(pk=user.pk)
    elsewhere = RoleAssignment.objects.in_force().filter(user=user)
    if elsewhere.exclude(committee=committee).exists():
        raise Refused(
            _(
                "This sign-in is used outside this committee: end the person's roles here."
            )
        )
    return user


@transaction.atomic
def suspend(user: User, committee: Committee, *, by: User) -> None:
    """Close a person's sign-in until it is opened again; sessions end at once."""
    require(by, Permission.MANAGE_MEMBERS, committee)
    if user.pk == by.pk:
        raise Refused(_("You cannot suspend your own sign-in; another manager can."))
    user = person_of(committee, user)
    require_manager_left(
        committee,
        without={"user": user},
        message=_("Nobody else could manage the committee after this."),
    )
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    committee.record("sign-in suspended", by=by, note=user.name)


@transaction.atomic
def restore(user: User, committee: Committee, *, by: User) -> None:
    require(by, Permission.MANAGE_MEMBERS, committee)
    user = person_of(committee, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    committee.record("sign-in restored", by=by, note=user.name)


def end_sessions(user: User) -> None:
    """Sign a person out wherever they are signed in."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def describe(user: User) -> list[dict[str, Any]]:
    """The roles of a person today, as the account page shows them."""
    return [
        {
            "committee": assignment.committee,
            "role": assignment.get_role_display(),
            "institution": assignment.institution,
            "starts_on": assignment.starts_on,
        }
        for assignment in user.role_assignments.in_force().select_related(
            "committee", "institution"
        )
    ]
