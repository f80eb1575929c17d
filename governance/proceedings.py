"""What a validated report prints beside its Parts: Part V and the annexes, as data.

Made once, when the report is validated, and frozen with the edition. The public
edition names offices; only the internal one names people and holds the comments.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from governance.fingerprint import hex16, words
from governance.matrix import matrix
from governance.models import AttendanceEvent, Resolution, RoadmapAction, Seat
from governance.models.attendance import presence_at
from governance.permissions import Permission, can
from governance.snapshot import cents

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Participant, Report, Validation, Workshop
    from governance.permissions import Actor, Committee


def iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def proceedings(
    report: Report, validation: Validation, *, internal: bool
) -> dict[str, Any]:
    versions = list(report.versions.select_related("committee").defer("content"))
    return {
        "reference": report.reference,
        "time_zone": report.committee.time_zone,
        "validated_at": validation.at.isoformat(),
        "digest": validation.version.digest,
        "fingerprint": hex16(validation.version.digest),
        "read_aloud": words(validation.version.digest),
        "history": {"seq": validation.history_seq, "hash": validation.history_hash},
        "workshops": [
            workshop_facts(workshop, internal=internal)
            for workshop in report.workshops.exclude(
                state__in=["planned", "approved", "postponed", "cancelled"]
            ).order_by("starts_on", "pk")
        ],
        "resolutions": resolution_rows(report),
        "roadmap": roadmap_rows(report),
        "sheet": validation.sheet if internal else without_names(validation.sheet),
        "versions": [
            {
                "number": version.number,
                "kind_name": str(version.get_kind_display()),
                "on": iso(version.frozen_at.astimezone(report.committee.zone).date()),
                "fingerprint": hex16(version.digest),
                "note": version.note,
            }
            for version in versions
        ],
        "comments": matrix(report.comments.complete(), versions) if internal else None,
    }


def without_names(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sign-off sheet of the public edition: institutions and seats, no persons."""
    return sheet | {
        rows: [line | {"person": ""} for line in sheet[rows]]
        for rows in ("institutions", "others")
    }


def sheet_for(reader: Actor, committee: Committee, sheet: dict[str, Any]) -> Any:
    """The sign-off sheet with the names of persons, for who reads the internal edition."""
    inside = can(reader, Permission.READ_INTERNAL_EDITION, committee)
    return sheet if inside else without_names(sheet)


def workshop_facts(workshop: Workshop, *, internal: bool) -> dict[str, Any]:
    """One workshop: what it was for, who came, what it decided."""
    return {
        "title": workshop.title,
        "starts_on": iso(workshop.starts_on),
        "ends_on": iso(workshop.ends_on),
        "venue": workshop.venue,
        "host": workshop.host,
        "co_host": workshop.co_host,
        "funder": workshop.funder,
        "purpose": workshop.purpose,
        "expected_outcomes": workshop.expected_outcomes.splitlines(),
        "preamble": workshop.preamble,
        "agenda": [
            {
                "day": item.day,
                "on": iso(item.on),
                "time": f"{item.starts_at:%H:%M}",
                "title": item.title,
                "type_name": str(item.get_type_display()),
                "presenter": item.presenter,
                "notes": [note.text for note in item.notes.all()],
            }
            for item in workshop.agenda.prefetch_related("notes")
        ],
        "groups": [
            {
                "name": group.name,
                "part": group.part,
                "chair": group.chair,
                "rapporteur": group.rapporteur,
                "findings": [finding.text for finding in group.findings.all()],
            }
            for group in workshop.groups.prefetch_related("findings")
        ],
        "attendance": attendance_facts(workshop, internal=internal),
        "outcomes": [
            {
                "part": row.part,
                "outcome": row.outcome,
                "outcome_name": str(row.get_outcome_display()),
                "note": row.note,
                "decided_at": row.decided_at.isoformat(),
                "presence": row.presence,
                "amendments": [agreed.text for agreed in row.amendments.all()],
            }
            for row in workshop.outcomes.prefetch_related("amendments")
        ],
    }


def attendance_facts(workshop: Workshop, *, internal: bool) -> dict[str, Any]:
    """Who came by day, in which group; what the quorum was when it was looked at."""
    people = list(workshop.participants.select_related("institution"))
    entries = list(workshop.attendance.select_related("institution"))
    struck = {entry.strikes_id for entry in entries if entry.strikes_id}
    zone = workshop.committee.zone
    came: dict[int, set[str]] = {}
    for entry in entries:
        if entry.kind == AttendanceEvent.Kind.ARRIVED and entry.pk not in struck:
            day = entry.at.astimezone(zone).date().isoformat()
            came.setdefault(entry.participant_id or 0, set()).add(day)
    there = {p.institution.code for p in people if came.get(p.pk)}
    apologies = sorted(
        {
            entry.institution.code
            for entry in entries
            if entry.kind == AttendanceEvent.Kind.APOLOGY and entry.pk not in struck
        }
        - there
    )
    voting = {
        seat.institution.code
        for seat in Seat.objects.filter(committee=workshop.committee, is_voting=True)
        .on(workshop.starts_on)
        .select_related("institution")
    }
    return {
        "participants": [
            participant_facts(
                person, sorted(came.get(person.pk, ())), internal=internal
            )
            for person in people
        ],
        "groups": groups_of(people, set(came)),
        "apologies": apologies,
        "absent": sorted(voting - there - set(apologies)),
        "days": [day_facts(workshop, day) for day in workshop.days],
    }


