"""Word files at the door: who gets which text, under which name."""

import io

import pytest
from django.urls import reverse
from docx import Document

from governance.actions import editing
from governance.models import Report
from governance.word import CONTENT_TYPE, document_docx, part_docx
from tests import world as worlds
from tests.governance.shared import shared_world

pytestmark = pytest.mark.once

built, world = shared_world("circulated")


@pytest.fixture
def ask(client):
    def asking(world, name, page, *args, query=None):
        client.force_login(world.person(name))
        return client.get(reverse(f"governance:{page}", args=args), query or {})

    return asking


def text(response):
    document = Document(io.BytesIO(response.content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def share(world, *whom):
    Report.objects.filter(pk=world.report.pk).update(
        **{f"shared_with_{name}": True for name in whom}
    )


def test_a_draft_is_the_text_as_it_stands_now(world, ask):
    body = world.document.bodies.get(name="Plenary")
    with world.on("2021-11-29"):
        worlds.consolidate(world)
        editing.edit_provision(
            body,
            base=body.revision,
            by=world.person("rapporteur"),
            mandate="The plenary meets and decides.",
        )

    response = ask(world, "member_c", "report-docx", world.report.pk)

    assert "The plenary meets and decides." in text(response)
    assert "Draft 0.2 – not validated" in text(response)


@pytest.mark.parametrize(
    ("page", "args", "name"),
    [
        ("report-docx", ["report"], "world-report-draft-0.2.docx"),
        ("report-part-docx", ["report", 1], "world-part-1-draft-0.2.docx"),
        ("document-docx", ["document"], "world-structure-draft-0.2.docx"),
    ],
)
def test_a_file_has_a_name_that_says_what_it_is(world, ask, page, args, name):
    keys = [getattr(world, arg).pk if isinstance(arg, str) else arg for arg in args]

    response = ask(world, "member_c", page, *keys)

    assert (
        response.status_code,
        response["Content-Type"],
        response["Content-Disposition"],
    ) == (200, CONTENT_TYPE, f'attachment; filename="{name}"')


def test_part_and_document_are_those_of_the_report(world, ask):
    content = world.report.to_snapshot()

    part = ask(world, "member_c", "report-part-docx", world.report.pk, 1)
    document = ask(world, "member_c", "document-docx", world.document.pk)

    assert part.content == part_docx(content, 1)
    assert document.content == document_docx(content, "governance.Structure")


@pytest.mark.parametrize("part", [0, 2, 5, 99])
def test_there_is_no_file_of_a_part_that_is_not_there(world, ask, part):
    response = ask(world, "member_c", "report-part-docx", world.report.pk, part)

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("secretary", 200),
        ("rapporteur", 200),
        ("chair", 200),
        ("member_e", 200),
        ("observer", 200),
        ("official", 403),
        ("admin", 404),
    ],
)
def test_a_draft_is_for_those_who_make_its_pdf(world, ask, name, status):
    share(world, "officials", "observers")

    answers = [
        ask(world, name, "report-docx", world.report.pk).status_code,
        ask(world, name, "report-part-docx", world.report.pk, 1).status_code,
        ask(world, name, "document-docx", world.document.pk).status_code,
    ]

    assert answers == [status] * 3


def test_a_draft_that_is_not_shared_does_not_exist_for_others(world, ask):
    response = ask(world, "observer", "report-docx", world.report.pk)

    assert response.status_code == 404


@pytest.mark.django_db
def test_a_neighbour_finds_nothing(world, ask):
    other = worlds.build("other", "LS")

    answers = [
        ask(other, "secretary", "report-docx", world.report.pk).status_code,
        ask(other, "secretary", "report-part-docx", world.report.pk, 1).status_code,
        ask(other, "secretary", "document-docx", world.document.pk).status_code,
    ]

    assert answers == [404] * 3


def test_somebody_is_asked_to_sign_in(world, client):
    url = reverse("governance:report-docx", args=[world.report.pk])

    response = client.get(url)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_page_of_the_report_leads_to_its_word_files(world, ask):
    page = ask(world, "member_c", "report", world.report.pk).content.decode()

    whole = reverse("governance:report-docx", args=[world.report.pk])
    part = reverse("governance:report-part-docx", args=[world.report.pk, 1])
    assert f'href="{whole}"' in page
    assert f'href="{part}"' in page


def test_a_file_is_made_with_a_fixed_number_of_queries(
    world, client, django_assert_max_num_queries
):
    client.force_login(world.person("member_c"))
    url = reverse("governance:report-docx", args=[world.report.pk])

    with django_assert_max_num_queries(25):
        response = client.get(url)

    assert response.status_code == 200
