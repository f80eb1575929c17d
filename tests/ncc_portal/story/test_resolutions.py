"""The story of Lesotho, section 10: the resolutions."""

import pytest

from governance.models import Resolution

pytestmark = pytest.mark.once


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
