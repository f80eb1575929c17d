"""Numbers, dates and other facts of a provision, before and after."""

import pytest

from governance.diff import FieldChange, Piece
from governance.differences import label, readable
from tests.governance.diff.common import NBSP, facts, node, only, report

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            {"lead": {"code": "MoHA", "name": "Ministry of Home Affairs"}},
            {"lead": {"code": "MoLE", "name": "Ministry of Labour"}},
            ("lead", "MoHA", "MoLE"),
        ),
        (
            {"lead": {"code": "MoL", "name": "Ministry of Labour"}},
            {"lead": {"code": "MoL", "name": "Ministry of Labour and Employment"}},
            (
                "lead",
                "MoL, Ministry of Labour",
                "MoL, Ministry of Labour and Employment",
            ),
        ),
        (
            {"due_on": "2022-03-31"},
            {"due_on": None},
            ("due date", "31 March 2022", "–"),
        ),
        (
            {"budget_cents": 348_000_000},
            {"budget_cents": 0},
            ("budget", f"3{NBSP}480{NBSP}000", "0"),
        ),
        (
            {"is_voting": True},
            {"is_voting": False},
            ("voting", "yes", "no"),
        ),
        (
            {"partners": ["IOM", "AUC"]},
            {"partners": []},
            ("partners", "IOM, AUC", "–"),
        ),
        (
            {"status": "planned", "status_name": "Planned"},
            {"status": "done", "status_name": "Done"},
            ("status", "Planned", "Done"),
        ),
        (
            {"status": "late", "status_name": "Late"},
            {"status": "overdue", "status_name": "Late"},
            ("status", "late", "overdue"),
        ),
        (
            {"status": "planned"},
            {"status": "done", "status_name": "Done"},
            ("status", "planned", "Done"),
        ),
        (
            {"frequency_name": "Yearly"},
            {"frequency_name": "Quarterly"},
            ("frequency", "Yearly", "Quarterly"),
        ),
        (
            {"targets": [{"year": 2021, "value": "3.5"}]},
            {"targets": [{"year": 2021, "value": "4"}, {"year": 2022, "value": "5"}]},
            ("targets", "2021: 3.5", "2021: 4, 2022: 5"),
        ),
        (
            {"alignments": []},
            {
                "alignments": [
                    {
                        "framework": "SDG",
                        "version": "2015",
                        "code": "10.7",
                        "title": "Orderly migration",
                    }
                ]
            },
            ("alignments", "–", "SDG 10.7"),
        ),
        ({}, {"basis": "fact"}, ("basis", "–", "fact")),
        ({"percent_done": 0}, {}, ("percent done", "0", "–")),
        (
            {"gazette_number": "2021-99-99"},
            {"gazette_number": "104"},
            ("gazette number", "2021-99-99", "104"),
        ),
    ],
)
def test_a_fact_is_shown_as_people_read_it(before, after, shown):
    assert facts(before, after) == [shown]


def test_a_budget_line_is_one_line_with_its_sources_in_brackets():
    source = {"code": "DON", "name": "Donors", "position": 2}
    share = {"source": source, "state": "pledged", "state_name": "Pledged"}
    lines = [
        {"description": "Venue", "amount_cents": 1250, "funding": [share]},
        {"description": "Travel", "amount_cents": 1_000_000, "funding": []},
    ]

    assert readable(lines, "budget_lines") == (
        f"Venue, 12.50, (DON, Pledged); Travel, 10{NBSP}000"
    )


def test_facts_are_compared_in_the_order_of_the_later_snapshot():
    change = only(
        report(node("a", gone=1, score=2, lead=None)),
        report(node("a", lead="x", score=3, basis="")),
    )

    assert change.fields == [
        FieldChange("lead", "lead", None, "x"),
        FieldChange("score", "score", 2, 3),
        FieldChange("gone", "gone", 1, None),
    ]


def test_a_long_fact_is_also_compared_word_by_word():
    change = only(report(node("a", ask="Sign it")), report(node("a", ask="Ratify it")))

    assert change.fields[0].pieces == [
        Piece("del", "Sign"),
        Piece("ins", "Ratify"),
        Piece("same", " it"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("co_lead", "co-lead"),
        ("amount_cents", "amount"),
        ("starts_on", "start date"),
        ("short_name", "short name"),
        ("dissent_is_recorded", "dissent is recorded"),
    ],
)
def test_a_field_is_called_by_words(name, text):
    assert label(name) == text
