"""A stored number as its cell shows it: a date, a time, a share or a plain number."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Literal

Kind = Literal["number", "share", "date", "moment", "month", "time", "duration"]

# Numbers below 50 and a few above have no code in the file: ECMA-376, part 1, 18.8.30.
BUILT_IN: dict[int, Kind] = {
    9: "share",
    10: "share",
    17: "month",
    22: "moment",
    46: "duration",
    **dict.fromkeys([14, 15, 16, *range(27, 32), 36, *range(50, 59)], "date"),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 47], "time"),
}
SPOKEN = re.compile(r'"[^"]*"|\\.|[_*].')  # letters that are shown, not meant
ELAPSED = re.compile(r"\[(h+|m+|s+)\]")
BRACKETS = re.compile(r"\[[^\]]*\]")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")

DAYS = 2_958_466  # 1 January 10000, past the end of every calendar
LEAP = 60  # 29 February 1900, a day that only Excel has
BEGIN_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 -- cells know no time zones
BEGIN_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 -- cells know no time zones
SECONDS = 86_400


def kind_of(identifier: int, codes: dict[str, str]) -> Kind:
    """What a number format makes of a number; `codes` are those of the file itself."""
    code = codes.get(str(identifier))
    if code is None:
        return BUILT_IN.get(identifier, "number")
    code = SPOKEN.sub("", code.partition(";")[0]).lower()
    if ELAPSED.search(code):
        return "duration"
    code = BRACKETS.sub("", code)
    if "general" in code:
        return "number"
    return _of_letters(code)


def _of_letters(code: str) -> Kind:
    clock = "h" in code or "s" in code
    if "d" in code:
        return "moment" if clock else "date"
    if "y" in code or ("m" in code and not clock):
        return "month"
    if clock:
        return "time"
    return "share" if "%" in code else "number"


def shown(raw: str, kind: Kind, *, from_1904: bool = False) -> str | None:
    """The text of a number; None if it is none. What is no date stays a number."""
    if not NUMBER.fullmatch(raw):
        return None
    value = float(raw)
    if not math.isfinite(value):
        return None
    if kind == "share":
        return f"{_plain(Decimal(f'{value:.15g}') * 100)}%"
    if kind == "number" or not 0 <= value < DAYS:
        return _plain(Decimal(f"{value:.15g}"))
    seconds = round(value * SECONDS)
    if kind == "time":
        return _clock(seconds % SECONDS)
    if kind == "duration":
        return _clock(seconds)
    return _date(value, seconds, kind, from_1904=from_1904)


def _plain(value: Decimal) -> str:
    """No exponent, no zeros that say nothing, no minus before nothing."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _date(value: float, seconds: int, kind: Kind, *, from_1904: bool) -> str:
    begin = BEGIN_1904 if from_1904 else BEGIN_1900
    if not from_1904 and value < LEAP:
        begin += dt.timedelta(days=1)
    nowhere = not from_1904 and (value < 1 or LEAP <= value < LEAP + 1)
    if nowhere or seconds >= DAYS * SECONDS - (begin - BEGIN_1900).days * SECONDS:
        return _plain(Decimal(f"{value:.15g}"))
    moment = begin + dt.timedelta(seconds=seconds)
    day = moment.date().isoformat()
    has_time = kind == "moment" and seconds % SECONDS
    return f"{day} {_clock(seconds % SECONDS)}" if has_time else day


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
