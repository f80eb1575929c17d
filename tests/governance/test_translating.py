"""What is compared, counted and printed of other languages, on plain data."""

import pytest

from governance.printing import prevailing_in, print_parts
from governance.translating import in_languages, translation_changes

SESOTHO = {"name": "Sesotho", "state": "draft", "text": {"body": "Kopano."}}
ENGLISH = {"code": "en", "name": "English", "prevails": True}
OTHER = {"code": "st-LS", "name": "Sesotho", "prevails": False}


def told(before, after):
    changes = translation_changes(before, after)
    return [(c.name, c.label, c.before_text, c.after_text) for c in changes]


def test_a_first_translation_has_nothing_before():
    assert told({}, {"st-LS": SESOTHO}) == [
        ("translations.st-LS.state", "Sesotho: state", "–", "draft"),
        ("translations.st-LS.body", "Sesotho: text", "–", "Kopano."),
    ]


def test_only_what_differs_is_a_change():
    after = SESOTHO | {"state": "changed"}

    assert told({"st-LS": SESOTHO}, {"st-LS": after}) == [
        ("translations.st-LS.state", "Sesotho: state", "draft", "source changed")
    ]


def test_a_translation_taken_away_has_nothing_after():
    assert told({"st-LS": SESOTHO}, {}) == [
        ("translations.st-LS.state", "Sesotho: state", "draft", "–"),
        ("translations.st-LS.body", "Sesotho: text", "Kopano.", "–"),
    ]


def node(state="", *children):
    said = {"translations": {"st-LS": SESOTHO | {"state": state}}} if state else {}
    return {"children": list(children)} | said


def test_only_what_is_checked_and_up_to_date_is_counted():
    nodes = [node("checked", node("checked"), node()), node("draft"), node("changed")]

    assert in_languages(nodes) == {"Sesotho": 2}


@pytest.mark.parametrize(
    ("languages", "name"),
    [
        ([ENGLISH, OTHER], "English"),
        ([ENGLISH], ""),
        ([OTHER, OTHER | {"code": "fr"}], ""),
        ([], ""),
    ],
)
def test_which_language_decides_is_said_where_there_are_two(languages, name):
    assert prevailing_in({"committee": {"languages": languages}}) == name


def content(state=""):
    """A report of one clause, which is in Sesotho where it has a `state` there."""
    clause = {
        "uid": "00000000-0000-4000-8000-000000000001",
        "number": "1",
        "heading": "Purpose",
        "body": "The committee meets.",
        "fields": {"type": "clause"},
        "children": [],
    } | ({"translations": {"st-LS": SESOTHO | {"state": state}}} if state else {})
    document = {
        "schema": 1,
        "kind": "governance.Structure",
        "title": "Structure",
        "fields": {},
        "provisions": [clause],
    }
    committee = {
        "name": "Committee",
        "currency_symbol": "M",
        "languages": [ENGLISH, OTHER],
    }
    return {"committee": committee, "documents": [document]}


def test_a_part_says_how_much_of_it_exists_in_another_language():
    html = print_parts(content("checked"))

    assert "1 of 1 provision also exists in Sesotho." in html
    assert "Where the languages differ, the English text decides." in html
    assert "Kopano" not in html


@pytest.mark.parametrize("state", ["draft", "changed"])
def test_a_part_without_a_checked_text_is_printed_as_before(state):
    assert print_parts(content(state)) == print_parts(content())
