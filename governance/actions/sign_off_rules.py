"""Who must sign: the committee’s rule, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.fixed_days import refuse_while_counted
from governance.errors import Refused
from governance.models import Committee, RuleConfirmation, SignOffRule
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import User


@transaction.atomic
def set_rule(
    committee: Committee, *, by: User, starts_on: dt.date, **fields: Any
) -> SignOffRule:
    """Say which seats must sign and how many institutions, from a day on.

    The first rule of a committee counts at once. A change of it is a proposal: it
    begins today at the earliest, and counts when another person has confirmed it.
    """
    require(by, Permission.CHANGE_SETTINGS, committee)
    refuse_while_counted(committee)
    is_first = not committee.signoffrules.exists()
    if not is_first:
        refuse_past(committee, starts_on)
    rule = SignOffRule(
        committee=committee,
        starts_on=starts_on,
        is_first=is_first,
        set_by=by,
        **fields,
    )
    rule.full_clean()
    unknown = set(rule.seats) - {"chair", "vice_chair", "rapporteur", "secretariat"}
    if unknown:
        raise Refused(_("These seats do not sign: %s.") % ", ".join(sorted(unknown)))
    rule.save()
    rule.record("set" if is_first else "proposed", by=by, note=str(rule))
    return rule


@transaction.atomic
def confirm_rule(rule: SignOffRule, *, by: User) -> RuleConfirmation:
    """Agree to a changed rule that somebody else has proposed: from now on it counts."""
    committee = rule.committee
    require(by, Permission.CHANGE_SETTINGS, committee)
    refuse_while_counted(committee)
    if rule.is_agreed:
        raise Refused(_("This rule is confirmed already."))
    if rule.set_by_id == by.pk:
        raise Refused(_("You proposed this rule; another person confirms it."))
    refuse_past(committee, rule.starts_on)
    confirmation = RuleConfirmation(
        committee=committee, rule=rule, by=by, at=committee.now()
    )
    confirmation.save()
    rule.record("confirmed", by=by, note=str(rule))
    return confirmation


def refuse_past(committee: Committee, starts_on: dt.date) -> None:
    if starts_on < committee.today():
        raise Refused(
            _("A changed rule begins today or later: what was counted stays as it was.")
        )
