"""Whether what is stored still is what was frozen: texts, files, signatures, history.

Every check recomputes; the history, whose entries are chained, is the second witness to
each digest, so that a text and its digest cannot be changed together unseen.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _

from governance.models import (
    Event,
    HistoryTip,
    Rendering,
    Signature,
    Validation,
    Version,
)
from governance.models.sign_off_rules import Capacity, rule_of
from governance.models.signoffs import frozen_day, missing_signatures
from governance.proceedings import without_names
from governance.signing import facts_of
from governance.snapshot import canonical_json, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Committee, Report


@dataclass(frozen=True)
class Chain:
    """A committee's history as recomputed: whole, or broken first at `entry`."""

    count: int
    tip: str
    fault: str = ""
    entry: Event | None = None

    @property
    def is_whole(self) -> bool:
        return not self.fault


def chain_of(committee: Committee) -> Chain:
    """Recompute every entry, its link to the one before, and where the chain ends."""
    seq, tip = 0, ""
    tips: dict[int, str] = {}
    for event in Event.objects.filter(committee=committee).order_by("seq"):
        if fault := fault_of(event, seq + 1, tip):
            return Chain(seq, tip, fault, event)
        seq, tip = event.seq, event.hash
        tips[seq] = tip
    for validation in Validation.objects.filter(committee=committee).order_by("at"):
        if tips.get(validation.history_seq, "") != validation.history_hash:
            message = _(
                "Entry %(seq)d of the history is not the one that stood there when"
                " version 1.0 was validated."
            )
            return Chain(seq, tip, message % {"seq": validation.history_seq})
    return Chain(seq, tip, cut_off(committee, seq, tip))


def cut_off(committee: Committee, seq: int, tip: str) -> str:
    """Whether the chain ends before, or with another entry than, the last one added."""
    last = HistoryTip.objects.filter(committee=committee).first()
    noted, noted_hash = (last.seq, last.hash) if last else (0, "")
    words = {"seq": seq, "noted": noted, "next": min(seq, noted) + 1}
    if noted > seq:
        return _(
            "Entry %(next)d of the history is missing; it ended with %(noted)d."
        ) % (words)
    if noted < seq:
        return _("Entry %(next)d of the history was not added by the portal.") % words
    if noted_hash != tip:
        return _("Entry %(seq)d of the history is not the one that was added.") % words
    return ""


def fault_of(event: Event, seq: int, previous: str) -> str:
    if event.seq != seq:
        return _("Entry %(seq)d of the history is missing.") % {"seq": seq}
    if event.previous_hash != previous:
        message = _("Entry %(seq)d of the history does not follow entry %(before)d.")
        return message % {"seq": seq, "before": seq - 1}
    if event.computed_hash() != event.hash:
        return _("Entry %(seq)d of the history does not match its hash.") % {"seq": seq}
    return ""


def record_faults(committee: Committee) -> list[str]:
    """What is stored otherwise than the history says it was made final, by entry.

    Of one subject the last entry counts, as of an attendance list to which was added.
    """
    last: dict[tuple[str, int, str], Event] = {}
    pks: dict[str, set[int]] = defaultdict(set)
    sealed = Event.objects.filter(committee=committee).exclude(seal="")
    for event in sealed.order_by("seq"):
        reader = model_of(event.subject).sealed_by.get(event.verb, "")
        last[event.subject, event.subject_pk, reader] = event
        pks[event.subject].add(event.subject_pk)
    stored = {
        name: model_of(name).as_sealed().in_bulk(found) for name, found in pks.items()
    }
    return [
        _(
            "Entry %(seq)d of the history (%(verb)s: %(name)s) is not what is stored now."
        )
        % {"seq": event.seq, "verb": event.verb, "name": event.subject_name}
        for event in last.values()
        if not is_as_sealed(event, stored[event.subject].get(event.subject_pk))
    ]


def model_of(name: str) -> Any:
    return apps.get_model(name)


def is_as_sealed(event: Event, subject: Any) -> bool:
    """Whether what an entry made final is there, and the same."""
    return subject is not None and subject.seal_of(event.verb) == event.seal


def committee_faults(committee: Committee) -> list[str]:
    """Everything of a committee that does not match, apart from the chain itself."""
    found = record_faults(committee)
    validated = committee.reports.filter(validation__isnull=False)
    for report in validated.select_related("committee"):
        found += stored_faults(report)
    for version in Version.objects.filter(committee=committee).order_by("pk"):
        found += text_faults(version)
    return list(dict.fromkeys(found))


