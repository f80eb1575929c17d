"""verify_report and verify_history: the page's answers, offline, with an exit status."""

import pytest
from django.core.management import CommandError, call_command

from governance.fingerprint import words
from governance.models import Event
from tests.governance.signed import PDFS, kept, release, unguarded


@pytest.fixture(scope="module")
def validated(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, "validated") as world:
        yield world


@pytest.fixture
def world(validated, db):
    return release(validated.fresh())


def said(capsys, *command, **options):
    call_command(*command, **options)
    return capsys.readouterr().out.strip()


def refusal(*command, **options):
    with pytest.raises(CommandError) as caught:
        call_command(*command, **options)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_a_genuine_file(world, tmp_path, capsys):
    file = tmp_path / "report.pdf"
    file.write_bytes(PDFS["public"])

    assert said(capsys, "verify_report", str(file)) == (
        "Genuine. This is exactly the report validated on 28 February 2022."
        " (BW-NCC-2021-001)"
    )


@pytest.mark.parametrize("shape", [str, lambda digest: " ".join(words(digest))])
def test_a_genuine_digest(world, capsys, shape):
    digest = world.report.validation.version.digest

    assert said(capsys, "verify_report", digest=shape(digest)).startswith("Genuine.")


def test_one_byte_changed(world, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(PDFS["public"][:-1] + b"!")

    assert refusal("verify_report", str(file)) == (
        "Unknown. This differs from every version we know. It may be a draft made"
        " elsewhere, or it was changed."
    )


def test_no_such_file(db, tmp_path):
    assert "No such file" in refusal("verify_report", str(tmp_path / "none.pdf"))


def test_what_is_no_fingerprint(db):
    assert refusal("verify_report", digest="xyz") == (
        "“xyz” is not one of the fingerprint words."
    )


def test_a_history_row_changed_is_named_by_both(world):
    unguarded()
    rows = Event.objects.filter(committee=world.committee, seq=20)
    rows.update(subject_name="Something else")
    event = rows.get()

    named = "Entry 20 of the history does not match its hash."
    at = event.at.isoformat(timespec="minutes")
    assert refusal("verify_history", "world") == (
        f"world: {named} Entry 20, {at}: {event}"
    )
    assert refusal("verify_report", digest=world.report.validation.version.digest) == (
        f"Changed on our side. We cannot confirm this: what we keep was changed. {named}"
    )


def test_a_whole_history(world, capsys):
    last = Event.objects.filter(committee=world.committee).order_by("-seq").first()

    assert said(capsys, "verify_history", "world") == (
        f"world: complete, {last.seq} entries, tip {last.hash}"
    )


def test_without_a_name_every_committee_is_looked_at(world, committee, capsys):
    lines = said(capsys, "verify_history").splitlines()

    assert sorted(line.partition(":")[0] for line in lines) == ["ncc", "world"]


def test_one_broken_committee_does_not_hide_the_others(world, committee, capsys):
    unguarded()
    Event.objects.filter(committee=world.committee, seq=1).update(verb="x")

    message = refusal("verify_history")

    assert message.startswith("world: Entry 1 of the history does not match its hash.")
    assert capsys.readouterr().out.startswith("ncc: complete")


def test_an_unknown_committee(db):
    assert refusal("verify_history", "nowhere") == "There is no committee “nowhere”."
