"""The agenda of a workshop: planned, and walked through in the session."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.workshops import require_planning, require_session
from governance.agendas import DAYS_OF_TEMPLATE, VALIDATION_WORKSHOP
from governance.errors import Refused
from governance.flow import move
from governance.models import (
    AgendaItem,
    Workshop,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from governance.models import User


@transaction.atomic
def fill_agenda(workshop: Workshop, *, by: User) -> None:
    """Start from the agenda of a two-day validation workshop."""
    require_planning(workshop, by)
    if workshop.agenda.exists():
        raise Refused(_("The agenda has items already."))
    if len(workshop.days) < DAYS_OF_TEMPLATE:
        raise Refused(
            _("This agenda takes two days, and the workshop lasts one: add its items.")
        )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            workshop=workshop,
            day=line.day,
            starts_at=dt.time.fromisoformat(line.time),
            title=str(line.title),
            type=line.type,
            presenter=str(line.presenter),
            part=line.part,
        )
        for line in VALIDATION_WORKSHOP
    )
    workshop.record("agenda filled", by=by)


@transaction.atomic
def add_item(workshop: Workshop, *, by: User, **fields: Any) -> AgendaItem:
    require(by, Permission.PLAN_WORKSHOP, workshop.committee)
    item = AgendaItem(workshop=workshop, **fields)
    item.full_clean()
    if item.day > len(workshop.days):
        raise Refused(_("The workshop lasts %d days.") % len(workshop.days))
    item.save()
    workshop.record("item added", by=by, note=str(item))
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: User, **changes: Any) -> None:
    require(by, Permission.PLAN_WORKSHOP, item.committee)
    if item.state == AgendaItem.State.DONE:
        raise Refused(_("“%s” is done; it is part of the record.") % item)
    for name, value in changes.items():
        setattr(item, name, value)
    item.full_clean()
    item.save(update_fields=list(changes))
    item.record("changed", by=by)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    require(by, Permission.PLAN_WORKSHOP, item.committee)
    if item.state != AgendaItem.State.NEXT or item.notes.exists():
        raise Refused(_("“%s” has begun; it is part of the record.") % item)
    item.record("removed", by=by)
    item.delete()


@transaction.atomic
def go_to(item: AgendaItem, *, by: User) -> None:
    """Make an item the present one; what was present is done."""
    require_session(item.workshop, by)
    present = item.workshop.agenda.filter(state=AgendaItem.State.NOW).first()
    if present and present.pk == item.pk:
        return
    if present:
        move(present, "finish", by=by)
    if item.state == AgendaItem.State.DONE:
        move(item, "reopen", by=by)
    move(item, "begin", by=by)


@transaction.atomic
def finish_item(item: AgendaItem, *, by: User) -> None:
    require_session(item.workshop, by)
    move(item, "finish", by=by)
