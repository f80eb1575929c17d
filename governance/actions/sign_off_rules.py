"""Who must sign: the committee’s rule, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import (
    Report,
    SignOffRule,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Committee, User


@transaction.atomic
def set_rule(
    committee: Committee, *, by: User, starts_on: dt.date, **fields: Any
) -> SignOffRule:
    """Say which seats must sign and how many institutions, from a day on."""
    require(by, Permission.CHANGE_SETTINGS, committee)
    if committee.reports.filter(state=Report.State.SIGNING).exists():
        raise Refused(
            _("A report is being signed: its rule does not change meanwhile.")
        )
    rule = SignOffRule(committee=committee, starts_on=starts_on, **fields)
    rule.full_clean()
    unknown = set(rule.seats) - {"chair", "vice_chair", "rapporteur", "secretariat"}
    if unknown:
        raise Refused(_("These seats do not sign: %s.") % ", ".join(sorted(unknown)))
    rule.save()
    rule.record("set", by=by, note=str(rule))
    return rule
