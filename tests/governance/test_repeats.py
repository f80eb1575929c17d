"""A block pasted twice, a page's headings in the middle: said, and left to the person."""

import pytest

from governance.actions.imports import carry_out, try_out
from governance.importing import Answers
from tests.governance.imports_world import HEAD, aim_at, planned, sheet_of, three

pytestmark = pytest.mark.django_db

COUNT = ("", "Count the households", "OP1.1", "A", "x", "12 500", "GOV")
TRAIN = ("", "Train the counters", "OP1.1", "B", "", "", "")


@pytest.fixture
def world():
    return planned()


@pytest.fixture
def looked_at(world):
    def look(sheet):
        aim = aim_at(world.activities)
        run = try_out(aim, sheet, Answers(), by=world.person("secretary"))
        return [(o.line.number, o.action) for o in run.outcomes], run.notes

    return look


def test_the_headings_of_the_next_page_are_left_out(looked_at):
    again = tuple(cell.upper() for cell in HEAD)

    assert looked_at(sheet_of(HEAD, COUNT, again, TRAIN, HEAD)) == (
        [(2, "add"), (4, "add")],
        ["Rows 3, 5 repeat the headings and are left out."],
    )


def test_rows_that_say_the_same_are_named_and_stay(looked_at):
    assert looked_at(sheet_of(HEAD, COUNT, TRAIN, COUNT)) == (
        [(2, "add"), (3, "add"), (4, "add")],
        [
            "Rows 2, 4 say the same in every cell. If that is a mistake, leave out all"
            " but one."
        ],
    )


def test_a_block_pasted_a_second_time_is_pointed_out(world, looked_at):
    carry_out(
        aim_at(world.activities),
        three(),
        Answers(),
        seen={},
        by=world.person("secretary"),
    )

    assert looked_at(sheet_of(HEAD, COUNT, ("", "Weigh them", *TRAIN[2:]))) == (
        [(2, "add"), (3, "add")],
        [
            "Row 2 says the same under “Activity” as a row that is here already: it"
            " would be added beside it. To change that row instead, write its number."
        ],
    )


def test_a_long_list_of_rows_is_cut_short(looked_at):
    _rows, notes = looked_at(sheet_of(HEAD, *[COUNT] * 12))

    assert notes == [
        "Rows 2, 3, 4, 5, 6, 7, 8, 9 and 4 more say the same in every cell. If that is a"
        " mistake, leave out all but one."
    ]


def test_a_row_with_its_number_is_no_repeat(world, looked_at):
    carry_out(
        aim_at(world.activities),
        three(),
        Answers(),
        seen={},
        by=world.person("secretary"),
    )

    assert looked_at(sheet_of(HEAD, ("A1.1.1", *COUNT[1:])))[1] == []
