"""State changes as data, and the one function that performs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.permissions import Actor, Permission, can, require

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True)
class Move:
    """One arrow of a flow.

    Without a `permission` it is nobody's: it is computed, and carried out `by` None
    when the object's own method named `guard` finds nothing owed.
    """

    name: str
    sources: Collection[str]
    target: str
    permission: Permission | None
    guard: str = ""


class Flow:
    def __init__(self, *moves: Move) -> None:
        self.moves = {move.name: move for move in moves}

    def open_to(self, actor: Actor, obj: Any) -> list[Move]:
        """The moves `actor` may make now: what the page shows as buttons."""
        return [
            move
            for move in self.moves.values()
            if obj.state in move.sources
            and move.permission is not None
            and can(actor, move.permission, obj.committee)
        ]


def require_mover(step: Move, obj: Any, by: Actor | None) -> None:
    """Refuse a person whose move this is not, and anybody where it is computed."""
    if step.permission is not None:
        if by is None:
            raise PermissionDenied(_("Somebody must do this; say who."))
        require(by, step.permission, obj.committee)
        return
    if by is not None:
        raise PermissionDenied(
            _("Nobody does this: the portal does, when nothing is missing.")
        )
    if owed := getattr(obj, step.guard)():
        raise Refused(" ".join(map(str, owed)), owed)


@transaction.atomic
def move(
    obj: Any, name: str, *, by: Actor | None, note: str = "", **facts: Any
) -> None:
    """Carry out one move: check the right, change the state, write the history.

    The UPDATE names the state it expects, so of two people who press at once
    one is refused, on any database and without a lock. `facts` are columns that
    change with the state, in the same UPDATE.
    """
    step = obj.flow.moves[name]
    require_mover(step, obj, by)
    base = obj._meta.get_field("state").model
    expected = base.objects.filter(pk=obj.pk, state__in=step.sources)
    if not expected.update(state=step.target, **facts):
        obj.refresh_from_db(fields=["state"])
        raise Refused(
            _("“%(subject)s” is at “%(state)s” now: this step is not possible there.")
            % {"subject": obj, "state": obj.get_state_display()}
        )
    obj.state = step.target
    for field, value in facts.items():
        setattr(obj, field, value)
    obj.record(name, by=by, note=note)
