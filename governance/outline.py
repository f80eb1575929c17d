"""Numbers of the printed headings, and the contents page made from them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

# Only our own templates write headings; in people's text they are taken out.
HEADING = re.compile(r"<h([123])([^>]*)>(.*?)</h\1>", re.DOTALL)
MARK = re.compile(r"<sup.*?</sup>", re.DOTALL)
PLAIN = 'class="plain"'  # a heading without a number
UNLISTED = 'class="unlisted"'  # a heading of its own numbering, not in the contents
LETTER = re.compile(r'data-number="(\w+)"')  # an annex, that has its own
OWN = re.compile(r'<span class="no">.*?</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    level: int
    anchor: str
    number: str
    title: str


def outline(text: str) -> tuple[SafeString, list[Entry]]:
    """Number Parts' chapters (1, 2 …) and sections (1.1 …); list all headings.

    An annex says its letter itself: `data-number`, and `span.no` in the heading.
    """
    entries: list[Entry] = []
    counters = [0, 0, 0]

    def number(match: re.Match[str]) -> str:
        level, attributes, inner = int(match[1]), match[2], match[3]
        if UNLISTED in attributes:
            return match[0]
        if letter := LETTER.search(attributes):
            shown, anchor = letter[1], f"annex-{letter[1].lower()}"
        elif PLAIN in attributes:
            shown, anchor = "", f"plain-{len(entries)}"
        else:
            counters[level - 1] += 1
            counters[2] = 0 if level == 2 else counters[2]
            shown = ".".join(str(n) for n in counters[1:level])
            anchor = f"part-{counters[0]}" if level == 1 else f"section-{shown}"
        title = " ".join(TAG.sub(" ", OWN.sub("", MARK.sub("", inner))).split())
        entries.append(Entry(level, anchor, shown, html.unescape(title)))
        prefix = f'<span class="no">{shown}</span> ' if shown and not letter else ""
        return f'<h{level}{attributes} id="{anchor}">{prefix}{inner}</h{level}>'

    return mark_safe(HEADING.sub(number, text)), entries  # noqa: S308 -- our templates
