"""Pasted text taken apart at its numbers, without losing a word."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.splitting import Piece, split_numbered
from tests import hostile

pytestmark = pytest.mark.once


def numbers(text):
    return [piece.number for piece in split_numbered(text)]


def test_paragraphs_with_numbers_become_pieces_with_headings():
    text = """Terms of reference

1. Name
The committee is called the NCC.

2. Functions
The committee
(a) advises the Government;
(b) reports every year.
2.1 It may invite experts.

3. The Chair signs the minutes."""

    assert split_numbered(text) == [
        Piece("", "", "Terms of reference"),
        Piece("1.", "Name", "The committee is called the NCC."),
        Piece(
            "2.",
            "Functions",
            "The committee\n(a) advises the Government;\n(b) reports every year.\n"
            "2.1 It may invite experts.",
        ),
        Piece("3.", "", "The Chair signs the minutes."),
    ]


def test_articles_have_their_heading_beside_or_below():
    text = """Article 4 Meetings
The committee meets four times a year.

**Article 5: Quorum**
Half of the members and one.

Article 6.
Minutes

1. The Secretary writes them.
2. The Chair signs them."""

    assert split_numbered(text) == [
        Piece("Article 4", "Meetings", "The committee meets four times a year."),
        Piece("Article 5", "Quorum", "Half of the members and one."),
        Piece(
            "Article 6",
            "Minutes",
            "1. The Secretary writes them.\n2. The Chair signs them.",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. a\n2. b", ["1.", "2."]),
        ("1) a\n2) b", ["1)", "2)"]),
        ("(1) a\n(2) b", ["(1)", "(2)"]),
        ("1\\. a\n2\\) x\n2\\. b", ["1.", "2."]),
        ("1\ta\n2\tb", ["1", "2"]),
        ("1.1 a\n1.2 b\n2.1 c", ["1.1", "1.2", "2.1"]),
        ("1.1. a\n1.1.1 x\n1.2. b", ["1.1.", "1.2."]),
        ("(a) a\n(b) b\n(i) x\n(ii) y\n(c) c", ["(a)", "(b)", "(c)"]),
        ("h. a\ni. b\nj. c", ["h.", "i.", "j."]),
        ("i. a\nii. b\niii. c\niv. d", ["i.", "ii.", "iii.", "iv."]),
        ("A. a\na. x\nB. b", ["A.", "B."]),
        ("Part I\nx\nPart II\ny", ["Part I", "Part II"]),
        ("Art. 4 a\nArt. 5 b", ["Art. 4", "Art. 5"]),
        ("**1.** a\n**2.** b", ["1.", "2."]),
        ("8. a\n9. b\n10. c", ["8.", "9.", "10."]),
        ("1. a\n2. b\n4. d", ["1.", "2.", "4."]),  # a clause was taken out
        ("2022. A year\n1. a\n2. b", ["", "1.", "2."]),
        ("1. a\n   1. x\n   2. y\n2. b", ["1.", "2."]),
        ("1. a\n\u00a0\n2.\u00a0b", ["1.", "2."]),
    ],
)
def test_numbers_of_every_sort(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only words.",
        "1. One paragraph alone",
        "1. a\n1. b",
        "2. a\n1. b",
        "1. a\n2) b",
        "(a) a\n2. b",
        "1.5 million people\nand 2.5 million more",
        "12 members attend\n13 members vote",
        "a 1. b\nc 2. d",
        "İ. a\nı. b\nſ. c",
    ],
)
def test_what_is_not_numbered_in_turn_is_not_split(text):
    assert split_numbered(text) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("1. The Chair presides.\nAlways.", ("", "The Chair presides.\nAlways.")),
        ("1. The members are:\n- one", ("", "The members are:\n- one")),
        ("1. Meetings", ("", "Meetings")),
        (
            f"1. {'word ' * 20}\nMore.",
            ("", f"{'word ' * 20}\nMore.".replace(" \n", "\n")),
        ),
        ("1. **Quorum**\nHalf.", ("Quorum", "Half.")),
        ("**1. Quorum**\nHalf.", ("Quorum", "Half.")),
        ("**1. Quorum** is half.\nMore.", ("", "**Quorum** is half.\nMore.")),
        ("1. Quorum\n   Half.\n\n   - a\n     - b", ("Quorum", "Half.\n\n- a\n  - b")),
        ("1.\nQuorum\nHalf.", ("Quorum", "Half.")),
    ],
)
def test_a_heading_is_short_is_no_sentence_and_has_a_text(text, piece):
    first, _second = split_numbered(f"{text}\n2. b")

    assert (first.heading, first.body) == piece


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "   ", "\t", "**", "__"]),
        st.sampled_from(
            [
                "1.",
                "2.",
                "3.",
                "1\\.",
                "(a)",
                "(b)",
                "i.",
                "ii.",
                "1.1",
                "1.2",
                "2.1",
                "Article 1",
                "Article 2:",
                "PART II",
                "c)",
                "d)",
                "2\t",
                "word",
                "",
            ]
        ),
        st.sampled_from(["", " ", "** ", "__ ", "\t"]),
        st.sampled_from(["Name", "One. Two", "**bold**", "M'e š", "", "1. x", ":"]),
    ).map("".join)
).map("\n".join)


@given(LINES | st.text())
@example("\n".join(f"{n}. word{n}" for n in range(1, 30)))
def test_no_word_is_lost_or_put_in(text):
    pieces = split_numbered(text)

    joined = "\n".join(f"{p.number} {p.heading}\n{p.body}" for p in pieces)
    words = re.compile(r"[^\W_]+")
    assert not pieces or words.findall(joined) == words.findall(text)


@given(LINES)
def test_there_are_two_numbers_or_nothing(text):
    assert len([n for n in numbers(text) if n]) != 1


@pytest.mark.parametrize("text", hostile.CORPUS.values(), ids=hostile.CORPUS)
def test_hostile_texts_are_pieces_or_nothing(text):
    assert split_numbered(text) == []
