from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from governance.models import Committee, Institution, RoleAssignment, User
from governance.permissions import Permission, Role, require

if TYPE_CHECKING:
    import datetime as dt


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


@transaction.atomic
def end_role(assignment: RoleAssignment, *, ends_on: dt.date, by: User) -> None:
    require(by, Permission.GIVE_ROLES, assignment.committee)
    assignment.ends_on = ends_on
    assignment.full_clean()
    assignment.save(update_fields=["ends_on"])
    assignment.committee.record("role ended", by=by, note=str(assignment))


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
