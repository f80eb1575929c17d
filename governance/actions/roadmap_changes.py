"""What the committee decides about an action that is not done as planned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.revising import locked, require_same_committee
from governance.actions.roadmap import keep_report, next_serial
from governance.errors import Refused
from governance.flow import move
from governance.formats import day
from governance.models import (
    ActionReport,
    DueRevision,
    Resolution,
    RoadmapAction,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Institution, User

RESOLUTION = re.compile(
    r"\bRES\s*[/-]\s*(?P<year>[0-9]{4})\s*[/-]\s*(?P<serial>[0-9]+)", re.IGNORECASE
)


@transaction.atomic
def revise_due(
    action: RoadmapAction, *, due_on: dt.date, reason: str, by: User, decision: str = ""
) -> DueRevision:
    """Set another deadline, with the reason; the first one stays visible."""
    require(by, Permission.CHANGE_DEADLINE, action.committee)
    if not reason.strip():
        raise Refused(_("Say why the deadline changes."))
    action.refresh_from_db(fields=["state"])
    if action.state in RoadmapAction.ENDED:
        raise Refused(_("%s has ended; its deadline stays.") % action.number)
    if due_on == action.due:
        raise Refused(_("That is the deadline already."))
    if action.starts_on and due_on < action.starts_on:
        raise Refused(_("The deadline is before the start."))
    row = DueRevision(
        action=action,
        due_on=due_on,
        reason=reason.strip(),
        decision=decision.strip(),
        on=action.committee.today(),
        by=by,
    )
    row.full_clean()
    row.save()
    action.record("due revised", by=by, note=f"{day(due_on)} {reason}")
    return row


@transaction.atomic
def carry_forward(
    action: RoadmapAction, *, due_on: dt.date, reason: str, by: User, evidence: str = ""
) -> ActionReport:
    """Take an unfinished action into the next period, with a new deadline."""
    require(by, Permission.CHANGE_DEADLINE, action.committee)
    if due_on <= action.due:
        raise Refused(_("An action is carried forward to a later day."))
    revise_due(action, due_on=due_on, reason=reason, by=by)
    move(action, "carry_forward", by=by, note=reason, blocked_by=None)
    return keep_report(action, by=by, on_behalf=False, note=reason, evidence=evidence)


def require_decision(action: RoadmapAction, decision: str, reason: str) -> None:
    """Refuse to stop an action by a resolution that its committee has not adopted."""
    if not reason.strip() or not decision.strip():
        raise Refused(_("Say why, and cite the committee's decision."))
    adopted = Resolution.objects.filter(
        committee=action.committee_id, state=Resolution.State.ADOPTED
    )
    for cited in RESOLUTION.finditer(decision):
        year, serial = int(cited["year"]), int(cited["serial"])
        if not adopted.filter(year=year, serial=serial).exists():
            raise Refused(
                _(
                    "%s is no adopted resolution of this committee: cite the number as"
                    " it stands in the resolutions, or the minutes."
                )
                % cited[0]
            )


@transaction.atomic
def cancel(
    action: RoadmapAction, *, by: User, reason: str, decision: str
) -> ActionReport:
    """Give an action up: the committee's decision, which is cited."""
    require(by, Permission.STOP_ROADMAP_ACTION, action.committee)
    require_decision(action, decision, reason)
    move(action, "cancel", by=by, note=f"{decision}: {reason}", blocked_by=None)
    return keep_report(action, by=by, on_behalf=False, note=reason, evidence=decision)


@transaction.atomic
def transfer(
    action: RoadmapAction, *, to: Institution, by: User, reason: str, decision: str
) -> RoadmapAction:
    """Let another institution lead: a new action goes on where this one ends."""
    require(by, Permission.STOP_ROADMAP_ACTION, action.committee)
    require_same_committee(action.committee_id, [to])
    if to.pk == action.lead_id:
        raise Refused(_("%s leads it already.") % to)
    require_decision(action, decision, reason)
    locked(action.report)
    following = RoadmapAction(
        committee=action.committee,
        report=action.report,
        serial=next_serial(action.report),
        resolution=action.resolution,
        reason=action.reason,
        phase=action.phase,
        title=action.title,
        lead=to,
        starts_on=None,
        due_on=action.due,
        deliverable=action.deliverable,
        basis=action.basis,
        source=action.source,
    )
    following.full_clean()
    following.save()
    note = f"{decision}: {reason}"
    move(action, "transfer", by=by, note=note, continued_by=following, blocked_by=None)
    following.record("created", by=by, note=str(action))
    keep_report(action, by=by, on_behalf=False, note=reason, evidence=decision)
    return following
