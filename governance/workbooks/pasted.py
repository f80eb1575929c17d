"""Rows as text: a block copied from a spreadsheet, and CSV files."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.workbooks.rows import MOST_BYTES, Sheet, Unreadable, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKED_AT = 20
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DELIMITERS = ",;\t"
# A copied cell is quoted only because it holds a line break or a tab; a quotation mark
# before anything else is the beginning of what somebody wrote.
QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)')
PLAIN = re.compile(r"[^\t\r\n]*+")
NEXT = re.compile(r"\t|\r\n|\r|\n|\Z")
BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
NAMED = re.compile(r"sep=([,;\t])\r?\n")


def read_pasted(text: str) -> Sheet:
    """A block copied from Excel or LibreOffice; row 1 is its first row."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise Unreadable(
            _("What you pasted is larger than 2 MB; paste the rows in several parts.")
        )
    rows = rows_of(enumerate(_copied(text), start=1))
    if not rows:
        raise Unreadable(
            _("Nothing was pasted; copy the rows in your spreadsheet and paste them.")
        )
    return Sheet("", rows)


def read_csv(name: str, data: bytes) -> Sheet:
    """A CSV file; its rows are counted as Excel counts them, not by lines."""
    if b"\0" in data and not data.startswith(MARKS):
        raise _no_text()
    text, notes = _decoded(data)
    if BINARY.search(text):
        raise _no_text()
    rows = rows_of(_records(text))
    if not rows:
        raise Unreadable(_("The file has no rows; choose the one that holds them."))
    return Sheet(name, rows, notes)


def _copied(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    at = 0
    while at < len(text) or row:
        cell, at = _cell(text, at)
        row.append(cell)
        between = NEXT.match(text, at)
        mark = between[0] if between else ""
        at += len(mark)
        if mark != "\t":
            yield row
            row = []


def _cell(text: str, at: int) -> tuple[str, int]:
    quoted = QUOTED.match(text, at)
    if quoted and any(mark in quoted[1] for mark in "\t\r\n"):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = PLAIN.match(text, at)
    end = plain.end() if plain else at
    return text[at:end], end


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """The text, in Excel's "CSV UTF-8", its "Unicode text" or a Western Windows."""
    if data.startswith(MARKS):
        return _strictly(data, "utf-16"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = _(
            "The file is not in UTF-8 and was read as Western European: if letters "
            "look wrong, save it in Excel as CSV UTF-8 and choose it again."
        )
        return _strictly(data, "cp1252"), [note]


def _no_text() -> Unreadable:
    return Unreadable(
        _(
            "The file is named .csv but is not text; open it in the program that made "
            "it, save it as .xlsx or CSV UTF-8 and try again."
        )
    )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _(
                "The letters of the file cannot be read; save it in Excel as .xlsx or "
                "CSV UTF-8 and try again."
            )
        ) from error


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    named = NAMED.match(text)
    delimiter = named[1] if named else _guessed(text)
    number = 0
    try:
        for number, record in enumerate(_reader(text, delimiter), start=1):
            if not (named and number == 1):
                yield number, record
    except csv.Error as error:
        raise Unreadable(
            _(
                "Row %(row)s cannot be read because a quotation mark is out of place or "
                "a cell is too long; correct it and try again."
            )
            % {"row": number + 1}
        ) from error


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)


def _guessed(text: str) -> str:
    """The delimiter that gives most rows the same number of columns, if more than one."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for record in itertools.islice(_reader(text, delimiter), LOOKED_AT):
            widths[len(record)] += 1
    except csv.Error:
        pass
    many = [(count, width) for width, count in widths.items() if width > 1]
    return max(many, default=(0, 0))
