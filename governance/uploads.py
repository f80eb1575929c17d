"""Files that people send: what they are, by their content, and what they may be called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from governance.errors import Refused

MEBIBYTE = 1024 * 1024
LIMIT = 3 * MEBIBYTE
LONGEST_NAME = 100

MAGIC = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
EXTENSIONS = {"pdf": "pdf", "png": "png", "jpg": "jpg", "jpeg": "jpg"}
MARKUP = re.compile(rb"<(!doctype|\?xml|html|head|body|script|svg|!--)", re.IGNORECASE)


def checked(name: str, data: bytes, *, limit: int = LIMIT) -> str:
    """The kind of a file: `pdf`, `png` or `jpg`, which its content and its name say.

    Raises Refused for anything else, for nothing, and above `limit` bytes.
    """
    if not data:
        raise Refused(_("The file is empty."))
    if len(data) > limit:
        message = _("The file is %(size)s; at most %(limit)s are accepted.")
        raise Refused(message % {"size": _size(len(data)), "limit": _size(limit)})
    kind = next((k for k, magic in MAGIC.items() if data.startswith(magic)), "")
    named = EXTENSIONS.get(_extension(name), "")
    if not kind and not named and MARKUP.search(data[:1024]):
        raise Refused(
            _("Web pages and SVG drawings are not accepted; send a PDF, PNG or JPG.")
        )
    if not kind and not named:
        raise Refused(_("Only PDF, PNG and JPG files are accepted."))
    if kind != named:
        message = _("The name “%(name)s” and the content of the file disagree.")
        raise Refused(message % {"name": clean_name(name)})
    return kind


def stored_name(data: bytes, kind: str, folder: str) -> str:
    return f"{folder}/{hashlib.sha256(data).hexdigest()}.{kind}"


def clean_name(name: str) -> str:
    """A name safe to offer for download: no path, nothing invisible, its extension kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    plain = re.sub(r'[<>:"|?*]', "_", plain)
    plain = " ".join(plain.split()).strip(". ")
    path = PurePosixPath(plain)
    suffix = path.suffix if len(path.suffix) <= 10 else ""
    stem = plain.removesuffix(suffix)[: LONGEST_NAME - len(suffix)].strip(". ")
    return (stem or "file") + suffix


def _extension(name: str) -> str:
    return PurePosixPath(clean_name(name)).suffix.lstrip(".").lower()


def _size(count: int) -> str:
    """Bytes as people say them: `3 MB`, `3.2 MB`, `12 kB`; never less than there are."""
    unit, each = ("MB", MEBIBYTE) if count >= MEBIBYTE else ("kB", 1024)
    tenths = -(-count * 10 // each)
    return f"{tenths // 10}.{tenths % 10} {unit}".replace(".0 ", " ")
