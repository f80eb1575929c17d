"""Word files of a validated report: the frozen text, in the edition that one may read."""

import pytest
from django.urls import reverse

from governance.models import Rendering
from governance.word import report_docx
from tests.governance.shared import shared_world

pytestmark = pytest.mark.once

built, world = shared_world("validated")


@pytest.fixture
def ask(client, world):
    def asking(name, page, *args, query=None):
        client.force_login(world.person(name))
        return client.get(reverse(f"governance:{page}", args=args), query or {})

    return asking


@pytest.mark.parametrize("name", ["member_c", "official", "observer"])
def test_the_validated_report_is_what_was_frozen(world, ask, name):
    frozen = Rendering.objects.get(report=world.report, edition="public").content

    response = ask(name, "report-docx", world.report.pk)

    reference = world.report.reference
    assert response.content == report_docx(frozen)
    assert response["Content-Disposition"] == (
        f'attachment; filename="{reference}-public.docx"'
    )


@pytest.mark.parametrize(
    ("name", "edition", "status"),
    [
        ("member_c", "internal", 200),
        ("official", "internal", 404),
        ("member_c", "draft", 404),
        ("member_c", "x\x00", 404),
    ],
)
def test_an_edition_is_for_those_who_read_its_pdf(world, ask, name, edition, status):
    response = ask(name, "report-docx", world.report.pk, query={"edition": edition})

    assert response.status_code == status


def test_a_part_of_the_validated_report_names_its_edition(world, ask):
    response = ask("official", "report-part-docx", world.report.pk, 5)

    reference = world.report.reference
    assert response["Content-Disposition"] == (
        f'attachment; filename="{reference}-part-5-public.docx"'
    )


def test_the_pages_lead_to_the_word_files_of_the_edition(world, ask):
    report = ask("official", "report", world.report.pk).content.decode()
    document = ask("official", "document", world.document.pk).content.decode()

    whole = reverse("governance:report-docx", args=[world.report.pk])
    own = reverse("governance:document-docx", args=[world.document.pk])
    assert f'href="{whole}?edition=public"' in report
    assert f'href="{whole}?edition=internal"' not in report
    assert f'href="{own}"' in document
