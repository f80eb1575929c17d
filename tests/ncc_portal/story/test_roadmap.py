"""The story of Lesotho, section 11: the roadmap."""

import datetime as dt

import pytest

from governance.models import Event, RoadmapAction

pytestmark = pytest.mark.once


FIRST, SECOND, THIRD, QUARTERLY = "first", "second", "third", "recurring"
DONE = "verified"
ROADMAP = [
    ("RM01", 1, FIRST, "Secretariat", "2021-12-13", "2022-01-31", "", DONE),
    ("RM02", 2, FIRST, "Secretariat", "2022-02-01", "2022-02-28", "", DONE),
    ("RM03", 2, FIRST, "MoHA", "2022-03-01", "2022-03-15", "", DONE),
    (
        "RM04",
        5,
        FIRST,
        "Secretariat",
        "2021-12-13",
        "2022-01-31",
        "2022-03-31 (late nominations)",
        DONE,
    ),
    (
        "RM05",
        6,
        FIRST,
        "MoHA",
        "2022-01-10",
        "2022-03-31",
        "2022-06-30 (posting cycle)",
        DONE,
    ),
    ("RM06", 7, FIRST, "MoHA", "2021-12-13", "2022-01-15", "", DONE),
    (
        "RM07",
        7,
        FIRST,
        "MoF",
        "2022-01-15",
        "2022-02-28",
        "2023-02-28 (next estimates)",
        "carried_forward",
    ),
    ("RM08", 8, FIRST, "MoDP", "2022-01-10", "2022-03-31", "", DONE),
    ("RM09", 11, FIRST, "MoFAIR", "2022-01-10", "2022-03-31", "", DONE),
    (
        "RM10",
        9,
        SECOND,
        "TWG leads",
        "2022-02-01",
        "2022-04-30",
        "2022-06-15 (TWG3)",
        DONE,
    ),
    ("RM11", 3, SECOND, "MoHA", "2022-03-01", "2022-06-30", "", DONE),
    ("RM12", 3, SECOND, "AGC", "2022-07-01", "2022-12-15", "", "done_claimed"),
    (
        "RM13",
        4,
        SECOND,
        "MoHA",
        "2022-07-01",
        "2022-09-30",
        "2023-03-31 (returned Sep 2022; new Cabinet)",
        "in_progress",
    ),
    ("RM14", 10, SECOND, "BOS", "2022-04-01", "2022-09-30", "", DONE),
    ("RM15", 10, SECOND, "BOS", "2022-10-01", "2022-12-15", "", "in_progress"),
    (
        "RM16",
        12,
        SECOND,
        "MoHA",
        "2022-04-01",
        "2022-06-30",
        "2022-08-31 (venue)",
        DONE,
    ),
    ("RM17", 12, QUARTERLY, "DIS", "2022-03-01", "2022-12-31", "", "in_progress"),
    ("RM18", 3, THIRD, "MoHA", "2023-04-01", "2024-12-31", "", "not_started"),
    ("RM19", 4, THIRD, "MoHA", "2023-04-01", "2023-06-30", "", "blocked"),
    ("RM20", 8, THIRD, "MoDP", "2023-07-01", "2023-09-30", "", "not_started"),
]
TITLES_AND_EVIDENCE = [
    ("Enter agreed amendments, issue v0.4", "v0.4 and matrix"),
    ("Collect signatures, issue v1.0 PDF", "signature sheet"),
    ("Transmit to Minister", "transmittal letter"),
    (
        "Nomination letters for focal points and alternates",
        "24 letters, last on 30 Mar 2022",
    ),
    ("Post two officers", "posting letters"),
    ("Lodge budget request for 2022/23", "request"),
    ("Decision on budget line", "letter of deferral"),
    ("Joint costing check", "costing note"),
    ("Letters to the three centres", "three notes verbales"),
    ("ToR and first sitting of four TWGs", "four ToR"),
    ("Options paper and drafting instructions", "instructions"),
    ("Vetted draft instrument", "vetting letter"),
    ("Cabinet memorandum lodged", "draft memorandum"),
    ("Protocol agreed by TWG1", "protocol text"),
    ("Six institutions sign the protocol", "four signatures"),
    ("Advocacy strategy launched", "launch report"),
    (
        "Quarterly follow-up reports (Mar, Jun, Sep, Dec 2022)",
        "three of four issued",
    ),
    ("NCC chapter in the immigration and citizenship law", ""),
    ("Circular implementing the Cabinet decision", ""),
    ("Mid-term review of the strategic plan", ""),
]


def revised(action):
    given = action.due_revision
    return f"{given.due_on} ({given.reason})" if given else ""


def test_the_roadmap_stands_as_at_the_end_of_2022(report):
    actions = report.actions.complete()

    assert [
        (
            action.number,
            action.resolution.serial,
            action.phase,
            action.lead_name,
            action.starts_on.isoformat(),
            action.due_on.isoformat(),
            revised(action),
            action.state,
        )
        for action in actions
    ] == ROADMAP
    assert [(a.title, a.evidence) for a in actions] == TITLES_AND_EVIDENCE


def test_only_rm15_is_overdue_and_rm19_waits_for_rm13(report):
    today = report.committee.today()
    actions = list(report.actions.complete())

    assert {a.number for a in actions if a.is_overdue(today)} == {"RM15"}
    assert {a.number: a.blocked_by.number for a in actions if a.blocked_by} == {
        "RM19": "RM13"
    }


def test_who_verified_had_not_claimed(report):
    for action in RoadmapAction.objects.filter(report=report, state="verified"):
        by = dict(action.progress.values_list("state", "by__username"))

        assert by["done_claimed"] != by["verified"]


def test_every_report_is_of_the_day_on_which_it_was_made(report):
    actions = report.actions.all()
    events = Event.objects.filter(
        subject="governance.RoadmapAction", subject_pk__in=actions.values("pk")
    )

    assert (
        min(e.at for e in events).date(),
        max(e.at for e in events).date(),
    ) == (dt.date(2021, 12, 8), dt.date(2022, 12, 14))
