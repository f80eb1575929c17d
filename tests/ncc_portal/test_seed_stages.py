"""The stages at which Lesotho's story can be loaded, and going on from one to the next."""

import datetime as dt
import shutil
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from governance.models import Committee, Event, Report, Seat
from governance.snapshot import digest
from ncc_portal.demo.loading import load
from ncc_portal.demo.telling import finish
from ncc_portal.management.commands.seed_demo import DATA
from tests.lesotho import load_lesotho
from tests.remembered import remember

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long]

STORY = [
    "before",
    "versions",
    "comments",
    "workshop",
    "attendance",
    "resolutions",
    "roadmap",
    "signoff",
]


@pytest.fixture
def drafting(db, run_folder):
    """Lesotho as it stands while the report is drafted."""
    make = partial(
        call_command, "seed_demo", stage="drafting", no_pdf=True, verbosity=0
    )
    remember(run_folder / f"drafting.{connection.vendor}", make)


def told(stage):
    """Load until a stage; say how the report, the workshop and the clock stand."""
    seeding = load(DATA / "lesotho", stage=stage)
    finish(seeding)
    report = Report.objects.get()
    workshop = report.workshops.first()
    return (
        report.state,
        report.version,
        report.comments.count(),
        report.comments.unanswered().count(),
        workshop.state if workshop else "",
        report.actions.count(),
        Committee.objects.get().demonstration_today.isoformat(),
    )


def run(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, no_color=True, no_pdf=True, **options)
    return out.getvalue()


def refusal(**options):
    with pytest.raises(CommandError) as refused:
        run(**options)
    return str(refused.value)


def test_each_stage_goes_on_from_the_one_before():
    drafting, circulated, tabled = told("drafting"), told("circulated"), told("tabled")
    signing, released, followup = told("signing"), told("released"), told("followup")

    assert [drafting, circulated, tabled] == [
        ("drafting", "0.1", 0, 0, "", 0, "2021-10-15"),
        ("circulated", "0.2", 2, 2, "approved", 0, "2021-11-15"),
        ("tabled", "0.3", 7, 0, "convened", 0, "2021-12-07"),
    ]
    assert [signing, released, followup] == [
        ("signing", "0.4", 16, 0, "closed", 20, "2022-02-15"),
        ("released", "1.0", 16, 0, "closed", 20, "2022-03-20"),
        ("released", "1.0", 16, 0, "closed", 20, "2022-12-31"),
    ]
    assert {
        (rendering.edition, rendering.is_intact())
        for rendering in Report.objects.get().renderings.all()
    } == {("internal", True), ("public", True)}
    assert Report.objects.get().released_at.isoformat() == "2022-03-18T08:00:00+00:00"


def test_a_second_run_of_a_stage_tells_nothing_twice(drafting):
    before = Event.objects.count()

    out = run(stage="drafting")

    assert Event.objects.count() == before
    assert out.splitlines()[:2] == [
        "Lesotho National Consultative Committee on Migration and Development:"
        " already there, as of 2021-10-15.",
        "Practice committee: already there, as of 2021-10-15.",
    ]


def test_an_earlier_stage_is_refused(put_lesotho):
    put_lesotho()

    assert refusal(stage="drafting") == (
        "What is loaded stands at 2022-12-31; choose no day before it."
    )


def test_a_stage_and_a_day_are_not_given_together():
    assert refusal(stage="drafting", as_of=dt.date(2022, 1, 1)) == (
        "Give a stage or a day, not both."
    )


def test_a_day_between_two_stages_is_told_to_its_end():
    load_lesotho(dt.date(2021, 12, 7))
    report = Report.objects.get()
    workshop = report.workshops.get()

    assert (report.state, workshop.state, report.comments.count()) == (
        "tabled",
        "in_session",
        13,
    )


def test_the_signed_text_is_the_one_that_the_files_hold(tmp_path):
    """A folder without the story, as it stands when the text was signed."""
    with transaction.atomic():
        load_lesotho(dt.date(2022, 2, 28))
        signed = Report.objects.get().versions.get(kind="validated").content
        transaction.set_rollback(True)
    plain = shutil.copytree(DATA / "lesotho", tmp_path / "plain")
    for name in STORY:
        (plain / f"{name}.yaml").unlink()

    load(plain, dt.date(2022, 2, 28))

    documents = [chapter.to_text() for chapter in Report.objects.get().chapters()]
    assert [digest(document) for document in documents] == [
        digest(document) for document in signed["documents"]
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "versions.yaml",
            "at: 2021-10-01 10:00",
            "at: 2021-10-01",
            "versions.yaml, line 3, field “at”: “2021-10-01” is not a time like"
            " 2021-12-07 09:45.",
        ),
        (
            "versions.yaml",
            "step: table,",
            "step: tabel,",
            "versions.yaml, line 13, field “step”: “tabel” is none of keep_draft,"
            " circulate, close_comments, table, confirm_amendments,"
            " submit_for_signature, propose_release, release.",
        ),
        (
            "comments.yaml",
            "by: focal.mosd",
            "by: focal.msd",
            "comments.yaml, line 32, field “by”: there is nobody “focal.msd”.",
        ),
        (
            "comments.yaml",
            "on: activityplan\n",
            "on: activitiesplan\n",
            "comments.yaml, line 223, field “on”: the report has no document"
            " “activitiesplan”.",
        ),
        (
            "comments.yaml",
            "  - number: 7\n",
            "  - number: 17\n",
            "comments.yaml, line 114, field “number”: by its order it is C07.",
        ),
        (
            "roadmap.yaml",
            "- number: 19\n",
            "- number: 29\n",
            "roadmap.yaml, line 109, field “number”: there is no such action in the"
            " roadmap.",
        ),
        (
            "versions.yaml",
            "comments_due_on: 2021-11-26",
            "comments_due_on: 2021-11-08",
            "versions.yaml, line 11: Choose a day after today for the end of comments.",
        ),
    ],
)
def test_a_mistake_in_the_story_is_named(drafting, tmp_path, name, old, new, message):
    folder = shutil.copytree(DATA / "lesotho", tmp_path / "data")
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    before = Event.objects.count()

    with pytest.raises(CommandError) as refused:
        call_command("seed_demo", data=folder, no_pdf=True, verbosity=0)

    assert str(refused.value) == message
    assert Event.objects.count() == before


def test_with_a_mistake_in_the_story_nothing_is_loaded(tmp_path):
    folder = shutil.copytree(DATA / "lesotho", tmp_path / "data")
    story = folder / "versions.yaml"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("step: table,", "step: tabel,"), encoding="utf-8")

    with pytest.raises(CommandError, match="“tabel” is none of"):
        call_command("seed_demo", data=folder, no_pdf=True, verbosity=0)

    assert not Committee.objects.exists()


def test_what_an_earlier_version_loaded_is_not_told_on(drafting):
    Seat.objects.update(starts_on="2021-01-01")

    with pytest.raises(CommandError, match="earlier version of the portal"):
        call_command("seed_demo", no_pdf=True, verbosity=0)
