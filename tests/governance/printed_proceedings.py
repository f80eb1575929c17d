"""The proceedings of a validated report, as large as a real committee's, by hand."""

from __future__ import annotations

import json
from typing import Any

from governance.fingerprint import hex16, words
from tests.governance import printed

DIGEST = "9f2c0a1b77de4410" + "5a" * 24
CODES = [
    "MoHA",
    "MoFAIR",
    "MoLE",
    "MoF",
    "MoDP",
    "MoPS",
    "MoSD",
    "MoH",
    "MoET",
    "MoA",
    "MoTICT",
    "MoLG",
    "MoJ",
    "MoPPS",
    "AGC",
    "DIS",
    "BOS",
    "CBL",
    "NUL",
    "WRK",
    "CSO",
    "DIA",
    "IOM",
    "MTEC",
    "MoGYSR",
    "CHE",
    "NSS",
    "EMP",
    "LNDC",
    "AUC",
]
VOTING = [*CODES[:17], "NUL", "WRK", "MTEC", "MoGYSR", "CHE", "NSS", "EMP"]
PRESENT = VOTING[:18]
RESOLUTIONS = [
    ("ADOPTS, subject to amendments", "the report as recorded in the comments matrix"),
    ("REQUESTS", "member institutions to sign the amended report"),
    ("ENDORSES", "a two-phase legal route: Cabinet decision first, statute second"),
    ("MANDATES", "the Chair to lodge a Cabinet memorandum with a finance note"),
    ("DECIDES", "to work under the new terms of reference from 1 January 2022"),
    ("REQUESTS", "the host ministry to assign two officers to the Secretariat"),
    ("URGES", "the ministry responsible for finance to provide a budget line"),
    ("APPROVES", "the strategic plan and year-1 activity plan as working documents"),
    ("ESTABLISHES", "four technical working groups"),
    ("CALLS UPON", "data-holding institutions to agree a data-sharing protocol"),
    ("REQUESTS", "formal letters to the three centres setting out the support sought"),
    ("DIRECTS", "the Secretariat to report each quarter on these resolutions"),
]
PHASES = ["0–3 months"] * 9 + ["4–12 months"] * 7 + ["Quarterly"] + ["13–36 months"] * 3
AGENDA = [
    (1, "08:30", "Registration, issue of papers", "Logistics", "Secretariat"),
    (1, "09:00", "Opening remarks", "Opening", "Ministry of Home Affairs"),
    (1, "09:45", "Objectives, quorum check, agenda", "Procedure", "Chair"),
    (1, "14:00", "Four parallel groups, one per Part", "Group work", "TWG leads"),
    (2, "08:30", "Group reports, contested comments", "Plenary", "Chair"),
    (2, "14:30", "Decision on each Part, resolutions", "Adoption", "Chair"),
    (2, "15:30", "Evaluation, next steps, closing", "Closing", ""),
]
NAMES = ["ʼMalineo Mokoena", "Thabo Letsie", "Palesa Nthunya", "Tšepo Ramaili"]


def name(code: str) -> str:
    return f"Institution {code}"


def presence(codes: list[str], at: str) -> dict[str, Any]:
    return {
        "at": at,
        "voting": 24,
        "needed": 13,
        "present": sorted(codes),
        "missing": [],
        "met": True,
        "count": len(codes),
    }


def participants(internal: bool) -> list[dict[str, Any]]:
    rows = []
    for n in range(40):
        code = CODES[n % len(CODES)]
        row = {
            "institution": code,
            "institution_name": name(code),
            "office": f"Focal point of {code} for migration",
            "group": "Ministries" if n % 30 < 14 else "Agencies and partners",
            "mode": "remote" if n == 5 else "in_person",
            "mode_name": "Remote" if n == 5 else "In person",
            "is_alternate": n == 8,
            "designation": "Letter MoET/7 of 1 December 2021" if n == 8 else "",
            "days": ["2021-12-07", "2021-12-08"] if n % 5 else ["2021-12-08"],
        }
        rows.append(row | ({"name": f"{NAMES[n % 4]} {n}"} if internal else {}))
    return rows


def outcome(part: int, kind: str, label: str, amendments: list[str]) -> dict[str, Any]:
    return {
        "part": part,
        "outcome": kind,
        "outcome_name": label,
        "note": "",
        "decided_at": "2021-12-08T12:30:00+00:00",
        "presence": presence(PRESENT, "2021-12-08T14:30:00+02:00"),
        "amendments": amendments,
    }


