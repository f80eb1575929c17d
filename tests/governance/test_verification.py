"""Is a copy genuine? Every answer, and every byte changed behind our back."""

import datetime as dt
import hashlib

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from governance.fingerprint import words
from governance.integrity import chain_of, faults_of
from governance.models import (
    Event,
    Rendering,
    Signature,
    Validation,
    Version,
)
from governance.snapshot import digest
from governance.verification import Verdict, by_file, by_fingerprint, by_reference
from tests import world as worlds
from tests.governance.signed import (
    PDFS,
    kept,
    print_editions,
    release,
    second_edition,
    unguarded,
)

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def validated(django_db_setup, django_db_blocker):
    with kept(django_db_blocker, "validated") as world:
        yield world


@pytest.fixture
def world(validated, db):
    return validated.fresh()


@pytest.fixture
def released(world):
    return release(world)


def version_of(world, number):
    major, minor = number.split(".")
    return Version.objects.get(report=world.report, major=major, minor=minor)


def named(answer):
    return answer.report.reference if answer.report else None


GENUINE = "This is exactly the report validated on 28 February 2022."


@pytest.mark.parametrize(
    "typed",
    [
        lambda digest: digest,
        lambda digest: digest[:16],
        lambda digest: f"SHA-256: {digest[:4]} {digest[4:8]}-{digest[8:20]}".upper(),
        lambda digest: " ".join(words(digest)),
    ],
)
def test_the_fingerprint_of_the_validated_text_is_genuine(released, typed):
    answer = by_fingerprint(typed(version_of(released, "1.0").digest))

    assert (answer.verdict, answer.text, named(answer)) == (
        Verdict.GENUINE,
        GENUINE,
        released.report.reference,
    )


@pytest.mark.parametrize("edition", PDFS)
def test_the_file_of_either_edition_is_genuine(released, edition):
    answer = by_file([PDFS[edition][:5], PDFS[edition][5:]])

    assert (answer.verdict, answer.text) == (Verdict.GENUINE, GENUINE)


def test_every_mutant_of_the_file_is_unknown(released):
    data = PDFS["public"]
    mutants = [
        data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        for place in range(len(data))
    ]

    verdicts = {by_file([m]).verdict for m in [*mutants, data[:-1], data + b"\n", b""]}

    assert verdicts == {Verdict.UNKNOWN}


def test_an_unreleased_report_has_no_reference_that_anybody_may_ask_for(world):
    print_editions(world)

    real, invented = by_reference(world.report.reference), by_reference("BW-NCC-1-001")

    assert real == invented
    assert (real.verdict, real.text) == (
        Verdict.UNKNOWN,
        "No report with this reference.",
    )


def test_an_unreleased_report_is_recognised_by_its_file_and_not_named(world):
    print_editions(world)

    answer = by_file([PDFS["public"]])

    assert (answer.verdict, answer.text, answer.report) == (
        Verdict.GENUINE,
        GENUINE,
        None,
    )


@pytest.mark.parametrize("mark", ["-", " ", " - ", "–", "/"])
def test_a_reference_is_found_however_it_is_typed(released, mark):
    typed = released.report.reference.lower().replace("-", mark)
    answer = by_reference(f" {typed} ")

    assert answer.verdict == Verdict.GENUINE
    assert answer.text == (
        f"{released.report.reference} is the report validated on 28 February 2022."
        " Now compare the fingerprint with the one on your copy."
    )


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        ("circulated", "This is version 0.2, a draft, not the validated report."),
        ("signing", "This is version 0.4, a candidate, not the validated report."),
    ],
)
def test_an_earlier_text_is_not_the_report(db, stage, text):
    other = worlds.at_stage(stage, slug="other")

    answer = by_fingerprint(other.report.last_version.digest)

    assert (answer.verdict, answer.text, answer.report) == (
        Verdict.CANDIDATE,
        text,
        None,
    )


