"""Which column of a table each column of a spreadsheet is, by its heading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.workbooks.rows import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.columns import Column
    from governance.workbooks import Sheet

KEY, NUMBER, NOTHING = "key", "number", ""
OWN_WORDS = {KEY: {"key"}, NUMBER: {"no", "number", "nr", "n°", "#"}}
LOOKED_AT = 5  # rows among which the headings are looked for
NO_HEAD = -1


@dataclass(frozen=True)
class Matched:
    """The columns of a file: what each is, and which are called how."""

    columns: tuple[Column, ...]
    places: tuple[str, ...]
    titles: tuple[str, ...]
    head: int  # the place of the row of headings
    is_certain: bool  # nothing has to be asked

    @property
    def found(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns if c.name in self.places}


def plain(text: str) -> str:
    """A heading as it is compared: `Budget (LSL):` is `budget`."""
    bare = unicodedata.normalize("NFC", re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text))
    return " ".join(re.sub(r"[.:*_]", " ", bare).split()).casefold()


def words_for(columns: Sequence[Column]) -> list[tuple[str, set[str], set[str]]]:
    """By which words each column is known: its own, and others for it."""
    own = [(name, words, set[str]()) for name, words in OWN_WORDS.items()]
    return [
        (
            column.name,
            {plain(str(column.title)), plain(column.name)},
            {plain(str(word)) for word in column.also},
        )
        for column in columns
    ] + own


def guessed(cells: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """What each cell of a row would be as a heading; the surest first, each once."""
    heads = [plain(cell) for cell in cells]
    places = [NOTHING] * len(heads)
    names = words_for(columns)
    for sure in (0, 1):
        for name, *words in names:
            free = [n for n, at in enumerate(places) if not at and heads[n]]
            here = next((n for n in free if heads[n] in words[sure]), None)
            if here is not None and name not in places:
                places[here] = name
    return tuple(places)


def matched(
    sheet: Sheet,
    columns: Sequence[Column],
    head: int | None = None,
    chosen: Sequence[str] | None = None,
) -> Matched:
    """The columns of the file as they were `chosen`, else as their headings say.

    Without headings the columns of the table are assumed, in their order.
    """
    rows = sheet.rows
    width = len(rows[0].cells)
    guesses = [guessed(row.cells, columns) for row in rows[:LOOKED_AT]]
    counts = [sum(map(bool, guess)) for guess in guesses]
    if head is None or not NO_HEAD <= head < len(guesses):
        head = counts.index(max(counts)) if max(counts) else NO_HEAD
    in_order = [column.name for column in columns][:width]
    guess = guesses[head] if head != NO_HEAD else tuple(in_order)
    places = tuple(chosen) if chosen is not None and len(chosen) == width else guess
    places += (NOTHING,) * (width - len(places))
    names = rows[head].cells if head != NO_HEAD else [""] * width
    titles = [name or _("Column %s") % letters(n) for n, name in enumerate(names, 1)]
    used = [any(r.cells[n] for r in rows[head + 1 :]) for n in range(width)]
    said = head != NO_HEAD and all(p or not used[n] for n, p in enumerate(places))
    certain = said or (places is not guess and chosen is not None)
    return Matched(tuple(columns), places, tuple(titles), head, certain)


def doubled(match: Matched) -> list[str]:
    """A sentence for each heading that several columns have, of which one is meant."""
    heads = [plain(title) for title in match.titles]
    meant = [h for h, place in zip(heads, match.places, strict=True) if place]
    return [
        _("Several columns are called “%s”: choose below which of them is meant.")
        % match.titles[heads.index(head)]
        for head in dict.fromkeys(meant)
        if heads.count(head) > meant.count(head)
    ]


def missing(match: Matched) -> str:
    """The sentence on a column without which no row can be added; else empty."""
    lacking = [
        f"“{capfirst(str(column.title))}”"
        for column in match.columns
        if column.is_required
        and not has_default(column)
        and column.name not in match.places
    ]
    if not lacking:
        return ""
    words = {"column": ", ".join(lacking), "now": ", ".join(match.titles)}
    if len(lacking) == 1:
        return (
            _("Your file needs a column called %(column)s. Right now it has: %(now)s.")
            % words
        )
    return (
        _("Your file needs columns called %(column)s. Right now it has: %(now)s.")
        % words
    )


def has_default(column: Column) -> bool:
    return not column.apart and bool(column.source.has_default())
