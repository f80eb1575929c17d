"""The printed HTML of a report, block by block, as the body of a Word file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from governance.word_paper import (
    HANGING,
    SPACES,
    Numbered,
    Paper,
    Place,
    keep_together,
)
from governance.word_pictures import write_picture
from governance.word_tables import write_table
from governance.word_xml import (
    PLAIN,
    Look,
    R,
    W,
    address,
    bookmark_name,
    el,
    field,
    field_end,
    run,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NESTED = 624  # twips, 11 mm: a clause inside a clause
DEEPEST = 8  # of nine levels that a list has in Word
BULLETS = 1  # the list of that number
INLINE = {"a", "b", "br", "em", "i", "span", "strong", "sup"}
BY_CLASS = {
    "country": "CoverCountry",
    "committee": "CoverCommittee",
    "title": "Title",
    "subtitle": "Subtitle",
    "status": "CoverStatus",
    "date": "CoverDate",
    "digest": "CoverNote",
    "notice": "Notice",
    "head": "NoticeHeading",
    "lead": "Lead",
    "impact": "Impact",
    "preamble": "Preamble",
    "operative": "Operative",
    "reserving": "Reserving",
    "caption": "Note",
    "muted": "Note",
    "present": "Note",
}
SPANS = {"muted": "Muted", "no": "Number", "numeral": "Numeral"}
TOGETHER = {"resolution", "group", "notice"}
LISTS = {"ul": "ListBullet", "ol": "ListNumber"}


def classes(element: Any) -> set[str]:
    return set(element.get("class", "").split())


def plain(element: Any) -> str:
    return SPACES.sub(" ", "".join(element.itertext())).strip()


@dataclass
class Writer:
    """Walks the HTML and writes it on paper."""

    paper: Paper

    def walk(self, element: Any, place: Place) -> None:
        """Write what is in `element`: its lines of text as paragraphs, its blocks."""
        line = Line(self.paper, place)
        line.add(element.text, place.look)
        for child in element:
            if child.tag in INLINE:
                line.inline(child, place.look)
            elif isinstance(child.tag, str):
                line.end()
                self.block(child, place)
                line = Line(self.paper, place)
            line.add(child.tail, place.look)
        line.end()

    def block(self, element: Any, place: Place) -> None:
        if anchor := element.get("id"):
            self.paper.marks.append(anchor)
        if element.get("dir"):
            place = replace(place, rtl=element.get("dir") == "rtl")
        for name in sorted(classes(element) & BY_CLASS.keys()):
            place = replace(place, style=BY_CLASS[name])
        BLOCKS.get(element.tag, Writer.walk)(self, element, place)

    def section(self, element: Any, place: Place) -> None:
        names, paper = classes(element), self.paper
        if "contents" in names:
            self.contents(element, place)
            return
        paper.new_page = paper.new_page or "sheet" in names
        before = paper.landscape
        paper.landscape = before or "wide" in names
        self.walk(element, place)
        paper.landscape = before

    def division(self, element: Any, place: Place) -> None:
        names = classes(element)
        start = len(place.into)
        if "chart" in names:
            write_picture(self.paper, element, place)
        elif "paragraph" in names:
            self.clause(element, place)
        else:
            self.walk(element, place)
        if names & TOGETHER:
            keep_together(place.into[start:])

    def clause(self, element: Any, place: Place) -> None:
        """A clause without a heading: its number hangs before its first line."""
        step = NESTED if place.style == "Clause" else HANGING
        inside = replace(place, style="Clause", indent=place.indent + step)
        for child in element:
            if child.tag == "p" and "no" in classes(child):
                self.paper.clause = plain(child)
            else:
                self.block(child, inside)
        if self.paper.clause:
            self.paper.paragraph(inside)

    def heading(self, element: Any, place: Place) -> None:
        names = classes(element)
        style = f"Heading{element.tag[1]}"
        if "front" in names:
            style = "FrontHeadingSecond" if "second" in names else "FrontHeading"
        self.paper.new_page = self.paper.new_page or "sheet" in names
        self.walk(element, replace(place, style=style))

    def items(self, element: Any, place: Place) -> None:
        """A list; in a table or a quotation its lines keep the look of that."""
        level = min(place.depth, DEEPEST)
        own = place.style in {"BodyText", "Clause", *LISTS.values()}
        style = LISTS[element.tag] if own else place.style
        number = self.numbers(element, level) if element.tag == "ol" else BULLETS
        inside = replace(place, style=style, depth=level + 1)
        for child in element:
            if child.tag == "li":
                self.paper.item = (number, level)
                self.block(child, inside)
                if self.paper.item:
                    self.paper.paragraph(inside)

    def numbers(self, element: Any, level: int) -> int:
        start = element.get("start", "")
        # Word counts to 32,767.
        first = min(int(start), 32_767) if start.isdecimal() else 1
        number = BULLETS + 1 + len(self.paper.lists)
        self.paper.lists.append(Numbered(number, level, first))
        return number

    def quotation(self, element: Any, place: Place) -> None:
        self.walk(element, replace(place, style="Quote"))

    def table(self, element: Any, place: Place) -> None:
        write_table(self.paper, self.walk, element, place)

    def contents(self, element: Any, place: Place) -> None:
        """The headings as a table of contents that Word can bring up to date; it
        stands ready, and Word asks nothing when the file is opened."""
        self.block(element.find("h1"), place)
        rows = list(element.iter("tr"))
        for row in rows:
            paragraph = self.paper.paragraph(
                replace(place, style=f"TOC{row.get('class')[1:]}")
            )
            if row is rows[0]:
                paragraph.extend(field(r'TOC \o "1-3" \h \z'))
            paragraph.append(entry(row))
            if row is rows[-1]:
                paragraph.append(field_end())


def entry(row: Any) -> Any:
    """A line of the contents, that leads to its heading."""
    anchor = next(row.iter("a")).get("href").removeprefix("#")
    made = el("hyperlink", anchor=bookmark_name(anchor))
    for number, cell in enumerate(row):
        if number:
            made.append(el("r", el("tab")))
        if words := plain(cell):
            made.append(run(words, PLAIN))
    return made


BLOCKS: dict[str, Callable[[Writer, Any, Place], None]] = {
    "section": Writer.section,
    "div": Writer.division,
    "h1": Writer.heading,
    "h2": Writer.heading,
    "h3": Writer.heading,
    "h4": Writer.heading,
    "ul": Writer.items,
    "ol": Writer.items,
    "blockquote": Writer.quotation,
    "table": Writer.table,
}


class Line:
    """A paragraph that begins with its first letter, its white space as HTML has it."""

    def __init__(self, paper: Paper, place: Place) -> None:
        self.paper = paper
        self.place = place
        self.into: Any = None
        self.spaced = True

    def begin(self) -> Any:
        if self.into is None:
            self.into = self.paper.paragraph(self.place)
        return self.into

    def add(self, text: str | None, look: Look) -> None:
        words = SPACES.sub(" ", text or "")
        words = words.lstrip(" ") if self.spaced else words
        if words:
            self.spaced = words.endswith(" ")
            self.begin().extend(runs(words, look, rtl=self.place.rtl))

    def break_line(self) -> None:
        self.begin().append(el("r", el("br")))
        self.spaced = True

    def inline(self, element: Any, look: Look) -> None:
        names = classes(element)
        if element.tag == "br":
            self.break_line()
        elif element.tag == "a":
            self.link(element, look)
        else:
            self.inside(element, looking(element.tag, names, look))
        if "numeral" in names:
            self.break_line()

    def inside(self, element: Any, look: Look) -> None:
        self.add(element.text, look)
        for child in element:
            self.inline(child, look)
            self.add(child.tail, look)

    def link(self, element: Any, look: Look) -> None:
        """A link to a place in the file or to the web; to any other, its words alone."""
        href = element.get("href", "")
        if href.startswith("#") and href[1:] in self.paper.anchors:
            link = el("hyperlink", anchor=bookmark_name(href[1:]))
            look = replace(look, style="Reference")
        elif target := address(href):
            link = el("hyperlink")
            link.set(R + "id", self.paper.relation(target))
            look = replace(look, style="Hyperlink")
        else:
            self.inside(element, look)
            return
        outside = self.begin()
        outside.append(link)
        self.into = link
        self.inside(element, look)
        self.into = outside

    def end(self) -> None:
        """Without the white space after the last word."""
        words = list(self.into.iter(W + "t")) if self.into is not None else []
        if words and self.spaced:
            words[-1].text = words[-1].text.rstrip(" ")


def looking(tag: str, names: set[str], look: Look) -> Look:
    for name in sorted(names & SPANS.keys()):
        look = replace(look, style=SPANS[name])
    return replace(
        look,
        bold=look.bold or tag in {"b", "strong"},
        italic=look.italic or tag in {"em", "i"},
        raised=look.raised or tag == "sup",
    )
