"""What was put in, taken out, changed and moved."""

import copy
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.diff import (
    FieldChange,
    Piece,
    compare,
    count,
    differing,
    find,
    longest_rising,
)
from governance.snapshot import walk
from tests.governance.diff.common import KIND, document, kinds, node, only, report

pytestmark = pytest.mark.once


def test_the_same_report_differs_nowhere():
    content = report(node("a", "one", node("b", "two")))

    assert kinds(content, content) == [("a", "same"), ("b", "same")]
    assert count(content, content) == 0


def test_a_changed_provision_has_its_pieces_heading_and_facts():
    change = only(
        report(node("a", "Four", heading="Quorum", number="2", score=1)),
        report(node("a", "Five", heading="The quorum", number="2", score=2)),
    )

    assert (change.uid, change.kind, change.has_changes) == ("a", "changed", True)
    assert (change.number, change.label) == ("2", "2 The quorum")
    assert (change.document_kind, change.document_title) == (KIND, "Plan")
    assert change.pieces == [Piece("del", "Four"), Piece("ins", "Five")]
    assert change.heading_pieces == [
        Piece("del", "Quorum"),
        Piece("ins", "The quorum"),
    ]
    assert change.fields == [FieldChange("score", "score", 1, 2)]
    assert change.moved_from == ""


def test_an_added_provision_is_all_inserted():
    new = node("b", "New", lead="x", note="")
    change = only(report(node("a")), report(node("a"), new))

    assert (change.uid, change.kind, change.before, change.after) == (
        "b",
        "added",
        None,
        new,
    )
    assert change.pieces == [Piece("ins", "New")]
    assert change.fields == [FieldChange("lead", "lead", None, "x")]


def test_a_removed_provision_is_all_deleted():
    old = node("b", "Old", lead="x", number="2")
    change = only(report(node("a"), old), report(node("a")))

    assert (change.kind, change.before, change.after) == ("removed", old, None)
    assert (change.number, change.label) == ("2", "2")
    assert change.pieces == [Piece("del", "Old")]
    assert change.fields == [FieldChange("lead", "lead", "x", None)]


def test_what_is_only_renumbered_is_the_same():
    before = report(node("a", number="1"), node("b", number="2"))
    after = report(node("n", number="1"), node("a", number="2"), node("b", number="3"))

    assert kinds(before, after) == [("n", "added"), ("a", "same"), ("b", "same")]


def test_of_a_new_order_the_fewest_are_called_moved():
    before = report(*[node(uid, number=f"{n}") for n, uid in enumerate("abcde", 1)])
    after = report(*[node(uid) for uid in "eabcd"])

    change = only(before, after)

    assert (change.uid, change.kind, change.moved_from) == ("e", "moved", "5")
    assert not change.has_changes


def test_a_provision_under_another_parent_is_moved_with_what_is_below_it():
    before = report(node("a", "", node("b", "", node("c"), number="1.1")), node("d"))
    after = report(node("a"), node("d", "", node("b", "", node("c"))))

    assert kinds(before, after) == [
        ("a", "same"),
        ("d", "same"),
        ("b", "moved"),
        ("c", "same"),
    ]
    assert only(before, after).moved_from == "1.1"


def test_a_moved_provision_keeps_what_changed_in_it():
    change = only(
        report(node("a", "old", node("b", "old", score=1), number="4"), node("c")),
        report(node("a", "old"), node("c", "", node("b", "new", score=2))),
    )

    assert (change.kind, change.moved_from, change.has_changes) == ("moved", "4", True)
    assert change.pieces == [Piece("del", "old"), Piece("ins", "new")]
    assert change.fields == [FieldChange("score", "score", 1, 2)]


def test_what_moved_at_the_top_without_a_number_came_from_its_document():
    assert only(
        report(node("a"), node("b"), node("c")), report(node("c"), node("a"), node("b"))
    ).moved_from == ("Plan")


def test_a_removed_provision_stands_after_the_sibling_it_followed():
    before = report(
        node("r"), node("a", "", node("s"), node("b"), node("t")), node("u"), node("c")
    )
    after = report(node("a", "", node("b"), node("n")), node("c"))

    assert kinds(before, after) == [
        ("r", "removed"),
        ("a", "same"),
        ("s", "removed"),
        ("b", "same"),
        ("t", "removed"),
        ("n", "added"),
        ("u", "removed"),
        ("c", "same"),
    ]


def test_a_removed_provision_does_not_follow_one_that_moved_away():
    before = report(node("a"), node("b"), node("r"), node("c"), node("d"))
    after = report(node("a"), node("c"), node("d"), node("b"))

    assert kinds(before, after) == [
        ("a", "same"),
        ("r", "removed"),
        ("c", "same"),
        ("d", "same"),
        ("b", "moved"),
    ]


def test_what_is_below_a_removed_provision_is_removed_or_moved():
    before = report(node("a", "", node("b"), node("c")), node("d"))
    after = report(node("d", "", node("c")))

    assert kinds(before, after) == [
        ("a", "removed"),
        ("b", "removed"),
        ("d", "same"),
        ("c", "moved"),
    ]


