"""How amounts, numbers and dates look on every page, in print and in files."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.formats import date_format

GROUP = "\N{NO-BREAK SPACE}"


def natural(code: str) -> list[tuple[int, str]]:
    """A key that sorts numbers as people count them: SO2 before SO10, A1.2 before A1.10."""
    pieces = re.split(r"(\d+)", code)
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in pieces]


def number(value: Any) -> str:
    """`3480000` as `3 480 000`; text that is no number stays as it is."""
    text = str(value)
    whole, point, rest = text.partition(".")
    if not whole.lstrip("-").isdigit():
        return text
    return f"{int(whole):,}".replace(",", GROUP) + point + rest


def money(cents: int | None, symbol: str = "") -> str:
    """Whole cents as `M3 480 000`, with decimals only where there are any."""
    if cents is None:
        return ""
    sign = "−" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    text = f"{units:,}".replace(",", GROUP)
    return f"{sign}{symbol}{text}" + (f".{rest:02d}" if rest else "")


def day(iso: str | dt.date | None) -> str:
    """`2021-12-08` as `8 December 2021`."""
    if not iso:
        return ""
    date = dt.date.fromisoformat(iso) if isinstance(iso, str) else iso
    return date_format(date, "j F Y")


def percent_of(part: int, whole: int) -> str:
    """A share to one decimal, rounded half up: `46.6`."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}"
