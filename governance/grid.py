"""The rows of one table of a document as they are shown, found and edited on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.columns import (
    CHOICE,
    DAY,
    MANY,
    MONEY,
    NUMBER,
    NUMERIC,
    ONE,
    TEXT,
    WORDS,
    YES,
    Column,
)
from governance.formats import day, natural, number
from governance.models import Provision
from governance.references import above, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from governance.assigned import Rights
    from governance.columns import Scope
    from governance.models import Document
    from governance.tables import Table

QUARTER = re.compile(r"q([1-4])")
LONGEST_LIST = 100  # beyond that a list of choices is looked up on the row's own page


def shown(column: Column, cell: str) -> str:
    """A cell as the page shows it; `column.read` understands it all the same."""
    if column.kind in {MONEY, NUMBER}:
        return number(cell)
    if column.kind == DAY:
        return day(cell)
    if column.kind == YES and not column.source.null:
        return cell if cell == _("yes") else ""
    return cell


def in_order(rows: Iterable[Any]) -> list[Any]:
    """The rows as they are read: each below what it stands under."""
    return sorted(rows, key=place_of)


def place_of(row: Any) -> tuple[int, ...]:
    """The way to a row, in places: of what it stands under, then its own."""
    ranks: list[int] = []
    for name in row.siblings:
        source = row._meta.get_field(name)
        if source.choices:
            known = [key for key, _label in source.flatchoices]
            ranks.append(known.index(getattr(row, name)))
        elif issubclass(source.related_model, Provision) and getattr(row, name):
            return (*place_of(getattr(row, name)), row.position)
    return (*ranks, row.position)


def brief_of(table: Table, columns: Sequence[Column]) -> frozenset[str]:
    """The columns that say a row in one line, on a phone."""
    title = next((c.name for c in columns if c.kind in {TEXT, WORDS}), columns[0].name)
    money = [c.name for c in columns if c.kind == MONEY][:1]
    quarters = [c.name for c in columns if QUARTER.fullmatch(c.name)]
    return frozenset([title, *table.model.responsible_fields[:1], *quarters, *money])


@dataclass(frozen=True)
class Head:
    """A column of the page: what it is called, and how its cells are typed."""

    column: Column
    options: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def title(self) -> str:
        return capfirst(str(self.column.title))

    @property
    def is_number(self) -> bool:
        return self.column.kind in NUMERIC

    @property
    def how(self) -> str:
        """Which field opens on a cell."""
        if self.column.kind in {CHOICE, YES}:
            return "select"
        if self.column.kind == ONE and self.options:
            return "list"
        return "words" if self.column.kind == WORDS else "text"


def heads_of(columns: Sequence[Column], scope: Scope | None) -> list[Head]:
    """The columns, with their choices where somebody may type (`scope`)."""
    return [Head(column, options_of(column, scope)) for column in columns]


def options_of(column: Column, scope: Scope | None) -> tuple[tuple[str, str], ...]:
    """What is typed for a choice, and what it means."""
    if scope is None:
        return ()
    if column.kind == YES:
        words = [_("yes"), _("no")] if column.source.null else [_("yes")]
        return tuple((word, "") for word in ["", *words])
    if column.kind == CHOICE:
        labels = [str(label) for value, label in column.source.flatchoices if value]
        return tuple((label, "") for label in labels if label)
    if column.kind != ONE:
        return ()
    items = scope.options(column)
    if len(items) > LONGEST_LIST:
        return ()
    cells = ((column.cell_of(item), label_of(item)) for item in items)
    return tuple((cell, label.removeprefix(cell).strip()) for cell, label in cells)


@dataclass(frozen=True)
class Cell:
    text: str
    css: str = ""  # `n` is a number, `b` belongs to the one line on a phone
    label: str = ""  # said before it there
    link: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the page; `revision` is empty where it is not the reader's to edit."""

    uid: str
    number: str
    revision: str
    cells: list[Cell]
    told: list[str]


def lines_of(
    rows: Iterable[Any], table: Table, heads: Sequence[Head], rights: Rights | None
) -> list[Line]:
    """The rows as the page shows them; `rights` None where nothing can be edited."""
    brief = brief_of(table, [head.column for head in heads])
    title = next((h.name for h in heads if h.name in brief), "")
    marks = {
        h.name: f"{'n' if h.is_number else ''}{'b' if h.name in brief else ''}"
        for h in heads
    }
    return [
        Line(
            str(row.uid),
            row.number,
            str(row.revision) if rights and rights.covers(row) else "",
            [cell_of(row, h, marks[h.name], is_title=h.name == title) for h in heads],
            [tell(row) for _title, tell in table.told],
        )
        for row in rows
    ]


def cell_of(row: Any, head: Head, mark: str, *, is_title: bool) -> Cell:
    text = shown(head.column, head.column.cell(row))
    label = head.title if text and "b" in mark and head.column.kind == YES else ""
    return Cell(text, mark, label, link=is_title)


def cells_shown(row: Any, columns: Iterable[Column]) -> dict[str, str]:
    return {column.name: shown(column, column.cell(row)) for column in columns}


def institutions_of(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Code and name of every institution that a row names as responsible."""
    found = {
        institution.code: institution.name
        for row in rows
        for institution in responsible_for(row)
    }
    return sorted(found.items(), key=lambda item: natural(item[0]))


def responsible_for(row: Any) -> list[Any]:
    named = (getattr(row, name) for name in row.responsible_fields)
    return [institution for institution in named if institution is not None]


def quarters_of(columns: Iterable[Column]) -> list[str]:
    return [m[1] for c in columns if (m := QUARTER.fullmatch(c.name))]


def concerning(problems: Iterable[str], table: Table, rows: Iterable[Any]) -> list[str]:
    """Of what a document still lacks, that which names this table or a row of it."""
    names = [row.number for row in rows if re.search(r"[^\W\d]", row.number)]
    words = [str(table.model._meta.verbose_name), *names]
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    named = re.compile(rf"(?<![\w.-])(?:{pattern})(?![\w-]|\.\w)", re.IGNORECASE)
    return [sentence for sentence in problems if named.search(sentence)]


def everything(document: Document, table: Table, scope: Scope) -> list[Any]:
    """Every row of the table in order, with what its cells need, in a few queries."""
    rows = list(table.rows(document))
    for row in rows:
        row.let_know(document)
    link_parents(rows)
    known = {*above(table.model)} - {"parent"}  # read with the rows
    for column in table.columns(document):
        is_other = column.kind in {ONE, MANY} and column.name not in known
        if is_other and not column.apart:
            link(rows, column, scope)
    return in_order(rows)


def link_parents(rows: Iterable[Any]) -> dict[Any, Any]:
    """Give rows that stand below one another each other: numbers climb all the way."""
    found = {row.pk: row for row in rows}
    for row in found.values():
        if "parent" in row.siblings and row.parent_id in found:
            row.parent = found[row.parent_id]
    return found


def link(rows: Iterable[Any], column: Column, scope: Scope) -> None:
    """Let rows point at what was read once of what they may point at."""
    other = column.source.related_model
    if not issubclass(other, Provision):
        return
    found = link_parents(scope.options(column))
    for row in rows:
        if column.kind == MANY:
            for item in getattr(row, column.name).all():
                if "parent" in other.siblings and item.parent_id in found:
                    item.parent = found[item.parent_id]
            continue
        key = getattr(row, column.source.attname)
        if key in found:
            setattr(row, column.name, found[key])
