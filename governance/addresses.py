"""What may stand in an address, where Django's own converters take too much."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class TextConverter(StringConverter):
    """`str` without NUL: PostgreSQL holds no such text, and no query may ask for one."""

    regex = r"[^/\0]+"


register_converter(TextConverter, "text")
