"""Tables of the printed HTML as tables of Word, with the widths that they have in print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from governance.word_paper import Paper, Place, keep
from governance.word_xml import Look, W, el

if TYPE_CHECKING:
    from collections.abc import Callable

    Walk = Callable[[Any, Place], None]

WIDTH = re.compile(r"width:([\d.]+)%")
SHARES = {"short": 0.56, "counts": 0.6, "identity": 0.84}  # of the width of the text
PLAIN = {"plain", "acronyms", "identity", "small"}  # without lines
SMALL = {"matrix", "small"}
FILLS = {
    "chosen": "F1F9F4",
    "outcome": "D5ECDF",
    "output": "EEF4F0",
    "middle": "FFF3D1",
    "high": "FBE1E1",
}
HEAD = "E2F3EA"
GREEN = "0B5A3C"
# A row with more letters may go on on the next page.
LONG = 1500
FEW = 5  # rows that stay on one page


class Span(NamedTuple):
    """A cell that goes on in the rows below."""

    rows: int
    columns: int


@dataclass
class Table:
    """What its rows share: the widths of the columns, and the cells that go on below."""

    names: set[str]
    widths: list[int]
    place: Place
    spans: dict[int, Span] = field(default_factory=dict)

    def width(self, column: int, count: int) -> int:
        return sum(self.widths[column : column + count])


def names_of(element: Any) -> set[str]:
    return set(element.get("class", "").split())


def count_of(cell: Any, name: str) -> int:
    return int(cell.get(name, "1"))


def write_table(paper: Paper, walk: Walk, element: Any, place: Place) -> None:
    names = names_of(element)
    rows = list(element.iter("tr"))
    if not rows:
        return
    caption = element.find("caption")
    if caption is not None:
        walk(caption, replace(place, style="Caption"))
    paper.ready(place, "")
    share = min([SHARES[name] for name in names & SHARES.keys()], default=1)
    style = "TableSmall" if names & SMALL else "TableText"
    widths = column_widths(element, round(paper.format.width * share))
    table = Table(names, widths, replace(place, style=style))
    made = el("tbl", properties(table, caption), grid(widths))
    place.into.append(made)
    for row in rows:
        made.append(write_row(paper, walk, table, row))
    keep_rows(rows, made.findall(W + "tr"))
    paper.after_table = place.into is paper.body


def column_widths(element: Any, total: int) -> list[int]:
    """In twips: as the column group says, else all the same."""
    shares = [
        float(found[1])
        for col in element.iter("col")
        if (found := WIDTH.search(col.get("style", "")))
    ]
    count = max(
        sum(count_of(cell, "colspan") for cell in row) for row in element.iter("tr")
    )
    if len(shares) < count:
        shares = [1.0] * count
    return [round(total * share / sum(shares)) for share in shares]


def properties(table: Table, caption: Any) -> Any:
    style = "ReportPlain" if table.names & PLAIN else "ReportTable"
    made = el(
        "tblPr",
        el("tblStyle", val=style),
        el("tblW", w=sum(table.widths), type="dxa"),
        el("tblLayout", type="fixed"),
        el(
            "tblLook",
            val="04A0",
            firstRow=1,
            lastRow=0,
            firstColumn=1,
            lastColumn=0,
            noHBand=0,
            noVBand=1,
        ),
    )
    if caption is not None:
        words = " ".join("".join(caption.itertext()).split())
        made.append(el("tblCaption", val=words[:250]))
    return made


def grid(widths: list[int]) -> Any:
    return el("tblGrid", *(el("gridCol", w=width) for width in widths))


def write_row(paper: Paper, walk: Walk, table: Table, row: Any) -> Any:
    is_head = row.getparent().tag == "thead"
    made = el("tr", row_properties(row, is_head=is_head))
    column = 0
    for cell in row:
        column = go_on(made, table, column)
        made.append(write_cell(paper, walk, table, cell, column, is_head=is_head))
        columns = count_of(cell, "colspan")
        if (rows := count_of(cell, "rowspan")) > 1:
            table.spans[column] = Span(rows - 1, columns)
        column += columns
    column = go_on(made, table, column)
    if missing := len(table.widths) - column:
        made.append(empty(table, column, missing))
    return made


def row_properties(row: Any, *, is_head: bool) -> Any:
    made = el("trPr")
    if max((len("".join(cell.itertext())) for cell in row), default=0) <= LONG:
        made.append(el("cantSplit"))
    if is_head:
        made.append(el("tblHeader"))
    return made


def go_on(row: Any, table: Table, column: int) -> int:
    """Write the cells that began in a row above; return the next free column."""
    while span := table.spans.pop(column, None):
        row.append(empty(table, column, span.columns, merged=True))
        if span.rows > 1:
            table.spans[column] = Span(span.rows - 1, span.columns)
        column += span.columns
    return column


def empty(table: Table, column: int, count: int, *, merged: bool = False) -> Any:
    made = cell_properties(table, column, count)
    if merged:
        made.append(el("vMerge"))
    paragraph = el("p", el("pPr", el("pStyle", val=table.place.style)))
    return el("tc", made, paragraph)


def cell_properties(table: Table, column: int, count: int) -> Any:
    made = el("tcPr", el("tcW", w=table.width(column, count), type="dxa"))
    if count > 1:
        made.append(el("gridSpan", val=count))
    return made


def write_cell(
    paper: Paper, walk: Walk, table: Table, cell: Any, column: int, *, is_head: bool
) -> Any:
    made = cell_properties(table, column, count_of(cell, "colspan"))
    if count_of(cell, "rowspan") > 1:
        made.append(el("vMerge", val="restart"))
    made.extend(borders_and_fill(cell, is_head=is_head))
    written = el("tc", made)
    place = replace(
        table.place,
        into=written,
        style="TableHeading" if is_head else table.place.style,
        look=cell_look(table, cell, is_head=is_head),
        rtl=cell.get("dir") == "rtl",
        right="num" in names_of(cell),
    )
    if anchor := cell.get("id"):
        paper.marks.append(anchor)
    walk(cell, place)
    if written[-1].tag != W + "p":
        paper.paragraph(place)
    return written


def borders_and_fill(cell: Any, *, is_head: bool) -> list[Any]:
    row = names_of(cell.getparent())
    found = []
    if is_head or "sum" in row:
        side = el(
            "bottom" if is_head else "top", val="single", sz=6, space=0, color=GREEN
        )
        found.append(el("tcBorders", side))
    fills = [FILLS[name] for name in sorted((row | names_of(cell)) & FILLS.keys())]
    if is_head or fills:
        fill = HEAD if is_head else fills[0]
        found.append(el("shd", val="clear", color="auto", fill=fill))
    if is_head:
        found.append(el("vAlign", val="bottom"))
    return found


def cell_look(table: Table, cell: Any, *, is_head: bool) -> Look:
    names, row = names_of(cell), names_of(cell.getparent())
    if is_head:
        return Look()
    if cell.tag == "th" and row & {"outcome", "output"}:
        return Look(bold=True)
    if (
        "sum" in row
        or "score" in names
        or ("acronyms" in table.names and cell.tag == "th")
    ):
        return Look(bold=True)
    if cell.tag == "th" and table.names & {"facts", "identity"}:
        return Look(style="Label")
    return Look(style="Number", bold=True) if "no" in names else Look()


def keep_rows(rows: list[Any], made: list[Any]) -> None:
    """No table leaves its head, its first row or its last alone on a page."""
    count = len(made)
    for place, (row, written) in enumerate(zip(rows, made, strict=True)):
        is_head = row.getparent().tag == "thead"
        follows_head = place > 0 and rows[place - 1].getparent().tag == "thead"
        goes_on = names_of(row) & {"outcome", "output"}
        if place == count - 1:
            break
        if (
            is_head
            or follows_head
            or goes_on
            or count <= FEW
            or place in {0, count - 2}
        ):
            keep(written)
