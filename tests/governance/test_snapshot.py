"""One content, one spelling, one digest."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.snapshot import canonical_json, cents, digest, exact, walk

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_the_digest_of_a_known_content_never_changes():
    assert digest({"schema": 1, "title": "Šeliso", "documents": []}) == (
        "8cc3d4b1282b6eae14f1deef8242b1b9eccdcae942781d9c5c5ff80f1b3cd74c"
    )


def test_keys_are_sorted_and_nothing_is_spaced():
    assert canonical_json({"b": [1, None, True], "a": "š"}) == (
        '{"a":"š","b":[1,null,true]}'.encode()
    )


def test_composed_and_decomposed_letters_are_one_text():
    assert digest({"title": "s\u030c"}) == digest({"title": "\u0161"})


def test_line_ends_are_one_text():
    assert digest("a\r\nb\rc") == digest("a\nb\nc")


@pytest.mark.parametrize("value", [1.5, dt.date(2021, 12, 8), Decimal(1), b"x", {1, 2}])
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        digest({"value": value})


@given(plain)
def test_the_digest_does_not_depend_on_the_order_of_keys(content):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(list(value))}
        return [turned(v) for v in value] if isinstance(value, list) else value

    assert digest(content) == digest(turned(content))


@given(st.text(), st.text())
def test_another_text_has_another_digest(one, other):
    same = canonical_json(one) == canonical_json(other)
    assert (digest(one) == digest(other)) == same


@pytest.mark.parametrize(
    ("amount", "expected"), [(Decimal("12.34"), 1234), (Decimal(5), 500), (None, None)]
)
def test_money_is_whole_cents(amount, expected):
    assert cents(amount) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Decimal("16.00"), "16"),
        (Decimal("3.50"), "3.5"),
        (Decimal(0), "0"),
        (Decimal(100), "100"),
        (None, None),
    ],
)
def test_numbers_are_their_shortest_exact_text(number, expected):
    assert exact(number) == expected


def test_walk_reads_in_order_and_knows_the_depth():
    tree = [
        {"uid": "a", "children": [{"uid": "b", "children": []}]},
        {"uid": "c", "children": []},
    ]

    assert [(node["uid"], depth) for node, depth in walk(tree)] == [
        ("a", 0),
        ("b", 1),
        ("c", 0),
    ]