def intact_bytes(rendering: Rendering) -> bytes | None:
    """The stored file, if it still is the one that was made: what may be served."""
    try:
        with rendering.file.open("rb") as file:
            data = file.read()
    except (OSError, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == rendering.sha256 else None


def faults_of(report: Report) -> list[str]:
    """What does not match of a validated report and its history; empty when all does."""
    chain = chain_of(report.committee)
    return stored_faults(report) + ([] if chain.is_whole else [chain.fault])


def stored_faults(report: Report) -> list[str]:
    """What does not match in what is stored of a validated report itself."""
    validation = report.validation
    found = [
        *text_faults(validation.version),
        *text_faults(validation.candidate),
        *sheet_faults(validation),
    ]
    if validation.candidate.digest != validation.version.digest:
        found.append(_("Version 1.0 is not the text that was signed."))
    editions = report.renderings.exclude(edition=Rendering.Edition.DRAFT)
    for rendering in editions.order_by("-edition"):
        found += edition_faults(rendering, validation)
    return found


def told(subject: Any, verb: str, part: str) -> bool:
    """Whether the history says `part` of a subject: its note or its name holds it."""
    entries = subject.events.filter(verb=verb)
    return any(part in f"{entry.note} {entry.subject_name}" for entry in entries)


def text_faults(version: Version) -> list[str]:
    number = {"number": version.number}
    if not version.is_intact:
        return [
            _("The stored text of version %(number)s does not match its digest.")
            % number
        ]
    if not told(version, "frozen", f"{version.number} {version.digest}"):
        return [
            _("The digest of version %(number)s is not the one in the history.")
            % number
        ]
    return []


def edition_faults(rendering: Rendering, validation: Validation) -> list[str]:
    """What an edition printed, and its file; one that is still being made has no file."""
    name = {"edition": str(rendering.get_edition_display()).lower()}
    found = []
    text = {k: rendering.content.get(k) for k in validation.version.content}
    internal = rendering.edition == Rendering.Edition.INTERNAL
    sheet = validation.sheet if internal else without_names(validation.sheet)
    if (
        digest(rendering.content) != rendering.digest
        or digest(text) != validation.version.digest
        or rendering.content.get("proceedings", {}).get("sheet") != sheet
    ):
        found.append(
            _("The stored content of the %(edition)s does not match its digest.") % name
        )
    if rendering.progress != Rendering.State.DONE:
        return found
    if intact_bytes(rendering) is None:
        found.append(_("The stored PDF of the %(edition)s was changed.") % name)
    elif not told(rendering, "PDF made", rendering.sha256):
        found.append(
            _("The SHA-256 of the %(edition)s is not the one in the history.") % name
        )
    return found


def sheet_faults(validation: Validation) -> list[str]:
    """The sheet kept at the validation must hold the stored signatures, no more or less."""
    rows = Signature.objects.filter(candidate=validation.candidate)
    signatures = list(rows.select_related("institution"))
    kept = Counter(map(canonical_json, kept_signatures(validation.sheet)))
    stored = {canonical_json(stored_signature(s)): s for s in signatures}
    counted = Counter(key for key, s in stored.items() if not s.is_late)
    found = []
    if kept != counted:
        found.append(
            _("The sign-off sheet of version 1.0 does not match the stored signatures.")
        )
    found += rule_faults(validation, signatures)
    found += signature_faults(signatures, validation.candidate)
    lines = validation.sheet["institutions"]
    counts = Counter(line["status"] for line in lines)
    if dict(counts) != validation.sheet["counts"]:
        found.append(_("The numbers of the sign-off sheet do not add up."))
    return found


def rule_faults(validation: Validation, signatures: list[Signature]) -> list[str]:
    """The rule that was kept is the committee's of that day, and it is met."""
    candidate = validation.candidate
    rule = rule_of(candidate.committee, frozen_day(candidate))
    found = []
    if rule is None or rule.facts() != {
        k: validation.rule.get(k) for k in rule.facts()
    }:
        found.append(_("The sign-off rule is not the one that the committee had set."))
    counted = [s for s in signatures if not s.is_late and s.position in s.SIGNS]
    owed = missing_signatures(candidate, counted)
    return found + [_("The sign-off rule is not met: %s") % item.text for item in owed]


def kept_signatures(sheet: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Who signed by the sheet, in the form of `stored_signature`."""
    facts = ("person", "text", "authority", "mode", "signed_at", "is_late")
    for line in sheet["institutions"]:
        if line["person"]:
            by_alternate = line["status"] == "by_alternate"
            yield {name: line[name] for name in facts} | {
                "capacity": Capacity.INSTITUTION.value,
                "position": "signed" if by_alternate else line["status"],
                "code": line["code"],
            }
    for line in sheet["others"]:
        yield {name: line[name] for name in facts} | {
            "capacity": line["capacity"],
            "position": line["position"],
            "code": "",
        }


def stored_signature(signature: Signature) -> dict[str, Any]:
    for_institution = signature.capacity == Capacity.INSTITUTION
    return facts_of(signature) | {
        "capacity": signature.capacity,
        "position": signature.position,
        "code": signature.institution.code
        if for_institution and signature.institution
        else "",
    }


def signature_faults(signatures: list[Signature], candidate: Version) -> list[str]:
    """Signatures that are for another digest, or of which the history knows nothing."""
    pks = [signature.pk for signature in signatures]
    entries = Event.objects.filter(subject=Signature._meta.label, subject_pk__in=pks)
    known = {(entry.subject_pk, entry.verb, entry.note) for entry in entries}
    return [
        _("The signature of %s is not the one in the history.") % signature.person_name
        for signature in signatures
        if signature.candidate_digest != candidate.digest
        or (
            signature.pk,
            signature.position,
            f"{candidate.number} {candidate.digest} {signature.capacity}",
        )
        not in known
    ]
