"""The filters of every template."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.safestring import SafeString, mark_safe

from governance import formats
from governance.text import to_html

register = template.Library()
register.filter("number", formats.number)
register.filter("money", formats.money)
register.filter("day", formats.day)
register.filter("percent_of", formats.percent_of)


@register.filter
def markdown(text: str) -> SafeString:
    return mark_safe(to_html(text))  # noqa: S308 -- cleaned by nh3 in governance.text


@register.filter
def host(url: str) -> str:
    """The site of a web address, as a short name of the source."""
    try:
        name = urlsplit(url).hostname
    except ValueError:
        return url
    return name.removeprefix("www.").rstrip(".") if name else url


@register.filter
def fiscal(year: int, years: list[dict[str, Any]]) -> str:
    """The name of a fiscal year among a plan's years: `2022/23`."""
    return next((str(y["name"]) for y in years if y["year"] == year), str(year))
