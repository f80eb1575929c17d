"""The story of Lesotho, section 8: the workshop."""

import datetime as dt

import pytest

from governance.models import AgendaItem, AttendanceEvent, Invitation, PartOutcome
from governance.models.attendance import presence_at
from governance.proceedings import attendance_facts

pytestmark = pytest.mark.once


def at(workshop, day, time):
    return workshop.committee.moment(
        dt.date.fromisoformat(day), dt.time.fromisoformat(time)
    )


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
