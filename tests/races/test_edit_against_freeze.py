"""Somebody saves while somebody else freezes: before or after, never half of each."""

import datetime as dt

import pytest
from django.db import connection

from governance.actions import circulation, documents, editing, placing
from governance.models import Body, HeldText, Report, Revision, Version
from tests import world as worlds

REPEATS = 12

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


def texts(content):
    return [node["body"] for node in content["documents"][0]["provisions"]]


@pytest.mark.parametrize("act", ["edit", "add", "remove"])
def test_a_frozen_text_is_the_text_before_or_after_the_save(together, act):
    world = worlds.at_stage("drafting", "race")
    writer, secretary = world.person("rapporteur"), world.person("secretary")
    seen = []
    for number in range(REPEATS):
        row = Body.objects.order_by("position").last()
        before = list(
            Body.objects.order_by("position").values_list("mandate", flat=True)
        )

        def save(row=row, number=number):
            if act == "edit":
                editing.edit_provision(
                    row, base=row.revision, by=writer, mandate=f"text {number}"
                )
            elif act == "add":
                add(world, writer, f"text {number}")
            else:
                placing.remove_provision(row, by=writer)

        def freeze():
            circulation.circulate(
                world.report,
                comments_due_on=dt.date(2100, 1, 1),
                by=secretary,
            )

        ends = together(save, freeze)
        after = list(
            Body.objects.order_by("position").values_list("mandate", flat=True)
        )
        frozen = texts(Version.objects.order_by("minor").last().content)
        seen.append((ends["passed"], after == before, frozen == after))
        assert set(ends) <= {"passed", "refused"}
        Report.objects.update(state="drafting", comments_due_on=None)
        if act == "remove" and after != before:
            add(world, writer, f"more {number}")

    assert set(seen) <= {(2, False, True), (1, True, True)}


def add(world, by, text):
    documents.add_provision(
        Body,
        world.document,
        by=by,
        name=text,
        level="bureau",
        mandate=text,
        meeting_frequency="Monthly",
    )


def test_two_who_save_the_same_provision_keep_both_texts(together):
    world = worlds.at_stage("drafting", "race")
    row = Body.objects.order_by("position").first()
    writers = {"rapporteur": "first text", "secretary": "second text"}

    def save(name, text):
        editing.edit_provision(
            Body.objects.get(pk=row.pk),
            base=0,
            by=world.people[name],
            mandate=text,
        )

    ends = together(
        *[lambda n=n, t=t: save(n, t) for n, t in writers.items()],
    )

    assert ends == {"passed": 1, "refused": 1}
    changes = Revision.objects.filter(action=Revision.Action.CHANGED)
    kept = {change.after["mandate"] for change in changes}
    held = {h.values["mandate"] for h in HeldText.objects.all()}
    assert (len(kept), len(held)) == (1, 1)
    assert kept | held == set(writers.values())


def test_who_edits_what_another_removes_loses_no_text(together):
    world = worlds.at_stage("drafting", "race")
    row = Body.objects.order_by("position").last()
    one, other = world.person("rapporteur"), world.person("secretary")

    together(
        lambda: editing.edit_provision(
            Body.objects.get(pk=row.pk), base=0, by=one, mandate="my text"
        ),
        lambda: placing.remove_provision(Body.objects.get(pk=row.pk), by=other),
    )

    texts = {r.after.get("mandate") for r in Revision.objects.all()}
    held = {h.values["mandate"] for h in HeldText.objects.all()}
    assert "my text" in texts | held
    assert not Body.objects.filter(pk=row.pk).exists()
