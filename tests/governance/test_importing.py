"""A table that goes out as a file comes back as it was, whatever stands in it (I26)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.models import AdvocacyStrategy, Audience
from governance.actions.documents import add_document, add_provision
from governance.actions.import_committee import institutions_aim, names_that_lost
from governance.actions.imports import carry_out, take_back, try_out
from governance.columns import (
    CHOICE,
    DAY,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    WHOLE,
    WORDS,
    YES,
    Scope,
)
from governance.errors import Refused
from governance.headings import guessed, matched, plain
from governance.importing import Answers, Line
from governance.models import Clause, Import, StrategicDirection, StrategicObjective
from governance.sheets import Column as Written
from governance.sheets import workbook
from governance.tables import tables
from governance.views.exports import cells_of, written
from governance.workbooks import read_pasted, read_workbook
from strategy.models import Activity, CostEstimate, Indicator, Result, Risk
from tests.environment import TIMES
from tests.governance.imports_world import aim_at, planned, sheet_of

pytestmark = pytest.mark.once

TEXTS = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            '=HYPERLINK("http://x")',
            "+266 5800",
            "-5",
            "@SUM(A1)",
            "'M'e Mamakopoi",
            "''twice",
            "مرحبا (أ)",
            "_x000D_",
            "12,500",
            "2022-03-31",
            "yes",
            "A;B, C",
            "  spaces  ",
            "é\u0301 š Ts'eliso",
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), max_size=12),
)
NUMBERS = st.decimals(0, 10**9, places=2, allow_nan=False)
WHOLES = st.one_of(st.just(""), st.integers(1, 5).map(str))
DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2060, 12, 31))
MODELS = (Activity, Result, Indicator, Risk, CostEstimate, Clause, Audience)


@pytest.fixture(scope="module")
def twins(django_db_setup, django_db_blocker):
    """Two reports with the same beginnings, for a module of examples."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        made = [furnished(slug) for slug in ("first", "second")]
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def furnished(slug):
    world = planned(slug)
    by = world.person("secretary")
    direction = add_document(StrategicDirection, world.report, by=by, title="Direction")
    for n in (1, 2):
        add_provision(StrategicObjective, direction, by=by, title=f"Objective {n}")
    world.advocacy = add_document(
        AdvocacyStrategy,
        world.report,
        by=by,
        title="Advocacy",
        activity_plan=world.activities,
    )
    world.documents = {
        Activity: world.activities,
        Clause: world.activities,
        Audience: world.advocacy,
    }
    return world


def document_of(world, model):
    return world.documents.get(model, world.plan)


def texts_for(column, scope):
    """Cells that somebody could type into a column."""
    found = some_text(column, scope)
    return found.filter(str.strip) if column.is_required else found


def some_text(column, scope):
    if column.kind == YES:
        return st.sampled_from(["yes", "no"])
    if column.kind in {ONE, MANY}:
        return st.sampled_from(["", *map(column.cell_of, one_by_one(column, scope))])
    if column.kind == WHOLE:
        return st.integers(2022, 2024).map(str) if "year" in column.name else WHOLES
    if column.kind in {MONEY, NUMBER}:
        return st.one_of(st.just(""), NUMBERS.map(str))
    if column.kind == DAY:
        return st.one_of(st.just(""), DAYS.map(str))
    if column.kind == CHOICE:
        return st.sampled_from([str(label) for _v, label in column.source.flatchoices])
    lines = st.tuples(TEXTS, TEXTS).map("\n".join)
    return st.one_of(TEXTS, lines) if column.kind == WORDS else TEXTS


# Cells that go together, as the rules of the tables want them.
TOGETHER = {
    Activity: [
        {"starts_on": "", "ends_on": "", "budget": "", "source": "", "funding": ""},
        {"starts_on": "2022-04-01", "ends_on": "2022-04-01", "funding": "Unfunded"}
        | {"budget": "0.5", "source": ""},
        {"starts_on": "", "ends_on": "", "budget": "12500", "source": "IOM fund"}
        | {"funding": "Committed"},
        {"starts_on": "", "ends_on": "", "budget": "", "source": "", "funding": ""}
        | {"budget_detail": "Venue: 30 IOM fund, committed\nPrint: 1.5"},
    ],
    Result: [
        {"level": "Impact", "parent": "", "objective": ""},
        {"level": "Outcome", "parent": ""},
        {"level": "Output", "parent": "OC1"},
    ],
    Indicator: [
        {"baseline_status": "known", "baseline": "-1.5"},
        {"baseline_status": "to be set", "baseline": "", "baseline_due": "2022-06-30"},
        {"baseline_status": "not applicable", "baseline": ""},
    ],
    Risk: [
        {"kind": "Risk", "likelihood": "1", "impact": "5", "owner_body": ""},
        {"kind": "Assumption", "likelihood": "", "impact": "", "owner": ""},
    ],
}


