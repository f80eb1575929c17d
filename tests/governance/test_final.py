"""What an act made final is known to the history: changed behind its back, it is named."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F

from governance.integrity import chain_of, committee_faults, record_faults
from governance.models import (
    AttendanceEvent,
    Event,
    Participant,
    PartOutcome,
    Rendering,
    Report,
    Resolution,
    Signature,
    Validation,
    Version,
)
from governance.verification import Verdict, by_reference
from tests import world as worlds
from tests.governance.actions.test_resolutions import adopt, draft
from tests.governance.signed import kept, print_editions, release, unguarded

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def signing(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, "signing") as world:
        yield world


@pytest.fixture
def released(signing, db):
    """A released report, with a resolution adopted in its workshop."""
    adopt(signing.fresh(), draft(signing))
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(signing, name)
    print_editions(signing)
    release(signing)
    unguarded()
    return signing.fresh()


def entries(faults):
    """What the faults name, as `frozen: …`."""
    return [fault.partition(" (")[2].rpartition(") is not")[0] for fault in faults]


def update(model, **changes):
    def tamper(world):
        rows = model.objects.filter(committee=world.committee)
        model.objects.filter(pk=rows.order_by("pk").first().pk).update(**changes)

    return tamper


def attendance(world):
    rows = AttendanceEvent.objects.filter(workshop=world.workshop)
    rows.update(at=F("at") - dt.timedelta(hours=2))


def renamed(world):
    Participant.objects.filter(workshop=world.workshop).update(name="Somebody")


def reprinted(world):
    Rendering.objects.filter(edition="public").update(digest="0" * 64)


OTHER = dt.datetime(2022, 2, 1, tzinfo=dt.UTC)
REPORT = "A report"
WORKSHOP = "Validation workshop"
PARTS = {
    "version": (update(Version, frozen_at=OTHER), [f"frozen: {REPORT} 0.2"]),
    "place": (update(Signature, place="Else"), ["signed: Member C of world: Signed"]),
    "attendance": (attendance, [f"arrived: {WORKSHOP}"]),
    "participant": (renamed, [f"arrived: {WORKSHOP}"]),
    "outcome": (update(PartOutcome, note="x"), [f"decided: {WORKSHOP}"]),
    "resolution": (update(Resolution, text="Forged"), ["adopt: RES/2021/01"]),
    "votes": (update(Resolution, votes_for=9), ["adopt: RES/2021/01"]),
    "validation": (update(Validation, at=OTHER), [f"validate: {REPORT}"]),
    "release": (update(Report, released_at=OTHER), [f"release: {REPORT}"]),
    "print": (reprinted, [f"PDF made: {REPORT}"]),
}


@pytest.mark.parametrize("name", PARTS)
def test_what_was_made_final_and_changed_is_named(released, name):
    tamper, named = PARTS[name]

    tamper(released)

    found = entries(record_faults(released.committee))
    assert [text[: len(said)] for text, said in zip(found, named, strict=True)] == named
    assert by_reference(released.report.reference).verdict == Verdict.ALTERED


def test_nothing_is_named_where_nothing_was_changed(released):
    committee = released.committee

    assert committee_faults(committee) == []


def test_one_character_of_an_early_version_is_named(released):
    row = Version.objects.get(report=released.report, kind="circulated")
    row.content["title"] = row.content["title"].replace("A", "Á", 1)
    Version.objects.filter(pk=row.pk).update(content=row.content)
    committee = released.committee

    assert committee_faults(committee) == [
        "The stored text of version 0.2 does not match its digest."
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_the_end_cut_off_the_history_is_named(released, many):
    last = Event.objects.filter(committee=released.committee).order_by("-seq").first()
    first_gone = last.seq - many + 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM governance_event WHERE seq >= %s", [first_gone])

    assert chain_of(released.committee).fault == (
        f"Entry {first_gone} of the history is missing; it ended with {last.seq}."
    )


def test_an_entry_put_at_the_end_is_named(released):
    rows = Event.objects.filter(committee=released.committee)
    forged = rows.order_by("-seq").first()
    forged.previous_hash, forged.seq = forged.hash, forged.seq + 1
    forged.pk, forged.note = None, "Forged"
    forged.hash = forged.computed_hash()
    forged.save(force_insert=True)

    assert chain_of(released.committee).fault == (
        f"Entry {forged.seq} of the history was not added by the portal."
    )


def test_the_last_entry_rewritten_with_its_hash_is_named(released):
    rows = Event.objects.filter(committee=released.committee)
    last = rows.order_by("-seq").first()
    last.note = "Forged"
    rows.filter(pk=last.pk).update(note=last.note, hash=last.computed_hash())

    assert chain_of(released.committee).fault == (
        f"Entry {last.seq} of the history is not the one that was added."
    )
