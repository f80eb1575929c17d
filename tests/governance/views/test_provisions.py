"""The page of one provision, and editing, moving and removing it."""

import uuid

import pytest
from django.urls import reverse

from governance.actions import comments, documents, editing, placing
from governance.forms.columns import initial_of
from governance.models import Body, ChangeMade, Clause, HeldText, Revision
from governance.tables import table_of
from tests import world as w
from tests.governance.views.test_comments import (
    answer,
    enter,
    give,
    page,
    plenary,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return w.at_stage("drafting")


def address(world, row, name="provision"):
    return url(name, world.document.pk, row.uid)


def words(row, **facts):
    """What the form of a body holds, with `facts` instead."""
    columns = table_of(type(row)).columns(row.owner_document)
    held = {c.name: initial_of(c, row) for c in columns if c.name != "parent"}
    kept = {name: value for name, value in held.items() if value not in (None, False)}
    return kept | {"base": row.revision, "why_changed": ""} | facts


def edit(world, row, **facts):
    with world.on("2021-11-01"):
        return editing.edit_provision(
            row, base=row.revision, by=world.person("rapporteur"), **facts
        )


def test_its_words_its_changes_and_why_are_on_its_page(client, world):
    row = plenary(world)
    edit(world, row, mandate="The plenary meets and decides.", why="The Act says so.")

    shown = page(enter(client, world, "member_b").get(address(world, row)))

    assert "<p>The plenary meets and decides.</p>" in shown
    assert "The Act says so." in shown
    assert "meets and <del>writes</del><ins>decides</ins>." in shown


def test_of_a_removed_one_the_last_words_stay(client, world):
    row = plenary(world)
    with world.on("2021-11-02"):
        placing.remove_provision(row, by=world.person("rapporteur"), why="Twice said.")
    enter(client, world, "member_b")

    shown = page(client.get(address(world, row)))

    assert "Removed from the text on 2 November 2021." in shown
    assert "Twice said." in shown
    assert "The plenary meets and writes." in shown
    assert "Edit the provision" not in shown


def test_an_unknown_provision_is_not_found(client, world):
    enter(client, world, "rapporteur")
    names = ["provision", "provision-edit", "provision-move", "provision-remove"]

    statuses = [
        client.get(url(name, world.document.pk, uuid.uuid4())).status_code
        for name in names
    ]

    assert statuses == [404] * 4


def test_officials_read_the_words_but_not_how_they_came_to_be(client):
    world = w.at_stage("validated")
    row = plenary(world)
    world.report.refresh_from_db()

    shown = page(enter(client, world, "official").get(address(world, row)))

    assert "The plenary meets and writes." in shown
    assert 'id="changes"' not in shown


@pytest.mark.parametrize(
    "name", ["provision-edit", "provision-move", "provision-remove"]
)
def test_members_do_not_edit_and_strangers_find_nothing(client, world, name):
    row = plenary(world)

    statuses = {
        who: enter(client, world, who).get(address(world, row, name)).status_code
        for who in ["member_b", "chair", "official", "rapporteur", "secretary"]
    }

    assert statuses == {
        "member_b": 403,
        "chair": 403,
        "official": 404,
        "rapporteur": 200,
        "secretary": 200,
    }


def test_saving_makes_one_revision_with_who_and_why(client, world):
    row = plenary(world)
    enter(client, world, "rapporteur")

    response = client.post(
        address(world, row, "provision-edit"),
        words(row, mandate="It meets.\r\nIt decides.", why_changed="Shorter"),
    )

    change = Revision.objects.get(action="changed")
    assert response.url.endswith(f"#p{str(row.uid)[:8]}")
    assert plenary(world).mandate == "It meets.\nIt decides."
    assert (change.why, change.by_name) == ("Shorter", "Rapporteur of world")


def test_saving_without_a_difference_changes_nothing(client, world):
    row = plenary(world)

    enter(client, world, "rapporteur").post(
        address(world, row, "provision-edit"), words(row)
    )

    assert not Revision.objects.filter(action="changed").exists()


def test_who_saves_second_sees_both_texts_and_decides(client, world):
    row = plenary(world)
    stale = words(row, mandate="Mine.")
    edit(world, row, mandate="Theirs.")
    enter(client, world, "secretary")

    first = client.post(address(world, row, "provision-edit"), stale)
    form = first.context["form"]
    second = client.post(
        address(world, row, "provision-edit"),
        stale | {"base": form["base"].value(), "mandate": "Theirs and mine."},
    )

    assert (first.status_code, second.status_code) == (409, 302)
    both = [(d.column.name, d.theirs, d.mine) for d in form.both.differences]
    assert both == [("mandate", "Theirs.", "Mine.")]
    assert "Theirs.</textarea>" in page(first)
    assert '<span dir="auto" class="diff">Mine</span>' in page(first)
    assert HeldText.objects.get().values["mandate"] == "Mine."
    assert plenary(world).mandate == "Theirs and mine."


def test_edits_of_different_words_are_combined_ready_to_be_saved(client, world):
    row = plenary(world)
    stale = words(row, mandate="The plenary meets and writes letters.")
    edit(world, row, mandate="The full plenary meets and writes.")
    enter(client, world, "secretary")

    first = client.post(address(world, row, "provision-edit"), stale)
    form = first.context["form"]
    client.post(
        address(world, row, "provision-edit"),
        stale | {"base": form["base"].value(), "mandate": form["mandate"].value()},
    )

    assert "Save the combined text" in page(first)
    assert plenary(world).mandate == "The full plenary meets and writes letters."


def test_mine_is_set_aside_and_theirs_stays(client, world):
    row = plenary(world)
    edit(world, row, mandate="Theirs.")
    enter(client, world, "secretary")

    response = client.post(
        address(world, row, "provision-edit"),
        words(row, mandate="Mine.", aside="1"),
    )

    assert response.url == world.document.get_absolute_url()
    assert plenary(world).mandate == "Theirs."
    held = HeldText.objects.get()
    assert (held.reason, held.values["mandate"]) == ("aside", "Mine.")


@pytest.mark.parametrize("button", [{}, {"aside": "1"}])
def test_what_is_kept_of_a_form_sent_twice_is_kept_once(client, world, button):
    row = plenary(world)
    sent = words(row, mandate="Mine.", once=str(uuid.uuid4()), **button)
    edit(world, row, mandate="Theirs.")
    enter(client, world, "secretary")

    for _time in range(2):
        client.post(address(world, row, "provision-edit"), sent)

    assert HeldText.objects.get().values["mandate"] == "Mine."


def test_a_post_that_does_not_say_what_was_read_changes_nothing(client, world):
    row = plenary(world)
    enter(client, world, "rapporteur")
    sent = words(row, mandate="Over theirs.")
    del sent["base"]

    response = client.post(address(world, row, "provision-edit"), sent)

    assert response.context["form"].errors == {
        "base": ["What you had read is not known: open the page again."]
    }
    assert plenary(world).mandate == "The plenary meets and writes."


@pytest.mark.parametrize("base", ["9" * 60, "99999999999", "-1", "1.5", "x"])
@pytest.mark.parametrize("button", [{}, {"preview": "1"}, {"aside": "1"}])
def test_a_revision_that_cannot_be_is_not_known_and_the_text_stays(
    client, world, base, button
):
    row = plenary(world)
    sent = words(row, mandate="My long work.", base=base, **button)

    response = enter(client, world, "rapporteur").post(
        address(world, row, "provision-edit"), sent
    )

    assert response.status_code == (200 if "preview" in button else 422)
    assert response.context["form"].errors == {
        "base": ["What you had read is not known: open the page again."]
    }
    assert "My long work.</textarea>" in page(response)
    assert plenary(world).mandate == "The plenary meets and writes."


def test_a_split_of_a_closed_text_is_set_aside(client, world):
    clause = documents.add_provision(
        Clause,
        world.document,
        by=world.person("rapporteur"),
        heading="Tasks",
        body="1. First task.\n\n2. Second task.",
    )
    sent = words(clause, split="1")
    w.circulate(world)
    enter(client, world, "rapporteur")

    response = client.post(url("provision-edit", world.document.pk, clause.uid), sent)

    assert response.status_code == 409
    assert [(h.reason, h.label) for h in HeldText.objects.all()] == [
        ("closed", "1 Tasks")
    ]
    assert Clause.objects.count() == 1


def test_a_preview_shows_the_words_and_saves_nothing(client, world):
    row = plenary(world)
    enter(client, world, "rapporteur")

    shown = page(
        client.post(
            address(world, row, "provision-edit"),
            words(row, mandate="**It** meets.", preview="1"),
        )
    )

    assert "<strong>It</strong> meets." in shown
    assert "**It** meets.</textarea>" in shown
    assert plenary(world).mandate == "The plenary meets and writes."


def test_a_row_is_added_last_among_its_siblings(client, world):
    enter(client, world, "rapporteur")

    response = client.post(
        url("row-add", world.document.pk, "body"),
        {"name": "Bureau", "level": "bureau", "why_changed": ""},
    )

    made = Body.objects.get(name="Bureau")
    assert response.url.endswith(f"#p{str(made.uid)[:8]}")
    assert (made.position, made.level) == (3, "bureau")


def test_a_row_with_a_mistake_says_so_at_its_field_and_adds_nothing(client, world):
    enter(client, world, "rapporteur")

    response = client.post(
        url("row-add", world.document.pk, "body"), {"name": "", "level": "bureau"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {"name": ["Name is missing."]}
    assert Body.objects.count() == 2


def test_the_order_is_changed_by_a_button(client, world):
    row = plenary(world)
    enter(client, world, "rapporteur")
    seen = client.get(url("structure", world.document.pk)).context["seen"]

    client.post(
        url("structure", world.document.pk), {"seen": seen, "move": f"down {row.uid}"}
    )

    assert [b.name for b in Body.objects.order_by("position")] == [
        "Secretariat",
        "Plenary",
    ]


def test_who_saw_another_order_moves_nothing(client, world):
    row = plenary(world)
    enter(client, world, "rapporteur")

    response = client.post(
        url("structure", world.document.pk), {"seen": "old", "move": f"down {row.uid}"}
    )

    assert response.status_code == 409
    assert "Somebody changed the order just now" in page(response)
    assert plenary(world).position == 1


def test_an_earlier_text_is_taken_up_as_a_new_change(client, world):
    row = plenary(world)
    edit(world, row, mandate="Worse.")
    first = Revision.objects.get(provision_uid=row.uid, action="added")
    enter(client, world, "rapporteur")

    client.post(url("provision-restore", world.document.pk, row.uid, first.number), {})

    assert plenary(world).mandate == "The plenary meets and writes."
    last = Revision.objects.filter(provision_uid=row.uid).latest("number")
    assert last.why == f"Text of change {first.number} brought back."


def test_a_removed_provision_is_brought_back(client, world):
    row = plenary(world)
    gone = placing.remove_provision(row, by=world.person("rapporteur"))
    enter(client, world, "secretary")

    client.post(url("provision-restore", world.document.pk, row.uid, gone.number), {})

    again = Body.objects.get(uid=row.uid)
    assert (again.name, again.lead, again.mandate) == (row.name, row.lead, row.mandate)


def test_what_stood_below_a_removed_one_is_brought_back_after_it(client, world):
    above, below = Body.objects.order_by("position")
    rapporteur = world.person("rapporteur")
    placing.put_under(below, above, by=rapporteur)
    below.refresh_from_db()
    gone = placing.remove_provision(below, by=rapporteur)
    placing.remove_provision(above, by=rapporteur)
    enter(client, world, "secretary")

    answer = client.post(
        url("provision-restore", world.document.pk, below.uid, gone.number), {}
    )

    assert answer.status_code == 422
    assert "It stood below 1, which was removed: bring that back first." in page(answer)
    assert Body.objects.count() == 0


def test_numbered_paragraphs_become_provisions(client, world):
    clause = documents.add_provision(
        Clause,
        world.document,
        by=world.person("rapporteur"),
        heading="Tasks",
        body="1. First task.\n\n2. Second task.\n\n3. Third task.",
    )
    enter(client, world, "rapporteur")
    sent = words(clause, split="1")

    client.post(url("provision-edit", world.document.pk, clause.uid), sent)

    assert [(c.number, c.heading, c.body) for c in Clause.objects.all()] == [
        ("1", "Tasks", "First task."),
        ("2", "", "Second task."),
        ("3", "", "Third task."),
    ]


def test_a_split_of_a_text_somebody_changed_keeps_what_was_typed(client, world):
    facts = {"by": world.person("rapporteur"), "heading": "Tasks", "body": "Tasks."}
    clause = documents.add_provision(Clause, world.document, **facts)
    typed = "1. First task.\n\n2. Second task."
    sent = words(clause, body=typed, split="1")
    edit(world, clause, body="Other tasks.")
    enter(client, world, "rapporteur")

    answer = client.post(url("provision-edit", world.document.pk, clause.uid), sent)

    assert answer.status_code == 409
    assert [c.body for c in Clause.objects.all()] == ["Other tasks."]
    assert HeldText.objects.get().values["body"] == typed


def test_an_institution_is_given_a_part_to_write(client, world):
    row = plenary(world)
    enter(client, world, "secretary")

    client.post(
        url("assignments", world.document.pk),
        {"institution": world.institutions["C"].pk, "provision": str(row.uid)},
    )
    opened = enter(client, world, "member_c").get(address(world, row, "provision-edit"))

    assert opened.status_code == 200


def test_the_facts_of_a_document_are_changed(client, world):
    enter(client, world, "rapporteur")
    base = client.get(url("document-facts", world.document.pk)).context["form"]
    sent = {"title": "Structure of the NCC", "base": base["base"].value()}

    client.post(url("document-facts", world.document.pk), sent)

    world.document.refresh_from_db()
    assert world.document.title == "Structure of the NCC"


def test_an_edit_answers_the_accepted_comments_that_are_ticked(client):
    world = w.at_stage("circulated")
    comment = give(world)
    answer(world, comment)
    answer(world, give(world, by="member_c"), "not_accepted", reason="No.")
    w.consolidate(world)
    row = plenary(world)
    enter(client, world, "rapporteur")

    form = client.get(address(world, row, "provision-edit")).context["form"]
    client.post(
        address(world, row, "provision-edit"),
        words(
            row,
            mandate="It decides.",
            answers=[f"comment-{comment.pk}"],
            where_changed="Whole text",
        ),
    )

    assert list(form.waiting) == [f"comment-{comment.pk}"]
    assert [(c.comment, c.note) for c in ChangeMade.objects.all()] == [
        (comment, "Whole text")
    ]
    assert f">{comment.code}</a>" in page(client.get(address(world, row)))


def test_while_closed_the_text_is_shown_again_and_not_saved(client):
    world = w.at_stage("circulated")
    row = plenary(world)
    enter(client, world, "rapporteur")

    shown = client.get(address(world, row, "provision-edit"))
    sent = client.post(
        address(world, row, "provision-edit"), words(row, mandate="Typed for nothing?")
    )

    assert "its text cannot be edited now" in page(shown)
    assert "Save the provision" not in page(shown)
    assert sent.status_code == 409
    assert "Typed for nothing?</textarea>" in page(sent)
    assert plenary(world).mandate == "The plenary meets and writes."


def test_what_was_typed_for_a_provision_removed_meanwhile_is_shown(client, world):
    row = plenary(world)
    typed = words(row, mandate="My long work.")
    with world.on("2021-11-02"):
        placing.remove_provision(row, by=world.person("rapporteur"))

    response = enter(client, world, "secretary").post(
        address(world, row, "provision-edit"), typed
    )

    assert response.status_code == 409
    assert "My long work." in page(response)


@pytest.mark.parametrize("base", [None, "0", "9" * 60])
def test_what_was_typed_for_a_provision_removed_meanwhile_is_kept(client, world, base):
    row = plenary(world)
    sent = words(row, mandate="My long work.", level="no such level")
    sent |= {"base": base} if base else {}
    with world.on("2021-11-02"):
        placing.remove_provision(row, by=world.person("rapporteur"))
    enter(client, world, "secretary")

    for _time in range(2):
        answer = page(client.post(address(world, row, "provision-edit"), sent))

    held = HeldText.objects.get()
    assert (held.provision_uid, held.reason, held.by) == (
        row.uid,
        "removed",
        world.person("secretary"),
    )
    assert (held.values["mandate"], held.values["level"], held.values["lead"]) == (
        "My long work.",
        "no such level",
        "A",
    )
    assert "It is not saved. It is kept for 30 days" in answer
    assert "My long work." in page(client.get(reverse("governance:kept")))


def names(world):
    rows = Body.objects.filter(document=world.document).order_by("position")
    return [row.name for row in rows]


def test_it_is_moved_to_another_place(client, world):
    row = plenary(world)

    enter(client, world, "rapporteur").post(
        address(world, row, "provision-move"), {"to": 2, "why": ""}
    )
    shown = page(client.get(address(world, row)))

    assert names(world) == ["Secretariat", "Plenary"]
    assert "From place 1 to place 2." in shown


def test_it_is_removed_with_a_reason_and_its_comments_are_kept(client):
    world = w.at_stage("circulated")
    comment = give(world)
    w.consolidate(world)
    row = plenary(world)
    enter(client, world, "rapporteur")

    asked = client.get(address(world, row, "provision-remove"))
    without = client.post(address(world, row, "provision-remove"), {"why": ""})
    client.post(address(world, row, "provision-remove"), {"why": "Not needed."})
    shown = page(client.get(address(world, row)))

    assert "Its comments are kept" in page(asked)
    assert without.status_code == 422
    assert names(world) == ["Secretariat"]
    assert f'id="c{comment.number}"' in shown
    assert comments.Comment.objects.get().pk == comment.pk
