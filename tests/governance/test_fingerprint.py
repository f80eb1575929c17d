"""Fingerprints that people read out and type back."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.fingerprint import find_prefix, hex16, wordlist, words

pytestmark = pytest.mark.once

DIGEST = "9f2c0a1b77de4410" + "0123456789abcdef" * 3
SPOKEN = words(DIGEST)

digests = st.text("0123456789abcdef", min_size=64, max_size=64)


def one_edit_apart(word):
    """The spellings that two words share when one letter more, less or other parts them."""
    for place in range(len(word)):
        yield word[:place] + "?" + word[place + 1 :]
        yield word[:place] + word[place + 1 :]
    yield word


def test_the_list_holds_2048_short_plain_words_in_order():
    assert len(wordlist()) == 2048
    assert list(wordlist()) == sorted(set(wordlist()))
    assert [w for w in wordlist() if not re.fullmatch("[a-z]{3,7}", w)] == []


def test_the_list_never_changes_because_its_words_stand_in_print():
    joined = "\n".join(wordlist()).encode()

    assert (
        hashlib.sha256(joined).hexdigest()
        == "ce8045df3a993c56679bc71fd5b919eef460a84a13ac8a84e2e782916a32a53e"
    )


def test_no_two_words_are_one_letter_apart():
    seen = {}
    close = []
    for word in wordlist():
        for spelling in set(one_edit_apart(word)):
            other = seen.setdefault(spelling, word)
            # Two words that each lose a letter to the same rest may be two edits apart.
            if other != word and ("?" in spelling or spelling in {word, other}):
                close.append((other, word))
    assert close == []


def test_no_word_could_be_read_as_hexadecimal_digits():
    assert [w for w in wordlist() if re.fullmatch("[a-f]+", w)] == []


def test_sixteen_digits_are_shown_in_fours():
    assert hex16(DIGEST) == "9f2c 0a1b 77de 4410"


def test_eight_words_stand_for_the_first_88_bits():
    places = [wordlist().index(word) for word in SPOKEN]

    assert "".join(f"{p:011b}" for p in places) == f"{int(DIGEST[:22], 16):088b}"


@given(digests)
def test_words_lead_back_to_the_digits(digest):
    assert find_prefix(" ".join(words(digest))) == digest[:22]


@given(digests, st.integers(16, 64))
def test_digits_lead_back_to_themselves(digest, length):
    assert find_prefix(digest[:length]) == digest[:length]


@given(st.text(max_size=80))
def test_any_text_is_a_prefix_or_one_sentence(text):
    try:
        prefix = find_prefix(text)
    except ValueError as error:
        assert re.fullmatch(r"(?s)[A-Z“].+\.", str(error))
    else:
        assert re.fullmatch("[0-9a-f]{16,64}", prefix)


@pytest.mark.parametrize(
    "typed",
    [
        "9f2c 0a1b 77de 4410",
        "9F2C-0A1B-77DE-4410",
        "9f:2c:0a:1b:77:de:44:10",
        "sha256:9f2c0a1b77de4410",
        "SHA-256 = 9f2c 0a1b\n77de 4410 ",
        "\ufeff9f2c\u00a00a1b–77de 4410.",
    ],
)
def test_digits_are_read_however_they_are_written(typed):
    assert find_prefix(typed) == "9f2c0a1b77de4410"


@pytest.mark.parametrize(
    "typed",
    [
        ", ".join(SPOKEN),
        "  ".join(SPOKEN).upper(),
        "-".join(SPOKEN).title(),
        "\n".join(SPOKEN) + ".",
        "sha256: " + " ".join(SPOKEN),
    ],
)
def test_words_are_read_however_they_are_written(typed):
    assert find_prefix(typed) == DIGEST[:22]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ", "Type the fingerprint: its digits or its eight words."),
        ("sha256:", "Type the fingerprint: its digits or its eight words."),
        ("9f2c 0a1b", "Type at least 16 digits; these are 8."),
        ("0" * 65, "A fingerprint has 64 digits; these are 65."),
        (
            "9f2c 0a1b 77de 44l0",
            "“l” is not a digit of a fingerprint: only 0–9 and a–f are.",
        ),
        (
            " ".join([*SPOKEN[:7], "tsatsi"]),
            "“tsatsi” is not one of the fingerprint words.",
        ),
        (" ".join(SPOKEN[:7]), "A fingerprint has 8 words; these are 7."),
        (" ".join([*SPOKEN, SPOKEN[0]]), "A fingerprint has 8 words; these are 9."),
    ],
)
def test_what_cannot_be_a_fingerprint_is_refused_in_one_sentence(typed, sentence):
    with pytest.raises(ValueError) as refused:
        find_prefix(typed)

    assert str(refused.value) == sentence
