"""A digest as people read it out, compare it and type it back: digits or eight words.

Eight words carry the first 88 bits, eleven bits each. `wordlist.txt` must never change:
the words stand in print.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from django.utils.translation import gettext as _

WORDS = 8
BITS = 11
HEX_OF_WORDS = WORDS * BITS // 4
SHORTEST, LONGEST = 16, 64
LABEL = re.compile(r"^\s*sha-?256\b[\s:=]*", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;:.·\-\u2010-\u2015\u2212\u200b\u2060\ufeff]+")


@functools.cache
def wordlist() -> tuple[str, ...]:
    """The 2,048 words in their order; a word's place is its eleven bits."""
    text = Path(__file__).with_name("wordlist.txt").read_text(encoding="ascii")
    return tuple(text.split())


@functools.cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(wordlist())}


def hex16(digest: str) -> str:
    """The first sixteen digits in fours: `9f2c 0a1b 77de 4410`."""
    return " ".join(digest[start : start + 4] for start in range(0, SHORTEST, 4))


def words(digest: str) -> list[str]:
    number = int(digest[:HEX_OF_WORDS], 16)
    shifts = range((WORDS - 1) * BITS, -1, -BITS)
    return [wordlist()[number >> shift & (1 << BITS) - 1] for shift in shifts]


def find_prefix(text: str) -> str:
    """What a person typed, as the first digits of a digest: 16 to 64, or 22 from words.

    Raises ValueError with a sentence for the person.
    """
    bare = LABEL.sub("", text).lower()
    pieces = [piece for piece in BETWEEN.split(bare) if piece]
    if not pieces:
        raise ValueError(_("Type the fingerprint: its digits or its eight words."))
    together = "".join(pieces)
    # No word of the list consists of the letters a to f alone.
    if re.fullmatch("[0-9a-f]+", together):
        return _checked_hex(together)
    if any(digit in together for digit in "0123456789"):
        wrong = next(c for c in together if c not in "0123456789abcdef")
        message = _(
            "“%(wrong)s” is not a digit of a fingerprint: only 0–9 and a–f are."
        )
        raise ValueError(message % {"wrong": wrong})
    return _hex_of(pieces)


def _checked_hex(digits: str) -> str:
    if len(digits) < SHORTEST:
        message = _("Type at least %(least)s digits; these are %(count)s.")
        raise ValueError(message % {"least": SHORTEST, "count": len(digits)})
    if len(digits) > LONGEST:
        message = _("A fingerprint has %(most)s digits; these are %(count)s.")
        raise ValueError(message % {"most": LONGEST, "count": len(digits)})
    return digits


def _hex_of(pieces: list[str]) -> str:
    for piece in pieces:
        if piece not in _places():
            message = _("“%(word)s” is not one of the fingerprint words.")
            raise ValueError(message % {"word": piece[:40]})
    if len(pieces) != WORDS:
        message = _("A fingerprint has %(needed)s words; these are %(count)s.")
        raise ValueError(message % {"needed": WORDS, "count": len(pieces)})
    number = 0
    for piece in pieces:
        number = number << BITS | _places()[piece]
    return f"{number:0{HEX_OF_WORDS}x}"
