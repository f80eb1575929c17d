"""Two texts word by word."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.diff import Piece, words
from tests.governance.diff.common import NBSP

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("as it was", "as it was", [("same", "as it was")]),
        ("", "new", [("ins", "new")]),
        ("old", "", [("del", "old")]),
        (
            "at least four members",
            "at least five members",
            [
                ("same", "at least "),
                ("del", "four"),
                ("ins", "five"),
                ("same", " members"),
            ],
        ),
    ],
)
def test_words_that_differ(before, after, pieces):
    assert words(before, after) == [Piece(*piece) for piece in pieces]


def test_a_space_between_changed_words_does_not_cut_the_difference_up():
    assert words("the old grey clause stands", "the new short rule stands") == [
        Piece("same", "the "),
        Piece("del", "old grey clause"),
        Piece("ins", "new short rule"),
        Piece("same", " stands"),
    ]


def test_a_comma_between_changed_words_does_not_cut_the_difference_up():
    assert words("red, green", "black, white") == [
        Piece("del", "red, green"),
        Piece("ins", "black, white"),
    ]


def test_a_new_paragraph_between_changed_words_keeps_them_apart():
    assert words("red\n\ngreen", "black\n\nwhite") == [
        Piece("del", "red"),
        Piece("ins", "black"),
        Piece("same", "\n\n"),
        Piece("del", "green"),
        Piece("ins", "white"),
    ]


def test_what_stands_between_two_insertions_is_not_shown_as_deleted():
    assert words("one. two", "one and more. then two") == [
        Piece("same", "one"),
        Piece("ins", " and more"),
        Piece("same", "."),
        Piece("ins", " then"),
        Piece("same", " two"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12.50", "12.75"),
        (f"3{NBSP}480{NBSP}000", f"3{NBSP}500{NBSP}000"),
        ("ts'oha", "ts'ohle"),
        ("s\u030ceba", "s\u030cebe"),
    ],
)
def test_a_number_and_a_word_with_its_apostrophe_or_accent_are_one_word(before, after):
    assert words(before, after) == [Piece("del", before), Piece("ins", after)]


def test_a_very_long_text_is_compared_by_sentence():
    middle = "".join(f"Member {n} shall attend.\n" for n in range(1_000))

    assert words(f"It begins. {middle}It ends.", f"It starts. {middle}It stops.") == [
        Piece("del", "It begins. "),
        Piece("ins", "It starts. "),
        Piece("same", middle),
        Piece("del", "It ends."),
        Piece("ins", "It stops."),
    ]


def test_one_change_in_a_very_long_text_is_still_a_word():
    start, end = (
        "The member shall attend. " * 4_000,
        " The Chair shall preside." * 4_000,
    )

    assert words(f"{start}Often.{end}", f"{start}Always.{end}") == [
        Piece("same", start),
        Piece("del", "Often"),
        Piece("ins", "Always"),
        Piece("same", f".{end}"),
    ]


def test_a_text_too_long_even_by_sentence_is_replaced_between_its_equal_ends():
    lines = "a\nb\n" * 5_000

    assert words(f"x{lines}y\nz", f"v{lines}w\nz") == [
        Piece("del", f"x{lines}y\n"),
        Piece("ins", f"v{lines}w\n"),
        Piece("same", "z"),
    ]


texts = st.text() | st.lists(
    st.sampled_from(
        ["the", "a", "ts'oha", "š", "s\u030c", "3.5", "–", ",", "\n", "👩‍👧"]
    )
).map(" ".join)


@given(texts, texts)
def test_equal_and_deleted_pieces_are_the_old_text_equal_and_inserted_the_new(old, new):
    pieces = words(old, new)

    assert "".join(p.text for p in pieces if p.kind != "ins") == old
    assert "".join(p.text for p in pieces if p.kind != "del") == new


@given(texts, texts)
def test_pieces_are_not_empty_and_neighbours_differ_in_kind(old, new):
    pieces = words(old, new)

    assert all(piece.text for piece in pieces)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(pieces))
