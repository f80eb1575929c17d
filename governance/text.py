"""Text people wrote: restricted Markdown to safe HTML, and folding for search."""

from __future__ import annotations

import functools
import re
import unicodedata

import nh3
from markdown_it import MarkdownIt

# Left-to-right and right-to-left overrides and zero-width characters: they make a text
# read differently from what it says. Isolates (U+2066 to U+2069) are kept.
INVISIBLE = re.compile("[\u202a-\u202e\u200b\u2060\ufeff]")
TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a"}

# Lesotho and South African Sesotho spell the same sound differently; š is also typed
# as ts', and every apostrophe has three shapes.
FOLDS = [
    ("tš", "ts"),
    ("š", "ts"),
    ("ts'", "ts"),
    ("t's", "ts"),
    ("'", ""),
    ("kg", "kh"),
    ("di", "li"),
    ("du", "lu"),
    ("ya", "ea"),
]


@functools.cache
def _parser() -> MarkdownIt:
    rules = ["emphasis", "list", "link", "newline", "escape"]
    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    return parser.enable(rules)


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    """Drop links without a scheme of their own: `//evil` is another site."""
    if tag == "a" and attribute == "href" and value.startswith(("//", "\\")):
        return None
    return value


def to_html(text: str) -> str:
    """Restricted Markdown as HTML with nothing active in it."""
    return nh3.clean(
        _parser().render(INVISIBLE.sub("", text)),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        attribute_filter=_attribute,
        link_rel="noopener nofollow",
    )


def fold(text: str) -> str:
    """A text as it is compared in search: no case, no accents, one spelling."""
    text = unicodedata.normalize("NFC", text).casefold()
    for apostrophe in "’‘ʼ":
        text = text.replace(apostrophe, "'")
    for written, folded in FOLDS:
        text = text.replace(written, folded)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