def test_a_pdf_of_a_draft_is_not_the_report(released):
    Rendering.objects.create(
        committee=released.committee,
        report=released.report,
        content={"version": "0.1"},
        progress="done",
        file="drafts/x.pdf",
        sha256="ab" * 32,
    )

    answer = by_fingerprint("ab" * 32)

    assert (answer.verdict, answer.text) == (
        Verdict.CANDIDATE,
        "This is a PDF of a draft, not the validated report.",
    )


def test_nobody_knows_a_digest_that_never_was(released):
    assert by_fingerprint("0" * 64).verdict == Verdict.UNKNOWN


def test_what_is_no_fingerprint_is_said(db):
    with pytest.raises(ValueError, match="at least 16 digits"):
        by_fingerprint("abc123")


def test_a_newer_edition_replaces_the_report(released):
    newer = second_edition(released)
    release(newer, on="2022-04-01")

    answer = by_reference(released.report.reference)

    assert (answer.verdict, answer.text, named(answer)) == (
        Verdict.SUPERSEDED,
        "The report validated on 28 February 2022 was later replaced by"
        f" {newer.report.reference}, validated on 28 February 2022.",
        released.report.reference,
    )


def altered_text(world):
    row = version_of(world, "1.0")
    row.content["title"] = row.content["title"].replace("A", "Á", 1)
    Version.objects.filter(pk=row.pk).update(content=row.content)


def altered_text_and_digest(world):
    altered_text(world)
    row = version_of(world, "1.0")
    Version.objects.filter(pk=row.pk).update(digest=digest(row.content))


def altered_candidate(world):
    row = world.candidate
    row.content["subtitle"] = "Other"
    Version.objects.filter(pk=row.pk).update(content=row.content)


def flipped_byte(world, edition="public"):
    row = world.report.renderings.get(edition=edition)
    data = bytearray(PDFS[edition])
    data[9] ^= 1
    with default_storage.open(row.file.name, "wb") as file:
        file.write(bytes(data))


def missing_file(world):
    default_storage.delete(world.report.renderings.get(edition="public").file.name)


def altered_print(world):
    row = world.report.renderings.get(edition="public")
    row.content["title"] = "Another title"
    Rendering.objects.filter(pk=row.pk).update(content=row.content)


def altered_file_and_hash(world):
    row = world.report.renderings.get(edition="public")
    with default_storage.open(row.file.name, "wb") as file:
        file.write(b"%PDF another")
    Rendering.objects.filter(pk=row.pk).update(
        sha256=hashlib.sha256(b"%PDF another").hexdigest()
    )


def removed_reservation(world):
    signature = Signature.objects.filter(candidate=world.candidate).first()
    Signature.objects.filter(pk=signature.pk).update(position="declined", text="No.")


def altered_sheet(world):
    row = Validation.objects.get(report=world.report)
    row.sheet["institutions"][4]["status"] = "signed"
    Validation.objects.filter(pk=row.pk).update(sheet=row.sheet)


def altered_history(world):
    Event.objects.filter(committee=world.committee, seq=20).update(by_name="Nobody")


DIGEST = "The stored text of version 1.0 does not match its digest."
HISTORY = "Entry 20 of the history does not match its hash."
MUTANTS = [
    (altered_text, [DIGEST]),
    (
        altered_text_and_digest,
        [
            "The digest of version 1.0 is not the one in the history.",
            "Version 1.0 is not the text that was signed.",
            "The stored content of the public edition does not match its digest.",
            "The stored content of the internal edition does not match its digest.",
        ],
    ),
    (
        altered_candidate,
        ["The stored text of version 0.4 does not match its digest."],
    ),
    (flipped_byte, ["The stored PDF of the public edition was changed."]),
    (
        lambda world: flipped_byte(world, "internal"),
        ["The stored PDF of the internal edition was changed."],
    ),
    (missing_file, ["The stored PDF of the public edition was changed."]),
    (
        altered_print,
        ["The stored content of the public edition does not match its digest."],
    ),
    (
        altered_file_and_hash,
        ["The SHA-256 of the public edition is not the one in the history."],
    ),
    (
        removed_reservation,
        [
            "The sign-off sheet of version 1.0 does not match the stored signatures.",
            "The sign-off rule is not met: 1 member institution more must sign: 1 of"
            " the 2 needed have.",
            "The signature of Member C of world is not the one in the history.",
        ],
    ),
    (
        altered_sheet,
        [
            "The numbers of the sign-off sheet do not add up.",
            "The stored content of the public edition does not match its digest.",
            "The stored content of the internal edition does not match its digest.",
        ],
    ),
    (altered_history, [HISTORY]),
]


