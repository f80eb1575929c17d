from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from governance.actions.revising import locked, require_same_committee
from governance.errors import Refused
from governance.files import store
from governance.flow import move
from governance.models import (
    ActionReport,
    FollowUp,
    RoadmapAction,
)
from governance.permissions import Permission, can, require
from governance.uploads import checked, stored_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Report, Resolution, User


def next_serial(report: Report) -> int:
    """The next free number of the roadmap, counting those reserved by proposals."""
    taken = report.actions.aggregate(last=Max("serial"))["last"] or 0
    reserved = FollowUp.objects.filter(resolution__report=report).aggregate(
        last=Max("number")
    )["last"]
    return max(taken, reserved or 0) + 1


def create_from(
    resolution: Resolution, rows: Iterable[FollowUp], *, by: User
) -> list[RoadmapAction]:
    """The actions of a resolution that is being adopted: at least one."""
    report, created = resolution.report, []
    for row in rows:
        taken = RoadmapAction.objects.filter(report=report, serial=row.number or 0)
        serial = next_serial(report) if not row.number or taken.exists() else row.number
        action = RoadmapAction(
            committee=resolution.committee,
            report=report,
            serial=serial,
            resolution=resolution,
            phase=row.phase,
            title=row.title,
            lead=row.lead,
            lead_as=row.lead_as,
            starts_on=row.starts_on,
            due_on=row.due_on,
            deliverable=row.deliverable,
            basis=resolution.basis,
        )
        action.full_clean()
        action.save()
        action.record("created", by=by, note=str(resolution))
        created.append(action)
    if not created:
        raise Refused(_("%s has no action; it cannot be adopted.") % resolution)
    return created


@transaction.atomic
def add_action(report: Report, *, by: User, **fields: Any) -> RoadmapAction:
    """Add an action that cites an adopted resolution, or says why it rests on none."""
    require(by, Permission.CREATE_ROADMAP_ACTION, report.committee)
    locked(report)
    action = RoadmapAction(
        committee=report.committee, report=report, serial=next_serial(report), **fields
    )
    require_same_committee(report.committee_id, [action.lead, action.resolution])
    if action.resolution and action.resolution.state != "adopted":
        raise Refused(_("%s is not adopted.") % action.resolution)
    if not action.resolution and not action.reason.strip():
        raise Refused(_("Name the resolution, or say why the action rests on none."))
    action.full_clean()
    action.save()
    action.record("created", by=by, note=action.reason or str(action.resolution))
    return action


def speaks_for_lead(action: RoadmapAction, by: User) -> bool:
    return action.lead_id in by.standing_in(action.committee_id).institution_pks


def may_report(action: RoadmapAction, by: User) -> bool:
    """Whether a person reports on an action: for its lead, or on the lead's behalf."""
    if can(by, Permission.REPORT_PROGRESS_ON_BEHALF, action.committee):
        return True
    own = can(by, Permission.REPORT_PROGRESS_OWN, action.committee)
    return own and speaks_for_lead(action, by)


def who_reports(action: RoadmapAction) -> str:
    return _("%(number)s is reported on by %(lead)s, or by the secretariat for it.") % {
        "number": action.number,
        "lead": action.lead.name,
    }


def require_lead(action: RoadmapAction, by: User) -> bool:
    """403 for who neither speaks for the lead nor reports on behalf; True for the latter."""
    require(by, Permission.REPORT_PROGRESS_OWN, action.committee)
    if not may_report(action, by):
        raise PermissionDenied(who_reports(action))
    return not speaks_for_lead(action, by)


