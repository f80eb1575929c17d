"""Text people wrote: its stored form, restricted Markdown to safe HTML, search.

`normal` is the one form that is stored, hashed, shown and printed. It takes out what
cannot be seen but changes what a text says or how it compares: controls, overrides of
direction (isolates stay), zero-width characters, fillers and tags.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import list_block
from markdown_it.rules_inline import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

# Word writes a line break inside a paragraph as U+000B, others as U+2028.
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u202a-\u202e\u206a-\u206f"  # overrides and shapes of direction
    "\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0"  # no width, or blank
    "\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef"  # notes, tags, variants
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all
)
# The joiners U+200C and U+200D spell words of Arabic, Indic and neighbouring scripts
# and hold emoji together; after anything else they only hide a difference.
JOINERS = {"\u200c", "\u200d"}
JOINING = re.compile(
    "[\u0600-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff"
    "\u2600-\u27bf\ufe0f\U00010a00-\U00011fff\U0001f300-\U0001faff]"
)
SELECTORS = {chr(code) for code in range(0xFE00, 0xFE10)}  # of a letter's shape
MOST_MARKS = 30  # on one letter, as in Unicode's stream-safe text: more cost time

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a"}
SCHEMES = {"http", "https", "mailto"}
ADDRESS = re.compile(r"https?://[^\s/]|mailto:\S", re.IGNORECASE)
DEEPEST = 16  # two levels a list; what lies deeper is shown as it was typed
# [words](address), with at most [brackets] in the words, (brackets) in the address.
LINK = re.compile(
    r"\[(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*+\])*+\]"
    r"\(\s*+(?:<[^<>\n]*+>|(?:[^\s()<>]|\([^\s()<>]*+\))++)\s*+\)",
    re.DOTALL,
)

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


def normal(text: str) -> str:
    """The stored form: NFC, LF, nothing invisible, no blanks at the end of a line.

    Blank lines and spaces around the whole are taken off too, as a form does.
    """
    text = INVISIBLE.sub("", LINE_END.sub("\n", text))
    if not text.isascii():
        composed = unicodedata.normalize("NFC", "".join(_legible(text)))
        text = "".join(_legible(composed))  # composing can add marks to a letter
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _legible(text: str) -> Iterator[str]:
    """Without joiners that join nothing, and marks piled up on one letter."""
    letter, marks = "", 0
    for character in text:
        if character in JOINERS and not JOINING.match(letter):
            continue
        if unicodedata.combining(character):
            marks += 1
        else:
            letter, marks = character, 0
        if marks <= MOST_MARKS:
            yield character


def to_html(text: str) -> str:
    """Restricted Markdown as HTML with nothing active in it."""
    return sanitised(_parser().render(normal(text)))


def sanitised(html: str) -> str:
    """The second wall: only the elements and attributes that Markdown may make."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        attribute_filter=_attribute,
        link_rel="noopener nofollow",
    )


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    """Drop links without a scheme of their own: `//evil` is another site."""
    if tag == "a" and attribute == "href" and not ADDRESS.match(value):
        return None
    return value


@functools.cache
def _parser() -> MarkdownIt:
    rules = ["emphasis", "list", "link", "newline", "escape"]
    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    parser.enable(rules)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph"]})
    parser.inline.ruler.at("link", _link)
    # What is no link stays as it was typed, so that its reader sees the address.
    parser.validateLink = lambda url: bool(ADDRESS.match(url))  # type: ignore[method-assign]
    return parser


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists as far as they can be read; the parser itself would drop the words."""
    return state.level < DEEPEST and list_block(state, start, end, silent)


def _link(state: StateInline, silent: bool) -> bool:
    """Only a link that is whole, and without a title, which nobody would see.

    The parser alone would read on from each of many brackets, for minutes.
    """
    return bool(LINK.match(state.src, state.pos)) and link(state, silent)


def name_as_compared(text: str) -> str:
    """A name without what two spellings of it may differ in, seen or unseen."""
    folded = fold(normal(text))
    seen = (c for c in folded if unicodedata.category(c) != "Cf" and c not in SELECTORS)
    return " ".join("".join(seen).split())


def fold(text: str) -> str:
    """A text as it is compared in search: no case, no accents, one spelling."""
    text = unicodedata.normalize("NFC", text).casefold()
    for apostrophe in "’‘ʼ":
        text = text.replace(apostrophe, "'")
    for written, folded in FOLDS:
        text = text.replace(written, folded)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
