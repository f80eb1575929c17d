"""Registers as spreadsheets: text is never a formula, and the bytes depend on the content.

The only module that knows XlsxWriter.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import xlsxwriter
from django.utils.translation import gettext as _

from governance.formats import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What XML 1.0 cannot hold: controls, halves of surrogate pairs, two non-characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767  # UTF-16 units in a cell, Excel's own limit
LARGEST = 10**15  # a spreadsheet keeps fifteen digits of a number
FIRST_DAY = dt.date(1900, 3, 1)  # Excel's calendar is wrong before
A4 = 9
TEMPTING = tuple("=+-@'\t")  # what begins a formula once somebody edits the cell
NUMBER_FORMATS = {
    "text": "General",
    "whole": "0",
    "number": "General",
    "date": "d mmm yyyy",
    "money": "#,##0.00",
}


@dataclass(frozen=True)
class Column:
    """`money` takes amounts (a Decimal), not cents; `width` is in characters."""

    title: str
    width: int = 16
    kind: Literal["text", "whole", "number", "date", "money"] = "text"


def workbook(
    title: str,
    columns: list[Column],
    rows: Iterable[Sequence[Any]],
    *,
    created: dt.datetime,
    notes: Sequence[str] = (),
    sheet: str = "",
) -> bytes:
    """An XLSX file: the rows on one sheet, the title and `notes` on a second, "About".

    `created` is shown as it is: pass it in the committee's time zone. A value that
    does not fit the kind of its column is written as text, None not at all.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    stamp = created.astimezone(dt.UTC) if created.tzinfo else created
    book.set_properties({"title": _start(_plain(title), 255), "created": stamp})
    about = _("About")
    page = book.add_worksheet(_sheet_name(sheet or title, taken=about))
    _lay_out(page, book, title, columns)
    last, cut = _fill(page, book, columns, rows)
    page.autofilter(0, 0, max(last, 1), len(columns) - 1)
    said = [*notes, _made(created), *_cut_notes(cut)]
    _write_about(book.add_worksheet(about), book, title, said)
    book.close()
    return out.getvalue()


def _lay_out(page: Any, book: Any, title: str, columns: list[Column]) -> None:
    look = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
    head = book.add_format(look | {"bg_color": "#E7ECEF"})
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, _plain(column.title), head)
    page.freeze_panes(1, 0)
    _paper(page)
    page.repeat_rows(0)
    # An ampersand begins a code in Excel's headers and footers.
    name = _start(_plain(title), 100).replace("&", "&&")
    page.set_footer(f"&L{name}&R&P / &N")


def _paper(page: Any) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _fill(
    page: Any, book: Any, columns: list[Column], rows: Iterable[Sequence[Any]]
) -> tuple[int, list[str]]:
    """Write every row; return the number of the last and the names of shortened cells."""
    base = {"text_wrap": True, "valign": "top"}
    looks = {
        k: book.add_format(base | {"num_format": f}) for k, f in NUMBER_FORMATS.items()
    }
    looks["quoted"] = book.add_format(base | {"quote_prefix": True})
    cut: list[str] = []
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is not None and not _write(
                page, last, place, value, column.kind, looks
            ):
                cut.append(f"{column.title} {last + 1}")
    return last, cut


def _write(
    page: Any, row: int, place: int, value: Any, kind: str, looks: dict[str, Any]
) -> bool:
    """Write one cell in the form of its column; False if its text had to be shortened."""
    if kind == "date" and isinstance(value, dt.date):
        date = value.date() if isinstance(value, dt.datetime) else value
        if date >= FIRST_DAY:
            page.write_datetime(row, place, date, looks["date"])
            return True
        value = date.isoformat()
    if kind in {"whole", "number", "money"} and _is_number(value):
        look = "number" if kind == "whole" and value % 1 else kind
        page.write_number(row, place, value, looks[look])
        return True
    text, whole = _fitted(_plain(str(value)))
    look = "quoted" if text.startswith(TEMPTING) else "text"
    page.write_string(row, place, text, looks[look])
    return whole


def _is_number(value: Any) -> bool:
    """Whether a spreadsheet can hold it as it is: finite, no more than fifteen digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    exists = isinstance(value, int) or math.isfinite(value)
    return exists and -LARGEST < value < LARGEST


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNWRITABLE.sub("", text)


def as_written(text: str) -> str:
    """What a cell of text holds: without what XML cannot hold, and not beyond its limit."""
    return _fitted(_plain(text))[0]


def _start(text: str, longest: int) -> str:
    """The beginning of a text, counted in UTF-16 units as Excel counts."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")


def _fitted(text: str) -> tuple[str, bool]:
    whole = _start(text, LONGEST) == text
    return (text if whole else _start(text, LONGEST - 1) + "…"), whole


def _made(created: dt.datetime) -> str:
    message = _("Made on %(day)s at %(time)s.")
    return message % {"day": day(created.date()), "time": f"{created:%H:%M}"}


def _cut_notes(cut: list[str]) -> list[str]:
    if not cut:
        return []
    message = _(
        "A cell holds 32,767 characters; these were shortened and end in “…”: %(cells)s."
    )
    return [message % {"cells": ", ".join(cut)}]


def _sheet_name(name: str, *, taken: str) -> str:
    """At most 31 characters, none of []:*?/\\, no apostrophe at either end."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", _plain(name)).split())
    short = _start(plain, 31).strip("' ")
    reserved = {taken.casefold(), "history", ""}
    return _("Register") if short.casefold() in reserved else short


def _write_about(page: Any, book: Any, title: str, notes: Sequence[str]) -> None:
    look = {"text_wrap": True, "valign": "top"}
    page.set_column(0, 0, 100)
    _paper(page)
    page.write_string(0, 0, _plain(title), book.add_format(look | {"bold": True}))
    plain = book.add_format(look)
    for row, note in enumerate(notes, start=1):
        page.write_string(row, 0, _fitted(_plain(note))[0], plain)
