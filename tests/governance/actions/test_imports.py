"""Rows from a spreadsheet: all or none, the same history, and back again."""

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions.documents import add_provision
from governance.actions.editing import edit_provision
from governance.actions.imports import carry_out, take_back, try_out
from governance.errors import Conflict, Refused
from governance.importing import Answers
from governance.models import Event, Import, Revision
from strategy.models import Activity, BudgetLine, Result
from tests.governance.imports_world import HEAD, aim_at, planned, sheet_of, three

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return planned()


@pytest.fixture
def aim(world):
    return aim_at(world.activities)


PLAIN = Answers()


def bring(world, aim, sheet, by="secretary", answers=PLAIN):
    person = world.person(by)
    seen = try_out(aim, sheet, answers, by=person).seen
    return carry_out(aim, sheet, answers, seen=seen, by=person)


def snapshot(world):
    return world.activities.to_snapshot()


def result(run):
    return [(o.line.number, o.action, o.label, o.fault, o.faults) for o in run.outcomes]


def test_a_preview_says_what_would_happen_and_leaves_nothing(world, aim):
    before = Event.objects.count()

    run = try_out(aim, three(), Answers(), by=world.person("secretary"))

    assert result(run) == [
        (2, "add", "A1.1.1", "", {}),
        (3, "add", "A1.1.2", "", {}),
        (4, "add", "A1.2.1", "", {}),
    ]
    assert (run.problem, run.is_ready) == ("", True)
    assert (
        Activity.objects.count(),
        Revision.objects.filter(document=world.activities).count(),
    ) == (0, 0)
    assert Event.objects.count() == before


def test_rows_are_added_as_one_by_one(world, aim):
    bring(world, aim, three())
    taken = [
        (r.action, r.label, r.before, r.after, r.provision_revision, r.institution)
        for r in Revision.objects.filter(document=world.activities).order_by("number")
    ]
    plan = snapshot(world)
    Import.objects.all().delete()

    other = planned("other")
    document = other.activities
    columns = {c.name: c for c in aim_at(document).columns}
    scope = aim_at(document).open(other.person("secretary")).scope
    for line in three().rows[1:]:
        names = ["title", "output", "lead", "q1", "budget", "source"]
        values = {
            columns[n]: columns[n].read(text, scope)
            for n, text in zip(names, line.cells[1:], strict=True)
            if text
        }
        add_provision(
            Activity,
            document,
            by=other.person("secretary"),
            extras={c: v for c, v in values.items() if c.apart},
            **{c.name: v for c, v in values.items() if not c.apart},
        )

    alone = [
        (r.action, r.label, r.before, r.after, r.provision_revision, r.institution)
        for r in Revision.objects.filter(document=document).order_by("number")
    ]
    assert alone == taken
    assert without_uids(document.to_snapshot()) == without_uids(plan)


def without_uids(snapshot):
    def bare(value):
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k != "uid"}
        return [bare(v) for v in value] if isinstance(value, list) else value

    return bare(snapshot)


def test_an_import_is_kept_with_every_row_and_one_line_of_history(world, aim):
    found = bring(world, aim, three())

    assert [(r["label"], r["action"], r["before"]) for r in found.rows] == [
        ("A1.1.1 Count the households", "added", {}),
        ("A1.1.2 Train the counters", "added", {}),
        ("A1.2.1 Print the forms", "added", {}),
    ]
    event = Event.objects.order_by("-seq").first()
    assert (event.verb, event.note) == (
        "imported",
        "Activities: 3 added, 0 changed (pasted)",
    )
    assert {r.at for r in Revision.objects.filter(document=world.activities)} == {
        found.at
    }


def test_a_row_with_the_number_of_a_row_changes_it(world, aim):
    bring(world, aim, three())

    bring(world, aim, sheet_of(HEAD[:2], ("A1.1.2", "Train thirty counters")))

    titles = Activity.objects.order_by("output", "position").values_list(
        "title", flat=True
    )
    assert list(titles) == [
        "Count the households",
        "Train thirty counters",
        "Print the forms",
    ]


def test_a_row_is_changed_and_another_added_beside_it(world, aim):
    """As whoever downloads a plan, corrects its first row and writes one below it."""
    bring(world, aim, three())

    bring(
        world,
        aim,
        sheet_of(
            ["No.", "Activity", "Output"],
            ["A1.1.1", "Corrected", "OP1.1"],
            ["", "Another", "OP1.1"],
        ),
    )

    rows = Activity.objects.filter(output__position=1, output__parent__position=1)
    assert [(row.number, row.title) for row in rows.order_by("position")] == [
        ("A1.1.1", "Corrected"),
        ("A1.1.2", Activity.objects.get(position=2).title),
        ("A1.1.3", "Another"),
    ]


