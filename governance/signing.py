"""The sign-off sheet: every institution that was a member that day, once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from governance.models import PartOutcome, Signature
from governance.models.attendance import voters_on
from governance.models.sign_off_rules import Capacity, rule_of
from governance.models.signoffs import Standing, frozen_day

if TYPE_CHECKING:
    from governance.models import Version
    from governance.quorum import Voter


def status_label(status: str) -> str:
    """The words for where an institution stands on the sheet."""
    return str(Standing(status).label)


def present_when_decided(candidate: Version) -> set[str]:
    """The institutions that were there when the workshop decided on the Parts."""
    outcome = (
        PartOutcome.objects.filter(workshop__report=candidate.report_id)
        .order_by("-decided_at", "-pk")
        .first()
    )
    return set(outcome.presence["present"]) if outcome else set()


def line_of(
    voter: Voter, signature: Signature | None, was_there: bool
) -> dict[str, Any]:
    """One institution; what came after the validation is said, and counts for nothing."""
    if signature is None or signature.is_late:
        status = "no_answer" if was_there else "absent"
    elif signature.position == Signature.Position.SIGNED:
        status = "by_alternate" if signature.is_alternate else "signed"
    else:
        status = signature.position
    return {"code": voter.code, "name": voter.name, "status": status} | (
        facts_of(signature) if signature else NOBODY
    )


NOBODY: dict[str, Any] = {
    "person": "",
    "text": "",
    "authority": "",
    "mode": "",
    "signed_at": None,
    "is_late": False,
}


def facts_of(signature: Signature) -> dict[str, Any]:
    return {
        "person": signature.person_name,
        "text": signature.text,
        "authority": signature.authority,
        "mode": signature.mode,
        "signed_at": signature.signed_at.isoformat(),
        "is_late": signature.is_late,
    }


def sign_off_sheet(candidate: Version) -> dict[str, Any]:
    """Rule, institutions, seats and witnesses of a candidate, as plain data.

    `institutions` holds each voting member of the day the candidate was frozen, once;
    `counts` adds them up by status, and the numbers are those of `institutions`.
    """
    day = frozen_day(candidate)
    voters = voters_on(candidate.committee, day)
    signatures = list(candidate.signatures.select_related("institution"))
    of = {
        s.institution.code: s
        for s in signatures
        if s.capacity == Capacity.INSTITUTION and s.institution
    }
    there = present_when_decided(candidate)
    lines = [
        line_of(voter, of.get(voter.code), voter.code in there)
        for voter in sorted(voters, key=lambda v: v.name)
    ]
    rule = rule_of(candidate.committee, day)
    return {
        "version": candidate.number,
        "digest": candidate.digest,
        "rule": rule.facts() if rule else None,
        "voting": len(voters),
        "needed": rule.needed(len(voters)) if rule else None,
        "institutions": lines,
        "counts": dict(Counter(line["status"] for line in lines)),
        "others": [
            {
                "capacity": s.capacity,
                "capacity_name": str(Capacity(s.capacity).label),
                "position": s.position,
                "institution": s.institution.name if s.institution else "",
            }
            | facts_of(s)
            for s in signatures
            if s.capacity != Capacity.INSTITUTION
        ],
    }


def counts_of(sheet: dict[str, Any]) -> list[tuple[str, int]]:
    """How many institutions stand where, in words, those who signed first."""
    counts = sheet["counts"]
    return [(str(s.label), counts[s.value]) for s in Standing if s.value in counts]
