"""A refusal is told with the file and line of the entry at which it happened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    ValidationError,
)
from django.db import IntegrityError

from governance.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncc_portal.demo.reading import Entry


@contextmanager
def located(entry: Entry) -> Iterator[None]:
    """Say of a refusal at which entry of which file it happened."""
    try:
        yield
    except ValidationError as error:
        by_field: dict[str, list[str]] = {NON_FIELD_ERRORS: error.messages}
        if hasattr(error, "error_dict"):
            by_field = error.message_dict
        name, messages = next(iter(by_field.items()))
        field = "" if name == NON_FIELD_ERRORS else name
        raise entry.mistake(field, " ".join(messages)) from error
    except (Refused, PermissionDenied, IntegrityError) as error:
        raise entry.mistake("", str(error)) from error
