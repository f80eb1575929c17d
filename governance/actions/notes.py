"""What is written down while the workshop sits: notes, groups and their findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.workshops import require_session
from governance.errors import Refused
from governance.models import (
    AgendaItem,
    GroupFinding,
    MinuteNote,
    WorkingGroup,
    Workshop,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from governance.models import User


@transaction.atomic
def take_note(
    workshop: Workshop, text: str, *, by: User, item: AgendaItem | None = None
) -> MinuteNote:
    """Write down what was said, under an item of the agenda."""
    require_session(workshop, by)
    if item and item.workshop_id != workshop.pk:
        raise Refused(_("That item is on another agenda."))
    if not text.strip():
        raise Refused(_("There is nothing to write down."))
    note = MinuteNote(
        workshop=workshop,
        item=item,
        text=text.strip(),
        at=workshop.committee.now(),
        by=by,
    )
    note.save()
    workshop.record("note", by=by, note=text[:200])
    return note


@transaction.atomic
def add_group(workshop: Workshop, *, by: User, **fields: Any) -> WorkingGroup:
    require(by, Permission.RECORD_WORKSHOP, workshop.committee)
    if not (workshop.is_planning or workshop.is_in_session):
        raise Refused(_("The session is over: nothing is added to its record."))
    group = WorkingGroup(workshop=workshop, **fields)
    group.full_clean()
    group.save()
    workshop.record("group added", by=by, note=str(group))
    return group


@transaction.atomic
def add_finding(group: WorkingGroup, text: str, *, by: User) -> GroupFinding:
    """Record what a working group reports to the plenary."""
    require_session(group.workshop, by)
    if not text.strip():
        raise Refused(_("There is nothing to write down."))
    finding = GroupFinding(
        group=group, text=text.strip(), at=group.workshop.committee.now(), by=by
    )
    finding.save()
    group.workshop.record("finding", by=by, note=f"{group}: {text}"[:200])
    return finding