def workshop(internal: bool) -> dict[str, Any]:
    subject = "Validated subject to amendments"
    return {
        "title": "National validation workshop",
        "starts_on": "2021-12-07",
        "ends_on": "2021-12-08",
        "venue": "Maseru",
        "host": "Ministry of Home Affairs",
        "co_host": "African Union Commission",
        "funder": "African Union Commission",
        "purpose": "To review and validate the four drafts.\nTo agree on next steps.",
        "expected_outcomes": ["Validated documents", "Resolutions with timelines"],
        "preamble": "The National Consultative Committee, meeting in Maseru,",
        "agenda": [
            {
                "day": day,
                "on": f"2021-12-0{6 + day}",
                "time": time,
                "title": title,
                "type_name": kind,
                "presenter": presenter,
                "notes": ["A note for the minutes only"],
            }
            for day, time, title, kind, presenter in AGENDA
        ],
        "groups": [
            {
                "name": f"Group {part}",
                "part": part,
                "chair": "MoHA",
                "rapporteur": "Secretariat",
                "findings": [f"Finding {n} of group {part}." for n in (1, 2)],
            }
            for part in (1, 2, 3, 4)
        ],
        "attendance": {
            "participants": participants(internal),
            "groups": [
                {"group": "Ministries", "women": 9, "men": 8, "total": 17},
                {"group": "Agencies", "women": 12, "men": 11, "total": 23},
            ],
            "apologies": ["CHE", "MTEC", "MoGYSR"],
            "absent": ["EMP", "NSS"],
            "days": [
                {
                    "on": "2021-12-07",
                    "presence": presence(PRESENT[:17], "2021-12-07T09:45:00+02:00"),
                },
                {
                    "on": "2021-12-08",
                    "presence": presence(PRESENT, "2021-12-08T14:30:00+02:00"),
                },
            ],
        },
        "outcomes": [
            outcome(1, "amendments", subject, ["Split 1.3.", "Quorum: half."]),
            outcome(2, "amendments", subject, ["Phase the posts."]),
            outcome(3, "amendments", subject, []),
            outcome(4, "validated", "Validated", []),
        ],
    }


def resolution(n: int, verb: str, text: str) -> dict[str, Any]:
    by_vote = n == 7
    return {
        "number": f"RES/2021/{n:02d}",
        "verb": verb,
        "text": text,
        "lead": CODES[n],
        "support": "MoF, AGC",
        "deliverable": f"Deliverable {n}",
        "due_on": None if n == 4 else f"2022-0{n % 8 + 1}-28",
        "trigger": "within 60 days of Cabinet's decision" if n == 4 else "",
        "means_of_verification": "",
        "linked_to": f"A{n}.1.1",
        "mode_name": "Show of hands" if by_vote else "Consensus",
        "votes": [14, 2, 2] if by_vote else None,
        "roll_call": [],
        "present": 18,
        "decided_at": "2021-12-08T13:05:00+00:00",
        "reservations": [{"institution": "MoF", "text": "Within ceilings\nonly."}]
        if by_vote
        else [],
        "earlier": "",
        "relation": "",
        "demonstration": True,
    }


def action(n: int, phase: str) -> dict[str, Any]:
    revised = n in {4, 7}
    return {
        "number": f"RM{n:02d}",
        "resolution": f"RES/2021/{n % 12 + 1:02d}",
        "phase_name": phase,
        "title": f"Action {n}: enter what was agreed and issue the next text",
        "lead": CODES[n],
        "starts_on": "2021-12-13",
        "due_on": "2022-01-31",
        "revised_due_on": "2022-03-31" if revised else None,
        "revision_reason": "late nominations" if revised else "",
        "deliverable": f"Text {n}",
        "state": "verified" if n < 3 else "in_progress",
        "state_name": "Verified" if n < 3 else "In progress",
        "blocked_by": "",
        "evidence": f"Letter {n}" if n < 3 else "",
        "days_late": 28 if n == 5 else 0,
        "demonstration": False,
    }


def signature(**fields: Any) -> dict[str, Any]:
    return {
        "person": "",
        "text": "",
        "authority": "",
        "mode": "",
        "signed_at": None,
        "is_late": False,
    } | fields


