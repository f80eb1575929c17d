"""What the rows of a spreadsheet mean for a table: which rows they are, what they say.

Nothing is written here. Rows are recognised by the key that the portal's own file gives
them, else by a number of the report such as A1.1.1; the others are new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.columns import MANY, ONE
from governance.headings import KEY, NUMBER, has_default
from governance.references import key_of, label_of, pieces_of, said
from governance.repeats import headings_again
from governance.sheets import as_written
from governance.text import normal
from governance.typed import Ambiguous

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from governance.columns import Column, Scope
    from governance.headings import Matched
    from governance.models import Committee, Document, User
    from governance.workbooks import Sheet

EMPTY = "–"  # the answer that a text means nothing


@dataclass(frozen=True)
class Known:
    """A row that is there, and how a file names it."""

    key: str
    number: str
    row: Any
    revision: int = 0


class Desk(Protocol):
    """The rows of a table, held for one person until the transaction ends."""

    at: dt.datetime
    scope: Scope

    @property
    def known(self) -> Sequence[Known]: ...

    def add(self, values: Mapping[Column, Any]) -> Any: ...

    def change(self, row: Any, values: Mapping[Column, Any]) -> Any: ...

    def keep(self, *, why: str) -> list[dict[str, Any]]:
        """Enter the history; returns every change as Import.rows holds it."""

    def take_back(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Undo such changes, all of them, or refuse."""


@dataclass(frozen=True)
class Aim:
    """Where rows go: the columns of a table, and how it is opened for somebody."""

    name: str
    title: str
    committee: Committee
    columns: tuple[Column, ...]
    open: Callable[[User], Desk]
    document: Document | None = None
    # Sentences on the rows of a file, such as on names that Excel may have changed.
    notes: Callable[[Sequence[Line]], list[str]] | None = None
    natural: str = ""  # the column that names a row, where numbers do not


@dataclass(frozen=True)
class Answers:
    """What was answered once for the whole file."""

    head: int | None = None  # the place of the row of headings; -1 where there is none
    places: tuple[str, ...] | None = None  # what each column of the file is
    comma: str = ""  # how `12,500` is meant: thousands or decimal
    meant: Mapping[str, str] = field(default_factory=dict)  # by Question.name
    out: frozenset[int] = frozenset()  # numbers of rows that are left out


@dataclass(frozen=True)
class Question:
    """A text that names nothing known: what is meant by it, wherever it stands?"""

    name: str
    text: str
    column: Column


@dataclass(frozen=True)
class Line:
    """One row of the file, and the row it is, if it is one that is there."""

    number: int
    texts: dict[str, str]
    known: Known | None = None
    fault: str = ""
    faults: dict[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """The values of a line; or what is wrong in which cell, and what has to be asked."""

    values: dict[Column, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    unclear: str = ""  # the first number that can be read in two ways


def lines_of(
    sheet: Sheet,
    match: Matched,
    known: Sequence[Known],
    answers: Answers,
    natural: str = "",
) -> list[Line]:
    """The rows below the headings that say something, each with the row it is."""
    keys = {each.key: each for each in known}
    numbers: dict[str, list[Known]] = {}
    for each in known:
        if re.search(r"[^\W\d_]", each.number):
            numbers.setdefault(each.number, []).append(each)
    lines = []
    passed = answers.out.union(headings_again(sheet, match))
    for row in sheet.rows[match.head + 1 :]:
        texts = {place: row.cells[n] for n, place in enumerate(match.places) if place}
        if row.number in passed or not any(texts.values()):
            continue
        faults = {
            match.places[n]: sheet.faults[row.number, n]
            for n in range(len(match.places))
            if match.places[n] and (row.number, n) in sheet.faults
        }
        key, number = texts.pop(KEY, ""), texts.pop(NUMBER, "")
        line = Line(row.number, texts, faults=faults)
        number = texts.get(natural, "") if natural else number
        lines.append(recognised(line, key, number, keys, numbers))
    return once_each(lines)


def recognised(
    line: Line,
    key: str,
    number: str,
    keys: Mapping[str, Known],
    numbers: Mapping[str, list[Known]],
) -> Line:
    if key:
        if key in keys:
            return replace(line, known=keys[key])
        return replace(
            line,
            fault=_(
                "The key is not that of a row here. Empty the cell “Key” to add the row"
                " as a new one."
            ),
        )
    found = numbers.get(number, [])
    if len(found) > 1:
        return replace(
            line,
            fault=_("Several rows have the number %s. Keep the column “Key”.") % number,
        )
    return replace(line, known=found[0]) if found else line


def once_each(lines: list[Line]) -> list[Line]:
    first: dict[str, int] = {}
    checked = []
    for line in lines:
        if line.known and line.known.key in first:
            same = _("This is the same row as row %d of the file.")
            line = replace(line, fault=same % first[line.known.key])
        elif line.known:
            first[line.known.key] = line.number
        checked.append(line)
    return checked


def says_the_same(column: Column, row: Any, text: str) -> bool:
    """Whether a cell still holds what the portal's own file had in it."""
    return normal(text) == normal(as_written(column.cell(row)))


def read_line(
    line: Line, columns: Mapping[str, Column], scope: Scope, answers: Answers
) -> Reading:
    """The values of a line; of a row that is there, those of its cells that differ.

    A cell that is empty in a new row is left to the table's own beginning.
    """
    found = Reading(faults=dict(line.faults))
    row = line.known.row if line.known else None
    for name, text in line.texts.items():
        column = columns[name]
        if name in found.faults:
            continue
        if row is not None and says_the_same(column, row, text):
            found.values[column] = column.value(row)
            continue
        if row is None and not normal(text) and has_default(column):
            continue
        read_cell(column, text, scope, answers, found)
    return found


def read_cell(
    column: Column, text: str, scope: Scope, answers: Answers, found: Reading
) -> None:
    if column.kind in {ONE, MANY} and normal(text):
        text, asked = with_meanings(column, text, scope, answers)
        found.questions += asked
    try:
        found.values[column] = column.read(text, scope)
    except Ambiguous as error:
        found.unclear = found.unclear or error.text
        found.faults[column.name] = str(error.messages[0])
    except ValidationError as error:
        found.faults[column.name] = " ".join(error.messages)


def with_meanings(
    column: Column, text: str, scope: Scope, answers: Answers
) -> tuple[str, list[Question]]:
    """The text with what was answered for it, and what nobody knows, to be asked."""
    known = scope.named(column)
    pieces, asked = [], []
    for piece in pieces_in(column, normal(text), known):
        if said(piece) in known:
            pieces.append(piece)
            continue
        question = Question(name_of(column, piece), piece, column)
        asked.append(question)
        answer = answers.meant.get(question.name, piece)
        pieces.append("" if answer == EMPTY else answer)
    return "; ".join(filter(None, pieces)), asked


def pieces_in(column: Column, text: str, known: Mapping[str, Any]) -> list[str]:
    return [text] if column.kind == ONE else pieces_of(text, known)


def name_of(column: Column, text: str) -> str:
    """The same for every column that points at the same sort of rows."""
    sort = column.source.related_model._meta.label_lower
    return f"meant-{sha256(f'{sort} {said(text)}'.encode()).hexdigest()[:16]}"


def choices_for(question: Question, scope: Scope) -> list[tuple[str, str]]:
    """What a text may mean: what is put in its place, and how it is called."""
    options = [
        (key_of(item), label_of(item)) for item in scope.options(question.column)
    ]
    empty = (EMPTY, _("nothing: leave it empty"))
    return options if question.column.is_required else [*options, empty]
