"""What a spreadsheet says twice: its headings again, one row again, a row that is here.

Pasting a block twice is the mistake that is easiest to make and hardest to see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.columns import TEXT, WORDS
from governance.headings import NO_HEAD, plain
from governance.models import Provision
from governance.text import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.columns import Column
    from governance.headings import Matched
    from governance.importing import Known, Line
    from governance.workbooks import Sheet

NAMED = 8  # rows in one sentence


def headings_again(sheet: Sheet, match: Matched) -> list[int]:
    """The numbers of the rows that only repeat the headings, as each page may."""
    if match.head == NO_HEAD:
        return []
    heads = [plain(cell) for cell in sheet.rows[match.head].cells]
    return [
        row.number
        for row in sheet.rows[match.head + 1 :]
        if any(row.cells) and [plain(cell) for cell in row.cells] == heads
    ]


def repeats(
    sheet: Sheet, match: Matched, lines: Sequence[Line], known: Sequence[Known]
) -> list[str]:
    """A sentence on each sort of repeat, for a person to decide; nothing is left out."""
    return [
        *said_again(headings_again(sheet, match)),
        *(twins(group) for group in groups_of(lines)),
        *here_already(lines, known, match.columns),
    ]


def listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:NAMED]))
    rest = len(numbers) - NAMED
    return (
        shown
        if rest <= 0
        else _("%(rows)s and %(n)d more")
        % {
            "rows": shown,
            "n": rest,
        }
    )


def said_again(numbers: list[int]) -> list[str]:
    if not numbers:
        return []
    text = ngettext(
        "Row %s repeats the headings and is left out.",
        "Rows %s repeat the headings and are left out.",
        len(numbers),
    )
    return [text % listed(numbers)]


def groups_of(lines: Sequence[Line]) -> list[list[int]]:
    """The numbers of new rows that say the same in every cell."""
    same: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for line in lines:
        if line.known is None and not line.fault:
            same.setdefault(tuple(sorted(line.texts.items())), []).append(line.number)
    return [numbers for numbers in same.values() if len(numbers) > 1]


def twins(numbers: list[int]) -> str:
    return _(
        "Rows %s say the same in every cell. If that is a mistake, leave out all but one."
    ) % listed(numbers)


def name_of(known: Sequence[Known], columns: Sequence[Column]) -> Column | None:
    """The column by which the rows that are here are called, where it is one of words."""
    words = [c for c in columns if c.kind in {TEXT, WORDS} and not c.apart]
    if known and not isinstance(known[0].row, Provision):
        return next(iter(words), None)
    for each in known:
        said = each.row.node_heading or each.row.node_body
        for column in words:
            if said and getattr(each.row, column.name) == said:
                return column
    return None


def here_already(
    lines: Sequence[Line], known: Sequence[Known], columns: Sequence[Column]
) -> list[str]:
    """New rows that are called as rows that are here: pasted a second time?"""
    name = name_of(known, columns)
    if name is None:
        return []
    here = {normal(name.cell(each.row)).casefold() for each in known} - {""}
    again = [
        line.number
        for line in lines
        if line.known is None
        and not line.fault
        and normal(line.texts.get(name.name, "")).casefold() in here
    ]
    if not again:
        return []
    text = ngettext(
        "Row %s says the same under “%s” as a row that is here already: it would be"
        " added beside it. To change that row instead, write its number.",
        "Rows %s say the same under “%s” as rows that are here already: they would be"
        " added beside them. To change those rows instead, write their numbers.",
        len(again),
    )
    return [text % (listed(again), capfirst(str(name.title)))]
