"""The XML parts of a workbook, each read in one pass within one budget of elements.

Not openpyxl: its streaming mode hides which rows are hidden and which cells are formulas,
its other mode builds every cell, and both cost each worker 22 MB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import create_parser  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from governance.workbooks.rows import LONGEST_CELL, Unreadable
from governance.workbooks.zip_guard import damaged

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.sax.xmlreader import AttributesImpl

    Attributes = AttributesImpl[str]

# 500 rows of 60 cells need 120,000; the rest is for empty cells that have a colour.
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 400_000
LONGEST_ESCAPED = 7 * LONGEST_CELL  # every letter written as _x0041_


@dataclass
class Budget:
    """How many elements and attributes all parts of one workbook may still have."""

    elements: int = MOST_ELEMENTS
    attributes: int = MOST_ATTRIBUTES

    def spend(self, data: bytes) -> None:
        """Count by the signs `<` and `=`, a few too many, before anything is parsed."""
        self.elements -= data.count(b"<") - data.count(b"</")
        self.attributes -= data.count(b"=")
        if self.elements < 0 or self.attributes < 0:
            raise Unreadable(
                _(
                    "The file describes far more cells than it holds rows; copy the rows "
                    "into a new workbook, save it as .xlsx and try again."
                )
            )


class Part(ContentHandler):
    """Hands each element to the method listed for it, whatever prefix its name has."""

    def __init__(self) -> None:
        super().__init__()
        self.begin: dict[str, Callable[[Attributes], None]] = {}
        self.end: dict[str, Callable[[], None]] = {}
        self.collecting = False
        self.pieces: list[str] = []
        self.size = 0

    def startElement(self, name: str, attrs: Attributes) -> None:  # noqa: N802 -- SAX's name
        if begin := self.begin.get(name.rpartition(":")[2]):
            begin(attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 -- SAX's name
        if end := self.end.get(name.rpartition(":")[2]):
            end()

    def characters(self, content: str) -> None:
        """Keep a little more than a cell may hold: who reads it sees that it is too long."""
        if self.collecting and self.size <= LONGEST_ESCAPED:
            self.pieces.append(content)
            self.size += len(content)

    def clear(self) -> None:
        self.pieces, self.size = [], 0

    def collect(self, _attrs: Attributes) -> None:
        self.collecting = True

    def rest(self) -> None:
        self.collecting = False


def parse(data: bytes, part: Part, budget: Budget) -> None:
    """Feed a whole part at once: in small pieces a long text is scanned over and over."""
    budget.spend(data)
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(part)
    try:
        parser.feed(data)
        parser.close()
    except (SAXException, ValueError, LookupError) as error:
        raise damaged() from error


class Links(Part):
    """A .rels part: what each identifier points at, and as what."""

    def __init__(self) -> None:
        super().__init__()
        self.begin = {"Relationship": self._link}
        self.found: dict[str, tuple[str, str]] = {}

    def _link(self, attrs: Attributes) -> None:
        if attrs.get("TargetMode") != "External":
            kind = attrs.get("Type", "").rpartition("/")[2]
            self.found[attrs.get("Id", "")] = (kind, attrs.get("Target", ""))


class Book(Part):
    """workbook.xml: the sheets in their order, and the calendar of the dates."""

    def __init__(self) -> None:
        super().__init__()
        self.begin = {"sheet": self._sheet, "workbookPr": self._properties}
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def _sheet(self, attrs: Attributes) -> None:
        link = next((to for key, to in attrs.items() if key.endswith(":id")), "")
        hidden = attrs.get("state", "visible") != "visible"
        self.sheets.append((attrs.get("name", "")[:31], hidden, link))

    def _properties(self, attrs: Attributes) -> None:
        self.from_1904 = attrs.get("date1904") in {"1", "true"}


class Styles(Part):
    """styles.xml: the format of each style, a number's own code or one every Excel knows."""

    def __init__(self) -> None:
        super().__init__()
        self.begin = {
            "numFmts": self._own,
            "cellXfs": self._styles,
            "numFmt": self._format,
            "xf": self._style,
        }
        self.end = {"numFmts": self._outside, "cellXfs": self._outside}
        self.within = ""
        self.codes: dict[str, str] = {}
        self.styles: list[str] = []

    def _own(self, _attrs: Attributes) -> None:
        self.within = "numFmts"

    def _styles(self, _attrs: Attributes) -> None:
        self.within = "cellXfs"

    def _outside(self) -> None:
        self.within = ""

    def _format(self, attrs: Attributes) -> None:
        if self.within == "numFmts":
            self.codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")[:255]

    def _style(self, attrs: Attributes) -> None:
        if self.within == "cellXfs":
            self.styles.append(attrs.get("numFmtId", "0"))


class Texts(Part):
    """sharedStrings.xml: the texts that the cells ask for, and no others."""

    def __init__(self, wanted: set[int]) -> None:
        super().__init__()
        self.begin = {"si": self._item, "rPh": self._reading, "t": self._text}
        self.end = {"si": self._kept, "rPh": self._read, "t": self.rest}
        self.wanted = wanted
        self.found: dict[int, str] = {}
        self.place = -1
        self.aside = False  # Japanese readings stand beside the text, not in it

    def _item(self, _attrs: Attributes) -> None:
        self.place += 1
        self.clear()

    def _reading(self, _attrs: Attributes) -> None:
        self.aside = True

    def _read(self) -> None:
        self.aside = False

    def _text(self, _attrs: Attributes) -> None:
        self.collecting = self.place in self.wanted and not self.aside

    def _kept(self) -> None:
        if self.place in self.wanted:
            self.found[self.place] = "".join(self.pieces)


def number(text: str) -> int:
    """A whole number as XML files write it; `int` would also take `1_000`."""
    if not re.fullmatch("[0-9]{1,7}", text):
        raise damaged()
    return int(text)
