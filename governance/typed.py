"""What people type and paste: numbers and dates in the shapes that are usual here."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f'’"))
GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
EITHER = re.compile(r"-?\d{1,3}[.,]\d{3}")
GROUPED_WITH_DOTS = re.compile(r"-?\d{1,3}(\.\d{3})+,\d{1,2}|-?\d{1,3}(\.\d{3}){2,}")
DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}")
PLAIN = re.compile(r"-?(\d+\.?\d*|\.\d+)")
LARGEST_DIGITS = 15
FISCAL_YEAR = re.compile(
    r"(?:FY ?)?((?:\d\d)?\d\d) ?[/–-] ?((?:\d\d)?\d\d)", re.IGNORECASE
)
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-](\d\d){1,2}")


class Ambiguous(ValidationError):
    """`12,500` is twelve thousand five hundred to one reader and twelve and a half to
    another: it is asked, never guessed."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            _("“%(text)s” can be read in two ways. Write %(thousands)s or %(decimal)s.")
            % {
                "text": text,
                "thousands": text.replace(",", "").replace(".", ""),
                "decimal": text.replace(",", ".").rstrip("0").rstrip("."),
            }
        )


def read_number(text: str, *, comma: str = "", marks: Sequence[str] = ()) -> Decimal:
    """`12 500.00`, `1,234,567` or `12,5` as a number.

    `comma` is how the person answered for `12,500`: `thousands` or `decimal`; `marks`
    may stand before or after it, such as the currency. Raises Ambiguous without an
    answer, ValidationError for what is no number.
    """
    bare = text.strip().translate(SPACES).replace("−", "-").replace("–", "-")
    for mark in sorted(filter(None, marks), key=len, reverse=True):
        bare = bare.removeprefix(mark).removesuffix(mark)
    if EITHER.fullmatch(bare):
        if comma not in {"thousands", "decimal"}:
            raise Ambiguous(text.strip())
        bare = re.sub("[.,]", "" if comma == "thousands" else ".", bare)
    elif GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    elif GROUPED_WITH_DOTS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    if not PLAIN.fullmatch(bare) or len(bare) > LARGEST_DIGITS + 3:
        raise ValidationError(
            _("“%s” is not a number. Write it like 12 500 or 12 500.50.") % text.strip()
        )
    return Decimal(bare)


def read_whole(text: str, *, comma: str = "") -> int:
    value = read_number(text, comma=comma)
    if value != value.to_integral_value():
        raise ValidationError(_("“%s” is not a whole number.") % text.strip())
    return int(value)


def read_year(text: str) -> int | None:
    """The year in which a fiscal year begins that is written `2022/23` or `22/23`."""
    found = FISCAL_YEAR.fullmatch(text.strip())
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    follows = (first + 1) % 100 == second % 100
    return (first if first > 99 else 2000 + first) if follows else None


def read_day(text: str, *, is_end: bool = False) -> dt.date:
    """`31 March 2022`, `31/3/22` or `2022-03-31`; `March 2022` is its first day, or its
    last where an end is meant."""
    bare = ORDINAL.sub(r"\1", MIDNIGHT.sub("", " ".join(text.split())))
    for shape in get_format("DATE_INPUT_FORMATS"):
        try:
            return dt.datetime.strptime(bare, shape).date()  # noqa: DTZ007 -- a day
        except ValueError:
            continue
    for shape in ("%B %Y", "%b %Y", "%m/%Y"):
        try:
            first = dt.datetime.strptime(bare, shape).date()  # noqa: DTZ007 -- a day
        except ValueError:
            continue
        last = calendar.monthrange(first.year, first.month)[1]
        return first.replace(day=last) if is_end else first
    if MONTH_FIRST.fullmatch(bare):
        raise ValidationError(
            _(
                "“%s” seems to have the month first; here the day comes first. Check"
                " every date of the column, or write them like 31 March 2022."
            )
            % text.strip()
        )
    raise ValidationError(
        _("“%s” is not a date. Write it like 31 March 2022.") % text.strip()
    )


YES = {"yes", "y", "x", "✓", "✔", "true", "1"}
NO = {"no", "n", "–", "-", "false", "0"}


def read_yes(text: str) -> bool:
    said = text.strip().casefold()
    if said in YES | {str(_("yes")).casefold()}:
        return True
    if said in NO | {"", str(_("no")).casefold()}:
        return False
    raise ValidationError(_("“%s” is neither yes nor no.") % text.strip())


def words_of(value: Any) -> str:
    """A number or date as it can be read again: `12500.5`, `2022-03-31`."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
