"""What the moves of the API are given: typed exactly, and nothing that no field names."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.models import User
from governance.permissions import Permission, committees_where
from governance.text import normal

if TYPE_CHECKING:
    import datetime as dt

    from django.db import models

logger = logging.getLogger(__name__)

MOST_BYTES = 2 * 1024 * 1024
LONGEST_TEXT = 20_000
MOST = 32_767  # of a small whole number
LONGEST_FILE = MOST_BYTES * 4 // 3 + 4  # in base64


class Input(serializers.Serializer):
    """The parameters of an action; any other field is refused by its name."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(map(str, data)) - set(self.fields))
            if unknown:
                logger.warning("unexpected field: %s", ", ".join(unknown)[:200])
                text = _("There is no such field.")
                raise serializers.ValidationError({key: [text] for key in unknown})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """Text that must be given, in the form that is stored; as typed where not trimmed."""

    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(help_text=help_text, **{"max_length": LONGEST_TEXT, **extra})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        text = super().run_validation(data)
        if self.trim_whitespace and isinstance(text, str):
            text = normal(text)
            if not text and not self.allow_blank:
                self.fail("blank")
        return text


class Note(Text):
    """Text that may be left out or empty."""

    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(help_text, required=False, allow_blank=True, **extra)


class Choice(serializers.ChoiceField):
    def __init__(self, choices: Any, help_text: Any, **extra: Any) -> None:
        super().__init__(choices=choices, help_text=help_text, **extra)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(
            help_text=help_text, **{"min_value": 1, "max_value": MOST, **extra}
        )

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(help_text=help_text, **extra)

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Day(serializers.DateField):
    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(help_text=help_text, **extra)


@extend_schema_field({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"})
class ClockTime(serializers.TimeField):
    """A time on the committee's clock, `09:00`: on every day the same, so no offset."""

    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(format="%H:%M", help_text=help_text, **extra)


class Uid(serializers.UUIDField):
    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(help_text=help_text, **extra)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """A time with its offset: `2021-12-07T09:45:00+02:00`; of this or the last century."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "no_offset": _(
            "Write the time with its offset, such as 2021-12-07T09:45:00+02:00."
        )
    }

    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(help_text=help_text, **extra)

    def enforce_timezone(self, value: dt.datetime) -> dt.datetime:
        """A clock on a wall does not say whose it is: the committee's, or UTC."""
        if value.tzinfo is None:
            self.fail("no_offset")
        return super().enforce_timezone(value)

    def to_internal_value(self, value: Any) -> dt.datetime:
        moment = super().to_internal_value(value)
        if not 1900 < moment.year < 2200:
            self.fail("overflow")
        return moment


class Row(serializers.PrimaryKeyRelatedField):
    """A row by its id, among those that the person may see.

    What has no committee of its own is seen with the row that `path` leads to.
    """

    def __init__(self, *, path: str = "", **extra: Any) -> None:
        self.path = path
        self.rows: Any = extra.get("queryset")
        super().__init__(**extra)

    def get_queryset(self) -> Any:
        rows = self.rows
        user: Any = self.context["request"].user
        if not self.path:
            return rows.visible_to(user)
        owners: Any = rows.model._meta.get_field(self.path).related_model
        return rows.filter(**{f"{self.path}__in": owners.objects.visible_to(user)})

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("incorrect_type", data_type=type(data).__name__)
        return super().to_internal_value(data)


def one(model: type[models.Model], text: Any, **extra: Any) -> Any:
    """A field for the id of a row of `model`."""
    rows = model._default_manager.all()
    return Row(queryset=rows, help_text=text, **extra)


def several(model: type[models.Model], text: Any, **extra: Any) -> Any:
    """A field for a list of ids of rows of `model`."""
    rows = model._default_manager.all()
    return Row(queryset=rows, help_text=text, many=True, **extra)


class Person(serializers.SlugRelatedField):
    """A person by user name, among those with a role in the committees one reads."""

    def __init__(self, help_text: Any, **extra: Any) -> None:
        super().__init__(
            slug_field="username",
            queryset=User.objects.all(),
            help_text=help_text,
            **extra,
        )

    def get_queryset(self) -> Any:
        user = self.context["request"].user
        known = committees_where(user, Permission.READ_COMMITTEE)
        return User.objects.filter(role_assignments__committee__in=known).distinct()

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class FileInput(Input):
    """A file: its name and its bytes in base64, at most 2 MB of them."""

    name = Text(_("Name of the file, such as letter.pdf."), max_length=200)
    content = Text(
        _("The bytes of a PDF, PNG or JPG in base64 (RFC 4648); at most 2 MB."),
        max_length=LONGEST_FILE,
        trim_whitespace=False,
    )

    def validate(self, attrs: dict[str, Any]) -> Any:
        """The name and the bytes, as an action takes them."""
        try:
            data = base64.b64decode(attrs["content"], validate=True)
        except (binascii.Error, ValueError) as error:
            text = _("This is not base64.")
            raise serializers.ValidationError({"content": [text]}) from error
        return attrs["name"], data
