"""Two edits of one text put together, where they do not touch each other.

Three texts take part: `base`, which both authors read, `mine`, which comes second, and
`theirs`, which is in the document now; all in the stored form of `governance.text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from governance.differences import Piece, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Author = Literal["mine", "theirs", "both"]


@dataclass(frozen=True)
class Edit:
    """`base[start:end]` becomes `text`.

    Where words repeat, an edit further left or right gives the same result: it may
    have been meant anywhere from `first` to `last`, and is the same edit.
    """

    first: int
    last: int
    taken: int
    put: str  # what would be put in at `first`
    start: int = field(compare=False)
    end: int = field(compare=False)
    text: str = field(compare=False)


class Mark(NamedTuple):
    """A piece of the combined text and, of a change, whose it is."""

    kind: Literal["same", "ins", "del"]
    text: str
    author: Author | None = None


@dataclass(frozen=True)
class Merged:
    """The combined text, or None where both changed the same words or their neighbours."""

    base: str
    mine: str
    theirs: str
    text: str | None
    marks: tuple[Mark, ...] = ()  # both sets of changes in the combined text

    @cached_property
    def my_pieces(self) -> list[Piece]:
        return words(self.base, self.mine)

    @cached_property
    def their_pieces(self) -> list[Piece]:
        return words(self.base, self.theirs)

    @cached_property
    def only_mine(self) -> list[str]:
        """What I put in and they do not have, in reading order: phrases to insert."""
        places = _put_in(self.my_pieces) & _put_in(words(self.theirs, self.mine))
        runs = groupby(enumerate(sorted(places)), lambda pair: pair[1] - pair[0])
        phrases = ("".join(self.mine[at] for _n, at in run).strip() for _, run in runs)
        return list(filter(None, phrases))


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Every word either put in, none that either took out; never a guess.

    Edits touch when no unchanged word or line end stands between them. A change that
    both made is made once.
    """
    whole = Merged(base, mine, theirs, None)
    by_me, by_them = (
        set(_edits(base, pieces)) for pieces in (whole.my_pieces, whole.their_pieces)
    )
    authors: dict[Edit, Author] = dict.fromkeys(by_me, "mine")
    authors |= dict.fromkeys(by_them, "theirs")
    authors |= dict.fromkeys(by_me & by_them, "both")
    if _touch(base, authors):
        return whole
    marks = _marked(base, authors)
    text = "".join(mark.text for mark in marks if mark.kind != "del")
    return Merged(base, mine, theirs, text, tuple(marks))


def _edits(base: str, pieces: list[Piece]) -> list[Edit]:
    changes: list[tuple[int, int, str]] = []
    at = 0
    for same, group in groupby(pieces, lambda piece: piece.kind == "same"):
        run = list(group)
        old = "".join(piece.text for piece in run if piece.kind != "ins")
        new = "".join(piece.text for piece in run if piece.kind == "ins")
        if not same:
            changes.append((at, at + len(old), new))
        at += len(old)
    ends = [0, *(end for _start, end, _text in changes)]
    starts = [*(start for start, _end, _text in changes[1:]), len(base)]
    return [
        _edit(base, *change, low, high)
        for change, low, high in zip(changes, ends, starts, strict=False)
    ]


def _put_in(pieces: list[Piece]) -> set[int]:
    """Where in the new text what was put in stands, character by character."""
    places: set[int] = set()
    at = 0
    for piece in pieces:
        end = at + (len(piece.text) if piece.kind != "del" else 0)
        places.update(range(at, end) if piece.kind == "ins" else ())
        at = end
    return places


def _edit(base: str, start: int, end: int, text: str, low: int, high: int) -> Edit:
    """With how far an insertion or deletion could slide between its neighbours."""
    old = base[start:end]
    left = right = 0
    if not (old and text):
        moved = old or text
        size = len(moved)
        while start - left > low and base[start - left - 1] == moved[-1 - left % size]:
            left += 1
        while end + right < high and base[end + right] == moved[right % size]:
            right += 1
    turn = len(text) - left % len(text) if text else 0
    put = text[turn:] + text[:turn]
    return Edit(start - left, end + right, end - start, put, start, end, text)


def _touch(base: str, authors: dict[Edit, Author]) -> bool:
    """Whether edits of different authors meet."""
    reached: dict[Author, int] = {}
    for edit, author in sorted(authors.items(), key=lambda item: item[0].first):
        for other, last in reached.items():
            if other != author and not re.search(r"[\w\n]", base[last : edit.first]):
                return True
        reached[author] = max(edit.last, reached.get(author, 0))
    return False


def _marked(base: str, authors: dict[Edit, Author]) -> list[Mark]:
    marks, at = [], 0
    for edit, author in sorted(authors.items(), key=lambda item: item[0].start):
        marks.append(Mark("same", base[at : edit.start]))
        marks.append(Mark("del", base[edit.start : edit.end], author))
        marks.append(Mark("ins", edit.text, author))
        at = edit.end
    marks.append(Mark("same", base[at:]))
    return [mark for mark in marks if mark.text]


@dataclass(frozen=True)
class MergedFields:
    """A row of several fields. `both` are those that both changed, differently."""

    values: dict[str, str]  # combined; where that cannot be, theirs
    both: dict[str, Merged]

    @property
    def overlapping(self) -> list[str]:
        return [name for name, merged in self.both.items() if merged.text is None]

    @property
    def is_ready(self) -> bool:
        return not self.overlapping


def merge_fields(
    base: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    *,
    texts: Collection[str],
) -> MergedFields:
    """Field by field; only those named in `texts` are combined word by word.

    A missing field is an empty one.
    """
    values: dict[str, str] = {}
    both: dict[str, Merged] = {}
    for name in dict.fromkeys([*theirs, *mine, *base]):
        old, my, their = (fields.get(name, "") for fields in (base, mine, theirs))
        values[name] = my if their == old else their
        if my not in (old, their) and their != old:
            whole = Merged(old, my, their, None)
            both[name] = merge(old, my, their) if name in texts else whole
            combined = both[name].text
            values[name] = their if combined is None else combined
    return MergedFields(values, both)
