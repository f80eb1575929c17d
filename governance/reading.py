"""The validated text on the screen, Part by Part, with the numbers it has in print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from governance.outline import Entry, outline
from governance.printing import print_parts
from governance.printing_parts import PARTS

if TYPE_CHECKING:
    from governance.snapshot import Snapshot

TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
# Widths for paper: on screen they would be inline styles, which the portal forbids.
WIDTHS = re.compile(r"<colgroup>.*?</colgroup>", re.DOTALL)
CHART = re.compile(r'<div (class="chart[^"]*")>')
START = '<section class="part">'


@dataclass
class Part:
    number: int
    html: SafeString
    contents: list[Entry] = field(default_factory=list)

    @property
    def numeral(self) -> str:
        return PARTS[self.number][0]

    @property
    def title(self) -> str:
        return str(PARTS[self.number][1])


def titled(content: Snapshot) -> list[dict[str, Any]]:
    """The Parts of a text with the titles of their chapters, without the text."""
    chapters: dict[int, list[str]] = {}
    for document in content["documents"]:
        number = apps.get_model(document["kind"]).part
        chapters.setdefault(number, []).append(document["title"])
    return [
        {"number": n, "numeral": PARTS[n][0], "title": PARTS[n][1], "chapters": titles}
        for n, titles in sorted(chapters.items())
    ]


def on_screen(html: str) -> SafeString:
    """What is wider than a phone scrolls by itself, by keyboard too."""
    html = WIDTHS.sub("", html)
    label = escape(_("Table"))
    start = f'<div class="tbl" tabindex="0" role="region" aria-label="{label} '
    tables = iter(range(1, html.count("<table") + 1))
    wide = TABLE.sub(lambda table: f'{start}{next(tables)}">{table[0]}</div>', html)
    drawing = f'tabindex="0" role="group" aria-label="{escape(_("Drawing"))}"'
    html = CHART.sub(rf"<div \1 {drawing}>", wide)
    return mark_safe(html)  # noqa: S308 -- made by our own templates


def read_parts(content: Snapshot) -> list[Part]:
    """Every Part as printed, its headings numbered and with anchors as in the PDF."""
    html, entries = outline(print_parts(content))
    pieces = str(html).split(START)[1:]
    parts = [
        Part(part["number"], on_screen(START + piece))
        for part, piece in zip(titled(content), pieces, strict=True)
    ]
    place = -1
    for entry in entries:
        if entry.level == 1:
            place += 1
        else:
            parts[place].contents.append(entry)
    return parts
