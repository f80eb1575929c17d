"""In which capacity a person signs, and what that position says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import (
    OfficeHolding,
    Signature,
    Version,
)
from governance.models.attendance import voters_on
from governance.models.sign_off_rules import Capacity, rule_of
from governance.models.signoffs import frozen_day
from governance.permissions import Role

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Committee, Institution, User


def capacities_of(
    user: User, candidate: Version
) -> list[tuple[str, Institution | None]]:
    """In which capacities a person may sign this candidate; the first is the usual one."""
    held = [a for a in user.assignments if a.committee_id == candidate.committee_id]
    roles = {a.role for a in held}
    day = frozen_day(candidate)
    voters = {v.code: v for v in voters_on(candidate.committee, day)}
    found: list[tuple[str, Institution | None]] = []
    seats = {
        Role.CHAIR: Capacity.CHAIR,
        Role.RAPPORTEUR: Capacity.RAPPORTEUR,
        Role.SECRETARIAT: Capacity.SECRETARIAT,
    }
    own = {a.role: a.institution for a in held}
    found += [(seats[r], own[r]) for r in seats if r in roles]
    for assignment in held:
        institution = assignment.institution
        if (
            assignment.role == Role.MEMBER
            and institution
            and institution.code in voters
        ):
            if voters[institution.code].seat == "vice_chair":
                found.append((Capacity.VICE_CHAIR, institution))
            found.append((Capacity.INSTITUTION, institution))
        elif assignment.role in {Role.OBSERVER, Role.REVIEWER}:
            found.append((Capacity.WITNESS, institution))
    rule = rule_of(candidate.committee, day)
    asked = set(rule.seats) if rule else set()
    usual = {Capacity.INSTITUTION, Capacity.WITNESS}
    return sorted(found, key=lambda pair: pair[0] not in asked | usual)


def holding_of(
    user: User, institution: Institution, day: dt.date
) -> OfficeHolding | None:
    return (
        OfficeHolding.objects.filter(user=user, office__institution=institution)
        .on(day)
        .order_by("-pk")
        .first()
    )


def choose_capacity(
    by: User, candidate: Version, wanted: str
) -> tuple[str, Institution | None]:
    found = capacities_of(by, candidate)
    for pair in found:
        if not wanted or pair[0] == wanted:
            return pair
    raise Refused(
        _("%s does not sign this report in that capacity.") % by.name
        if found
        else _("The sign-off rule asks for no signature of %s.") % by.name
    )


def position_facts(position: str, text: str) -> dict[str, Any]:
    if position not in Signature.Position.values:
        raise Refused(_("Say whether you sign, sign with a reservation, or decline."))
    if position == Signature.Position.SIGNED and text.strip():
        raise Refused(_("You wrote a reservation: choose “signs with a reservation”."))
    if position == Signature.Position.RESERVATION and not text.strip():
        raise Refused(_("Write the reservation word for word."))
    if position == Signature.Position.DECLINED and not text.strip():
        raise Refused(_("Say why you decline."))
    return {"position": position, "text": text.strip()}


def alternate_facts(
    by: User, institution: Institution | None, capacity: str, candidate: Version
) -> dict[str, Any]:
    """Whether somebody signs as the alternate of a focal point, and by which letter."""
    if capacity != Capacity.INSTITUTION or institution is None:
        return {}
    holding = holding_of(by, institution, candidate.committee.today())
    if holding is None or holding.capacity != OfficeHolding.Capacity.ALTERNATE:
        return {}
    if not holding.designation.strip():
        raise Refused(_("An alternate signs only with a written authority."))
    return {"is_alternate": True, "authority": holding.designation}


def institution_of(user: User, committee: Committee) -> Institution | None:
    held = [a for a in user.assignments if a.committee_id == committee.pk]
    return next((a.institution for a in held if a.institution), None)