def keep_report(
    action: RoadmapAction,
    *,
    by: User,
    on_behalf: bool,
    note: str = "",
    evidence: str = "",
    file: tuple[str, bytes] | None = None,
) -> ActionReport:
    """One line of progress; `file` is the name and the bytes of what proves it."""
    kept = ""
    if file:
        kind = checked(*file)
        kept = store(stored_name(file[1], kind, "evidence"), file[1])
    row = ActionReport(
        action=action,
        on=action.committee.today(),
        state=action.state,
        note=note.strip(),
        evidence=evidence.strip(),
        file=kept,
        by=by,
        by_name=by.name,
        on_behalf=on_behalf,
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def start(action: RoadmapAction, *, by: User, note: str = "") -> ActionReport:
    on_behalf = require_lead(action, by)
    move(action, "start", by=by, note=note, blocked_by=None)
    return keep_report(action, by=by, on_behalf=on_behalf, note=note)


@transaction.atomic
def report_progress(
    action: RoadmapAction,
    *,
    by: User,
    note: str,
    evidence: str = "",
    file: tuple[str, bytes] | None = None,
) -> ActionReport:
    """Say how far an action is, without changing where it stands."""
    on_behalf = require_lead(action, by)
    action.refresh_from_db(fields=["state"])
    if action.state in RoadmapAction.ENDED:
        raise Refused(
            _("%(number)s is at “%(state)s”: there is nothing more to report.")
            % {"number": action.number, "state": action.get_state_display()}
        )
    if not note.strip() and not evidence.strip():
        raise Refused(_("Say what was done."))
    if action.state == RoadmapAction.State.DONE_CLAIMED and not evidence.strip():
        raise Refused(
            _("It is reported as done: say what is added to the evidence for it.")
        )
    row = keep_report(
        action, by=by, on_behalf=on_behalf, note=note, evidence=evidence, file=file
    )
    action.record("progress", by=by, note=note or evidence)
    return row


@transaction.atomic
def claim_done(
    action: RoadmapAction,
    *,
    by: User,
    evidence: str,
    note: str = "",
    file: tuple[str, bytes] | None = None,
) -> ActionReport:
    """Say that it is done, with the evidence; the secretariat verifies."""
    on_behalf = require_lead(action, by)
    if not evidence.strip():
        raise Refused(_("Name the evidence: a letter, a minute, a document."))
    move(action, "claim_done", by=by, note=evidence)
    return keep_report(
        action, by=by, on_behalf=on_behalf, note=note, evidence=evidence, file=file
    )


def claimants(action: RoadmapAction) -> set[int]:
    """Who reported it done, or added evidence, since it was last open."""
    rows = action.progress.order_by("-pk").values_list("state", "by")
    claimed = takewhile(lambda row: row[0] == "done_claimed", rows)
    return {person for _state, person in claimed}


@transaction.atomic
def verify(action: RoadmapAction, *, by: User, note: str = "") -> ActionReport:
    """Confirm that the evidence shows it; not by the person who claimed it."""
    require(by, Permission.VERIFY_ROADMAP_ACTION, action.committee)
    if by.pk in claimants(action):
        raise Refused(_("Who reported it done does not verify it."))
    move(action, "verify", by=by, note=note)
    return keep_report(action, by=by, on_behalf=False, note=note)


@transaction.atomic
def send_back(action: RoadmapAction, *, by: User, reason: str) -> ActionReport:
    """The evidence does not show it: it goes on."""
    if not reason.strip():
        raise Refused(_("Say what the evidence lacks."))
    move(action, "send_back", by=by, note=reason)
    return keep_report(action, by=by, on_behalf=False, note=reason)


def refuse_knot(action: RoadmapAction, blocked_by: RoadmapAction) -> None:
    """An action waits for another of its roadmap, which does not wait for it."""
    if blocked_by.report_id != action.report_id:
        raise Refused(_("That action is on another roadmap."))
    if blocked_by.pk == action.pk:
        raise Refused(_("An action does not block itself."))
    first: RoadmapAction | None = blocked_by
    while first:
        if first.blocked_by_id == action.pk:
            raise Refused(
                _("%(other)s waits for %(number)s already.")
                % {"other": first.number, "number": action.number}
            )
        first = first.blocked_by


@transaction.atomic
def block(
    action: RoadmapAction,
    *,
    by: User,
    reason: str,
    blocked_by: RoadmapAction | None = None,
) -> ActionReport:
    """Say what stands in the way, or which other action must come first."""
    on_behalf = require_lead(action, by)
    if not reason.strip() and blocked_by is None:
        raise Refused(_("Say what stands in the way."))
    if blocked_by:
        refuse_knot(action, blocked_by)
        if blocked_by.state in RoadmapAction.ENDED:
            raise Refused(
                _("%(number)s is at “%(state)s”: nothing waits for it any more.")
                % {
                    "number": blocked_by.number,
                    "state": blocked_by.get_state_display(),
                }
            )
    note = f"{blocked_by.number}: {reason}" if blocked_by else reason
    move(action, "block", by=by, note=note, blocked_by=blocked_by)
    return keep_report(action, by=by, on_behalf=on_behalf, note=reason)
