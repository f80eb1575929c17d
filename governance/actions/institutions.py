from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.fixed_days import refuse_counted_day, refuse_while_counted
from governance.actions.revising import require_same_committee
from governance.errors import Refused
from governance.formats import day
from governance.models import (
    Committee,
    Institution,
    Office,
    OfficeHolding,
    Seat,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.models import User


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
def add_institutions(
    committee: Committee, rows: Sequence[Mapping[str, Any]], *, by: User
) -> list[Institution]:
    """Enter a whole list, all or none."""
    return [add_institution(committee, by=by, **row) for row in rows]


@transaction.atomic
def change_institution(institution: Institution, *, by: User, **fields: Any) -> None:
    """Correct what an institution is called or how long it existed."""
    require(by, Permission.MANAGE_MEMBERS, institution.committee)
    require_same_committee(institution.committee_id, fields.values())
    changed = [name for name, v in fields.items() if getattr(institution, name) != v]
    if not changed:
        return
    before = str(institution)
    for name in changed:
        setattr(institution, name, fields[name])
    if institution.successor_id == institution.pk:
        raise Refused(_("An institution is not continued by itself."))
    institution.full_clean()
    institution.save(update_fields=changed)
    names = [str(f.verbose_name) for f in institution._meta.fields if f.name in changed]
    institution.record("changed", by=by, note=f"{before}: {', '.join(names)}")


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


@dataclass(frozen=True)
class Place:
    """What an institution shall have from a day on: a seat of a kind, or none."""

    institution: Institution
    kind: str = ""
    is_voting: bool = False


@transaction.atomic
def set_seats(
    committee: Committee, places: Sequence[Place], *, since: dt.date, by: User
) -> int:
    """Say of every institution which seat it has from `since` on; returns the changes.

    A seat that began before ends the day before `since`, and a new one begins. One that
    began on that day or later was a mistake, and is put right.
    """
    require(by, Permission.MANAGE_MEMBERS, committee)
    require_same_committee(committee.pk, [place.institution for place in places])
    refuse_while_counted(committee)
    refuse_counted_day(committee, since)
    held = {
        seat.institution_id: seat
        for seat in Seat.objects.filter(committee=committee, ends_on=None)
    }
    return sum(
        set_seat(place, held.get(place.institution.pk), since, by) for place in places
    )


def set_seat(place: Place, now: Seat | None, since: dt.date, by: User) -> bool:
    """Make one seat what it shall be; says whether anything changed."""
    wanted = (place.kind, place.is_voting)
    if (now and (now.kind, now.is_voting) == wanted) or not (now or place.kind):
        return False
    if now and place.kind and now.starts_on >= since:
        now.kind, now.is_voting = wanted
        now.full_clean()
        now.save(update_fields=["kind", "is_voting"])
        now.record("seat corrected", by=by)
        return True
    if now:
        end_seat(now, ends_on=max(now.starts_on, since - dt.timedelta(days=1)), by=by)
    if place.kind:
        seat(
            place.institution,
            kind=place.kind,
            is_voting=place.is_voting,
            starts_on=since,
            by=by,
        )
    return True


def end_seat(row: Seat, *, ends_on: dt.date, by: User) -> None:
    require(by, Permission.MANAGE_MEMBERS, row.committee)
    row.ends_on = ends_on
    row.full_clean()
    row.save(update_fields=["ends_on"])
    row.record("seat ended", by=by, note=day(ends_on))


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
