"""The doors without a sign-in, and the history behind one."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from governance.fingerprint import words
from governance.models import Event, Rendering
from governance.reading import read_parts
from governance.views import public
from tests.governance.printed_proceedings import edition
from tests.governance.signed import (
    PDFS,
    compressed,
    kept,
    print_editions,
    release,
    second_edition,
    text_of,
    unguarded,
)

VERIFY = "/verify/"


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


def pages(report):
    return [
        reverse("governance:public-report", args=[report.reference]),
        reverse("governance:public-report-part", args=[report.reference, 1]),
        reverse("governance:public-report-pdf", args=[report.reference]),
    ]


def entered(world, name):
    client = Client()
    client.force_login(world.person(name))
    return client


# The report's page


@pytest.mark.parametrize("place", [0, 1, 2])
def test_unreleased_and_unknown_are_the_same_page(client, world, place):
    print_editions(world)
    address = pages(world.report)[place]

    real = client.get(address)
    invented = client.get(address.replace("2021", "1999"))

    assert (real.status_code, invented.status_code) == (404, 404)
    assert text_of(real) == text_of(invented)
    assert (
        "This report is not public yet, or there is none with this reference."
        in text_of(real)
    )


@pytest.mark.parametrize(
    "address",
    [
        "/r/%00/",
        "/r/LS%00/report.pdf",
        "/r/%00/parts/1/",
        "/join/%00/",
        "/join/A%00/sign-in/",
        "/reset-password/1-%00/",
    ],
)
def test_what_no_text_can_hold_is_a_missing_page(client, db, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


@pytest.mark.parametrize("name", ["official", "member_c", "observer"])
def test_the_committee_reads_it_earlier(world, name):
    print_editions(world)
    client = entered(world, name)

    assert [client.get(a).status_code for a in pages(world.report)] == [200, 200, 200]
    assert "Not released yet" in text_of(client.get(pages(world.report)[0]))


@pytest.mark.parametrize("name", ["admin", "secretary"])
def test_who_is_not_of_the_committee_waits_for_the_release(world, secretary, name):
    print_editions(world)
    client = Client()
    client.force_login(world.person("admin") if name == "admin" else secretary)

    assert {client.get(a).status_code for a in pages(world.report)} == {404}


def test_released_it_is_open_to_everybody(client, released):
    answer = client.get(pages(released.report)[0])

    text = text_of(answer)
    digest = released.report.validation.version.digest
    assert "Validated on 28 February 2022 by the National Consultative" in text
    assert " · ".join(words(digest)) in text
    assert hashlib.sha256(PDFS["public"]).hexdigest() in text.replace(" ", "")
    assert "Download the PDF (27" in text.replace("\xa0", " ")


def test_the_page_is_light_and_has_no_script_and_no_person(client, released):
    for address in pages(released.report)[:2]:
        answer = client.get(address)
        body = answer.content.decode()
        assert compressed(answer) <= 25 * 1024
        assert "<script" not in body
        assert body.count("<link ") == 2
        assert [p.name for p in released.people.values() if p.name in body] == []


def test_a_part_is_read_on_the_page(client, released):
    answer = client.get(pages(released.report)[1])

    body = answer.content.decode()
    assert "The plenary meets and writes." in body
    assert body.count("<h1") == 1
    assert 'href="#section-1"' in body
    assert 'id="section-1"' in body


def test_a_part_that_is_not_there(client, released):
    address = pages(released.report)[1].replace("/1/", "/4/")

    assert client.get(address).status_code == 404


def test_a_replaced_report_says_by_which(client, released):
    newer = release(second_edition(released), on="2022-04-01")

    text = text_of(client.get(pages(released.report)[0]))

    reference = newer.report.reference
    assert (
        f"A newer edition replaces this report: A second report ({reference})" in text
    )


# The file


def test_the_pdf_is_the_stored_one(client, released):
    address = pages(released.report)[2]

    answer, head = client.get(address), client.head(address)

    assert answer.content == PDFS["public"]
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="{released.report.reference}-public.pdf"',
    )
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(PDFS["public"]))


def damage(world, edition):
    row = Rendering.objects.get(report=world.report, edition=edition)
    with default_storage.open(row.file.name, "wb") as file:
        file.write(PDFS[edition][:-1] + b"!")
    return row


def test_a_changed_pdf_is_not_served(client, released):
    damage(released, "public")

    answer = client.get(pages(released.report)[2])

    assert answer.status_code == 503
    assert "We cannot serve this file now" in text_of(answer)


@pytest.mark.parametrize("edition", PDFS)
def test_nor_to_members(released, edition):
    row = damage(released, edition)

    answer = entered(released, "member_c").get(
        reverse("governance:rendering-file", args=[row.pk])
    )

    assert (answer.status_code, b"%PDF" in answer.content) == (503, False)


def test_members_get_the_internal_edition(released):
    row = Rendering.objects.get(report=released.report, edition="internal")

    answer = entered(released, "member_c").get(
        reverse("governance:rendering-file", args=[row.pk])
    )

    assert answer.content == PDFS["internal"]


# The check of a copy


def test_the_page_explains_itself(client, db):
    text = text_of(client.get(VERIFY))

    assert "Is the paper or the file in your hand the text" in text
    assert "Genuine" not in text


def test_by_reference_the_words_are_there_to_compare(client, released):
    answer = client.get(VERIFY, {"reference": released.report.reference})

    text = text_of(answer)
    assert "Genuine" in text
    assert " · ".join(words(released.report.validation.version.digest)) in text
    assert "Signed: 2; Absent: 1; No answer: 2" in text


def test_by_reference_nothing_of_an_unreleased_report(client, world):
    real = client.get(VERIFY, {"reference": world.report.reference})
    invented = client.get(VERIFY, {"reference": "BW-NCC-1999-001"})

    assert "No report with this reference." in text_of(real)
    assert text_of(real) == text_of(invented)


@pytest.mark.parametrize("shape", [str, lambda digest: " ".join(words(digest))])
def test_by_fingerprint(client, released, shape):
    digest = released.report.validation.version.digest

    answer = client.get(VERIFY, {"fingerprint": shape(digest)})

    assert "This is exactly the report validated on 28 February 2022." in text_of(
        answer
    )


def test_a_fingerprint_mistyped_is_explained_and_kept(client, db):
    answer = client.get(VERIFY, {"fingerprint": "9f2c zebra"})

    body = answer.content.decode()
    assert (answer.status_code, "<title>Error:" in body) == (422, True)
    assert 'value="9f2c zebra"' in body


def upload(client, data):
    return client.post(VERIFY, {"file": SimpleUploadedFile("copy.pdf", data)})


def test_by_file_without_a_script(client, released):
    genuine, changed = (
        upload(client, PDFS["public"]),
        upload(client, PDFS["public"] + b" "),
    )

    assert "This is exactly the report validated" in text_of(genuine)
    assert "This differs from every version we know." in text_of(changed)


def test_a_file_needs_no_session_and_leaves_none(released):
    client = Client(enforce_csrf_checks=True)

    answer = upload(client, PDFS["public"])

    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_an_uploaded_file_is_gone_at_once(client, released, settings, tmp_path):
    folder = tmp_path / "incoming"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    answer = upload(client, PDFS["public"])

    assert (answer.status_code, list(folder.iterdir())) == (200, [])


def test_a_file_too_large_is_not_read(client, db, monkeypatch):
    monkeypatch.setattr(public, "LARGEST_REQUEST", 100)
    monkeypatch.setattr(public, "FileForm", None)

    answer = upload(client, b"x" * 200)

    assert answer.status_code == 413
    assert "The file is larger than 25 MB, and was not looked at." in text_of(answer)


def test_no_file_chosen(client, db):
    answer = client.post(VERIFY, {})

    assert (answer.status_code, "Choose the file." in text_of(answer)) == (422, True)


def test_guessing_is_slowed_down(client, db):
    statuses = [
        client.get(VERIFY, {"reference": f"BW-NCC-2021-{n:03d}"}).status_code
        for n in range(31)
    ]

    assert statuses == [200] * 30 + [429]
    assert client.get(VERIFY).status_code == 200


def test_a_history_row_changed_is_named_on_the_page(client, released):
    unguarded()
    Event.objects.filter(committee=released.committee, seq=20).update(note="x")

    text = text_of(client.get(VERIFY, {"reference": released.report.reference}))

    assert "Changed on our side" in text
    assert "Entry 20 of the history does not match its hash." in text


@pytest.mark.parametrize("address", ["/verify/", "/r/none/", "/r/none/report.pdf"])
def test_these_doors_only_read(client, db, address):
    assert client.put(address).status_code == 405
    assert client.delete(address).status_code == 405


# The history


def history(world):
    return reverse("governance:history", args=[world.committee.slug])


def test_the_history_is_complete_and_newest_first(world):
    page = entered(world, "secretary").get(history(world))

    rows = Event.objects.filter(committee=world.committee).order_by("-seq")
    assert list(page.context["page"]) == list(rows[:50])
    assert (
        f"The history is complete: {rows.count()} entries, tip {rows[0].hash[:16]}…"
        in text_of(page)
    )


def test_the_first_broken_entry_is_named_with_what_it_says_now(world):
    unguarded()
    Event.objects.filter(committee=world.committee, seq=20).update(by_name="Nobody")

    text = text_of(entered(world, "chair").get(history(world)))

    assert "Entry 20 of the history does not match its hash." in text
    assert "Entry 20 reads now: Nobody " in text


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"verb": "signed"}, {"verb": "signed"}),
        ({"who": "member c"}, {"by_name": "Member C of world"}),
        ({"about": "member d of"}, {"subject_name__icontains": "Member D of"}),
        ({"day": "7 December 2021"}, {"at__date": "2021-12-07"}),
    ],
)
def test_the_history_is_filtered(world, query, wanted):
    page = entered(world, "rapporteur").get(history(world), query)

    rows = Event.objects.filter(committee=world.committee, **wanted).order_by("-seq")
    assert rows.count() > 0
    assert page.context["page"].paginator.count == rows.count()
    assert list(page.context["page"]) == list(rows[:50])


def test_what_is_not_a_day_is_said(world):
    page = entered(world, "chair").get(history(world), {"day": "soon"})

    assert "This is not a date." in text_of(page)


@pytest.mark.parametrize("name", ["member_c", "official", "observer"])
def test_others_do_not_read_the_history(world, name):
    assert entered(world, name).get(history(world)).status_code == 403


def test_neighbours_do_not_know_of_it(world, client, secretary):
    client.force_login(secretary)

    assert client.get(history(world)).status_code == 404


def test_a_part_on_screen_carries_no_inline_style():
    shown = [part.html for part in read_parts(edition("public"))]

    assert shown
    assert [html for html in shown if "style=" in html or "<colgroup" in html] == []
