"""What any file or pasted block becomes: numbered rows of text, and the limits of both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 60
LONGEST_CELL = 32_767  # Excel's own limit, in UTF-16 units
LONGEST_TEXT = 2_000_000  # of all cells: a text shared by many cells is stored once
LISTED = 20

BREAK = re.compile("\r\n|[\r\x0b\x0c]")  # Word's line break arrives as a vertical tab
# What neither XML nor the database holds: controls, halves of surrogate pairs.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Unreadable(Refused):
    """The rows cannot be read; the message is one sentence with what to do."""


@dataclass(frozen=True)
class Row:
    """`number` counts from 1 as the spreadsheet does, empty and hidden rows included."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """Rows of equal length, none of them empty.

    `notes` are sentences about the whole file; `faults` are sentences about one cell, by
    the number of its row and its place in `cells`.
    """

    name: str
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def cleaned(text: str) -> str:
    """The text of a cell as it is seen; no apostrophe or sign before it is taken off."""
    return UNSEEN.sub("", BREAK.sub("\n", text)).strip()


def rows_of(records: Iterable[tuple[int, Sequence[str]]]) -> list[Row]:
    """The records that hold something, by their numbers, all as long as the longest.

    Stops at the first record or cell beyond the limits.
    """
    rows: list[Row] = []
    left = LONGEST_TEXT
    for number, record in records:
        cells = [cleaned(text) for text in record]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        _check(number, cells)
        left -= sum(map(len, cells))
        if left < 0:
            message = _(
                "The cells hold more than %(most)s characters; send fewer rows."
            )
            raise Unreadable(message % {"most": f"{LONGEST_TEXT:,}"})
        rows.append(Row(number, cells))
        check_rows(len(rows))
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        row.cells.extend([""] * (width - len(row.cells)))
    return rows


def check_rows(count: int) -> None:
    """Refuse a row beyond the limit; one row is granted for the headings."""
    if count > MOST_ROWS + 1:
        message = _("There are more than %(most)s rows; send them in several parts.")
        raise Unreadable(message % {"most": MOST_ROWS})


def check_column(column: int) -> None:
    """Refuse a cell that holds something in a column (from 1) beyond the limit."""
    if column > MOST_COLUMNS:
        message = _(
            "Column %(column)s holds something and only columns A to %(last)s are read; "
            "delete what is not needed and try again."
        )
        names = {"column": letters(column), "last": letters(MOST_COLUMNS)}
        raise Unreadable(message % names)


def _check(number: int, cells: list[str]) -> None:
    check_column(len(cells))
    for column, text in enumerate(cells, start=1):
        if len(text) > LONGEST_CELL // 2 and _units(text) > LONGEST_CELL:
            message = _(
                "Cell %(cell)s holds more than %(most)s characters; shorten it and try "
                "again."
            )
            cell = f"{letters(column)}{number}"
            raise Unreadable(message % {"cell": cell, "most": f"{LONGEST_CELL:,}"})


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def letters(column: int) -> str:
    """The name of a column that is counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def listed(names: Sequence[str]) -> str:
    """`A, B, C`, and how many more there are when there are many."""
    shown = ", ".join(names[:LISTED])
    more = len(names) - LISTED
    if more <= 0:
        return shown
    return _("%(names)s and %(count)s more") % {"names": shown, "count": more}


def ranges(numbers: Iterable[int]) -> list[str]:
    """Ascending numbers with neighbours joined: `4`, `7–9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [str(a) if a == b else f"{a}–{b}" for a, b in runs]
