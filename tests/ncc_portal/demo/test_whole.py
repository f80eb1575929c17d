"""What `seed_demo` loads as a whole, and what it refuses."""

import datetime as dt

import pytest
from django.core.management import CommandError

from governance.models import Committee, LegalStatus, Report, User, Version
from governance.models.base import Basis
from governance.snapshot import digest, walk
from strategy.models import Activity
from tests.ncc_portal.demo.common import counts, ours, run

pytestmark = [pytest.mark.usefixtures("lesotho", "db"), pytest.mark.once]


def test_nothing_keeps_a_document_of_lesotho_from_review():
    chapters = ours(Report).get().chapters()

    assert {c.kind: c.problems() for c in chapters} == {
        "governance.LegalStatus": [],
        "governance.StrategicDirection": [],
        "governance.TermsOfReference": [],
        "governance.Structure": [],
        "strategy.StrategicPlan": [],
        "strategy.ActivityPlan": [],
        "advocacy.AdvocacyStrategy": [],
    }


def test_every_provision_says_what_it_rests_on():
    chapters = ours(Report).get().to_snapshot()["documents"]

    assert {
        node["fields"]["basis"]
        for chapter in chapters
        for node, _depth in walk(chapter["provisions"])
    } == {Basis.FACT, Basis.DEMONSTRATION}


def test_a_provision_has_the_same_uid_in_every_installation():
    first = Activity.objects.get(title__startswith="Prepare options paper")

    assert str(first.uid) == "c5735410-86a7-5b2c-b500-1b2f628bfa6f"


def test_the_practice_committee_shares_nothing_with_lesotho():
    member = User.objects.get(username="practice.member")

    assert list(
        Committee.objects.visible_to(member).values_list("slug", flat=True)
    ) == ["practice"]
    assert [r.title for r in Report.objects.visible_to(member)] == ["Practice report"]


def test_a_second_run_changes_nothing_and_says_so():
    report = ours(Report).get()
    before = counts(), digest(report.to_snapshot())

    out = run()

    assert (counts(), digest(ours(Report).get().to_snapshot())) == before
    assert out.splitlines()[:2] == [
        "Lesotho National Consultative Committee on Migration and Development:"
        " already there, as of 2022-12-31.",
        "Practice committee: already there, as of 2022-12-31.",
    ]


def test_the_command_shows_how_to_sign_in():
    assert [line.split() for line in run().splitlines()[3:]] == [
        ["User", "name", "Role", "Password"],
        ["focal.mole", "Member", "Maseru-2021-demo"],
        ["secretariat.officer", "Secretariat", "Maseru-2021-demo"],
        ["ncc.chair", "Chair", "Maseru-2021-demo"],
        ["minister.office", "Official", "Maseru-2021-demo"],
        ["observer.iom", "Observer", "Maseru-2021-demo"],
        ["au.reviewer", "AU", "reviewer", "Maseru-2021-demo"],
        ["secretariat.records", "Rapporteur,", "Secretariat", "Maseru-2021-demo"],
        ["practice.member", "Member", "Maseru-2021-demo"],
    ]


def test_a_later_day_adds_nothing_to_a_text_that_was_signed():
    before = Version.objects.get(kind="validated").digest

    run(as_of=dt.date(2024, 12, 31))

    assert Version.objects.get(kind="validated").digest == before
    assert Committee.objects.get(slug="lesotho").today() == dt.date(2024, 12, 31)


def test_what_is_loaded_is_not_taken_back():
    with pytest.raises(CommandError) as refused:
        run(as_of=dt.date(2022, 6, 30))

    assert str(refused.value) == (
        "What is loaded stands at 2022-12-31; choose no day before it."
    )


def test_without_demo_nothing_is_loaded(settings):
    settings.DEMO = False

    with pytest.raises(CommandError) as refused:
        run()

    assert str(refused.value) == (
        "Demonstration data needs DEMO=true in the environment or in .env."
    )


def test_legal_status_cites_its_precedents():
    snapshot = LegalStatus.objects.get(committee__slug="lesotho").to_snapshot()

    precedents = next(n for n in snapshot["provisions"] if n["heading"] == "Precedents")

    assert [(n["number"], n["heading"]) for n in precedents["children"]] == [
        ("2.1", "Labour Act 2024"),
        ("2.2", "Refugee Act 1983"),
    ]
