"""Every accepted change is a revision; nothing is overwritten, nothing is lost."""

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import documents, editing, placing, writing
from governance.errors import Conflict, Refused
from governance.models import Body, HeldText, Revision
from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.at_stage("drafting")


@pytest.fixture
def row(world):
    return Body.objects.order_by("position").first()


def chain(row):
    """The changes of a row after it was added."""
    rows = Revision.objects.filter(provision_uid=row.uid).exclude(action="added")
    return [
        (r.provision_revision, r.action, r.before, r.after)
        for r in rows.order_by("number")
    ]


def test_a_change_is_a_revision_with_the_text_before_and_after(world, row):
    revision = editing.edit_provision(
        row, base=0, by=world.person("rapporteur"), why="Shorter.", mandate="It meets."
    )

    assert Body.objects.get(pk=row.pk).mandate == "It meets."
    assert chain(row) == [
        (
            1,
            "changed",
            {"mandate": "The plenary meets and writes."},
            {"mandate": "It meets."},
        )
    ]
    assert (revision.why, revision.by_name) == ("Shorter.", "Rapporteur of world")


def test_who_has_not_read_the_last_change_keeps_the_text_and_is_told(world, row):
    editing.edit_provision(row, base=0, by=world.person("rapporteur"), mandate="First.")

    with pytest.raises(Conflict, match="Your text is kept"):
        editing.edit_provision(
            Body.objects.get(pk=row.pk),
            base=0,
            by=world.person("secretary"),
            mandate="Second.",
        )

    held = HeldText.objects.get()
    assert (held.values, held.base_revision) == ({"mandate": "Second."}, 0)
    assert Body.objects.get(pk=row.pk).mandate == "First."
    assert len(chain(row)) == 1


def test_a_text_for_a_provision_that_was_removed_meanwhile_is_kept(world, row):
    mine = Body.objects.get(pk=row.pk)
    placing.remove_provision(row, by=world.person("secretary"))

    with pytest.raises(Conflict):
        editing.edit_provision(
            mine, base=0, by=world.person("rapporteur"), mandate="Mine."
        )

    assert HeldText.objects.get().values == {"mandate": "Mine."}


def test_nothing_different_is_no_revision(world, row):
    assert (
        editing.edit_provision(
            row, base=0, by=world.person("rapporteur"), mandate=row.mandate
        )
        is None
    )
    assert chain(row) == []


def test_moving_renumbers_and_keeps_the_uid(world, row):
    uid = row.uid

    placing.move_provision(row, to=2, by=world.person("rapporteur"))

    found = Body.objects.order_by("position").values_list("name", "position")
    assert list(found) == [("Secretariat", 1), ("Plenary", 2)]
    assert Body.objects.get(name="Plenary").uid == uid
    assert chain(row)[0][:2] == (1, "moved")


def test_there_is_no_place_beyond_the_last(world, row):
    with pytest.raises(Refused, match="2 places"):
        placing.move_provision(row, to=3, by=world.person("rapporteur"))


def test_removing_keeps_the_last_words(world, row):
    editing.edit_provision(row, base=0, by=world.person("rapporteur"), mandate="Last.")

    placing.remove_provision(row, by=world.person("rapporteur"), why="Agreed.")

    number, action, before, after = chain(row)[-1]
    assert (number, action, before) == (
        2,
        "removed",
        {
            "lead": "A",
            "level": "Plenary",
            "mandate": "Last.",
            "meeting_frequency": "Four times a year",
            "name": "Plenary",
        },
    )
    assert after == {"type": "body"}
    assert list(Body.objects.values_list("position", flat=True)) == [1]


def test_removing_what_somebody_changed_meanwhile_keeps_the_changed_words(world, row):
    seen_before = Body.objects.get(pk=row.pk)
    editing.edit_provision(row, base=0, by=world.person("rapporteur"), mandate="New.")

    placing.remove_provision(seen_before, by=world.person("secretary"))

    number, _action, before, _after = chain(row)[-1]
    assert (number, before["mandate"]) == (2, "New.")


@pytest.mark.parametrize("act", ["move", "remove"])
def test_what_was_removed_is_neither_moved_nor_removed_again(world, row, act):
    by, again = world.person("secretary"), Body.objects.get(pk=row.pk)
    placing.remove_provision(row, by=by)

    with pytest.raises(Refused, match="removed from the text"):
        if act == "move":
            placing.move_provision(again, to=1, by=by)
        else:
            placing.remove_provision(again, by=by)


