"""Taking back one's own last change of a table."""

import pytest

from governance.actions import documents, editing, placing
from governance.actions.undoing import last_change, undo_last
from governance.columns import Scope
from governance.errors import Refused
from governance.models import Import, Revision
from strategy.models import Activity
from tests import plans

pytestmark = pytest.mark.django_db


built, plan = plans.shared()


def undo(plan, name="secretary", **more):
    return undo_last(plan.document, plan.table, plan.person(name), **more)


def edit(plan, activity, name="secretary", **cells):
    scope = Scope(plan.world.committee, plan.document)
    columns = {c.name: c for c in plan.table.columns(plan.document)}
    read = {columns[n]: columns[n].read(text, scope) for n, text in cells.items()}
    row = plan.row(activity)
    return editing.edit_provision(
        row,
        base=row.revision,
        by=plan.person(name),
        extras={c: value for c, value in read.items() if c.apart},
        **{c.name: value for c, value in read.items() if not c.apart},
    )


def titles(plan):
    rows = plan.table.rows(plan.document)
    return [f"{row.number} {row.title}" for row in rows]


def test_a_change_is_taken_back_as_a_new_change(plan):
    activity = plan.add("Draft the agreement")
    changed = edit(plan, activity, title="Sign the agreement", q1="x")

    undone = undo(plan)

    assert (plan.cell(activity, "title"), plan.cell(activity, "q1")) == (
        "Draft the agreement",
        "no",
    )
    assert (undone.action, undone.why) == (
        "changed",
        f"Undo of change {changed.number}.",
    )


def test_money_is_taken_back_too(plan):
    activity = plan.add("Draft the agreement")
    edit(plan, activity, budget="12 500")
    edit(plan, activity, budget="99 000", title="Sign it")

    undo(plan)

    assert (plan.cell(activity, "budget"), plan.cell(activity, "title")) == (
        "12500",
        "Draft the agreement",
    )


def test_pressed_again_it_goes_further_back_and_does_not_toggle(plan):
    activity = plan.add("One")
    edit(plan, activity, title="Two")
    edit(plan, activity, title="Three")

    said = []
    for _time in range(2):
        undo(plan)
        said.append(plan.cell(activity, "title"))
    undo(plan)

    assert said == ["Two", "One"]
    assert titles(plan) == []
    assert last_change(plan.document, plan.table, plan.person("secretary")) is None


def test_after_an_undo_a_new_change_is_the_last_one(plan):
    activity = plan.add("One")
    edit(plan, activity, title="Two")
    undo(plan)
    edit(plan, activity, title="Three")

    undo(plan)

    assert plan.cell(activity, "title") == "One"


def test_a_change_by_hand_that_names_no_number_is_no_undo(plan):
    activity = plan.add("One")
    edit(plan, activity, title="Two")
    edit(plan, activity, title="One")

    undo(plan)

    assert plan.cell(activity, "title") == "Two"


def test_a_member_takes_back_the_row_it_added(plan):
    documents.add_provision(
        Activity,
        plan.document,
        by=plan.person("member_c"),
        title="Ours",
        output=plan.output,
        lead=plan.world.institutions["C"],
    )

    undone = undo(plan, "member_c")

    assert titles(plan) == []
    assert (undone.action, undone.by) == ("removed", plan.person("member_c"))


def test_a_removed_row_comes_back_with_its_uid_at_its_place(plan):
    first = plan.add("One", milestone="a record")
    plan.add("Two")
    placing.remove_provision(plan.row(first), by=plan.person("secretary"))

    undo(plan)

    assert titles(plan) == ["A1.1.1 One", "A1.1.2 Two"]
    assert plan.cell(first, "milestone") == "a record"


def test_a_moved_row_goes_back(plan):
    plan.add("One")
    plan.add("Two")
    third = plan.add("Three")
    placing.move_provision(plan.row(third), to=1, by=plan.person("secretary"))

    undo(plan)

    assert titles(plan) == ["A1.1.1 One", "A1.1.2 Two", "A1.1.3 Three"]


def test_what_another_person_changed_since_is_not_taken_back(plan):
    activity = plan.add("One")
    edit(plan, activity, title="Two")
    edit(plan, activity, "member_c", milestone="a record")

    with pytest.raises(Refused) as refusal:
        undo(plan)

    assert str(refusal.value) == (
        "Member C of plan has changed “A1.1.1 Two” since: your change cannot be taken"
        " back here. It stands in the history of the row."
    )
    assert plan.cell(activity, "title") == "Two"


def test_changes_of_others_are_not_mine_to_take_back(plan):
    plan.add("One")

    with pytest.raises(Refused) as refusal:
        undo(plan, "rapporteur")

    assert str(refusal.value) == (
        "There is no change of yours here that can be taken back."
    )


def test_only_the_change_that_was_shown_is_taken_back(plan):
    activity = plan.add("One")
    shown = edit(plan, activity, title="Two")
    edit(plan, activity, title="Three")

    with pytest.raises(Refused):
        undo(plan, number=shown.number)

    assert plan.cell(activity, "title") == "Three"


def test_a_closed_report_is_left_as_it_is(plan):
    activity = plan.add("One")
    edit(plan, activity, title="Two")
    type(plan.document.report).objects.update(state="tabled")

    with pytest.raises(Refused):
        undo(plan)

    assert plan.cell(activity, "title") == "Two"


def test_rows_of_an_import_are_taken_back_with_the_import(plan):
    activity = plan.add("One")
    change = Revision.objects.get(provision_uid=activity.uid)
    Import.objects.create(
        committee=plan.world.committee,
        document_id=plan.document.pk,
        table=plan.table.name,
        source="plan.xlsx",
        rows=[{"key": str(activity.uid), "revision": change.provision_revision}],
        at=change.at,
        by=change.by,
    )

    with pytest.raises(Refused) as refusal:
        undo(plan)

    assert str(refusal.value) == (
        "“A1.1.1 One” came with an import: take the whole import back."
    )
    assert refusal.value.owed[0].url == plan.url("table-import")


def test_two_rows_are_taken_back_one_after_the_other(plan):
    one, two = plan.add("One"), plan.add("Two")
    edit(plan, one, title="Uno")
    edit(plan, two, title="Due")

    undo(plan)
    undo(plan)

    assert titles(plan) == ["A1.1.1 One", "A1.1.2 Two"]
