"""The cells of one worksheet, no further than the limits, and what hides among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from governance.workbooks.parts import Part, number
from governance.workbooks.rows import check_column, check_rows, letters
from governance.workbooks.zip_guard import damaged

if TYPE_CHECKING:
    from governance.workbooks.parts import Attributes

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
AREA = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6}")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


@dataclass(frozen=True)
class Cell:
    """A cell as it is stored: `value` is None for a formula that was never worked out."""

    kind: str
    value: str | None
    style: int
    formula: bool


@dataclass
class Facts:
    """What one sheet holds: cells by row and column, and what its reader must be told."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


class Cells(Part):
    """A worksheet: the cells that hold something; the size it declares is not read."""

    def __init__(self) -> None:
        super().__init__()
        self.begin = {
            "col": self._column,
            "row": self._row,
            "c": self._cell,
            "f": self._formula,
            "v": self.collect,
            "t": self.collect,
            "mergeCell": self._merged,
        }
        self.end = {
            "c": self._kept,
            "v": self.rest,
            "t": self.rest,
            "sheetData": self._over,
        }
        self.facts = Facts()
        self.row = self.column = self.style = 0
        self.hidden = self.formula = False
        self.kind = ""

    def _column(self, attrs: Attributes) -> None:
        if attrs.get("hidden") in {"1", "true"}:
            first, last = number(attrs.get("min", "1")), number(attrs.get("max", "1"))
            self.facts.hidden_columns.append((first, last))

    def _row(self, attrs: Attributes) -> None:
        row = number(attrs.get("r", str(self.row + 1)))
        if not self.row < row <= LAST_ROW:
            raise damaged()
        self.row, self.column = row, 0
        self.hidden = attrs.get("hidden") in {"1", "true"}

    def _cell(self, attrs: Attributes) -> None:
        column = self._placed(attrs.get("r", f"{letters(self.column + 1)}{self.row}"))
        if not self.column < column <= LAST_COLUMN:
            raise damaged()
        self.column = column
        self.kind = attrs.get("t", "n")
        self.style = number(attrs.get("s", "0"))
        self.formula = False
        self.clear()

    def _placed(self, name: str) -> int:
        match = REFERENCE.fullmatch(name)
        if not match or int(match[2]) != self.row:
            raise damaged()
        return column_of(match[1])

    def _formula(self, _attrs: Attributes) -> None:
        self.formula = True

    def _over(self) -> None:
        """What follows has rows and columns too: those where a button stands."""
        self.begin = {"mergeCell": self._merged}
        self.end = {}

    def _merged(self, attrs: Attributes) -> None:
        area = attrs.get("ref", "")
        if not AREA.fullmatch(area):
            raise damaged()
        self.facts.merged.append(area)

    def _kept(self) -> None:
        value: str | None = "".join(self.pieces)
        if not value or value.isspace():
            # A formula may well give an empty text, but not an empty number.
            if not self.formula or self.kind == "str":
                return
            value = None
        if self.hidden:
            if self.row not in self.facts.hidden_rows[-1:]:
                self.facts.hidden_rows.append(self.row)
            return
        check_column(self.column)
        row = self.facts.rows.setdefault(self.row, {})
        check_rows(len(self.facts.rows))
        row[self.column] = Cell(self.kind, value, self.style, self.formula)


def column_of(name: str) -> int:
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
