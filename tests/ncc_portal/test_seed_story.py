"""The story of Lesotho's report as its brief tells it, sections 8 to 12, value by value."""

import datetime as dt
import hashlib

import pytest

from governance.matrix import matrix
from governance.models import (
    AgendaItem,
    AttendanceEvent,
    CentreRequest,
    Comment,
    Event,
    Invitation,
    PaperSignature,
    PartOutcome,
    Report,
    Resolution,
    RoadmapAction,
    Signature,
    Version,
    Workshop,
)
from governance.models.attendance import presence_at
from governance.proceedings import attendance_facts
from governance.signing import sign_off_sheet
from governance.snapshot import walk
from ncc_portal.demo.story.signoff import scan

pytestmark = [pytest.mark.usefixtures("lesotho", "db"), pytest.mark.once]

WRITTEN, GROUP, PLENARY = "written", "group", "plenary"
BLOCKING = "technical", "blocking"
SUBSTANTIVE = "technical", "substantive"
EDITORIAL = "editorial", "editorial"
CLARIFICATION = "clarification", "substantive"


@pytest.fixture
def report():
    return Report.objects.get(committee__slug="lesotho")


@pytest.fixture
def workshop():
    return Workshop.objects.get(committee__slug="lesotho")


def at(workshop, day, time):
    return workshop.committee.moment(
        dt.date.fromisoformat(day), dt.time.fromisoformat(time)
    )


# 8. The workshop


def test_the_workshop_is_told_to_its_end(workshop):
    assert (
        workshop.state,
        workshop.starts_on.isoformat(),
        workshop.ends_on.isoformat(),
        workshop.venue,
        workshop.papers.number,
        workshop.quorum_rule["threshold"],
        workshop.quorum_rule["presiding"],
    ) == (
        "closed",
        "2021-12-07",
        "2021-12-08",
        "Maseru",
        "0.3",
        "more_than_half",
        "chair_or_vice_chair",
    )
    assert workshop.preamble == (
        "The National Consultative Committee, meeting in Maseru on 7 and 8 December 2021"
        " with the African Union Commission; recalling its work since 2010; noting the"
        " drafts presented; aware that coordination needs a firm basis;"
    )


def test_the_agenda_has_thirteen_items_on_two_days(workshop):
    rows = [
        (row.day, f"{row.starts_at:%H:%M}", row.title, row.type, row.presenter)
        for row in workshop.agenda.all()
    ]

    assert rows == [
        (1, "08:30", "Registration, issue of papers", "logistics", "Secretariat"),
        (1, "09:00", "Opening remarks", "opening", "Ministry of Home Affairs; ACSRM"),
        (
            1,
            "09:45",
            "Objectives, quorum check, adoption of agenda and of working method",
            "procedure",
            "Chair",
        ),
        (
            1,
            "10:00",
            "Part I: legal status, vision, mission, objectives, ToR, structure",
            "presentation",
            "AUC technical team",
        ),
        (
            1,
            "11:15",
            "Part II: 3-year strategic plan",
            "presentation",
            "AUC technical team",
        ),
        (
            1,
            "12:00",
            "Part III and Part IV: activity plan and advocacy strategy",
            "presentation",
            "AUC technical team",
        ),
        (
            1,
            "14:00",
            "Four parallel groups, one per Part; comments matrix on screen",
            "group",
            "TWG leads; rapporteur from Secretariat",
        ),
        (
            1,
            "16:30",
            "Group chairs and drafting team consolidate",
            "drafting",
            "Secretariat",
        ),
        (
            2,
            "08:30",
            "Group reports and plenary on contested and blocking comments",
            "plenary",
            "Chair",
        ),
        (
            2,
            "10:30",
            "AMO, ACSRM and COC: work and services; how Lesotho can draw on them",
            "presentation",
            "the three centres",
        ),
        (
            2,
            "12:00",
            "Draft resolutions and road-map, read paragraph by paragraph",
            "plenary",
            "Drafting team",
        ),
        (
            2,
            "14:30",
            "Quorum check; decision on each Part; adoption of resolutions and road-map",
            "adoption",
            "Chair",
        ),
        (2, "15:30", "Evaluation, next steps, closing", "closing", "Chair; AUC"),
    ]
    assert set(workshop.agenda.values_list("state", flat=True)) == {
        AgendaItem.State.DONE
    }


