"""An .xlsx file: from its checked parts to the rows of its first visible sheet."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.workbooks.cells import Cells
from governance.workbooks.formats import kind_of
from governance.workbooks.parts import Book, Budget, Links, Styles, Texts, number, parse
from governance.workbooks.reading import Reading, notes_on, unescaped
from governance.workbooks.rows import Sheet, Unreadable, listed, rows_of
from governance.workbooks.zip_guard import ZIP, damaged, locked, opened

if TYPE_CHECKING:
    from governance.workbooks.cells import Facts
    from governance.workbooks.formats import Kind
    from governance.workbooks.zip_guard import Package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD = "EncryptedPackage".encode("utf-16-le")
MACROS = ("xl/vbaproject", "xl/macrosheets/")
OBJECTS = ("xl/embeddings/", "xl/activex/")
ELSEWHERE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")


def read_xlsx(data: bytes) -> Sheet:
    """The first sheet that can be seen; nothing in the file is run or followed."""
    if data.startswith(OLE):
        raise locked() if PASSWORD in data else old_format()
    if not data.startswith(ZIP):
        raise Unreadable(
            _(
                "The file is named .xlsx but is not a workbook; open it in the program "
                "that made it, save it as .xlsx and try again."
            )
        )
    return _Workbook.of(opened(data)).sheet()


def old_format() -> Unreadable:
    return Unreadable(
        _(
            "This is the older Excel format, .xls; open it in Excel, save it as .xlsx "
            "and try again."
        )
    )


def macros() -> Unreadable:
    return Unreadable(
        _(
            "The workbook has macros, which are not accepted; in Excel save it as .xlsx, "
            "without macros, and try again."
        )
    )


def documents() -> Unreadable:
    return Unreadable(
        _("This is a Word document; copy the rows of its table and paste them instead.")
    )


@dataclass
class _Workbook:
    """The parts of one file on their way to a Sheet."""

    package: Package
    budget: Budget
    book: Book
    folder: str
    links: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, package: Package) -> _Workbook:
        budget = Budget()
        main = _main_part(package, budget)
        book = Book()
        parse(package.read(main), book, budget)
        folder, file = posixpath.split(main)
        links = _links(package, f"{folder}/_rels/{file}.rels", budget)
        return cls(package, budget, book, folder, links)

    def sheet(self) -> Sheet:
        name, part = self._first()
        cells = Cells()
        parse(self.package.read(part), cells, self.budget)
        facts = cells.facts
        kinds, texts = self._kinds(facts), self._texts(facts)
        reading = Reading(kinds, texts, from_1904=self.book.from_1904)
        rows = rows_of(reading.records(facts))
        if not rows:
            raise _nothing(name, facts)
        notes = [*self._notes(name), *notes_on(facts, rows, reading)]
        numbers = {row.number for row in rows}
        faults = {at: why for at, why in reading.faults.items() if at[0] in numbers}
        return Sheet(name, rows, notes, faults)

    def _first(self) -> tuple[str, str]:
        """The name and the part of the first sheet of cells that can be seen."""
        kept = [
            (name, hidden, self._path(self.links[link][1]))
            for name, hidden, link in self.book.sheets
            if self.links.get(link, ("", ""))[0] == "worksheet"
        ]
        if not kept:
            raise damaged()
        seen = next(((name, part) for name, hidden, part in kept if not hidden), None)
        if seen is None:
            raise Unreadable(
                _(
                    "Every sheet of the workbook is hidden; unhide the one with the "
                    "rows, save it and try again."
                )
            )
        return seen

    def _path(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")

    def _part(self, kind: str) -> bytes:
        """The part of a kind that a workbook has at most one of."""
        target = next((to for what, to in self.links.values() if what == kind), None)
        return self.package.read(self._path(target)) if target else b"<none/>"

    def _kinds(self, facts: Facts) -> dict[int, Kind]:
        styles = Styles()
        parse(self._part("styles"), styles, self.budget)
        used = {cell.style for row in facts.rows.values() for cell in row.values()}
        return {
            style: kind_of(number(styles.styles[style]), styles.codes)
            for style in used
            if style < len(styles.styles)
        }

    def _texts(self, facts: Facts) -> dict[int, str]:
        wanted = {
            number(cell.value)
            for row in facts.rows.values()
            for cell in row.values()
            if cell.kind == "s" and cell.value is not None
        }
        texts = Texts(wanted)
        parse(self._part("sharedStrings"), texts, self.budget)
        return {place: unescaped(text) for place, text in texts.found.items()}

    def _notes(self, read: str) -> list[str]:
        notes = []
        others = [
            f"“{name}”" for name, _hidden, _link in self.book.sheets if name != read
        ]
        if others:
            message = _("Only the sheet “%(read)s” was read, not %(others)s.")
            notes.append(message % {"read": read, "others": listed(others)})
        if any(self.package.holds(start) for start in ELSEWHERE):
            notes.append(
                _(
                    "Links to other files were not followed; their last values were read."
                )
            )
        return notes


def _main_part(package: Package, budget: Budget) -> str:
    """The path of the workbook; what a file is instead decides what is said of it."""
    if any(package.holds(start) for start in MACROS):
        raise macros()
    if any(package.holds(start) for start in OBJECTS):
        raise Unreadable(
            _(
                "The workbook holds objects of other programs; copy the rows into a new "
                "workbook, save it as .xlsx and try again."
            )
        )
    if package.holds("word/"):
        raise documents()
    found = {}
    if package.holds("_rels/.rels"):
        found = _links(package, "_rels/.rels", budget)
    main = next((to for what, to in found.values() if what == "officeDocument"), "")
    if not main.lower().endswith(".xml") or not package.holds("xl/"):
        raise Unreadable(
            _(
                "There is no workbook in the file; open it in the program that made it, "
                "save it as .xlsx and try again."
            )
        )
    return main.lstrip("/")


def _links(package: Package, part: str, budget: Budget) -> dict[str, tuple[str, str]]:
    links = Links()
    parse(package.read(part), links, budget)
    return links.found


def _nothing(name: str, facts: Facts) -> Unreadable:
    message = _("The sheet “%(name)s” is empty; put the rows on the first sheet.")
    if facts.hidden_rows:
        message = _(
            "Every row of the sheet “%(name)s” is hidden; unhide them, save the file "
            "and try again."
        )
    return Unreadable(message % {"name": name})
