"""The money of an activity: one amount, or lines; as a cell, and read again."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.actions.editing import edit_provision
from governance.actions.undoing import undo_last
from strategy import budgets
from strategy.actions.plans import add_funding_source
from strategy.models import BudgetLine, FundingShare
from tests import plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    made = plans.build()
    for code in ("GOV", "IOM fund"):
        add_funding_source(
            made.world.committee, code=code, name=code, by=made.person("secretary")
        )
    return made


def change(plan, activity, **cells):
    """Type texts into cells of an activity."""
    from governance.columns import Scope

    scope = Scope(plan.document.committee, plan.document)
    columns = {c.name: c for c in plan.table.columns(plan.document)}
    extras = {
        columns[name]: columns[name].read(text, scope) for name, text in cells.items()
    }
    row = plan.row(activity)
    return edit_provision(
        row, base=row.revision, by=plan.person("secretary"), extras=extras
    )


def lines():
    return [
        (
            line.description,
            line.amount,
            [
                (s.source and s.source.code, s.funding, s.amount)
                for s in line.shares.all()
            ],
        )
        for line in BudgetLine.objects.order_by("position")
    ]


def test_an_amount_with_a_source_is_pledged_until_it_is_committed(plan):
    activity = plan.add("Train officers")

    change(plan, activity, budget="12 500", source="GOV")

    assert lines() == [
        (
            "All costs of the activity",
            Decimal("12500.00"),
            [("GOV", "pledged", Decimal("12500.00"))],
        )
    ]


def test_an_amount_alone_has_no_source_yet(plan):
    activity = plan.add("Train officers")

    change(plan, activity, budget="12 500")

    assert lines() == [("All costs of the activity", Decimal("12500.00"), [])]


def test_lines_in_detail_keep_every_source(plan):
    activity = plan.add("Train officers")
    detail = "Venue: 30000 IOM fund, committed\nVenue: 5000 unfunded\nTravel: 1000"

    change(plan, activity, budget_detail=detail)

    assert lines() == [
        (
            "Venue",
            Decimal("35000.00"),
            [
                ("IOM fund", "committed", Decimal("30000.00")),
                (None, "unfunded", Decimal("5000.00")),
            ],
        ),
        ("Travel", Decimal("1000.00"), []),
    ]
    assert plan.cell(activity, "budget_detail") == detail
    assert plan.cell(activity, "budget") == "36000"


def test_a_sum_that_differs_from_its_lines_is_refused_and_changes_nothing(plan):
    activity = plan.add("Train officers")

    with pytest.raises(ValidationError, match="add up to 3000"):
        change(plan, activity, budget="5000", budget_detail="A: 1000 GOV\nB: 2000 GOV")

    assert lines() == []


def test_one_amount_does_not_replace_several_lines(plan):
    activity = plan.add("Train officers")
    change(plan, activity, budget_detail="A: 1000 GOV\nB: 2000 GOV")

    with pytest.raises(ValidationError, match="has its budget in lines"):
        change(plan, activity, budget="5000")

    assert plan.cell(activity, "budget") == "3000"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"source": "GOV"}, "Write the amount as well."),
        ({"budget": "5", "funding": "Committed"}, "name it"),
        ({"budget": "5", "source": "GOV", "funding": "Unfunded"}, "leave one out"),
        ({"budget": "-5"}, "cannot be negative"),
        ({"budget_detail": "Venue 30"}, "is no budget line"),
        ({"budget_detail": "Venue: 30 Nobody, committed"}, "is not known"),
    ],
)
def test_money_that_makes_no_sense_is_refused_in_a_sentence(plan, cells, said):
    activity = plan.add("Train officers")

    with pytest.raises(ValidationError, match=said):
        change(plan, activity, **cells)

    assert FundingShare.objects.count() == 0


def test_the_history_keeps_the_cells(plan):
    activity = plan.add("Train officers")
    change(plan, activity, budget="100", source="GOV")

    revision = change(plan, activity, budget="250")

    assert (revision.before, revision.after) == ({"budget": "100"}, {"budget": "250"})


def test_the_history_says_what_became_of_the_money_by_itself(plan):
    activity = plan.add("Train officers")

    revision = change(plan, activity, budget="100", source="GOV")

    assert (revision.before, revision.after) == (
        {"budget": "", "source": "", "funding": ""},
        {"budget": "100", "source": "GOV", "funding": "Pledged"},
    )


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ({"budget": ""}, []),
        ({"source": ""}, [("All costs of the activity", Decimal(100), [])]),
        ({"budget": "", "source": "", "funding": ""}, []),
    ],
    ids=["the amount", "the source", "all"],
)
def test_what_was_said_of_money_is_cleared_with_it(plan, cells, left):
    activity = plan.add("Train officers")
    change(plan, activity, budget="100", source="GOV")

    change(plan, activity, **cells)

    assert lines() == left


@pytest.mark.parametrize(
    "changes",
    [
        [{"budget": "100", "source": "GOV"}],
        [{"budget": "100"}, {"source": "GOV"}],
        [{"budget_detail": "Venue: 1000 GOV"}, {"budget_detail": "A: 1\nB: 2 GOV"}],
        [{"budget": "7", "source": "GOV"}, {"budget_detail": "A: 1\nB: 2 GOV"}],
    ],
)
def test_money_taken_back_is_as_it_was(plan, changes):
    activity = plan.add("Train officers")
    for cells in changes[:-1]:
        change(plan, activity, **cells)
    before = lines()
    change(plan, activity, **changes[-1])

    undo_last(plan.document, plan.table, plan.person("secretary"))

    assert lines() == before


def test_no_lines_say_nothing():
    assert budgets.total_of([]) is None
