"""How amounts, dates and texts look on every page and in print."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from governance.text import to_html

register = template.Library()

GROUP = "\N{NO-BREAK SPACE}"


@register.filter
def number(value: Any) -> str:
    """`3480000` as `3 480 000`; text that is no number stays as it is."""
    text = str(value)
    whole, point, rest = text.partition(".")
    if not whole.lstrip("-").isdigit():
        return text
    return f"{int(whole):,}".replace(",", GROUP) + point + rest


@register.filter
def money(cents: int | None, symbol: str = "") -> str:
    """Whole cents as `M3 480 000`, with decimals only where there are any."""
    if cents is None:
        return ""
    sign = "−" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    text = f"{units:,}".replace(",", GROUP)
    return f"{sign}{symbol}{text}" + (f".{rest:02d}" if rest else "")


@register.filter
def day(iso: str | dt.date | None) -> str:
    """`2021-12-08` as `8 December 2021`."""
    if not iso:
        return ""
    date = dt.date.fromisoformat(iso) if isinstance(iso, str) else iso
    return date_format(date, "j F Y")


@register.filter
def markdown(text: str) -> SafeString:
    return mark_safe(to_html(text))  # noqa: S308 -- cleaned by nh3 in governance.text


@register.filter
def host(url: str) -> str:
    """The site of a web address, as a short name of the source."""
    name = urlsplit(url).hostname
    return name.removeprefix("www.").rstrip(".") if name else url
