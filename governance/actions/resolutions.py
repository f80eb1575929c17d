from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from governance.actions.decisions import require_quorum, session_of
from governance.actions.editing import find_provision
from governance.actions.revising import locked, require_same_committee
from governance.errors import Owed, Refused
from governance.flow import move
from governance.models import FollowUp, Resolution, Revision, RoadmapAction, Workshop
from governance.models.resolutions import phase_of
from governance.permissions import Permission, can, require

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable

    from governance.models import Institution, Report, User

M = Resolution.Mode


def next_number(workshop: Workshop) -> tuple[int, int]:
    """Year and serial; a number is never used again, whatever becomes of it."""
    year = workshop.starts_on.year
    taken = Resolution.objects.filter(committee=workshop.committee_id, year=year)
    return year, (taken.aggregate(last=Max("serial"))["last"] or 0) + 1


@transaction.atomic
def propose(
    workshop: Workshop,
    *,
    by: User,
    support: Iterable[Institution] = (),
    serial: int | None = None,
    **fields: Any,
) -> Resolution:
    """Put a draft resolution on the table; its number is reserved from now on."""
    require(by, Permission.DRAFT_RESOLUTION, workshop.committee)
    locked(workshop.report)
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if not (workshop.is_planning or workshop.is_in_session):
        raise Refused(_("The workshop is over: propose it for the next one."))
    year, number = next_number(workshop)
    resolution = Resolution(
        committee=workshop.committee,
        report=workshop.report,
        workshop=workshop,
        year=year,
        serial=serial or number,
        proposed_by=by,
        **fields,
    )
    support = list(support)
    check_references(resolution, support)
    resolution.full_clean()
    resolution.save()
    resolution.support.set(support)
    resolution.record("proposed", by=by, note=f"{resolution.verb} {resolution.text}")
    return resolution


def may_word(resolution: Resolution, by: User) -> bool:
    """Whether a person words and withdraws it: a member what its institution proposed."""
    committee = resolution.committee
    if can(by, Permission.WORD_ANY_RESOLUTION, committee):
        return True
    theirs = resolution.proposed_by.standing_in(committee.pk).institution_pks
    own = by.standing_in(committee.pk).institution_pks
    return can(by, Permission.DRAFT_RESOLUTION, committee) and (
        by.pk == resolution.proposed_by_id or bool(theirs & own)
    )


def require_own(resolution: Resolution, by: User) -> None:
    require(by, Permission.DRAFT_RESOLUTION, resolution.committee)
    if not may_word(resolution, by):
        raise Refused(
            _("%(number)s was proposed by %(who)s, who changes or withdraws it.")
            % {"number": resolution, "who": resolution.proposed_by}
        )


def is_in_text(report: Report, uid: uuid.UUID) -> bool:
    """Whether the report has the provision, or had it until it was removed."""
    if Revision.objects.filter(document__report=report, provision_uid=uid).exists():
        return True
    return any(find_provision(row, uid) for row in report.documents.with_kinds())


def check_references(resolution: Resolution, support: list[Institution]) -> None:
    given = [resolution.lead, resolution.comment, resolution.earlier, *support]
    require_same_committee(resolution.committee_id, given)
    uid = resolution.provision_uid
    if uid and not is_in_text(resolution.report, uid):
        raise Refused(_("The report has no such provision: choose what it rests on."))
    if bool(resolution.earlier) != bool(resolution.relation):
        raise Refused(
            _("Name the earlier resolution, and say whether it is amended or replaced.")
        )
    if resolution.lead in support:
        raise Refused(_("The lead institution does not support itself."))
    earlier = resolution.earlier
    if earlier and earlier.state != Resolution.State.ADOPTED:
        raise Refused(_("%s was not adopted: word it anew instead.") % earlier)


@transaction.atomic
def amend(
    resolution: Resolution,
    *,
    by: User,
    support: Iterable[Institution] | None = None,
    **changes: Any,
) -> None:
    """Word a proposed resolution anew; adopted text is never edited."""
    require_own(resolution, by)
    resolution = hold(resolution)
    if resolution.state not in {"proposed", "amended"}:
        raise Refused(
            _(
                "%(number)s is at “%(state)s”; its text is not changed. A later"
                " resolution can amend or replace it."
            )
            % {"number": resolution, "state": resolution.get_state_display()}
        )
    before = f"{resolution.verb} {resolution.text}"
    for name, value in changes.items():
        setattr(resolution, name, value)
    chosen = list(resolution.support.all()) if support is None else list(support)
    check_references(resolution, chosen)
    resolution.full_clean()
    if changes:
        resolution.save(update_fields=list(changes))
    resolution.support.set(chosen)
    move(resolution, "amend", by=by, note=_("before: %s") % before)


