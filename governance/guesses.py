"""How often somebody may try: counted per person or per address, as sign-in does."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from allauth.core.internal.ratelimit import consume
from django.utils.translation import gettext as _

from governance.errors import Refused, WrongPassword

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest

    from governance.models import User

T = TypeVar("T")
RATES = {"verify": "30/m/ip", "password": "5/5m/user", "code": "20/5m/ip"}


def may_ask(request: HttpRequest) -> bool:
    """Whether an address may ask a public door once more; it counts as asked."""
    return bool(
        consume(
            request, app="governance", action="verify", config=RATES, limit_get=True
        )
    )


@contextmanager
def password_tried(request: HttpRequest, user: User) -> Iterator[None]:
    """Around an act that asks for the password: after five wrong ones, wait.

    A try is counted before it is made, so that many at once gain nothing, and given back
    unless the password was wrong.
    """
    usage = consume(
        request, app="governance", action="password", config=RATES, user=user
    )
    if usage is None:
        raise Refused(
            _("There were too many failed tries. Wait 5 minutes and try again.")
        )
    try:
        yield
    except WrongPassword:
        raise
    except Exception:
        usage.rollback()
        raise
    usage.rollback()


def opened_by(request: HttpRequest, look_up: Callable[[], T | None]) -> T | None:
    """What a secret code opens; None where it opens nothing.

    After twenty codes that opened nothing within five minutes an address gets None for
    any. Codes that work are not counted: a room full of new members behind one address
    joins without waiting for each other.
    """
    usage = consume(
        request, app="governance", action="code", config=RATES, limit_get=True
    )
    found = look_up() if usage is not None else None
    if usage is not None and found is not None:
        usage.rollback()
    return found
