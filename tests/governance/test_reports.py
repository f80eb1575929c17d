"""Asking for a PDF, making it in the background, and fetching it."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from governance.actions import renderings, reports
from governance.models import Committee, Rendering
from governance.pdf import Printed
from governance.permissions import Role
from tests.ncc_portal.world import World

PRINTED = Printed(b"%PDF-1.7 made", 31)


def stored(rendering):
    with rendering.file.open() as file:
        return file.read()


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World().grow()


@pytest.fixture
def printer(monkeypatch):
    """The printing itself takes seconds and has its own tests: count its jobs."""
    jobs = []

    def print_(content):
        jobs.append(content)
        return PRINTED

    monkeypatch.setattr(renderings, "render_pdf_apart", print_)
    return jobs


@pytest.fixture
def rendering(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return reports.request_rendering(world.report, by=world.person())


def test_asking_twice_prints_once(world, printer, django_capture_on_commit_callbacks):
    by = world.person()

    with django_capture_on_commit_callbacks(execute=True):
        first = reports.request_rendering(world.report, by=by)
        second = reports.request_rendering(world.report, by=by)
    for result in DBTaskResult.objects.all():
        result.task.call(*result.args_kwargs["args"])

    assert first == second
    assert printer == [first.content]
    assert DBTaskResult.objects.count() == 1


def test_another_text_is_another_pdf(world, rendering):
    world.legal.title = "Legal footing"
    world.legal.save()

    other = reports.request_rendering(world.report, by=rendering.requested_by)

    assert other != rendering
    assert Rendering.objects.count() == 2


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ADMINISTRATOR])
def test_those_without_the_right_are_refused(world, role):
    with pytest.raises(PermissionDenied):
        reports.request_rendering(world.report, by=world.person("neo", role))

    assert Rendering.objects.count() == 0


def test_made_pdf_is_kept_with_its_checksum_and_pages(world, rendering, printer):
    renderings.make_pdf(rendering.pk)

    rendering.refresh_from_db()
    assert stored(rendering) == PRINTED.data
    assert (rendering.progress, rendering.sha256, rendering.pages) == (
        "done",
        hashlib.sha256(PRINTED.data).hexdigest(),
        31,
    )
    assert [(e.verb, e.by_name) for e in rendering.events.all()] == [
        ("PDF made", "the portal"),
        ("PDF requested", "thabo"),
    ]


def test_of_two_workers_one_prints(rendering, printer):
    assert renderings.claim(rendering.pk) == rendering
    assert renderings.claim(rendering.pk) is None

    renderings.make_pdf(rendering.pk)

    assert printer == []


def test_a_rendering_whose_worker_died_is_taken_over(rendering, printer):
    renderings.claim(rendering.pk)

    with time_machine.travel(dt.datetime.now(dt.UTC) + renderings.GIVEN_UP_AFTER * 1.1):
        renderings.make_pdf(rendering.pk)

    rendering.refresh_from_db()
    assert (rendering.progress, len(printer)) == ("done", 1)


@pytest.mark.parametrize(
    ("begun", "late", "said"),
    [
        (True, 1.1, "1 PDF begun again.\n0 mails sent."),
        (False, 1.1, "1 PDF begun again.\n0 mails sent."),
        (True, 0.9, "0 mails sent."),
    ],
    ids=["its worker died", "its task is lost", "being made"],
)
def test_what_a_worker_left_unfinished_is_begun_again_by_cron(
    rendering, django_capture_on_commit_callbacks, capsys, begun, late, said
):
    if begun:
        renderings.claim(rendering.pk)
    queued = DBTaskResult.objects.count()

    later = dt.datetime.now(dt.UTC) + renderings.GIVEN_UP_AFTER * late
    with (
        time_machine.travel(later),
        django_capture_on_commit_callbacks(execute=True),
    ):
        call_command("deliver_mail")

    again = late > 1
    rendering.refresh_from_db()
    assert capsys.readouterr().out.strip() == said
    assert rendering.progress == ("queued" if again else "rendering")
    assert DBTaskResult.objects.count() == queued + again


def test_what_failed_waits_for_a_person(rendering):
    renderings.fail(rendering, "12345678")

    with time_machine.travel(dt.datetime.now(dt.UTC) + renderings.GIVEN_UP_AFTER * 1.1):
        assert reports.begin_again() == 0


def test_failure_gives_a_reference_that_is_in_the_log(rendering, monkeypatch, caplog):
    def fail(content):
        raise MemoryError("no room")

    monkeypatch.setattr(renderings, "render_pdf_apart", fail)

    renderings.make_pdf(rendering.pk)

    rendering.refresh_from_db()
    assert (rendering.progress, len(rendering.reference)) == ("failed", 8)
    assert f"PDF {rendering.reference}" in caplog.text
    assert "MemoryError: no room" in caplog.text


def test_a_failed_rendering_is_queued_again(
    world, rendering, printer, django_capture_on_commit_callbacks
):
    Rendering.objects.update(progress="failed", reference="abcd0123")

    with django_capture_on_commit_callbacks(execute=True):
        again = reports.request_rendering(world.report, by=rendering.requested_by)

    assert again == rendering
    assert (again.progress, again.reference) == ("queued", "")
    assert DBTaskResult.objects.count() == 2


def test_a_crash_while_writing_leaves_no_half_file(rendering, printer, monkeypatch):
    def fail(handle):
        raise OSError("disk full")

    monkeypatch.setattr("governance.files.os.fsync", fail)

    renderings.make_pdf(rendering.pk)

    rendering.refresh_from_db()
    assert rendering.progress == "failed"
    assert default_storage.listdir("drafts") == ([], [])


def test_page_asks_again_until_the_pdf_is_there(client, rendering, printer):
    client.force_login(rendering.requested_by)
    waiting = client.get(rendering.get_absolute_url()).content.decode()
    renderings.make_pdf(rendering.pk)
    done = client.get(rendering.get_absolute_url()).content.decode()

    file = reverse("governance:rendering-file", args=[rendering.pk])
    assert 'http-equiv="refresh"' in waiting
    assert file not in waiting
    assert 'http-equiv="refresh"' not in done
    assert file in done
    assert hashlib.sha256(PRINTED.data).hexdigest()[:32] in done


def test_page_of_a_failed_rendering_offers_another_try(client, rendering):
    Rendering.objects.update(progress="failed", reference="abcd0123")
    client.force_login(rendering.requested_by)

    page = client.get(rendering.get_absolute_url()).content.decode()

    assert "abcd0123" in page
    assert "Your text is safe" in page
    assert reverse("governance:report-pdf", args=[rendering.report_id]) in page


def test_asking_leads_to_the_page_of_the_rendering(client, world):
    client.force_login(world.person())

    answer = client.post(reverse("governance:report-pdf", args=[world.report.pk]))

    rendering = Rendering.objects.get()
    assert (answer.status_code, answer.url) == (302, rendering.get_absolute_url())


def test_asking_is_not_done_by_a_link(client, world):
    client.force_login(world.person())

    answer = client.get(reverse("governance:report-pdf", args=[world.report.pk]))

    assert (answer.status_code, Rendering.objects.count()) == (405, 0)


def test_file_has_the_bytes_and_a_speaking_name(client, rendering, printer):
    renderings.make_pdf(rendering.pk)
    client.force_login(rendering.requested_by)

    answer = client.get(reverse("governance:rendering-file", args=[rendering.pk]))

    assert b"".join(answer.streaming_content) == PRINTED.data
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="lesotho-report-draft-0.1.pdf"'
    )


def test_file_does_not_exist_before_it_is_made(client, rendering):
    client.force_login(rendering.requested_by)

    answer = client.get(reverse("governance:rendering-file", args=[rendering.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["rendering", "rendering-file"])
def test_strangers_and_officials_do_not_see_a_draft(
    client, world, rendering, printer, name
):
    renderings.make_pdf(rendering.pk)
    other = World("botswana")
    address = reverse(f"governance:{name}", args=[rendering.pk])
    statuses = []

    for person in (
        other.person(),
        world.person("neo", Role.OFFICIAL),
        world.person("pule", Role.CHAIR),
    ):
        client.force_login(person)
        answer = client.get(address)
        if answer.streaming:
            list(answer.streaming_content)
        statuses.append(answer.status_code)

    assert statuses == [404, 404, 200]


def test_command_writes_the_current_report(world, tmp_path, capsys):
    out = tmp_path / "r.pdf"

    call_command("report_pdf", "lesotho", out=out)

    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert " pages, " in capsys.readouterr().out


def test_command_says_what_is_wrong_in_a_sentence(world, tmp_path):
    empty = Committee.objects.get(pk=world.committee.pk)
    empty.pk, empty.slug, empty.name = None, "botswana", "Committee of Botswana"
    empty.save()

    with pytest.raises(CommandError, match="no committee “nowhere”; there is: "):
        call_command("report_pdf", "nowhere", out=tmp_path / "r.pdf")
    with pytest.raises(CommandError, match="Committee of Botswana has no report yet"):
        call_command("report_pdf", "botswana", out=tmp_path / "r.pdf")
    with pytest.raises(CommandError, match="The PDF was not made"):
        call_command("report_pdf", "lesotho", out=tmp_path / "no" / "r.pdf")
