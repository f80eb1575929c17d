"""What must hold after every step, told again in plain Python from the stored rows."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from governance.snapshot import digest

ARROWS = {
    ("drafting", "circulate"): "circulated",
    ("circulated", "close_comments"): "consolidating",
    ("consolidating", "table"): "tabled",
    ("tabled", "return"): "drafting",
    ("tabled", "amend"): "amending",
    ("tabled", "accept"): "signing",
    ("amending", "submit_for_signature"): "signing",
    ("signing", "withdraw"): "amending",
    ("signing", "validate"): "validated",
    ("validated", "release"): "released",
}
VERBS = {verb for _source, verb in ARROWS}
VOTING = {"A", "B", "C", "D", "E"}
QUORUM = 3  # more than half of five
SIGNING_INSTITUTIONS = 2  # and the chair: the rule of tests.world


class Broken(AssertionError):
    """An invariant does not hold; the message begins with its number."""


def must(condition, name, why):
    if not condition:
        raise Broken(f"{name}: {why}")


@dataclass
class Oracle:
    """What was seen before: what may only be added to, and what may never change."""

    hashes: list = field(default_factory=list)
    attendance: list = field(default_factory=list)
    comments: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)
    decisions: dict = field(default_factory=dict)
    validated: dict = field(default_factory=dict)
    accepted: list = field(default_factory=list)
    held: list = field(default_factory=list)
    removed: set = field(default_factory=set)
    nonces: dict = field(default_factory=dict)


def there(entries, moment):
    """Fold the attendance list: institutions of those present at a moment of a day."""
    struck = {entry.strikes_id for entry in entries if entry.kind == "struck"}
    last = {}
    for entry in entries:
        if entry.kind not in {"arrived", "left"} or entry.pk in struck:
            continue
        if entry.at > moment or entry.at.date() != moment.date():
            continue
        before = last.get(entry.participant_id)
        if before is None or entry.at >= before.at:
            last[entry.participant_id] = entry
    return {
        entry.institution.code for entry in last.values() if entry.kind == "arrived"
    }


def rule_met(signatures, candidate):
    """The chair and two institutions, by that many distinct people."""
    counted = [
        s
        for s in signatures
        if s.candidate_id == candidate.pk
        and s.candidate_digest == candidate.digest
        and s.position in {"signed", "reservation"}
        and not s.is_late
    ]
    chairs = {s.person_id for s in counted if s.capacity == "chair"}
    codes = {
        s.institution.code: s.person_id for s in counted if s.capacity == "institution"
    }
    people = {codes[code] for code in VOTING & set(codes)} - chairs
    return bool(chairs) and len(people) >= SIGNING_INSTITUTIONS


def check_history(oracle, events):
    """Chain intact, without gaps, and what was seen before is a prefix of it."""
    previous = ""
    for number, event in enumerate(events, start=1):
        must(event.seq == number, "I30", f"entry {number} is missing")
        must(event.previous_hash == previous, "I30", f"entry {number} is not linked")
        must(
            event.hash == event.computed_hash(), "I30", f"entry {number} was rewritten"
        )
        previous = event.hash
    hashes = [event.hash for event in events]
    must(
        hashes[: len(oracle.hashes)] == oracle.hashes,
        "I30",
        "the history was rewritten",
    )
    oracle.hashes = hashes


def check_path(report, events):
    """I05: the stage is where the arrows of its history lead."""
    stage, count = "drafting", Counter()
    for event in events:
        if event.subject != "governance.Report" or event.subject_pk != report.pk:
            continue
        if event.verb in VERBS:
            must((stage, event.verb) in ARROWS, "I05", f"{event.verb} from {stage}")
            stage = ARROWS[stage, event.verb]
            count[event.verb] += 1
    must(stage == report.state, "I05", f"at {report.state}, history says {stage}")
    must(count["validate"] <= 1 and count["release"] <= 1, "I04", "done twice")


def check_versions(oracle, report, versions):
    """I01, I06: a frozen text never changes and is what its digest says."""
    for version in versions:
        seen = oracle.versions.setdefault(version.pk, (version.digest, version.number))
        must(
            seen
            == (version.digest, version.number)
            == (digest(version.content), seen[1]),
            "I01",
            f"version {version.number} is another text now",
        )
    validated = [v for v in versions if v.kind == "validated"]
    must(len(validated) == report.is_validated, "I04", "not one validated version")


def check_signatures(report, versions, signatures):
    """I06, I07: on one text, each person once; met is validated, and only then."""
    texts = {version.pk: version for version in versions}
    for s in signatures:
        must(
            s.candidate_digest == texts[s.candidate_id].digest,
            "I06",
            f"{s} is on another text",
        )
    people = Counter((s.candidate_id, s.person_id) for s in signatures)
    must(max(people.values(), default=1) == 1, "I07", "a person signed twice")
    nonces = Counter(s.nonce for s in signatures)
    must(max(nonces.values(), default=1) == 1, "I11", "a nonce was used twice")
    candidates = [v for v in versions if v.kind == "candidate"]
    if candidates and report.state == "signing":
        met = rule_met(signatures, candidates[-1])
        must(not met, "I13", "all have signed and it is not validated")


def check_validation(oracle, validation, candidates, signatures, renderings):
    """I01, I04, I07: the rule was met on the last candidate; what was kept stays."""
    must(
        validation.candidate == candidates[-1], "I06", "an old candidate was validated"
    )
    must(rule_met(signatures, validation.candidate), "I07", "the rule is not met")
    counted = [s for s in signatures if not s.is_late]
    facts = {
        "text": (validation.version.digest, validation.candidate.digest),
        "sheet": json.dumps(validation.sheet, sort_keys=True),
        "rule": json.dumps(validation.rule, sort_keys=True),
        "signatures": [(s.pk, s.nonce, s.position, s.text) for s in counted],
        "printed": [(r.edition, r.digest, digest(r.content)) for r in renderings],
    }
    must(
        validation.version.content == validation.candidate.content,
        "I01",
        "version 1.0 is not the text that was signed",
    )
    must(
        oracle.validated in ({}, facts), "I01", "what was validated is not what it was"
    )
    oracle.validated = facts


def check_decisions(oracle, decisions, entries):
    """I08, I09: with a quorum of institutions, computed from the list when decided."""
    for key, (row, at, presence) in decisions.items():
        if key in oracle.decisions:
            must(oracle.decisions[key] == presence, "I01", f"presence of {key} changed")
            continue
        codes = there(entries[row], at) & VOTING
        must(len(codes) >= QUORUM, "I08", f"{key} with {sorted(codes)} present")
        must(
            presence["present"] == sorted(codes), "I08", f"{key} says another presence"
        )
        must(set(presence["present"]) <= VOTING, "I09", "an observer was counted")
        oracle.decisions[key] = presence


def check_attendance(oracle, entries, participants):
    """I09, I10: entries are only added; a person is there for one institution."""
    rows = [
        (e.pk, e.kind, e.at, e.participant_id, e.institution_id, e.strikes_id)
        for e in entries
    ]
    must(
        rows[: len(oracle.attendance)] == oracle.attendance,
        "I10",
        "an entry of the attendance list was changed or taken away",
    )
    oracle.attendance = rows
    of = defaultdict(set)
    for workshop, user, institution in participants:
        if user:
            of[workshop, user].add(institution)
    must(all(len(found) == 1 for found in of.values()), "I09", "one person, two seats")


def check_comments(oracle, comments, rows, removed):
    """I15, I17: none is lost, each keeps its provision, which is there or removed."""
    now = {c.pk: (c.number, c.provision_uid) for c in comments}
    for pk, known in oracle.comments.items():
        must(pk in now, "I15", f"comment {known[0]} is lost")
        must(now[pk] == known, "I17", f"comment {known[0]} points elsewhere")
    oracle.comments = now
    for number, uid in now.values():
        known = uid is None or str(uid) in rows or str(uid) in removed
        must(known, "I15", f"comment {number} cannot be reached")


def check_chain(oracle, rows, revisions, held):
    """I20: one chain a provision, each link on the one before, nothing overwritten."""
    chains = defaultdict(list)
    for revision in revisions:
        chains[str(revision.provision_uid)].append(revision)
    for uid, chain in chains.items():
        numbers = [r.provision_revision for r in chain]
        must(numbers == list(range(len(chain))), "I20", f"gap in {numbers}")
        last = {}
        for revision in chain:
            for name in set(revision.before) - {"position"}:
                before = revision.before[name]
                must(
                    last.get(name, before) == before, "I20", f"a {name} was overwritten"
                )
            last |= revision.after
        row = rows.get(uid)
        must(bool(row) != (chain[-1].action == "removed"), "I20", "removed or not")
        if row:
            must(row.revision == len(chain) - 1, "I20", "a change left no revision")
            must(last.get("mandate", row.mandate) == row.mandate, "I20", "text changed")
    kept = {(uid, r.after.get("mandate")) for uid, c in chains.items() for r in c}
    must(set(oracle.accepted) <= kept, "I20", "an accepted text is not in the chain")
    aside = {(str(h.provision_uid), h.values.get("mandate")) for h in held}
    must(set(oracle.held) <= aside, "I20", "a text that was set aside is lost")
