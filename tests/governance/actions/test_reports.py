"""PDFs of a report: a draft says that it is one, whatever the stage of its report."""

import pytest
from django.core.management import CommandError, call_command

from governance.actions import reports
from governance.models import Rendering
from governance.printing import report_html, status_line, watermark
from tests import world as worlds

pytestmark = pytest.mark.django_db


def test_the_working_text_of_a_validated_report_is_printed_as_a_draft():
    world = worlds.at_stage("validated")
    content = world.report.to_snapshot()

    assert (content["state"], status_line(content), watermark(content)) == (
        "validated",
        "Draft 1.0 – not validated",
        "DRAFT",
    )
    assert "validated on" not in report_html(content, "report.css")


def test_a_validated_report_prints_its_editions_and_nothing_else():
    world = worlds.at_stage("validated")
    Rendering.objects.filter(edition="internal").update(progress="failed")

    shown = reports.request_rendering(world.report, by=world.person("member_c"))

    assert shown.edition == "public"
    assert {(r.edition, r.progress) for r in Rendering.objects.all()} == {
        ("public", "queued"),
        ("internal", "queued"),
    }


def test_the_command_writes_the_stored_edition_or_says_that_there_is_none(tmp_path):
    world = worlds.at_stage("validated")
    out = tmp_path / "report.pdf"

    with pytest.raises(CommandError, match="has not made the public edition yet"):
        call_command("report_pdf", world.committee.slug, out=out)

    assert not out.exists()
