"""State changes as data, and the one function that performs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.permissions import Actor, Permission, can, require

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True)
class Move:
    name: str
    sources: Collection[str]
    target: str
    permission: Permission


class Flow:
    def __init__(self, *moves: Move) -> None:
        self.moves = {move.name: move for move in moves}

    def open_to(self, actor: Actor, obj: Any) -> list[Move]:
        """The moves `actor` may make now: what the page shows as buttons."""
        return [
            move
            for move in self.moves.values()
            if obj.state in move.sources and can(actor, move.permission, obj.committee)
        ]


@transaction.atomic
def move(obj: Any, name: str, *, by: Actor, note: str = "") -> None:
    """Carry out one move: check the right, change the state, write the history.

    The UPDATE names the state it expects, so of two people who press at once
    one is refused, on any database and without a lock.
    """
    step = obj.flow.moves[name]
    require(by, step.permission, obj.committee)
    base = obj._meta.get_field("state").model
    expected = base.objects.filter(pk=obj.pk, state__in=step.sources)
    if not expected.update(state=step.target):
        obj.refresh_from_db(fields=["state"])
        raise Refused(
            _("“%(subject)s” cannot go to “%(move)s”: it is now at “%(state)s”.")
            % {
                "subject": obj,
                "move": name.replace("_", " "),
                "state": obj.get_state_display(),
            }
        )
    obj.state = step.target
    obj.record(name, by=by, note=note)
