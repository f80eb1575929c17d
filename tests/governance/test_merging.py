"""Two edits of one text: put together where they do not touch, never guessed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from governance.differences import Piece
from governance.merging import Mark, Merged, merge, merge_fields

pytestmark = pytest.mark.once

BASE = (
    "The committee meets four times a year. The Chair calls every meeting in writing."
)


# Apart


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        (
            BASE.replace("four", "five"),
            BASE.replace("in writing", "by letter"),
            "The committee meets five times a year. The Chair calls every meeting by letter.",
        ),
        (
            f"Subject to Article 3: {BASE}",
            f"{BASE} Notice is ten days.",
            f"Subject to Article 3: {BASE} Notice is ten days.",
        ),
        (
            BASE.replace(" times a year", ""),
            BASE.replace("every", "each"),
            "The committee meets four. The Chair calls each meeting in writing.",
        ),
        (
            f"{BASE}\n\nMinutes are kept.",
            BASE.replace("Chair", "Secretary"),
            f"{BASE}\n\nMinutes are kept.".replace("Chair", "Secretary"),
        ),
    ],
)
def test_edits_apart_are_put_together(mine, theirs, together):
    assert merge(BASE, mine, theirs).text == together


def test_a_change_both_made_is_made_once():
    mine = BASE.replace("four", "five")
    theirs = mine.replace("in writing", "by letter")

    assert merge(BASE, mine, theirs).text == theirs


def test_both_wrote_the_same_text():
    new = "Something else."

    assert merge(BASE, new, new).text == new


def test_lines_that_follow_each_other_are_apart():
    merged = merge("one\ntwo", "one, mine\ntwo", "one\ntheirs: two")

    assert merged.text == "one, mine\ntheirs: two"


def test_the_combined_text_is_marked_with_whose_each_change_is():
    merged = merge("a b c d e f", "a B c d e", "a B c D e f")

    assert merged.marks == (
        Mark("same", "a "),
        Mark("del", "b", "both"),
        Mark("ins", "B", "both"),
        Mark("same", " c "),
        Mark("del", "d", "theirs"),
        Mark("ins", "D", "theirs"),
        Mark("same", " e"),
        Mark("del", " f", "mine"),
    )


# Touching


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("four members", "five members", "six members"),  # the same word
        ("the four members", "the five members", "the four ministries"),  # neighbours
        ("red, green", "blue, green", "red, white"),  # only a comma between
        ("a c", "a mine c", "a theirs c"),  # two insertions at one place
        ("one two three", "one three", "one TWO three"),  # taken out and changed
        ("one two three four", "one four", "one two new three four"),  # inside a gap
        ("It ends.", "It ends. Mine.", "It ends. Theirs."),  # both at the end
        ("It ends.", "Mine. It ends.", "Theirs. It ends."),  # both at the start
        ("", "mine", "theirs"),
        ("all of it", "", "all of it, and more"),
    ],
)
def test_edits_that_touch_are_never_put_together(base, mine, theirs):
    merged = merge(base, mine, theirs)

    assert (merged.text, merged.marks) == (None, ())


def test_an_edit_among_words_that_repeat_may_have_been_meant_at_any_of_them():
    base = "one two two two three"

    assert (
        merge(base, base.replace("two", "TWO", 1), f"{base[:15]} two three").text
        is None
    )


def test_what_is_mine_alone_is_listed_to_be_put_in():
    merged = merge(
        "The Chair calls four meetings a year in writing, as a rule.",
        "The Chair or the deputy calls five meetings a year by letter.",
        "The Chair calls six meetings a year by letter, as a rule.",
    )

    assert merged.text is None
    assert merged.only_mine == ["or the deputy", "five"]


def test_both_sets_of_changes_can_be_shown():
    merged = merge("a four b", "a five b", "a six b")

    assert merged.my_pieces == [
        Piece("same", "a "),
        Piece("del", "four"),
        Piece("ins", "five"),
        Piece("same", " b"),
    ]
    assert merged.their_pieces[2] == Piece("ins", "six")


# Any texts

SMALL = st.lists(st.sampled_from(["the", "a", "Chair", ",", "\n", "š"])).map(" ".join)


@given(SMALL, SMALL)
def test_who_changed_nothing_takes_the_text_of_the_other(base, other):
    assert merge(base, base, other).text == other
    assert merge(base, other, base).text == other
    assert merge(base, other, other).text == other


@given(SMALL, SMALL, SMALL)
def test_it_does_not_matter_who_was_first(base, mine, theirs):
    assert merge(base, mine, theirs).text == merge(base, theirs, mine).text


@given(SMALL, SMALL, SMALL)
def test_the_marks_are_the_base_and_the_combined_text(base, mine, theirs):
    merged = merge(base, mine, theirs)

    assume(merged.text is not None)
    assert "".join(m.text for m in merged.marks if m.kind != "ins") == base
    assert "".join(m.text for m in merged.marks if m.kind != "del") == merged.text


@st.composite
def edits(draw):
    """A text of different words, and edits of it: (place, words there, new words).

    Places are two apart at least, so that a word stands between any two edits.
    """
    base = [f"w{n}" for n in range(draw(st.integers(8, 40)))]
    starts = draw(st.lists(st.integers(0, len(base) // 4 - 1), unique=True, min_size=2))
    found = []
    for number, start in enumerate(sorted(starts)):
        old = draw(st.integers(0, 2))
        new = [f"n{number}x{n}" for n in range(draw(st.integers(0, 3)))]
        found.append((start * 4 + 1, old, new if old or new else ["n"]))
    return base, found


def edited(base, changes):
    words = list(base)
    for start, old, new in sorted(changes, reverse=True):
        words[start : start + old] = new
    return " ".join(words)


def listed(text):
    return re.findall(r"\w+", text)


@given(edits(), st.data())
def test_of_edits_apart_every_new_word_is_in_and_none_taken_out(case, data):
    base, changes = case
    by_me = data.draw(st.lists(st.sampled_from(changes), unique_by=lambda c: c[0]))
    by_both = [c for c in by_me if data.draw(st.booleans())]
    by_them = [c for c in changes if c not in by_me or c in by_both]

    merged = merge(" ".join(base), edited(base, by_me), edited(base, by_them))

    assert listed(merged.text) == listed(edited(base, changes))


@given(edits(), st.data())
def test_one_place_that_both_changed_differently_is_never_put_together(case, data):
    base, changes = case
    start, old, new = data.draw(st.sampled_from(changes))
    others = [c for c in changes if c[0] != start]
    by_me = [c for c in others if data.draw(st.booleans())]
    by_them = [c for c in others if c not in by_me]
    shift = data.draw(st.integers(0, old))  # theirs begins inside mine, or at its end

    theirs = (start + shift, data.draw(st.integers(0, 1)), ["theirs"])
    merged = merge(
        " ".join(base),
        edited(base, [*by_me, (start, old, new)]),
        edited(base, [*by_them, theirs]),
    )

    assert merged.text is None


# Fields


def test_fields_that_only_one_changed_are_taken():
    base = {"heading": "Quorum", "body": "Four.", "note": ""}

    merged = merge_fields(
        base, base | {"heading": "The quorum"}, base | {"note": "x"}, texts={"body"}
    )

    assert merged.values == {"heading": "The quorum", "body": "Four.", "note": "x"}
    assert merged.both == {}
    assert merged.is_ready


def test_a_text_that_both_changed_apart_is_combined():
    base = {"body": BASE}
    mine, theirs = BASE.replace("four", "five"), f"{BASE} Always."

    merged = merge_fields(base, {"body": mine}, {"body": theirs}, texts={"body"})

    assert merged.values == {"body": f"{mine} Always."}
    assert list(merged.both) == ["body"]
    assert merged.is_ready


def test_a_short_field_that_both_changed_overlaps_and_shows_theirs():
    base = {"heading": "one of two words", "code": "1"}
    mine = {"heading": "ONE of two words", "code": "2"}
    theirs = {"heading": "one of two WORDS", "code": "2"}

    merged = merge_fields(base, mine, theirs, texts={"body"})

    assert merged.values == theirs
    assert merged.both == {
        "heading": Merged(base["heading"], mine["heading"], theirs["heading"], None)
    }
    assert (merged.overlapping, merged.is_ready) == (["heading"], False)


def test_a_field_that_is_missing_is_empty():
    merged = merge_fields({}, {"note": "mine"}, {}, texts=[])

    assert merged.values == {"note": "mine"}