def hold(resolution: Resolution) -> Resolution:
    return (
        Resolution.objects.select_for_update(of=("self",))
        .select_related("committee", "workshop", "report", "lead")
        .get(pk=resolution.pk)
    )


def refuse_taken(resolution: Resolution, row: FollowUp) -> None:
    taken = RoadmapAction.objects.filter(
        report=resolution.report, serial=row.number or 0
    )
    if taken.exists():
        raise Refused(
            _(
                "%(number)s is in the roadmap already: give “%(title)s” another number,"
                " or leave it empty for the next that is free."
            )
            % {"number": f"RM{row.number:02d}", "title": row.title}
        )


@transaction.atomic
def set_follow_ups(
    resolution: Resolution, rows: Iterable[dict[str, Any]], *, by: User
) -> list[FollowUp]:
    """What will be done when it is adopted: actions with one lead and a date each."""
    require_own(resolution, by)
    resolution = hold(resolution)
    if not resolution.is_open:
        raise Refused(_("%s is decided; its actions are in the roadmap.") % resolution)
    resolution.follow_ups.all().delete()
    kept = []
    for position, fields in enumerate(rows, start=1):
        row = FollowUp(resolution=resolution, position=position, **fields)
        require_same_committee(resolution.committee_id, [row.lead])
        refuse_taken(resolution, row)
        row.phase = row.phase or phase_of(resolution.workshop.ends_on, row.due_on)
        row.full_clean()
        row.save()
        kept.append(row)
    resolution.record("follow-up set", by=by, note="; ".join(row.title for row in kept))
    return kept


def owed_to_adopt(resolution: Resolution) -> list[Owed]:
    """One lead, a date or trigger, and at least one dated action after the meeting."""
    url = resolution.get_absolute_url()
    who = _("who proposes it")
    owed = []
    if resolution.lead is None:
        owed.append(Owed(_("%s has no lead institution.") % resolution, who, url))
    if not (resolution.due_on or resolution.trigger):
        owed.append(
            Owed(_("%s has neither a date nor a trigger.") % resolution, who, url)
        )
    rows = list(resolution.follow_ups.all())
    if not rows and not (resolution.lead and resolution.due_on):
        owed.append(
            Owed(_("%s names no action with a lead and a date.") % resolution, who, url)
        )
    meeting = resolution.workshop.ends_on
    dates: list[dt.date | None] = [row.due_on for row in rows]
    dates = dates or [resolution.due_on]
    if any(due and due <= meeting for due in dates):
        owed.append(
            Owed(
                _("An action of %s is due before the meeting ends.") % resolution,
                who,
                url,
            )
        )
    return owed


def decide_otherwise(
    resolution: Resolution, step: str, *, by: User, reason: str
) -> None:
    """Defer, reject or withdraw a proposed resolution, with the reason.

    To defer or reject is a decision and needs the session and a quorum.
    """
    if not reason.strip():
        raise Refused(_("Say why."))
    with transaction.atomic():
        resolution = hold(resolution)
        facts: dict[str, Any] = {"decision_note": reason.strip()}
        if step == "withdraw":
            require_own(resolution, by)
        if step in {"defer", "reject"}:
            require(by, Permission.DECIDE, resolution.committee)
            presence = require_quorum(session_of(resolution.workshop))
            facts |= {
                "presence": presence.frozen(),
                "decided_at": resolution.committee.now(),
                "decided_by": by,
            }
        move(resolution, step, by=by, note=reason, **facts)


def defer(resolution: Resolution, *, by: User, reason: str) -> None:
    decide_otherwise(resolution, "defer", by=by, reason=reason)


def reject(resolution: Resolution, *, by: User, reason: str) -> None:
    decide_otherwise(resolution, "reject", by=by, reason=reason)


def withdraw(resolution: Resolution, *, by: User, reason: str) -> None:
    decide_otherwise(resolution, "withdraw", by=by, reason=reason)


@transaction.atomic
def take_up(
    resolution: Resolution, *, by: User, workshop: Workshop | None = None
) -> None:
    """Put a deferred resolution on the table again, of this workshop or a later one."""
    facts: dict[str, Any] = {"workshop": workshop} if workshop else {}
    if workshop and workshop.committee_id != resolution.committee_id:
        raise Refused(_("“%s” belongs to another committee.") % workshop)
    table = workshop or resolution.workshop
    if not (table.is_planning or table.is_in_session):
        raise Refused(_("“%s” is over: name a workshop that is to come.") % table)
    move(resolution, "take_up", by=by, note=str(table), **facts)