def test_every_institution_with_a_seat_is_invited(workshop):
    parts = list(workshop.invitations.values_list("invited_as", flat=True))

    assert {part: parts.count(part) for part in Invitation.Part.values} == {
        "member": 27,
        "observer": 5,
        "resource": 0,
    }
    assert set(workshop.invitations.values_list("sent_on", flat=True)) == {
        dt.date(2021, 11, 19)
    }


def test_forty_people_came_in_eight_groups(workshop):
    facts = attendance_facts(workshop, internal=False)

    rows = {(g["group"], g["women"], g["men"], g["total"]) for g in facts["groups"]}

    assert rows == {
        ("Ministries (12 of 14)", 9, 8, 17),
        ("Agencies (BOS, CBL)", 2, 3, 5),
        ("Academia (NUL)", 2, 1, 3),
        ("Social partners (workers' side)", 1, 1, 2),
        ("Civil society and diaspora", 2, 1, 3),
        ("AU Commission and centres", 1, 3, 4),
        ("Development partners", 2, 1, 3),
        ("Secretariat", 2, 1, 3),
    }
    assert [sum(row[n] for row in rows) for n in (1, 2, 3)] == [21, 19, 40]


def test_three_sent_apologies_and_three_are_absent(workshop):
    facts = attendance_facts(workshop, internal=False)

    assert (facts["apologies"], facts["absent"]) == (
        ["CHE", "MTEC", "MoGYSR"],
        ["EMP", "LNDC", "NSS"],
    )


@pytest.mark.parametrize(
    ("day", "time", "present"),
    [("2021-12-07", "09:45", 17), ("2021-12-08", "14:30", 18)],
)
def test_the_quorum_is_met_at_both_checks(workshop, day, time, present):
    presence = presence_at(workshop, at(workshop, day, time))

    assert (presence.count, presence.voting, presence.needed, presence.met) == (
        present,
        24,
        13,
        True,
    )


def test_people_are_offices_and_one_alternate_came_for_a_ministry(workshop):
    alternates = workshop.participants.filter(is_alternate=True)

    assert all(
        person.name == f"{person.office}, {person.institution.name}"
        for person in workshop.participants.select_related("institution")
    )
    assert list(alternates.values_list("institution__code", "designation")) == [
        ("MoET", "Letter NCC/ALT/MoET (illustrative)"),
        ("NUL", "Letter NCC/ALT/NUL (illustrative)"),
    ]


def test_arrivals_are_told_in_time(workshop):
    entries = workshop.attendance.filter(kind=AttendanceEvent.Kind.ARRIVED)

    assert entries.count() == 80
    assert {entry.recorded_at - entry.at for entry in entries} == {dt.timedelta(0)}


def test_four_groups_reported_their_findings(workshop):
    assert [
        (group.name, group.part, group.findings.count())
        for group in workshop.groups.all()
    ] == [
        ("Group I", 1, 2),
        ("Group II", 2, 2),
        ("Group III", 3, 2),
        ("Group IV", 4, 1),
    ]


def test_three_parts_are_validated_subject_to_amendments_and_one_as_it_is(workshop):
    outcomes = PartOutcome.objects.filter(workshop=workshop)

    assert [
        (
            row.part,
            row.outcome,
            row.version.number,
            row.presence["count"],
            row.decided_by.username,
            row.decided_at.astimezone(workshop.committee.zone).isoformat(),
        )
        for row in outcomes
    ] == [
        (part, outcome, "0.3", 18, "ncc.chair", "2021-12-08T14:40:00+02:00")
        for part, outcome in [
            (1, "amendments"),
            (2, "amendments"),
            (3, "amendments"),
            (4, "validated"),
        ]
    ]


