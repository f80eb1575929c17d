"""What time it is: the machine's, unless a story is being told in time."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

_told: ContextVar[dt.datetime | None] = ContextVar("moment of a story", default=None)


def told() -> dt.datetime | None:
    """The moment at which a story stands, or None in real life."""
    return _told.get()


def now() -> dt.datetime:
    """This moment in UTC."""
    return (_told.get() or timezone.now()).astimezone(dt.UTC)


@contextmanager
def standing_at(moment: dt.datetime) -> Iterator[None]:
    """Let everything inside happen at `moment`: how the demonstration tells its story."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
