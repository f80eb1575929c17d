"""What `seed_demo` loads: Part I, compared with its brief."""

import datetime as dt

import pytest

from governance.models import (
    FrameworkItem,
    LegalInstrument,
    LegalOption,
    MandateArticle,
    Report,
    StrategicObjective,
    TermsOfReference,
)
from governance.snapshot import walk
from tests.ncc_portal.demo.common import in_document, ours

pytestmark = [pytest.mark.usefixtures("lesotho", "db"), pytest.mark.once]


def test_the_report_is_dated_and_open_to_every_role():
    report = ours(Report).get()

    assert (
        report.title,
        report.dated_on,
        report.shared_with_officials,
        report.shared_with_observers,
        report.shared_with_reviewers,
    ) == (
        "Strengthening Migration Governance in Lesotho",
        dt.date(2021, 9, 6),
        True,
        True,
        True,
    )


def test_five_legal_options_are_judged():
    options = in_document(LegalOption)

    assert [
        (o.number, o.route, o.months_least, o.months_most, o.verdict, o.phase)
        for o in options
    ] == [
        ("A", "administrative", 0, 0, "interim", None),
        ("B", "cabinet_decision", 6, 6, "preferred", 1),
        ("C", "legal_notice", 12, 12, "rejected", None),
        ("D", "act", 24, 36, "preferred", 2),
        ("E", "memorandum", 4, 4, "limited", None),
    ]


def test_the_instrument_of_option_b_is_vetted_for_the_second_time():
    instrument = in_document(LegalInstrument).get()

    assert instrument.state == "vetted"
    assert [(step.state, step.on.isoformat()) for step in instrument.steps.all()] == [
        ("recommended", "2021-12-08"),
        ("drafting", "2022-06-30"),
        ("vetted", "2022-09-05"),
        ("cabinet_submitted", "2022-09-20"),
        ("returned", "2022-09-27"),
        ("drafting", "2022-10-03"),
        ("vetted", "2022-12-12"),
    ]


def test_the_mandate_has_14_articles_and_the_fourth_eight_paragraphs():
    articles = in_document(MandateArticle)
    fourth = articles.get(parent=None, position=4)

    assert articles.filter(parent=None).count() == 14
    assert [a.number for a in fourth.children.all()] == [
        f"Art. 4({letter})" for letter in "abcdefgh"
    ]


def test_objectives_have_owners_and_alignments():
    objectives = in_document(StrategicObjective)

    assert {
        o.number: (
            o.owner.code,
            o.co_owner and o.co_owner.code,
            sorted(map(str, o.alignments.all())),
        )
        for o in objectives
    } == {
        "SO1": ("MoHA", None, ["GCM 23", "MPFA 1", "NSDP II KPA IV"]),
        "SO2": ("MoDP", None, ["GCM 2", "GCM 23", "MGI 2", "SDG 10.7"]),
        "SO3": ("BOS", None, ["GCM 1", "MGI 2"]),
        "SO4": (
            "MoPPS",
            "MoLE",
            [
                "Free Movement Protocol",
                "GCM 10",
                "GCM 11",
                "GCM 19",
                "GCM 6",
                "GCM 9",
            ],
        ),
        "SO5": ("MoHA", None, ["GCM 17", "GCM 23", "NSDP II KPA IV"]),
    }
    assert FrameworkItem.objects.get(framework__code="mgi", code="2").title == (
        "Whole of government"
    )


def test_the_structure_is_a_tree():
    [minister] = (
        ours(Report)
        .get()
        .documents.get(kind="governance.Structure")
        .specific.to_snapshot()["provisions"]
    )

    assert [
        (
            depth,
            node["fields"]["short_name"],
            (node["fields"]["lead"] or {}).get("code"),
        )
        for node, depth in walk([minister])
    ] == [
        (0, "Minister", None),
        (1, "Plenary", "MoHA"),
        (2, "Bureau", None),
        (2, "Secretariat", "DIS"),
        (2, "TWG1", "BOS"),
        (2, "TWG2", "MoLE"),
        (2, "TWG3", "MoPPS"),
        (2, "TWG4", "MoDP"),
        (2, "Districts", "MoLGC"),
    ]


def test_the_terms_follow_the_mandate():
    terms = TermsOfReference.objects.get()
    meeting = terms.meeting_rules.get()

    assert (
        meeting.ordinary_a_year,
        meeting.notice_days,
        meeting.papers_days,
        meeting.extraordinary_members,
    ) == (3, 14, 7, 6)
    assert list(terms.reporting_duties.values_list("recipient", "times_a_year")) == [
        ("Minister responsible for home affairs", 2),
        ("Cabinet", 1),
    ]
    assert terms.seats.count() == 32