def test_five_versions_lead_to_the_validated_text(report):
    zone = report.committee.zone
    versions = report.versions.all()

    assert [
        (v.number, v.kind, v.frozen_at.astimezone(zone).date().isoformat(), v.note)
        for v in versions
    ] == [
        ("0.1", "draft", "2021-09-30", "AUC draft"),
        ("0.2", "circulated", "2021-11-08", ""),
        ("0.3", "tabled", "2021-12-07", "Papers of the workshop"),
        ("0.4", "candidate", "2022-01-31", ""),
        ("1.0", "validated", "2022-02-28", ""),
    ]
    assert [v.digest for v in versions][3] == [v.digest for v in versions][4]
    assert len({v.digest for v in versions}) == 4
    assert (report.comments_due_on, report.comments_closed_on, report.reference) == (
        dt.date(2021, 11, 26),
        dt.date(2021, 11, 29),
        "LS-NCC-2021-001",
    )


# 9. The comments matrix

COMMENTS = [
    (
        "C01",
        "I",
        "AGC",
        WRITTEN,
        *BLOCKING,
        "Text lets a Cabinet decision bind private employers; only statute can.",
        "Agreed; phase 1 covers public bodies, phase 2 needs an Act.",
        "Accepted",
        "1.3 split",
        "0.4",
    ),
    (
        "C02",
        "I",
        "MoSD",
        WRITTEN,
        *SUBSTANTIVE,
        "Social development is missing from the voting list.",
        "Added to Schedule.",
        "Accepted",
        "Schedule",
        "0.4",
    ),
    (
        "C03",
        "I",
        "MoLE",
        GROUP,
        *SUBSTANTIVE,
        "Two-thirds quorum will stop meetings.",
        "More than half, and Chair or Vice-Chair present.",
        "Accepted with changes",
        "Art. 9",
        "0.4",
    ),
    (
        "C04",
        "I",
        "NUL",
        PLENARY,
        *EDITORIAL,
        "Mission runs to four lines; shorten.",
        "Cut to one sentence.",
        "Accepted",
        "4.3",
        "0.4",
    ),
    (
        "C05",
        "I",
        "BOS",
        GROUP,
        *SUBSTANTIVE,
        "A data group already exists; do not create another.",
        "Existing group becomes TWG1.",
        "Accepted",
        "4.5",
        "0.4",
    ),
    (
        "C06",
        "I",
        "MoF",
        WRITTEN,
        *BLOCKING,
        "Fixed sitting allowances are not provided for.",
        "Amounts removed; public service rules apply.",
        "Accepted with changes",
        "Art. 12",
        "0.4",
    ),
    (
        "C07",
        "I",
        "CHE",
        WRITTEN,
        *EDITORIAL,
        "Mission statement too long.",
        "See C04.",
        "Duplicate of C04",
        "",
        "",
    ),
    (
        "C08",
        "II",
        "BOS",
        GROUP,
        *SUBSTANTIVE,
        "Indicators lack baseline year and split by sex.",
        "Baseline 2021/22; sex and district added.",
        "Accepted",
        "5.2",
        "0.4",
    ),
    (
        "C09",
        "II",
        "MoPPS",
        GROUP,
        *SUBSTANTIVE,
        "All 16 posts in year 1 is not feasible.",
        "Phased 4, 10, 16.",
        "Accepted",
        "5.2",
        "0.4",
    ),
    (
        "C10",
        "II",
        "MoDP",
        PLENARY,
        *SUBSTANTIVE,
        "Costs not linked to budget ceilings.",
        "Marked indicative; joint review by 31 Mar 2022.",
        "Accepted with changes",
        "6",
        "0.4",
    ),
    (
        "C11",
        "II",
        "IOM",
        WRITTEN,
        *EDITORIAL,
        'Replace "illegal migrants".',
        'Now "migrants in an irregular situation".',
        "Accepted",
        "global",
        "0.4",
    ),
    (
        "C12",
        "III",
        "DIS",
        GROUP,
        *CLARIFICATION,
        "Does the connection cover districts?",
        "Year 1 covers Maseru only.",
        "Noted",
        "",
        "",
    ),
    (
        "C13",
        "III",
        "MoH",
        GROUP,
        *SUBSTANTIVE,
        "Add health screening of migrants.",
        "Service delivery, outside the coordinating role; listed for TWG3 in year 2.",
        "Not accepted",
        "",
        "",
    ),
    (
        "C14",
        "III",
        "MoFAIR",
        WRITTEN,
        *SUBSTANTIVE,
        "Q2 too early for diaspora consultation.",
        "Moved to Q4, with a desk note in Q2.",
        "Accepted with changes",
        "6",
        "0.4",
    ),
    (
        "C15",
        "IV",
        "WRK",
        PLENARY,
        *SUBSTANTIVE,
        "Migrant workers are not an audience.",
        "AUD7 added.",
        "Accepted",
        "7",
        "0.4",
    ),
    (
        "C16",
        "IV",
        "LNDC",
        WRITTEN,
        *SUBSTANTIVE,
        "Promise tax incentives to diaspora investors.",
        "Tax policy; referred to MoF.",
        "Out of scope",
        "",
        "",
    ),
]