def test_a_members_own_numbers_hit_no_row(world, aim):
    bring(world, aim, three())

    run = try_out(aim, three(), Answers(), by=world.person("secretary"))

    assert [o.action for o in run.outcomes] == ["add", "add", "add"]


def test_one_wrong_row_and_nothing_is_imported(world, aim):
    sheet = sheet_of(
        HEAD[:4],
        ("1", "Count", "OP1.1", "A"),
        ("2", "Train", "OP9.9", "A"),
        ("3", "", "OP1.1", "A"),
    )
    run = try_out(aim, sheet, Answers(), by=world.person("secretary"))

    with pytest.raises(Refused, match=r"2 rows need attention\. Nothing"):
        carry_out(aim, sheet, Answers(), seen={}, by=world.person("secretary"))

    assert result(run)[1:] == [
        (
            3,
            "wrong",
            "",
            "",
            {"output": "“OP9.9” is not known. Write one of: OP1.1, OP1.2."},
        ),
        (4, "wrong", "", "", {"title": "Activity is missing."}),
    ]
    assert (Activity.objects.count(), Import.objects.count()) == (0, 0)


def test_a_rule_of_the_table_is_said_at_the_row(world, aim):
    sheet = sheet_of(
        ("Activity", "Output", "Start", "End"),
        ("Count", "OP1.1", "31 March 2023", "1 March 2023"),
    )

    run = try_out(aim, sheet, Answers(), by=world.person("secretary"))

    assert result(run) == [(2, "wrong", "", "The end is before the start.", {})]


def test_a_missing_column_is_named_with_what_there_is(world, aim):
    sheet = sheet_of(("No.", "Output", "Who"), ("1", "OP1.1", "A"))

    run = try_out(aim, sheet, Answers(), by=world.person("secretary"))

    assert run.problem == (
        "Your file needs a column called “Activity”. Right now it has: No., Output, Who."
    )


def test_a_row_may_stand_below_one_that_is_added_above_it(world):
    sheet = sheet_of(
        ("Level", "Result", "Contributes to"),
        ("outcome", "Another outcome.", ""),
        ("output", "Its output.", "OC2"),
    )
    aim = aim_at(world.plan, Result)

    bring(world, aim, sheet)

    assert Result.objects.get(statement="Its output.").number == "OP2.1"


def test_a_number_that_reads_two_ways_is_asked_once_for_all(world, aim):
    sheet = sheet_of(
        ("Activity", "Output", "Budget"),
        ("Count", "OP1.1", "12,500"),
        ("Train", "OP1.1", "1,250"),
    )
    by = world.person("secretary")

    asked = try_out(aim, sheet, Answers(), by=by)
    bring(world, aim, sheet, answers=Answers(comma="thousands"))

    assert (asked.unclear, asked.count("wrong")) == ("12,500", 2)
    assert list(BudgetLine.objects.order_by("pk").values_list("amount", flat=True)) == [
        12500,
        1250,
    ]


def test_a_name_that_nobody_knows_is_asked_once_for_all(world, aim):
    sheet = sheet_of(
        ("Activity", "Output", "Lead", "Partners"),
        ("Count", "OP1.1", "Home Affairs", "B; home affairs"),
        ("Train", "OP1.1", "Home Affairs", ""),
    )
    by = world.person("secretary")

    ((name, question),) = try_out(aim, sheet, Answers(), by=by).questions.items()
    bring(world, aim, sheet, answers=Answers(meant={name: "C"}))

    assert question.text == "Home Affairs"
    assert [
        (a.lead.code, [p.code for p in a.partners.order_by("code")])
        for a in Activity.objects.order_by("position")
    ] == [("C", ["B", "C"]), ("C", [])]


def test_a_row_changed_since_the_preview_stops_the_import(world, aim):
    bring(world, aim, three())
    by = world.person("secretary")
    sheet = sheet_of(HEAD[:2], ("A1.1.2", "Train thirty counters"))
    seen = try_out(aim, sheet, Answers(), by=by).seen
    row = Activity.objects.get(title="Train the counters")
    edit_provision(row, base=row.revision, by=world.person("rapporteur"), title="Teach")

    with pytest.raises(Conflict, match=r"changed these rows .*: A1.1.2\. Nothing"):
        carry_out(aim, sheet, Answers(), seen=seen, by=by)

    assert Activity.objects.get(pk=row.pk).title == "Teach"