def participant_facts(
    person: Participant, days: list[str], *, internal: bool
) -> dict[str, Any]:
    facts = {
        "institution": person.institution.code,
        "institution_name": person.institution.name,
        "office": person.office or (person.name if internal else ""),
        "group": person.group,
        "mode": person.mode,
        "mode_name": str(person.get_mode_display()),
        "is_alternate": person.is_alternate,
        "designation": person.designation,
        "days": days,
    }
    return facts | ({"name": person.name} if internal else {})


def groups_of(people: list[Participant], came: set[int]) -> list[dict[str, Any]]:
    """Women, men and all of those who came, by group and in the order of the list."""
    counted: dict[str, Counter[str]] = {}
    for person in people:
        name = person.group or str(person.institution.get_category_display())
        count = counted.setdefault(name, Counter())
        if person.pk in came:
            count[person.sex] += 1
    return [
        {
            "group": name,
            "women": count["w"],
            "men": count["m"],
            "total": count.total(),
        }
        for name, count in counted.items()
    ]


def day_facts(workshop: Workshop, day: dt.date) -> dict[str, Any]:
    """The largest attendance of a day, and the first that met the quorum rule."""
    zone = workshop.committee.zone
    moments = [
        entry.at.astimezone(zone)
        for entry in workshop.attendance.all()
        if entry.at.astimezone(zone).date() == day
    ]
    if not moments:
        return {"on": iso(day), "presence": None}
    found = [presence_at(workshop, moment) for moment in sorted(set(moments))]
    best = max(found, key=lambda presence: presence.count)
    first = next((presence for presence in found if presence.met), best)
    return {"on": iso(day), "presence": best.frozen(), "first_met": first.frozen()}


def rests_on(row: Resolution) -> str:
    """The comment that a resolution goes back to, with its provision."""
    if row.comment is None:
        return ""
    return f"{row.comment.code} ({row.comment.institution.code}): {row.comment.section}"


def resolution_rows(report: Report) -> list[dict[str, Any]]:
    """The adopted resolutions, as they were adopted."""
    rows = (
        report.resolutions.filter(state=Resolution.State.ADOPTED)
        .select_related("lead", "workshop", "earlier", "comment__institution")
        .prefetch_related(
            "support",
            "reservations__institution",
            "actions",
            "later",
            "roll_call__institution",
        )
    )
    return [
        {
            "number": row.number,
            "verb": row.verb,
            "text": row.text,
            "lead": row.lead_name,
            "support": row.support_name,
            "deliverable": row.deliverable,
            "due_on": iso(row.due_on),
            "trigger": row.trigger,
            "means_of_verification": row.means_of_verification,
            "linked_to": row.linked_to,
            "cost_cents": cents(row.cost),
            "funded_by": row.funded_by,
            "rests_on": rests_on(row),
            "mode_name": str(row.get_mode_display()),
            "votes": [row.votes_for, row.votes_against, row.abstentions]
            if row.votes_for is not None
            else None,
            "roll_call": [
                {"institution": v.institution.code, "vote": str(v.get_vote_display())}
                for v in row.roll_call.all()
            ],
            "present": (row.presence or {}).get("count"),
            "decided_at": iso(row.decided_at),
            "reservations": [
                {"institution": r.institution.code, "text": r.text}
                for r in row.reservations.all()
            ],
            "earlier": row.earlier.number if row.earlier else "",
            "relation": row.relation,
            "demonstration": row.basis == "demonstration",
        }
        for row in rows
    ]


def roadmap_rows(report: Report) -> list[dict[str, Any]]:
    """The roadmap with its deadlines, first and revised, as it stands now."""
    return [action_facts(action) for action in report.actions.complete()]


def action_facts(action: RoadmapAction) -> dict[str, Any]:
    revision = action.due_revision
    today = action.committee.today()
    return {
        "number": action.number,
        "resolution": action.resolution.number if action.resolution else "",
        "phase_name": str(action.get_phase_display()),
        "title": action.title,
        "lead": action.lead_name,
        "starts_on": iso(action.starts_on),
        "due_on": iso(action.due_on),
        "revised_due_on": iso(revision.due_on) if revision else None,
        "revision_reason": revision.reason if revision else "",
        "deliverable": action.deliverable,
        "state": action.state,
        "state_name": str(action.get_state_display()),
        "blocked_by": action.blocked_by.number if action.blocked_by else "",
        "evidence": action.evidence,
        "days_late": action.days_late(today),
        "demonstration": action.basis == "demonstration",
    }