def test_the_matrix_has_the_sixteen_comments(report):
    comments = report.comments.complete()
    rows = matrix(comments, list(report.versions.all()))

    assert [
        (
            row["number"],
            row["part_name"],
            row["institution"],
            row["channel"],
            comment.type,
            row["severity"],
            row["body"],
            row["response"],
            row["disposition_name"],
            row["change"],
            row["change_version"],
        )
        for row, comment in zip(rows, comments, strict=True)
    ] == COMMENTS


def test_written_comments_came_in_november_and_the_others_in_the_workshop(report):
    months = {
        comment.number: (comment.received_on.isoformat()[:7], comment.version.number)
        for comment in report.comments.select_related("version")
    }
    late = report.comments.filter(is_late=True)

    written = {1, 2, 6, 7, 11, 14, 16}
    assert months == {
        n: ("2021-11", "0.2") if n in written else ("2021-12", "0.3")
        for n in range(1, 17)
    }
    assert not late.exists()


def test_nobody_answered_their_own_comment(report):
    answers = [
        (comment.author.username, response.by.username)
        for comment in report.comments.complete()
        for response in comment.responses.all()
        if not comment.on_behalf
    ]

    assert all(author != by for author, by in answers)
    assert [c.number for c in report.comments.filter(on_behalf=False)] == [1, 2, 7, 12]


def test_the_duplicate_was_first_referred_to_the_plenary(report):
    comment = report.comments.complete().get(number=7)

    assert [
        (row.disposition, row.at.date().isoformat()) for row in comment.responses.all()
    ] == [("referred", "2021-11-30"), ("duplicate", "2021-12-08")]


def test_an_accepted_comment_is_in_the_text_and_names_its_change(report):
    accepted = report.comments.complete().filter(state="incorporated")

    assert {
        comment.number: {change.revision.action for change in comment.changes.all()}
        for comment in accepted
    } == {n: {"changed"} for n in (1, 3, 4, 5, 6, 8, 9, 10, 11, 14)} | {
        2: {"moved"},
        15: {"moved"},
    }
    assert not Comment.objects.unanswered().exists()


@pytest.mark.parametrize(
    ("heading", "before", "after"),
    [
        ("Quorum and decisions", "Two-thirds of voting members", "More than half"),
        ("Finance", "a sitting allowance of M500", "under public service rules"),
        ("Words", "illegal migrants", "migrants in an irregular situation"),
        ("Costs", "what the plan asks of the budget", "indicative"),
        ("Mission", "to raise awareness and to mobilise", "track delivery, so that"),
    ],
)
def test_the_text_of_the_papers_differs_from_the_signed_one(
    report, heading, before, after
):
    tabled, signed = (
        next(
            node["body"]
            for document in report.versions.get(kind=kind).content["documents"]
            for node, _depth in walk(document["provisions"])
            if node["heading"] == heading
        )
        for kind in ("tabled", "validated")
    )

    assert (before in tabled, before in signed) == (True, False)
    assert (after in tabled, after in signed) == (False, True)