@pytest.mark.parametrize("stage", ["circulated", "tabled", "signing", "validated"])
def test_a_frozen_text_is_not_edited(stage):
    world = worlds.at_stage(stage, "frozen")
    row = Body.objects.order_by("position").first()
    by = world.person("rapporteur")

    with pytest.raises(Refused, match="cannot be edited now"):
        editing.edit_provision(row, base=row.revision, by=by, mandate="Later.")
    with pytest.raises(Refused, match="cannot be edited now"):
        placing.move_provision(row, to=2, by=by)
    with pytest.raises(Refused, match="cannot be edited now"):
        placing.remove_provision(row, by=by)


def test_a_report_frozen_since_the_page_was_read_takes_no_new_provision(world):
    read_before = world.document
    worlds.circulate(world)

    with pytest.raises(Refused, match="cannot be edited now"):
        documents.add_provision(
            Body, read_before, by=world.person("rapporteur"), name="X", level="bureau"
        )


@pytest.mark.parametrize("name", ["chair", "member_b", "official", "admin"])
def test_what_is_not_theirs_is_written_by_rapporteur_and_secretariat(world, row, name):
    with pytest.raises(PermissionDenied):
        editing.edit_provision(row, base=0, by=world.person(name), mandate="Mine.")


def test_a_member_writes_the_row_that_names_its_institution(world, row):
    editing.edit_provision(row, base=0, by=world.person("member_a"), mandate="Ours.")

    assert Body.objects.get(pk=row.pk).mandate == "Ours."


def test_a_member_does_not_give_its_row_to_another_institution(world, row):
    with pytest.raises(Refused, match="give a row to another institution"):
        editing.edit_provision(
            row, base=0, by=world.person("member_a"), lead=world.institutions["B"]
        )

    assert Body.objects.get(pk=row.pk).lead == world.institutions["A"]


def test_what_is_assigned_is_written_with_all_below_it(world, row):
    below = documents.add_provision(
        Body,
        world.document,
        by=world.person("rapporteur"),
        name="Group",
        level="working_group",
        parent=row,
    )
    writing.assign(
        world.document,
        world.institutions["C"],
        row.uid,
        by=world.person("secretary"),
    )

    editing.edit_provision(below, base=0, by=world.person("member_c"), mandate="Ours.")

    assert Body.objects.get(pk=below.pk).mandate == "Ours."


def test_while_the_text_is_closed_what_was_written_is_set_aside(world, row):
    worlds.circulate(world)

    with pytest.raises(Refused, match="cannot be edited now"):
        editing.edit_provision(
            row, base=0, by=world.person("rapporteur"), mandate="Typed."
        )

    held = HeldText.objects.get()
    assert (held.reason, held.label, held.values) == (
        "closed",
        "1 Plenary",
        {"mandate": "Typed."},
    )


def test_text_is_kept_in_one_normal_form(world, row):
    editing.edit_provision(
        row,
        base=0,
        by=world.person("rapporteur"),
        mandate="Cafe\u0301\u200b \r\nand\u202e so",
    )

    assert Body.objects.get(pk=row.pk).mandate == "Café\nand so"


def test_a_provision_is_put_under_another_and_taken_out(world, row):
    other = Body.objects.get(position=2)

    placing.put_under(other, row, by=world.person("rapporteur"))
    inside = Body.objects.get(pk=other.pk).number
    placing.put_under(
        Body.objects.get(pk=other.pk), None, to=1, by=world.person("rapporteur")
    )

    assert inside == "1.1"
    assert [(b.name, b.number) for b in Body.objects.order_by("position")] == [
        ("Secretariat", "1"),
        ("Plenary", "2"),
    ]


def test_what_is_put_where_it_stands_comes_last_there_without_a_gap(world, row):
    placing.put_under(row, None, by=world.person("rapporteur"))

    rows = Body.objects.filter(document=world.document).order_by("position")
    found = list(rows.values_list("name", "position"))
    assert found == [("Secretariat", 1), ("Plenary", 2)]


def test_a_provision_does_not_become_a_part_of_itself(world, row):
    with pytest.raises(Refused, match="cannot be a part of itself"):
        placing.put_under(row, row, by=world.person("rapporteur"))


def test_what_was_removed_comes_back_with_its_uid(world, row):
    by = world.person("rapporteur")
    gone = placing.remove_provision(row, by=by)

    again = placing.bring_back(
        Body, gone, {"name": "Plenary", "level": "plenary"}, {}, by=by
    )

    assert (again.uid, again.name, again.position) == (row.uid, "Plenary", 2)
    assert [r[:2] for r in chain(row)] == [(1, "removed")]
    assert again.revision == 2
