"""The XML of a Word file: elements, runs of text in either direction, safe addresses."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": NAMESPACE, "r": RELATIONS}
W = f"{{{NAMESPACE}}}"
R = f"{{{RELATIONS}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?")
MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
LONGEST_ADDRESS = 2000  # Word takes 2,083 characters
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def el(tag: str, *children: Any, **attributes: Any) -> Any:
    """`<w:tag>` with attributes of the same namespace."""
    made = etree.Element(W + tag, nsmap=NAMES)
    for name, value in attributes.items():
        made.set(W + name, str(value))
    made.extend(children)
    return made


@dataclass(frozen=True)
class Look:
    """How a run of text differs from its paragraph; `style` is a character style."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    style: str = ""


PLAIN = Look()


def run(text: str, look: Look, *, rtl: bool = False) -> Any:
    made = el("r")
    properties = [
        el("rStyle", val=look.style) if look.style else None,
        *([el("b"), el("bCs")] if look.bold else []),
        *([el("i"), el("iCs")] if look.italic else []),
        el("vertAlign", val="superscript") if look.raised else None,
        el("rtl") if rtl else None,
    ]
    given = [one for one in properties if one is not None]
    if given:
        made.append(el("rPr", *given))
    words = el("t")
    words.text = text
    words.set(SPACE, "preserve")
    made.append(words)
    return made


def runs(text: str, look: Look, *, rtl: bool) -> Iterator[Any]:
    """The text as runs of one direction each: Word asks for that."""
    for part, backwards in directed(text, rtl=rtl):
        yield run(part, look, rtl=backwards)


def directed(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Pieces and whether they run right to left; what has no direction of its own
    goes with its neighbours where they agree, else with the paragraph."""
    if not rtl and not RIGHT_TO_LEFT.search(text):
        yield text, False
        return
    strong = [strength(char) for char in text]
    before, after = last_known(strong), last_known(strong[::-1])[::-1]
    ways = [
        one if one is not None and one == two else rtl
        for one, two in zip(before, after, strict=True)
    ]
    for way, group in itertools.groupby(range(len(text)), ways.__getitem__):
        yield "".join(text[place] for place in group), way


def last_known(found: list[bool | None]) -> list[bool | None]:
    """Every gap filled with what stands before it."""
    filled: list[bool | None] = []
    for one in found:
        filled.append(filled[-1] if one is None and filled else one)
    return filled


def strength(char: str) -> bool | None:
    kind = unicodedata.bidirectional(char)
    return {"L": False, "R": True, "AL": True}.get(kind)


def bookmark_name(anchor: str) -> str:
    """An anchor as Word names bookmarks: letters, digits, underscores, at most 40."""
    return re.sub(r"\W", "_", anchor, flags=re.ASCII)[:40]


def field(code: str) -> list[Any]:
    """The beginning of one of our own fields, such as PAGE: Word computes its result."""
    instruction = el("instrText")
    instruction.text = f" {code} "
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", instruction),
        el("r", el("fldChar", fldCharType="separate")),
    ]


def field_end() -> Any:
    return el("r", el("fldChar", fldCharType="end"))


def address(href: str) -> str:
    """A web or mail address as a Word file may hold it; empty for any other.

    One that is not well-formed makes Word call the whole file damaged.
    """
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"} and HOST.fullmatch(parts.netloc):
        rest = [quoted(part) for part in (parts.path, parts.query, parts.fragment)]
        found = f"{parts.scheme}://{parts.netloc}{rest[0]}"
        found += f"?{rest[1]}" if rest[1] else ""
        found += f"#{rest[2]}" if rest[2] else ""
    elif parts.scheme == "mailto" and MAILBOX.fullmatch(parts.path):
        found = f"mailto:{parts.path}"
    else:
        return ""
    return found if len(found) <= LONGEST_ADDRESS else ""


def quoted(part: str) -> str:
    return quote(PERCENT.sub("%25", part), safe="/:@!$&'()*+,;=%~-._?")