# 10. The resolutions

RESOLUTIONS = [
    (
        "RES/2021/01",
        "ADOPTS, subject to amendments",
        'the report "Strengthening Migration Governance in Lesotho" as recorded in the'
        " comments matrix",
        "Secretariat",
        "AUC",
        "2022-01-31",
        "whole report",
    ),
    (
        "RES/2021/02",
        "REQUESTS",
        "member institutions to sign the amended report through their focal points, and"
        " the Chair to send it to the Minister",
        "MoHA",
        "all members",
        "2022-02-28",
        "sign-off",
    ),
    (
        "RES/2021/03",
        "ENDORSES",
        "a two-phase legal route: Cabinet decision first, statute second; drafting"
        " instructions to issue",
        "MoHA",
        "AGC",
        "2022-06-30",
        "Part I; A1.1.1",
    ),
    (
        "RES/2021/04",
        "MANDATES",
        "the Chair to lodge a Cabinet memorandum with a finance note",
        "MoHA",
        "AGC, MoF",
        "2022-09-30",
        "A1.1.3",
    ),
    (
        "RES/2021/05",
        "DECIDES",
        "to work under the new ToR on an interim basis from 1 Jan 2022; each member to"
        " name a focal point and an alternate office",
        "all members",
        "Secretariat",
        "2022-01-31",
        "Part I ToR",
    ),
    (
        "RES/2021/06",
        "REQUESTS",
        "the host ministry to assign at least two officers to the Secretariat",
        "MoHA",
        "MoPS",
        "2022-03-31",
        "A1.2.1",
    ),
    (
        "RES/2021/07",
        "URGES",
        "the ministry responsible for finance to provide a budget line, or a"
        " reallocation, for 2022/23",
        "MoF",
        "MoHA",
        "2022-02-28",
        "SO5",
    ),
    (
        "RES/2021/08",
        "APPROVES",
        "the strategic plan and year-1 activity plan as working documents; costing to be"
        " checked",
        "MoDP",
        "MoF",
        "2022-03-31",
        "Parts II, III",
    ),
    (
        "RES/2021/09",
        "ESTABLISHES",
        "four technical working groups, with ToR to the first ordinary meeting",
        "TWG leads",
        "Secretariat",
        "2022-04-30",
        "A1.3.2",
    ),
    (
        "RES/2021/10",
        "CALLS UPON",
        "data-holding institutions to agree a data-sharing protocol convened by the"
        " Bureau of Statistics",
        "BOS",
        "TWG1",
        "2022-09-30",
        "A3.1.1",
    ),
    (
        "RES/2021/11",
        "REQUESTS",
        "formal letters to AMO, ACSRM and COC setting out the support sought",
        "MoFAIR",
        "MoHA",
        "2022-03-31",
        "section 12",
    ),
    (
        "RES/2021/12",
        "DIRECTS",
        "the Secretariat to report each quarter on these resolutions, first report at the"
        " end of March 2022, and to start the advocacy strategy by 30 June 2022",
        "DIS",
        "all leads",
        "2022-03-31",
        "A1.3.3; Part IV",
    ),
]


def support(resolution):
    codes = sorted(resolution.support_name.split(", "))
    return ", ".join(codes)


def test_twelve_resolutions_were_adopted(report):
    rows = report.resolutions.select_related("lead").prefetch_related("support")

    assert [
        (
            row.number,
            row.verb,
            row.text,
            row.lead_name,
            support(row),
            row.due_on.isoformat(),
            row.linked_to,
        )
        for row in rows
    ] == RESOLUTIONS


def test_they_were_adopted_by_consensus_in_one_session_with_quorum(report):
    assert {
        (
            row.state,
            row.mode,
            row.presence["count"],
            row.presence["met"],
            row.decided_at.astimezone(report.committee.zone).isoformat(),
            row.decided_by.username,
        )
        for row in Resolution.objects.filter(report=report)
    } == {("adopted", "consensus", 18, True, "2021-12-08T14:55:00+02:00", "ncc.chair")}