def test_a_member_adds_rows_of_the_own_institution_only(world, aim):
    sheet = sheet_of(
        ("Activity", "Output", "Lead"), ("Count", "OP1.1", "C"), ("Train", "OP1.1", "A")
    )

    run = try_out(aim, sheet, Answers(), by=world.person("member_c"))

    assert result(run) == [
        (2, "add", "A1.1.1", "", {}),
        (
            3,
            "wrong",
            "",
            "Name your own institution as the one responsible for this row.",
            {},
        ),
    ]


def test_a_member_changes_no_row_of_another_institution(world, aim):
    bring(world, aim, three())
    sheet = sheet_of(
        HEAD[:2], ("A1.1.2", "Mine now"), ("A1.1.1", "Count the households")
    )

    run = try_out(aim, sheet, Answers(), by=world.person("member_c"))

    assert [(o.action, bool(o.fault)) for o in run.outcomes] == [
        ("wrong", True),
        ("same", False),
    ]


@pytest.mark.parametrize("name", ["official", "observer", "chair"])
def test_who_edits_nothing_imports_nothing(world, aim, name):
    with pytest.raises(PermissionDenied):
        carry_out(aim, three(), Answers(), seen={}, by=world.person(name))


def test_a_closed_text_takes_no_rows(world, aim):
    type(world.report).objects.filter(pk=world.report.pk).update(
        state="circulated", comments_due_on="2021-11-26"
    )

    run = try_out(aim, three(), Answers(), by=world.person("secretary"))

    assert "cannot be edited now" in run.problem


def test_taking_back_restores_everything_exactly(world, aim):
    bring(world, aim, three())
    before = snapshot(world)
    found = bring(
        world,
        aim,
        sheet_of(
            ("No.", "Activity", "Output", "Lead", "Budget", "Source"),
            ("A1.1.1", "Count them", "OP1.2", "B", "7", "IOM fund"),
            ("A1.1.2", "Train them", "OP1.1", "", "", ""),
            ("", "A new one", "OP1.1", "A", "5", ""),
        ),
    )
    changed = snapshot(world)

    take_back(found, aim, by=world.person("secretary"))

    assert changed != before
    assert snapshot(world) == before
    assert (found.undone_by, found.undone_at is None) == (
        world.person("secretary"),
        False,
    )


def test_taking_back_refuses_where_a_row_was_changed_since(world, aim):
    found = bring(world, aim, three())
    row = Activity.objects.get(title="Train the counters")
    edit_provision(row, base=row.revision, by=world.person("rapporteur"), title="Teach")
    before = snapshot(world)

    with pytest.raises(Refused, match=r"changed since.*: A1\.1\.2 Train the counters"):
        take_back(found, aim, by=world.person("secretary"))

    assert snapshot(world) == before


def test_an_import_is_taken_back_once(world, aim):
    found = bring(world, aim, three())
    take_back(found, aim, by=world.person("secretary"))

    with pytest.raises(Refused, match="taken back already"):
        take_back(found, aim, by=world.person("secretary"))


def test_another_member_takes_nothing_back(world, aim):
    sheet = sheet_of(("Activity", "Output", "Lead"), ("Count", "OP1.1", "C"))
    found = bring(world, aim, sheet, by="member_c")

    with pytest.raises(PermissionDenied):
        take_back(found, aim, by=world.person("member_d"))

    take_back(found, aim, by=world.person("member_c"))
    assert Activity.objects.count() == 0


def test_a_row_that_others_refer_to_is_not_taken_back(world):
    aim = aim_at(world.plan, Result)
    found = bring(
        world,
        aim,
        sheet_of(("Level", "Result"), ("outcome", "Another outcome.")),
    )
    add_provision(
        Result,
        world.plan,
        by=world.person("secretary"),
        level="output",
        parent=Result.objects.get(statement="Another outcome."),
        statement="Below it.",
    )

    with pytest.raises(Refused, match="is in use"):
        take_back(found, aim, by=world.person("secretary"))

    assert Result.objects.filter(statement="Below it.").exists()


def test_of_two_columns_of_one_name_it_is_asked_which_is_meant(world):
    sheet = sheet_of(("Activity", "Activity", "Output"), ("Train", "Meet", "OP1.1"))

    run = try_out(
        aim_at(world.activities), sheet, Answers(), by=world.person("secretary")
    )

    assert run.notes == [
        "Several columns are called “Activity”: choose below which of them is meant."
    ]
