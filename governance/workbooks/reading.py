"""Stored cells as texts, and the sentences their reader must be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.workbooks.formats import shown
from governance.workbooks.parts import number
from governance.workbooks.rows import letters, listed, ranges
from governance.workbooks.zip_guard import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from governance.workbooks.cells import Cell, Facts
    from governance.workbooks.formats import Kind
    from governance.workbooks.rows import Row

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass
class Reading:
    """Turns stored cells into texts, and remembers what must be told of them."""

    kinds: dict[int, Kind]
    texts: dict[int, str]
    from_1904: bool
    formulas: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def records(self, facts: Facts) -> Iterator[tuple[int, list[str]]]:
        for row, cells in facts.rows.items():
            record = [""] * max(cells)
            for column, cell in cells.items():
                record[column - 1] = self._text(row, column, cell)
            yield row, record

    def _text(self, row: int, column: int, cell: Cell) -> str:
        name = f"{letters(column)}{row}"
        if cell.value is None:
            self.unknown.append(name)
            self.faults[row, column - 1] = _(
                "The value of this formula is not in the file; open it in Excel, save "
                "it and try again."
            )
            return ""
        if cell.formula:
            self.formulas.append(name)
        if cell.kind == "e":
            message = _("This cell shows the error %(error)s; correct it in the file.")
            self.faults[row, column - 1] = message % {"error": cell.value[:20]}
        if cell.kind == "n" and self.kinds.get(cell.style) == "month":
            self.months.append(name)
        return self._meant(cell.kind, cell.value, cell.style)

    def _meant(self, kind: str, value: str, style: int) -> str:
        if kind == "n":
            how = self.kinds.get(style, "number")
            text = shown(value.strip(), how, from_1904=self.from_1904)
        elif kind == "s":
            text = self.texts.get(number(value))
        elif kind in {"str", "inlineStr"}:
            text = unescaped(value)
        else:
            text = {"b": _yes_or_no(value), "e": value, "d": _iso(value)}.get(kind)
        if text is None:
            raise damaged()
        return text


def unescaped(text: str) -> str:
    """Undo what XML cannot hold: `_x000D_` is a line break, `_x005F_` an underscore."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _yes_or_no(value: str) -> str:
    return "yes" if value in {"1", "true"} else "no"


def _iso(value: str) -> str:
    """`2022-03-31T00:00:00`, as some programs store a date, without an empty time."""
    return value.replace("T", " ").removesuffix("Z").removesuffix(" 00:00:00")


def notes_on(facts: Facts, rows: list[Row], reading: Reading) -> list[str]:
    width = len(rows[0].cells)
    columns = {
        column
        for first, last in facts.hidden_columns
        for column in range(first, min(last, width) + 1)
    }
    said = [
        (_("Hidden rows were left out: %s."), ranges(facts.hidden_rows)),
        (_("Hidden columns were read too: %s."), [letters(c) for c in sorted(columns)]),
        (_("Formulas were read as their last values: %s."), reading.formulas),
        (
            _("Formulas without a value were read as empty: %s."),
            reading.unknown,
        ),
        (
            _("Cells that show only month and year were read as the day in them: %s."),
            reading.months,
        ),
        (
            _("Merged cells were read as one cell and empty ones: %s."),
            [area.replace(":", "–") for area in facts.merged],
        ),
    ]
    return [sentence % listed(names) for sentence, names in said if names]
