"""The life of the report: frozen, circulated, tabled, submitted, released."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from governance.actions import circulation, releases, sign_off_rules, signoffs, versions
from governance.models import Proposal, Report, SignOffRule, Version
from ncc_portal.demo.fields import choice, day

if TYPE_CHECKING:
    from collections.abc import Callable

    from governance.models import User
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

S = Report.State


def load_versions(seeding: Seeding, file: Entry) -> None:
    file.known({"rule", "steps"})
    rule = file.entry("rule")
    seeding.at(rule, partial(set_rule, seeding, rule))
    for entry in file.entries("steps"):
        entry.known({"at", "step", "by", "note", "comments_due_on"})
        name = choice(entry, "step", STEPS, entry.text("step"))
        seeding.at(
            entry,
            partial(STEPS[name], seeding, entry, seeding.person(entry)),
            after_print=name in AFTER_PRINT,
        )


def set_rule(seeding: Seeding, entry: Entry) -> None:
    names = "starts_on threshold fixed_number"
    fields = seeding.values(entry, SignOffRule, names, extra="at by seats")
    rules = SignOffRule.objects.filter(committee=seeding.committee)
    if not rules.filter(starts_on=fields["starts_on"]).exists():
        by, seats = seeding.person(entry), [str(s) for s in entry.texts("seats")]
        seeding.count(
            sign_off_rules.set_rule(seeding.committee, by=by, seats=seats, **fields)
        )


def current(seeding: Seeding) -> Report:
    seeding.report.refresh_from_db()
    seeding.report.__dict__.pop("frozen", None)
    return seeding.report


def keep_draft(seeding: Seeding, entry: Entry, by: User) -> None:
    report = current(seeding)
    if not report.versions.exists():
        note = str(entry.get("note", ""))
        seeding.count(versions.keep_draft(report, by=by, note=note))


def circulate(seeding: Seeding, entry: Entry, by: User) -> None:
    report = current(seeding)
    if not report.versions.filter(kind=Version.Kind.CIRCULATED).exists():
        due = day(entry, "comments_due_on")
        seeding.count(circulation.circulate(report, comments_due_on=due, by=by))


def close_comments(seeding: Seeding, entry: Entry, by: User) -> None:
    report = current(seeding)
    if report.state == S.CIRCULATED:
        circulation.close_comments(report, by=by, reason=str(entry.get("note", "")))


def table(seeding: Seeding, entry: Entry, by: User) -> None:
    report = current(seeding)
    if not report.versions.filter(kind=Version.Kind.TABLED).exists():
        note = str(entry.get("note", ""))
        seeding.count(circulation.table(report, by=by, note=note))


def confirm_amendments(seeding: Seeding, _entry: Entry, by: User) -> None:
    report = current(seeding)
    if not report.proposals.filter(act=Proposal.Act.SUBMIT).exists():
        seeding.count(signoffs.confirm_amendments(report, by=by))


def submit_for_signature(seeding: Seeding, _entry: Entry, by: User) -> None:
    report = current(seeding)
    if report.candidate is None:
        seeding.count(signoffs.submit_for_signature(report, by=by))


def propose_release(seeding: Seeding, _entry: Entry, by: User) -> None:
    report = current(seeding)
    if not report.proposals.filter(act=Proposal.Act.RELEASE).exists():
        seeding.count(releases.propose_release(report, by=by))


def release(seeding: Seeding, _entry: Entry, by: User) -> None:
    report = current(seeding)
    if report.state == S.VALIDATED:
        releases.release(report, by=by)


STEPS: dict[str, Callable[[Any, Any, Any], None]] = {
    "keep_draft": keep_draft,
    "circulate": circulate,
    "close_comments": close_comments,
    "table": table,
    "confirm_amendments": confirm_amendments,
    "submit_for_signature": submit_for_signature,
    "propose_release": propose_release,
    "release": release,
}
AFTER_PRINT = {"propose_release", "release"}
