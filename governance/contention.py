"""What the database says where two people want the same thing at the same moment."""

from __future__ import annotations

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext_lazy as _

TRY_AGAIN_AFTER = "5"  # seconds
BUSY = _("Somebody else is saving this at the moment. Nothing was changed; try again.")
TAKEN = _(
    "Somebody else saved the same a moment ago. Nothing was changed; look at what is"
    " there now."
)

# PostgreSQL: serialization failure, deadlock, lock timeout, statement timeout.
WAITED_IN_VAIN = frozenset(
    {"40001", "40P01", "55P03", "57014"}
    | {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}
)
NOT_UNIQUE = frozenset(
    {"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
)


def code_of(error: BaseException) -> str:
    """PostgreSQL's SQLSTATE, or SQLite's name for the error."""
    cause = error.__cause__
    code = getattr(cause, "pgcode", None) or getattr(cause, "sqlite_errorname", None)
    return code or ""


def is_busy(error: BaseException | None) -> bool:
    """Whether the database gave up waiting for somebody else; later it may well do it."""
    return isinstance(error, OperationalError) and code_of(error) in WAITED_IN_VAIN


def is_taken(error: BaseException | None) -> bool:
    """Whether what is unique was there already; any other IntegrityError is our fault."""
    return isinstance(error, IntegrityError) and code_of(error) in NOT_UNIQUE