@pytest.mark.parametrize(("tamper", "faults"), MUTANTS)
def test_what_was_changed_behind_our_back_is_named(released, tamper, faults):
    reference = released.report.reference
    unguarded()

    tamper(released)

    answer = by_reference(reference)
    assert (answer.verdict, answer.text) == (
        Verdict.ALTERED,
        "We cannot confirm this: what we keep was changed.",
    )
    assert sorted(answer.faults) == sorted(faults)


def test_the_genuine_file_of_an_altered_row_is_not_called_unknown(released):
    unguarded()
    altered_file_and_hash(released)

    answer = by_file([PDFS["public"]])

    assert (answer.verdict, answer.faults) == (
        Verdict.ALTERED,
        ("The SHA-256 of the public edition is not the one in the history.",),
    )


def test_nothing_is_wrong_where_nothing_was_changed(released):
    assert faults_of(released.report) == []


def test_a_late_signature_leaves_the_kept_sheet_right(released):
    worlds.sign(released, "member_e")

    assert Signature.objects.get(institution__code="E").is_late
    assert faults_of(released.report) == []


def change(seq, **facts):
    return lambda rows: rows.filter(seq=seq).update(**facts)


def rechain(rows):
    """Somebody who can compute: changes entry 20 and every hash after it."""
    previous = rows.get(seq=19).hash
    rows.filter(seq=20).update(note="Forged")
    for event in rows.filter(seq__gte=20).order_by("seq"):
        event.previous_hash = previous
        previous = event.computed_hash()
        rows.filter(pk=event.pk).update(
            previous_hash=event.previous_hash, hash=previous
        )


def cut(seq):
    def away(rows):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM governance_event WHERE seq >= %s", [seq])

    return away


def drop(seq):
    def away(rows):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM governance_event WHERE seq = %s", [seq])

    return away


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (change(20, note="x"), HISTORY),
        (change(20, verb="x"), HISTORY),
        (change(20, at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), HISTORY),
        (change(20, hash="0" * 64), HISTORY),
        (
            change(20, previous_hash="0" * 64),
            "Entry 20 of the history does not follow entry 19.",
        ),
        (drop(20), "Entry 20 of the history is missing."),
        (drop(1), "Entry 1 of the history is missing."),
        (
            rechain,
            "Entry {tip} of the history is not the one that stood there when"
            " version 1.0 was validated.",
        ),
        (
            cut(20),
            "Entry {tip} of the history is not the one that stood there when"
            " version 1.0 was validated.",
        ),
    ],
)
def test_the_first_broken_entry_of_the_history_is_named(world, tamper, fault):
    tip = Validation.objects.get(report=world.report).history_seq
    unguarded()

    tamper(Event.objects.filter(committee=world.committee))

    assert chain_of(world.committee).fault == fault.format(tip=tip)


def test_a_whole_history_tells_its_length_and_its_tip(world):
    rows = Event.objects.filter(committee=world.committee)

    chain = chain_of(world.committee)

    assert (chain.is_whole, chain.count, chain.tip) == (
        True,
        rows.count(),
        rows.order_by("-seq").first().hash,
    )


def test_looking_asks_for_the_whole_chain_in_three_queries(
    world, django_assert_num_queries
):
    with django_assert_num_queries(3):
        chain_of(world.committee)