# 11. The roadmap and the sign-off

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


def test_the_sheet_adds_up_to_the_24_members(report):
    sheet = sign_off_sheet(report.candidate)
    by_status = {}
    for line in sheet["institutions"]:
        by_status.setdefault(line["status"], []).append(line["code"])

    assert {status: len(codes) for status, codes in by_status.items()} == {
        "signed": 15,
        "reservation": 1,
        "by_alternate": 1,
        "no_answer": 1,
        "absent": 6,
    }
    assert sorted(by_status["absent"]) == sorted(
        ["CHE", "EMP", "LNDC", "MTEC", "MoGYSR", "NSS"]
    )
    assert (
        by_status["reservation"],
        by_status["by_alternate"],
        by_status["no_answer"],
    ) == (["MoF"], ["MoET"], ["MoPS"])


def test_the_chair_signed_last_and_that_validated_the_report(report):
    on_the_day = Signature.objects.filter(is_late=False).order_by("pk")
    last = on_the_day.last()

    assert (last.person.username, last.capacity, last.signed_at) == (
        "ncc.chair",
        "chair",
        report.validated_at,
    )
    assert report.validated_at.isoformat() == "2022-02-28T13:00:00+00:00"
    assert [
        (s.person.username, s.capacity, s.position, s.text, s.authority)
        for s in on_the_day
        if s.capacity != "institution" or s.text or s.is_alternate
    ] == [
        ("focal.mof", "institution", "reservation", "subject to budget ceilings", ""),
        (
            "alternate.moet",
            "institution",
            "signed",
            "",
            "Letter NCC/ALT/MoET (illustrative)",
        ),
        ("au.reviewer", "witness", "signed", "", ""),
        ("ncc.chair", "chair", "signed", "", ""),
    ]


def test_two_signatures_came_after_the_validation(report):
    late = Signature.objects.filter(is_late=True).order_by("pk")
    paper = PaperSignature.objects.get()

    assert [
        (s.person.username, s.capacity, s.mode, s.signed_at.date().isoformat())
        for s in late
    ] == [
        ("focal.mops", "institution", "in_app", "2022-03-10"),
        ("minister.office", "transmittal", "wet_ink", "2022-03-15"),
    ]
    assert (
        paper.state,
        paper.recorded_by.username,
        paper.confirmed_by.username,
        paper.signed_on.isoformat(),
        paper.scan_sha256,
    ) == (
        "confirmed",
        "secretariat.officer",
        "secretariat.records",
        "2022-03-15",
        hashlib.sha256(scan()).hexdigest(),
    )


# 12. The centres


def test_the_three_requests_stand_as_the_centres_answered():
    rows = CentreRequest.objects.filter(committee__slug="lesotho")

    assert {
        row.centre.code: [(step.state, step.on.isoformat()) for step in row.steps.all()]
        for row in rows
    } == {
        "AMO": [
            ("sent", "2022-03-31"),
            ("acknowledged", "2022-04-20"),
            ("accepted", "2022-11-25"),
        ],
        "ACSRM": [
            ("sent", "2022-03-31"),
            ("acknowledged", "2022-04-14"),
            ("accepted", "2022-05-12"),
            ("delivered", "2022-08-26"),
        ],
        "COC": [("sent", "2022-03-31"), ("acknowledged", "2022-05-02")],
    }


# The whole


def test_the_history_is_told_in_the_order_of_time():
    moments = list(
        Event.objects.filter(committee__slug="lesotho")
        .order_by("seq")
        .values_list("at", flat=True)
    )

    assert moments == sorted(moments)
    assert (moments[0].date(), moments[-1].date()) == (
        dt.date(2021, 9, 6),
        dt.date(2022, 12, 31),
    )


def test_every_version_has_the_digest_it_was_frozen_with():
    assert all(version.is_intact for version in Version.objects.all())