def test_a_document_is_listed_where_its_title_or_facts_differ():
    change = only(
        report(node("a"), title="Plan 2021", tenure_years=3),
        report(node("a"), title="Plan 2022", tenure_years=4),
    )

    assert (change.uid, change.kind, change.label) == ("", "changed", "Plan 2022")
    assert change.heading_pieces == [
        Piece("same", "Plan "),
        Piece("del", "2021"),
        Piece("ins", "2022"),
    ]
    assert change.fields == [FieldChange("tenure_years", "tenure years", 3, 4)]


def test_whole_documents_are_added_and_removed():
    first = document(node("a"), kind="k.First", title="First")
    gone = document(node("b"), kind="k.Gone", title="Gone")
    new = document(node("c"), kind="k.New", title="New")

    changes = compare({"documents": [first, gone]}, {"documents": [first, new]})

    assert [(c.document_title, c.uid, c.kind) for c in changes] == [
        ("First", "a", "same"),
        ("Gone", "", "removed"),
        ("Gone", "b", "removed"),
        ("New", "", "added"),
        ("New", "c", "added"),
    ]


def test_find_gives_the_document_and_the_provision():
    inner = node("b")
    one, other = document(node("a"), kind="k.One"), document(node("c", "", inner))
    content = {"documents": [one, other]}

    assert find(content, "b") == (other, inner)
    assert find(content, "z") is None


def nodes(content):
    (only_document,) = content["documents"]
    return [found for found, _depth in walk(only_document["provisions"])]


def lists(content):
    """Every list of siblings in the report."""
    return [
        content["documents"][0]["provisions"],
        *[n["children"] for n in nodes(content)],
    ]


@st.composite
def reports(draw):
    content, size = report(), draw(st.integers(0, 12))
    for n in range(size):
        put(draw, content, node(f"{n}", draw(st.sampled_from(["", "a b", "a c"]))))
    return content


def put(draw, content, thing):
    siblings = draw(st.sampled_from(lists(content)))
    siblings.insert(draw(st.integers(0, len(siblings))), thing)


def taken(draw, content):
    places = [
        (siblings, n) for siblings in lists(content) for n in range(len(siblings))
    ]
    siblings, n = draw(st.sampled_from(places))
    return siblings.pop(n)


@st.composite
def edited(draw):
    """A report, and the same after some insertions, removals, moves and edits."""
    before = draw(reports())
    after = copy.deepcopy(before)
    verbs = draw(st.lists(st.sampled_from(["insert", "remove", "move", "edit"])))
    for n, verb in enumerate(verbs):
        if verb == "insert":
            put(draw, after, node(f"new {n}", "x y"))
        elif nodes(after):
            thing = taken(draw, after)
            if verb == "edit":
                thing |= {
                    "body": draw(st.text()),
                    "fields": {"type": "clause", "score": n},
                }
            if verb != "remove":
                put(draw, after, thing)
    return before, after


@given(edited())
def test_every_provision_of_both_is_listed_once(pair):
    uids = [change.uid for change in compare(*pair) if change.uid]

    assert sorted(uids) == sorted(
        {n["uid"] for content in pair for n in nodes(content)}
    )


@given(edited())
def test_what_is_not_removed_reads_as_the_later_report(pair):
    changes = [c for c in compare(*pair) if c.kind != "removed"]

    assert [change.after for change in changes] == nodes(pair[1])


@given(edited())
def test_the_changes_carried_out_on_the_earlier_texts_give_the_later(pair):
    before = {n["uid"]: n for n in nodes(pair[0])}
    texts_after = {}
    for change in compare(*pair):
        was = before.get(change.uid, node(change.uid))
        body, facts_now = was["body"], dict(was["fields"])
        if change.has_changes:
            body = "".join(p.text for p in change.pieces if p.kind != "del")
            facts_now |= {c.name: c.after for c in change.fields}
        if change.kind != "removed":
            texts_after[change.uid] = (body, facts_now)

    assert texts_after == {n["uid"]: (n["body"], n["fields"]) for n in nodes(pair[1])}


@given(st.data())
def test_an_insertion_or_a_removal_moves_nothing(data):
    before = data.draw(reports())
    after = copy.deepcopy(before)
    put(data.draw, after, node("new"))

    assert [c.kind for c in differing(compare(before, after))] == ["added"]
    assert [c.kind for c in differing(compare(after, before))] == ["removed"]


@given(st.data())
def test_one_move_is_at_most_one_difference(data):
    before = data.draw(reports().filter(nodes))
    after = copy.deepcopy(before)
    put(data.draw, after, taken(data.draw, after))

    assert [c.kind for c in differing(compare(before, after))] in ([], ["moved"])


@given(st.lists(st.integers(0, 50), unique=True, max_size=7))
def test_the_longest_rising_subsequence_is_as_long_as_there_is(numbers):
    rising = longest_rising(numbers)
    choices = [
        list(chosen)
        for size in range(len(numbers) + 1)
        for chosen in itertools.combinations(numbers, size)
        if list(chosen) == sorted(chosen)
    ]

    assert rising in choices
    assert len(rising) == len(choices[-1])
