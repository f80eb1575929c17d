"""Eleven bugs, each put into one function: the machine finds every one of them."""

import copy

import pytest

from governance.actions import adoption, attendance, editing, placing, signoffs
from governance.models import Comment, Event, Signature
from governance.models import attendance as presences
from governance.models import signoffs as counting
from governance.quorum import Presence, there_at
from tests.stateful.oracle import Broken
from tests.stateful.test_machine import run
from tests.tampering import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long]


def overwrite(patch):
    """An edit ignores what its author had read."""
    real = editing._edit

    def edit(row, base, *rest):
        row.refresh_from_db()
        return real(row, row.revision, *rest)

    patch.setattr(editing, "_edit", edit)


def edit_after_freeze(patch):
    patch.setattr(editing, "require_open", lambda report: None)
    patch.setattr(placing, "require_open", lambda report: None)


def comments_go_with_their_provision(patch):
    real = placing.remove_provision

    def remove(row, **facts):
        revision = real(row, **facts)
        gone = Comment.objects.filter(provision_uid=row.uid, responses=None)
        gone.delete()
        return revision

    patch.setattr(placing, "remove_provision", remove)


def no_quorum_is_asked_for(patch):
    patch.setattr(Presence, "met", property(lambda self: True))


def quorum_counts_persons(patch):
    real = presences.presence

    def count(rule, voters, happenings, moment):
        found = real(rule, voters, happenings, moment)
        people = there_at(happenings, moment)
        missing = [] if len(people) >= found.needed else found.missing
        return Presence(found.at, found.voting, found.needed, found.present, missing)

    patch.setattr(presences, "presence", count)


def the_nonce_is_not_kept(patch):
    real = signoffs.sign

    def sign(candidate, **facts):
        return real(candidate, **facts | {"nonce": ""})

    patch.setattr(signoffs, "sign", sign)


def the_digest_is_not_compared(patch):
    real = signoffs.refuse_unless_signable

    def check(report, candidate, text_digest):
        return real(report, candidate, candidate.digest)

    patch.setattr(signoffs, "refuse_unless_signable", check)


def a_person_counts_in_two_roles(patch):
    real = counting.missing_signatures

    def missing(candidate, signatures):
        twice = [copy.copy(s) for s in signatures if s.capacity == "chair"]
        for signature in twice:
            signature.capacity = "institution"
        return real(candidate, signatures + twice)

    patch.setattr(counting, "missing_signatures", missing)


def a_resolution_without_an_action(patch):
    patch.setattr(adoption, "create_from", lambda resolution, rows, by: [])


def history_is_rewritten(patch):
    real = attendance.strike

    def strike(entry, **facts):
        row = real(entry, **facts)
        Event.objects.filter(subject_pk=entry.workshop_id, verb="arrived").update(
            note="E 09:00"
        )
        return row

    patch.setattr(attendance, "strike", strike)


def an_old_candidate_counts(patch):
    real = counting.missing_signatures

    def missing(candidate, signatures):
        old = list(
            Signature.objects.filter(candidate__report=candidate.report).exclude(
                candidate=candidate
            )
        )
        for signature in old:
            signature.candidate_digest = candidate.digest
        return real(candidate, signatures + old)

    patch.setattr(counting, "missing_signatures", missing)


SIGN = ["sign", "withdraw", "confirm_amendments", "submit"]
ROOM = ["arrive", "leave", "strike", "adopt", "defer", "propose", "register"]
TEXT = ["edit", "move", "remove", "add", "comment", "circulate", "table"]
BUGS = [
    (overwrite, "consolidating", TEXT, "I20"),
    (edit_after_freeze, "circulated", TEXT, "rights"),
    (comments_go_with_their_provision, "consolidating", TEXT, "I15"),
    (no_quorum_is_asked_for, "thin room", ROOM, "I08"),
    (quorum_counts_persons, "thin room", ROOM, "I08"),
    (the_nonce_is_not_kept, "signing", SIGN, "I11"),
    (the_digest_is_not_compared, "signing", ["sign"], "I06"),
    (a_person_counts_in_two_roles, "signing", SIGN, "I07"),
    (a_resolution_without_an_action, "session", ROOM, "I18"),
    (history_is_rewritten, "session", ROOM, "I30"),
    (an_old_candidate_counts, "second candidate", SIGN, "I07"),
]


@pytest.mark.parametrize(
    ("bug", "start", "acts", "invariant"),
    BUGS,
    ids=[bug[0].__name__ for bug in BUGS],
)
def test_the_machine_finds_the_bug(monkeypatch, bug, start, acts, invariant):
    """The world is built before: there the portal is as it should be.

    Without the triggers, which would stop two of the bugs before they show.
    """
    with unguarded(), pytest.raises(Broken, match=f"^{invariant}: "):
        run(
            start,
            examples=40,
            steps=20,
            shrink=False,
            only=acts,
            before=lambda: bug(monkeypatch),
        )


RUNS = sorted({(start, tuple(acts)) for _bug, start, acts, _invariant in BUGS})


@pytest.mark.parametrize(
    ("start", "acts"), RUNS, ids=[f"{start}, {len(acts)} acts" for start, acts in RUNS]
)
def test_without_a_bug_the_same_runs_find_nothing(start, acts):
    run(start, examples=2, steps=20, only=acts)