def one_by_one(column, scope):
    items = scope.options(column)
    return [[item] for item in items] if column.kind == MANY else items


def enter(desk, data):
    """Rows of whatever the table takes; what it refuses is left out."""
    entered = []
    for _n in range(data.draw(st.integers(1, 3))):
        cells = {c: data.draw(texts_for(c, desk.scope), c.name) for c in desk.columns}
        fitting = data.draw(st.sampled_from(TOGETHER.get(desk.model, [{}])))
        detail = {"budget_detail": ""}
        cells |= {
            c: (detail | fitting)[c.name] for c in cells if c.name in detail | fitting
        }
        try:
            values = {c: c.read(text, desk.scope) for c, text in cells.items()}
            entered.append(desk.add(values))
        except (ValidationError, Refused):
            continue
    return entered


def file_of(desk, aim):
    layout = [Written("No."), *(written(c, "BWP") for c in aim.columns), Written("Key")]
    rows = [[r.number, *cells_of(r, aim.columns), str(r.uid)] for r in desk.read()]
    made = workbook(
        aim.title, layout, rows, created=dt.datetime(2021, 11, 1, tzinfo=dt.UTC)
    )
    return read_workbook("plan.xlsx", made)


def grid(desk):
    return [{c.name: c.cell(row) for c in desk.columns} for row in desk.read()]


def without_keys(sheet, aim):
    places = matched(sheet, aim.columns).places
    return Answers(places=tuple("" if p in {"key", "number"} else p for p in places))


@pytest.mark.parametrize("model", MODELS)
def test_what_goes_out_comes_back_as_it_was(twins, db, model):
    first, second = twins
    entered = []

    @settings(max_examples=15 * TIMES)
    @given(st.data())
    def holds(data):
        with transaction.atomic():
            aim = aim_at(document_of(first, model), model)
            by = first.person("secretary")
            desk = aim.open(by)
            entered.extend(enter(desk, data))
            desk.keep(why="")
            sheet = file_of(desk, aim)

            run = try_out(aim, sheet, Answers(), by=by)

            found = {(o.action, o.fault, str(o.faults)) for o in run.outcomes}
            assert found <= {("same", "", "{}")}
            into_the_twin(second, model, sheet, grid(desk))
            transaction.set_rollback(True)

    holds()
    assert len(entered) > 10


def into_the_twin(world, model, sheet, expected):
    """Into a table without rows the same rows come; taken back, none is left."""
    aim = aim_at(document_of(world, model), model)
    by = world.person("secretary")
    document = document_of(world, model)
    there = grid(aim.open(by))
    if there or not expected:
        return
    before = document.to_snapshot()

    found = carry_out(aim, sheet, without_keys(sheet, aim), seen={}, by=by)

    assert grid(aim.open(by)) == expected
    take_back(found, aim, by=by)
    assert document.to_snapshot() == before


@pytest.mark.parametrize("text", ["'M'e", "=1+1", "Ts'eliso", "مرحبا", "-1"])
def test_names_of_institutions_come_back_as_they_were(twins, db, text):
    first, _second = twins
    by = first.person("secretary")
    with transaction.atomic():
        first.institutions["A"].name = text
        first.institutions["A"].save()
        aim = institutions_aim(first.committee)
        layout = [written(c, "BWP") for c in aim.columns]
        rows = [
            cells_of(row, aim.columns) for row in first.committee.institutions.all()
        ]
        made = workbook(
            "I", layout, rows, created=dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
        )

        run = try_out(aim, read_workbook("i.xlsx", made), Answers(), by=by)

        assert [o.action for o in run.outcomes] == ["same"] * 6
        transaction.set_rollback(True)


