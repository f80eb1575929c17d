from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import Institution, Office, OfficeHolding, Seat
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Committee, User


@transaction.atomic
def add_institution(
    committee: Committee, *, by: User | None, **fields: Any
) -> Institution:
    """Enter an institution; without `by`, from the server, the first of a committee."""
    if by is not None:
        require(by, Permission.MANAGE_MEMBERS, committee)
    institution = Institution(committee=committee, **fields)
    institution.full_clean()
    institution.save()
    institution.record("added", by=by)
    return institution


@transaction.atomic
def continue_as(
    institution: Institution, successor: Institution, *, until: dt.date, by: User
) -> None:
    """Record that an institution ended and by which one it is continued."""
    require(by, Permission.MANAGE_MEMBERS, institution.committee)
    if successor.committee_id != institution.committee_id:
        raise Refused(_("The successor belongs to another committee."))
    institution.valid_to, institution.successor = until, successor
    institution.full_clean()
    institution.save(update_fields=["valid_to", "successor"])
    institution.record("continued", by=by, note=str(successor))


@transaction.atomic
def seat(institution: Institution, *, by: User, **fields: Any) -> Seat:
    """Give an institution its place in the committee."""
    require(by, Permission.MANAGE_MEMBERS, institution.committee)
    row = Seat(committee=institution.committee, institution=institution, **fields)
    row.full_clean()
    row.save()
    row.record("seated", by=by)
    return row


@transaction.atomic
def add_office(institution: Institution, title: str, *, by: User) -> Office:
    require(by, Permission.MANAGE_MEMBERS, institution.committee)
    office = Office(
        committee=institution.committee, institution=institution, title=title
    )
    office.full_clean()
    office.save()
    office.record("added", by=by)
    return office


@transaction.atomic
def appoint(office: Office, user: User, *, by: User, **fields: Any) -> OfficeHolding:
    """Name the person who holds an office; an alternate needs a written designation."""
    require(by, Permission.MANAGE_MEMBERS, office.committee)
    holding = OfficeHolding(
        committee=office.committee, office=office, user=user, **fields
    )
    holding.full_clean()
    holding.save()
    office.record("appointed", by=by, note=str(holding))
    return holding
