"""The pages of a Word file as they fill: paragraphs, and what waits for the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE

from governance.word_xml import PLAIN, Look, W, bookmark_name, el, run

if TYPE_CHECKING:
    from docx.document import Document

HANGING = 964  # twips, 17 mm: the number of a clause stands before its text
ITEM = 283  # 5 mm: a level of a list
FLUSH = {"Caption", "Heading2", "Heading3", "Heading4"}  # have room above them
SPACES = re.compile(r"[ \t\r\n\f]+")


class Format(NamedTuple):
    """A page in twips, with its margins, and the space that a text has on it."""

    size: dict[str, Any]
    margins: dict[str, int]
    width: int
    height: int


EDGES = {"header": 680, "footer": 567, "gutter": 0}
PORTRAIT = Format(
    {"w": 11906, "h": 16838},
    {"top": 1417, "right": 1247, "bottom": 1361, "left": 1247} | EDGES,
    9412,
    14060,
)
LANDSCAPE = Format(
    {"w": 16838, "h": 11906, "orient": "landscape"},
    {"top": 1361, "right": 1417, "bottom": 1134, "left": 1417} | EDGES,
    14004,
    9411,
)


class Numbered(NamedTuple):
    """A numbered list: it begins anew, at its own first number."""

    number: int
    level: int
    first: int


@dataclass(frozen=True)
class Place:
    """Where text goes and how it looks there; `indent` is in twips."""

    into: Any
    style: str = "BodyText"
    look: Look = PLAIN
    rtl: bool = False
    right: bool = False
    indent: int = 0
    depth: int = 0  # of lists


@dataclass
class Paper:
    """What is written, and what waits for the next paragraph."""

    document: Document
    anchors: set[str]  # that links inside the file may lead to
    lists: list[Numbered] = field(default_factory=list)
    sections: list[tuple[Any, bool]] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    bookmarks: int = 0
    marks: list[str] = field(default_factory=list)
    clause: str = ""
    item: tuple[int, int] | None = None
    new_page: bool = False
    after_table: bool = False
    landscape: bool = False  # what the text asks for
    turned: bool = False  # what the page is

    @property
    def body(self) -> Any:
        return self.document.element.body

    @property
    def format(self) -> Format:
        return LANDSCAPE if self.landscape else PORTRAIT

    def paragraph(self, place: Place) -> Any:
        """A new paragraph, with all that waited for one."""
        self.ready(place, place.style)
        properties = el("pPr", el("pStyle", val=place.style))
        if self.new_page and place.into is self.body:
            properties.append(el("pageBreakBefore"))
            self.new_page = False
        item, self.item = self.item, None
        clause, self.clause = self.clause, ""
        if item:
            number, level = item
            properties.append(
                el("numPr", el("ilvl", val=level), el("numId", val=number))
            )
        properties.extend(shape(place, hanging=bool(item or clause)))
        made = el("p", properties)
        place.into.append(made)
        self.mark(made)
        if clause:
            made.append(run(clause, Look(bold=True, style="Number")))
            made.append(el("r", el("tab")))
        return made

    def ready(self, place: Place, style: str) -> None:
        """Turn the page where the text asks for it; keep tables apart."""
        if place.into is not self.body:
            return
        if self.landscape != self.turned:
            if len(self.body):
                self.end_section()
            self.turned = self.landscape
        elif self.after_table and style not in FLUSH:
            self.body.append(el("p", el("pPr", el("pStyle", val="TableSpace"))))
        self.after_table = False

    def end_section(self) -> None:
        last = self.body[-1]
        if last.tag != W + "p":
            last = el("p", el("pPr", el("pStyle", val="TableSpace")))
            self.body.append(last)
        last.find(W + "pPr").append(self.section())

    def section(self) -> Any:
        """The format of the pages up to here; the cover has no header and no footer."""
        paper = LANDSCAPE if self.turned else PORTRAIT
        made = el("sectPr", el("pgSz", **paper.size), el("pgMar", **paper.margins))
        if not self.sections:
            made.append(el("titlePg"))
        self.sections.append((made, self.turned))
        return made

    def mark(self, paragraph: Any) -> None:
        """Put the bookmarks here that waited for a paragraph."""
        for anchor in self.marks:
            self.bookmarks += 1
            name = bookmark_name(anchor)
            paragraph.append(el("bookmarkStart", id=self.bookmarks, name=name))
            paragraph.append(el("bookmarkEnd", id=self.bookmarks))
        self.marks = []

    def relation(self, address: str) -> str:
        if address not in self.addresses:
            self.addresses[address] = self.document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self.addresses[address]


def shape(place: Place, *, hanging: bool) -> list[Any]:
    """The direction, indent and side of a paragraph, where its style does not say it."""
    found = [el("bidi")] if place.rtl else []
    if place.indent or place.depth:
        left = place.indent + ITEM * place.depth
        step = ITEM if place.depth else min(HANGING, left)
        found.append(el("ind", left=left, hanging=step if hanging else 0))
    if place.right:
        found.append(el("jc", val="right"))
    return found


def keep(element: Any) -> None:
    """Keep all in `element` on one page with what follows it."""
    for paragraph in element.iter(W + "p"):
        properties = paragraph.find(W + "pPr")
        if properties.find(W + "keepNext") is None:
            properties.insert(1, el("keepNext"))


def keep_together(elements: list[Any]) -> None:
    """Keep elements on one page, as far as one page holds them."""
    for element in elements[:-1]:
        keep(element)
    for row in elements[-1].findall(W + "tr")[:-1] if elements else []:
        keep(row)
