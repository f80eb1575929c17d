"""Pasted text with numbered paragraphs, taken apart into what would be clauses.

It is only ever an offer: a numbered list that is meant as a list looks the same.
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

Number = tuple[int, ...]  # 2.3 is (2, 3), (b) is (2,)

LONGEST_HEADING = 80
DEEPER = 2  # columns: what begins further in is numbered within a piece
ROMAN = re.compile(
    "m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})",
    re.ASCII | re.IGNORECASE,
)
WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
NAMED = "Article|Artigo|Artículo|Art\\.|Section|Clause|Chapter|Chapitre|Part|Rule"
# A number and what shows that it is one: (a), 4), 1.1, Article 4; Markdown writes 1\.
MARKER = re.compile(
    rf"""
    (?P<indent>[ \t]*)
    (?P<bold>(?:\*\*|__)?)
    (?:
        (?P<name>{NAMED})[ \u00a0]+(?P<named>\d+|[ivxlc]+)\b[ ]*[.:–—-]?
      | (?P<open>\(?)(?P<counted>\d{{1,4}}|[a-z]|[ivxlc]{{1,8}})\\?(?P<close>[.)])
      | (?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}})(?:\\?[.)])?
      | (?P<bare>\d{{1,3}})(?=\t)
    )
    (?P<end>(?:\*\*|__)?)
    (?=[\s\u00a0]|$)
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Piece:
    """What stands before the first number has the number ""."""

    number: str  # as it is written
    heading: str
    body: str


@dataclass(frozen=True)
class Marked:
    """A line that begins with a number; `readings` are the sorts it can be of."""

    line: int
    indent: int
    number: str
    rest: str
    is_named: bool
    readings: dict[str, Number]


@dataclass
class Sort:
    """The lines with one sort of number, and where each number stands."""

    lines: list[tuple[Marked, Number]] = field(default_factory=list)
    places: dict[Number, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, mark: Marked, number: Number) -> tuple[Sort, int]:
        at = len(self.lines)
        self.lines.append((mark, number))
        self.places[number].append(at)
        return self, at


def split_numbered(text: str) -> list[Piece]:
    """The pieces, or none where fewer than two numbers of a sort follow each other.

    Only the numbering that comes first splits; what is numbered within a piece stays
    as it is. No word is lost.
    """
    lines = text.split("\n")
    marked = list(filter(None, (_marked(n, line) for n, line in enumerate(lines))))
    chain = _first_chain(marked)
    if not chain:
        return []
    ends = [*(mark.line for mark in chain[1:]), len(lines)]
    before = "\n".join(lines[: chain[0].line]).strip()
    pieces = [Piece("", "", before)] if before else []
    for mark, end in zip(chain, ends, strict=True):
        pieces.append(_piece(mark, lines[mark.line + 1 : end]))
    return pieces


def _marked(line: int, text: str) -> Marked | None:
    match = MARKER.match(text)
    if not match or not (readings := _readings(match)):
        return None
    bold, end = match["bold"], match["end"]
    number = text[match.end("bold") : match.start("end")].replace("\\", "")
    rest = text[match.end() :].strip()
    if bold != end:  # **1. Name** or **1. Name** of it: words of the rest are bold
        rest = bold + end + rest
    indent = len(match["indent"].expandtabs(4))
    name = bool(match["name"])
    number = number.rstrip(" .:–—-") if name else number
    return Marked(line, indent, number, rest, name, readings)


def _readings(match: re.Match[str]) -> dict[str, Number]:
    """By sort: `i.` is the first Roman number and the ninth letter."""
    if match["dotted"]:
        number = tuple(map(int, match["dotted"].split(".")))
        return {f"dotted {len(number)}": number}
    digits = match["named"] or match["counted"] or match["bare"]
    look = f"{(match['name'] or '').casefold()} {match['open']} {match['close']}"
    if digits.isdecimal():
        return {look: (int(digits),)}
    found: dict[str, Number] = {}
    case = "upper" if digits.isupper() else "lower"
    if len(digits) == 1 and not match["name"]:
        found[f"{look} {case} letter"] = (ord(digits.lower()) - ord("a") + 1,)
    if ROMAN.fullmatch(digits):
        found[f"{look} {case} roman"] = (_roman(digits.lower()),)
    return found


def _roman(digits: str) -> int:
    total = before = 0
    for worth in (WORTH[digit] for digit in reversed(digits)):
        total += worth if worth >= before else -worth
        before = max(before, worth)
    return total


def _first_chain(marked: list[Marked]) -> list[Marked]:
    """The numbering that comes first; of two ways to read it, the longer."""
    sorts: dict[str, Sort] = defaultdict(Sort)
    starts = [
        [sorts[sort].add(mark, number) for sort, number in mark.readings.items()]
        for mark in marked
    ]
    for readings in starts:
        longest = max((_chain(sort, at) for sort, at in readings), key=len)
        if len(longest) > 1:
            return longest
    return []


def _chain(sort: Sort, at: int) -> list[Marked]:
    """From that line on, number after number; one may have been left out."""
    first, number = sort.lines[at]
    chain = [first]
    while following := _after(sort, at, number, 1) or _after(sort, at, number, 2):
        at = min(following)
        mark, found = sort.lines[at]
        if mark.indent < first.indent + DEEPER:
            chain.append(mark)
            number = found
    return chain


def _after(sort: Sort, at: int, number: Number, step: int) -> list[int]:
    """Where the next number stands: after 2.3 comes 2.4 or 3.1."""
    found = []
    for depth in range(len(number)):
        rest = (1,) * (len(number) - depth - 1)
        places = sort.places.get((*number[:depth], number[depth] + step, *rest), [])
        found += places[bisect_right(places, at) :][:1]
    return found


def _piece(mark: Marked, below: list[str]) -> Piece:
    """With a heading beside the number or, where nothing stands there, under it."""
    first, body = mark.rest, textwrap.dedent("\n".join(below)).strip()
    if not first:
        first, _end, body = body.partition("\n")
    if not _is_heading(first, alone=not body and not mark.is_named):
        return Piece(mark.number, "", f"{first}\n{body}".strip())
    bold = re.fullmatch(r"(\*\*|__)(.+)\1", first)
    return Piece(mark.number, bold[2] if bold else first, body.strip())


def _is_heading(line: str, *, alone: bool) -> bool:
    """Short and no sentence, with something below it."""
    plain = line.strip("*_ ")
    return 0 < len(plain) <= LONGEST_HEADING and not alone and plain[-1] not in ".;,:"