def sheet_line(n: int, code: str, internal: bool) -> dict[str, Any]:
    line = {"code": code, "name": name(code)}
    if n >= 18:
        return line | {"status": "absent"} | signature()
    if code == "MoPS":
        return line | {"status": "no_answer"} | signature()
    special = {
        "MoF": {"status": "reservation", "text": "Subject to budget ceilings."},
        "MoET": {"status": "by_alternate", "authority": "Letter MoET/12 of 2022"},
        "MoJ": {"status": "declined", "text": "No mandate yet."},
    }
    return (
        line
        | {"status": "signed"}
        | signature(
            person=NAMES[n % 4] if internal else "",
            mode="wet_ink" if n == 1 else "in_app",
            signed_at="2022-02-28T22:30:00+00:00" if n == 2 else "2022-02-28T08:00:00Z",
        )
        | special.get(code, {})
    )


def sheet(internal: bool) -> dict[str, Any]:
    lines = [sheet_line(n, code, internal) for n, code in enumerate(VOTING)]
    statuses = [line["status"] for line in lines]
    return {
        "version": "0.4",
        "digest": DIGEST,
        "rule": {"seats": ["chair"], "threshold": "more_than_half"},
        "voting": 24,
        "needed": 13,
        "institutions": lines,
        "counts": {status: statuses.count(status) for status in statuses},
        "others": [
            {
                "capacity": capacity,
                "capacity_name": label,
                "position": "signed",
                "institution": institution,
            }
            | signature(
                person=NAMES[0] if internal else "",
                mode="in_app",
                signed_at="2022-02-28T09:00:00+00:00",
            )
            for capacity, label, institution in [
                ("chair", "as the Chair", "Ministry of Home Affairs"),
                ("witness", "as a witness", "African Union Commission"),
            ]
        ],
    }


def comment(n: int) -> dict[str, Any]:
    return {
        "number": f"C{n:02d}",
        "part_name": ["I", "II", "III", "IV"][n % 4],
        "section": f"Section {n}",
        "institution": CODES[n],
        "institution_name": name(CODES[n]),
        "author": NAMES[n % 4],
        "channel_name": "Written",
        "type_name": "Technical",
        "severity_name": "Substantive",
        "quote": "a quorum of two thirds" if n == 3 else "",
        "body": f"Comment {n}: the text says too little on costs and on who pays.",
        "suggested_wording": "more than half" if n == 3 else "",
        "is_late": n == 16,
        "state_name": "Answered",
        "response": f"Response {n}: the article was changed.",
        "disposition_name": "Accepted",
        "change": f"Art. {n}",
        "change_version": "0.4",
    }


def versions() -> list[dict[str, Any]]:
    milestones = ["Draft kept", "Circulated", "Tabled", "Candidate for signature"]
    return [
        {
            "number": f"0.{n}",
            "kind_name": milestone,
            "on": f"2021-1{n % 3}-08",
            "fingerprint": hex16(f"{n}" * 64),
            "note": "Agreed amendments entered" if n == 4 else "",
        }
        for n, milestone in enumerate(milestones, 1)
    ]


def proceedings(*, internal: bool) -> dict[str, Any]:
    return {
        "reference": "LS-NCC-2021-001",
        "time_zone": "Africa/Maseru",
        "validated_at": "2022-02-28T10:00:00+00:00",
        "digest": DIGEST,
        "fingerprint": hex16(DIGEST),
        "read_aloud": words(DIGEST),
        "history": {"seq": 90, "hash": "0" * 64},
        "workshops": [workshop(internal)],
        "resolutions": [resolution(n, *row) for n, row in enumerate(RESOLUTIONS, 1)],
        "roadmap": [action(n, phase) for n, phase in enumerate(PHASES, 1)],
        "sheet": sheet(internal),
        "versions": versions(),
        "comments": [comment(n) for n in range(1, 17)] if internal else None,
    }


def edition(kind: str, **fields: Any) -> dict[str, Any]:
    """What a rendering of the validated report holds, as it comes from the database."""
    content = printed.report(
        reference="LS-NCC-2021-001",
        version="1.0",
        state="validated",
        date="2022-02-28",
        text_digest=DIGEST,
        print_edition=kind,
        proceedings=proceedings(internal=kind == "internal"),
        **fields,
    )
    return json.loads(json.dumps(content))
