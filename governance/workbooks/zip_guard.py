"""The ZIP of an Office file: unpacked piece by piece and counted before anything is read."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.workbooks.rows import Unreadable

MEBIBYTE = 1024 * 1024
MOST_PARTS = 200
LARGEST = 20 * MEBIBYTE
LARGEST_PART = 10 * MEBIBYTE
HIGHEST_RATIO = 100
HARMLESS = MEBIBYTE  # below this the ratio says nothing: "aaaa" packs well
PIECE = 64 * 1024
# No start tag is longer; a longer one would make the parser keep a million attributes.
LONGEST_TAG = MEBIBYTE // 2

ZIP = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
ENCRYPTED = 0x1
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
MARKUP = (".xml", ".rels", ".vml")
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)")
ODD_NAME = re.compile(r"(^|/)\.{1,2}(/|$)|^/|\\|:|[\x00-\x1f]")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Package:
    """A checked archive; its names are compared without regard to case."""

    data: bytes
    names: dict[str, str]

    def read(self, name: str) -> bytes:
        """One part unpacked; damaged is the file that names a part it does not hold."""
        stored = self.names.get(name.casefold())
        if stored is None:
            raise damaged()
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(stored)

    def holds(self, start: str) -> bool:
        return any(name.startswith(start) for name in self.names)


def opened(data: bytes) -> Package:
    """The archive, after every part was unpacked once, counted and thrown away.

    Raises Unreadable; no size that the archive declares is believed.
    """
    if data.count(CENTRAL) > MOST_PARTS:
        message = _(
            "The file is made of more than %(most)s parts; copy the rows into a new "
            "workbook, save it as .xlsx and try again."
        )
        raise Unreadable(message % {"most": MOST_PARTS})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _names(archive.infolist())
            left = LARGEST
            for info in archive.infolist():
                left -= _unpacked(archive, info, left)
    except BROKEN as error:
        raise damaged() from error
    return Package(data, names)


def damaged() -> Unreadable:
    return Unreadable(
        _(
            "The file is damaged or incomplete; open it in Excel, save it again as "
            ".xlsx and try again."
        )
    )


def locked() -> Unreadable:
    return Unreadable(
        _(
            "The workbook is protected with a password; remove the password in Excel, "
            "save it as .xlsx and try again."
        )
    )


def _bomb() -> Unreadable:
    return Unreadable(
        _(
            "The file unpacks to far more than its rows need; copy the rows into a new "
            "workbook, save it as .xlsx and try again."
        )
    )


def _names(parts: list[zipfile.ZipInfo]) -> dict[str, str]:
    names = {part.filename.casefold(): part.filename for part in parts}
    odd = any(ODD_NAME.search(part.orig_filename) for part in parts)
    if odd or len(names) < len(parts):
        raise Unreadable(
            _(
                "The names inside the file are not those of a workbook; copy the rows "
                "into a new workbook, save it as .xlsx and try again."
            )
        )
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise locked()
    if any(part.compress_type not in PACKED for part in parts):
        raise damaged()
    return names


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> int:
    """The size of a part, unpacked no further than `left` and the limits allow."""
    most = min(left, LARGEST_PART, max(HARMLESS, info.compress_size * HIGHEST_RATIO))
    markup = info.filename.casefold().endswith(MARKUP)
    size = since = 0
    tail = b""
    with archive.open(info) as part:
        while piece := part.read(PIECE):
            if not size and piece.startswith(ZIP):
                raise _nested()
            size += len(piece)
            if size > most:
                raise _bomb()
            if markup:
                since = _checked(tail, piece, since)
                tail = piece[-32:]
    return size


def _checked(tail: bytes, piece: bytes, since: int) -> int:
    """Refuse declarations and endless tags; return the bytes since the last `<`."""
    # UTF-16 puts a zero byte beside each letter; without them both spellings are one.
    if DECLARATION.search((tail + piece).replace(b"\0", b"")):
        raise Unreadable(
            _(
                "The file holds declarations that no spreadsheet program writes; copy "
                "the rows into a new workbook, save it as .xlsx and try again."
            )
        )
    last = piece.rfind(b"<")
    since = since + len(piece) if last < 0 else len(piece) - last
    if since > LONGEST_TAG:
        raise damaged()
    return since


def _nested() -> Unreadable:
    return Unreadable(
        _(
            "The workbook holds another file inside it; delete that file from the "
            "sheet, save it and try again."
        )
    )