def test_several_budget_lines_go_out_and_come_back(twins, db):
    first, second = twins
    with transaction.atomic():
        aim = aim_at(first.activities)
        by = first.person("secretary")
        columns = {c.name: c for c in aim.columns}
        desk = aim.open(by)
        cells = {
            "title": "Count",
            "output": "OP1.1",
            "budget_detail": "Venue: 30 000 IOM fund, committed\nPrint: 1 200.50",
        }
        desk.add({columns[n]: columns[n].read(t, desk.scope) for n, t in cells.items()})
        desk.keep(why="")
        sheet = file_of(desk, aim)

        run = try_out(aim, sheet, Answers(), by=by)

        assert [o.action for o in run.outcomes] == ["same"]
        into_the_twin(second, Activity, sheet, grid(desk))
        assert columns["budget"].value(desk.read()[0]) == Decimal("31200.50")
        transaction.set_rollback(True)


def test_rows_that_are_not_in_the_file_stay(twins, db):
    first, _second = twins
    with transaction.atomic():
        by = first.person("secretary")
        aim = aim_at(first.activities)
        rows = [("Activity", "Output"), ("One", "OP1.1"), ("Two", "OP1.1")]
        carry_out(aim, sheet_of(*rows), Answers(), seen={}, by=by)

        carry_out(
            aim,
            sheet_of(("No.", "Activity"), ("A1.1.2", "2")),
            Answers(),
            seen={},
            by=by,
        )

        titles = Activity.objects.filter(document=first.activities).values_list("title")
        assert sorted(titles) == [("2",), ("One",)]
        assert Import.objects.count() == 2
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_the_headings_of_a_file_name_its_columns_again(twins, db, table):
    columns = table.columns(twins[0].plan if table.extras_in else None)
    heads = ["No.", *(written(c, "BWP").title for c in columns), "Key"]

    assert guessed(heads, columns) == ("number", *(c.name for c in columns), "key")


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Budget (LSL)", "budget"),
        (" BUDGET:", "budget"),
        ("Start  date*", "start date"),
        ("No.", "no"),
        ("partner_note", "partner note"),
    ],
)
def test_headings_are_compared_without_their_dress(heading, said):
    assert plain(heading) == said


def test_other_words_for_a_column_are_known(twins, db):
    columns = aim_at(twins[0].activities).columns
    heads = ["Nr.", "Task", "Who", "From", "To", "Cost", "Remarks"]

    assert guessed(heads, columns) == (
        "number",
        "title",
        "lead",
        "starts_on",
        "ends_on",
        "budget",
        "",
    )


def test_a_row_stands_once_in_a_file(twins, db):
    first, _second = twins
    by = first.person("secretary")
    with transaction.atomic():
        aim = aim_at(first.activities)
        rows = [("Activity", "Output"), ("One", "OP1.1")]
        carry_out(aim, sheet_of(*rows), Answers(), seen={}, by=by)
        twice = sheet_of(("No.", "Activity"), ("A1.1.1", "2"), ("A1.1.1", "3"))

        run = try_out(aim, twice, Answers(), by=by)

        assert [o.fault for o in run.outcomes] == [
            "",
            "This is the same row as row 2 of the file.",
        ]
        transaction.set_rollback(True)


def test_a_key_of_nobody_is_said(twins, db):
    first, _second = twins
    by = first.person("secretary")

    run = try_out(
        aim_at(first.activities),
        sheet_of(("Activity", "Output", "Key"), ("One", "OP1.1", "nonsense")),
        Answers(),
        by=by,
    )

    assert [o.fault for o in run.outcomes] == [
        "The key is not that of a row here. Empty the cell “Key” to add the row as a new"
        " one."
    ]


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("M'e Thabo", True),
        ("M’e Thabo", True),
        ("Mamakopoi", True),
        ("MaThabo Sello", True),
        ("'Mamakopoi", False),
        ("Martin", False),
        ("Mary", False),
        ("Mpho", False),
        ("Moeketsi", False),
    ],
)
def test_names_that_excel_may_have_cut_are_told(name, is_told):
    assert bool(names_that_lost([Line(2, {"name": name})])) == is_told


def test_a_block_without_a_row_that_says_anything_is_no_import(twins, db):
    first, _second = twins
    run = try_out(
        aim_at(first.activities),
        read_pasted("Activity\tOutput"),
        Answers(),
        by=first.person("secretary"),
    )

    assert run.problem == "There are no rows below the headings."


def test_lists_are_looked_up_once(twins, db, django_assert_max_num_queries):
    first, _second = twins
    aim, by = aim_at(first.activities), first.person("secretary")
    rows = [
        ("Activity", "Output", "Lead"),
        *(("Row", "OP1.1", "A") for _n in range(20)),
    ]

    with django_assert_max_num_queries(20 * 3 + 12):
        try_out(aim, sheet_of(*rows), Answers(), by=by)

    assert Scope(first.committee).lists == {}
