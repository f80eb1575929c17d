"""Sign-off: the candidate, the signatures on it, and what they add up to."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance import gate
from governance.actions.capacities import (
    alternate_facts,
    choose_capacity,
    position_facts,
)
from governance.actions.circulation import refuse_while
from governance.actions.messages import people_with, tell
from governance.actions.releases import print_editions
from governance.actions.revising import locked
from governance.actions.versions import freeze, keep
from governance.errors import Refused, WrongPassword
from governance.fingerprint import words
from governance.flow import move
from governance.formats import day
from governance.models import (
    Event,
    Proposal,
    Report,
    Signature,
    Validation,
    Version,
)
from governance.models.attendance import voters_on
from governance.models.sign_off_rules import Capacity, rule_of
from governance.models.signoffs import frozen_day
from governance.permissions import Permission, require
from governance.signing import sign_off_sheet
from governance.snapshot import digest

if TYPE_CHECKING:
    from governance.models import Institution, User


@transaction.atomic
def confirm_amendments(report: Report, *, by: User) -> Proposal:
    """The rapporteur says of this exact text that the amendments are in it."""
    report = locked(report)
    require(by, Permission.CONFIRM_AMENDMENTS, report.committee)
    if report.state != Report.State.AMENDING:
        raise Refused(_("The report is not being amended."))
    refuse_while(gate.owed_changes(report), _("The text is not complete yet."))
    text = report.text_digest()
    if report.proposals.filter(
        act=Proposal.Act.SUBMIT, digest=text, made_by=by
    ).exists():
        raise Refused(_("You have confirmed this text already."))
    return make_proposal(report, Proposal.Act.SUBMIT, text, by)


def make_proposal(report: Report, act: str, text: str, by: User) -> Proposal:
    proposal = Proposal(
        committee=report.committee,
        report=report,
        act=act,
        digest=text,
        made_at=report.committee.now(),
        made_by=by,
    )
    proposal.save()
    report.record("proposed", by=by, note=f"{proposal.get_act_display()} {text}")
    return proposal


@transaction.atomic
def submit_for_signature(report: Report, *, by: User) -> Version:
    """Freeze the amended text as the candidate and call the signatories."""
    report = locked(report)
    require(by, Permission.SUBMIT_FOR_SIGNATURE, report.committee)
    if report.state == Report.State.AMENDING:
        refuse_while(
            gate.owed_to_submit(report, by), _("The text cannot go to signature yet.")
        )
    move(report, "submit_for_signature", by=by)
    return call_signatories(report, by=by)


def call_signatories(report: Report, *, by: User) -> Version:
    candidate = freeze(report, Version.Kind.CANDIDATE, by=by)
    tell(
        report.committee,
        people_with(report.committee, Permission.SIGN),
        "signature_called",
        f"version {candidate.pk} to sign",
        _("For signature: %(title)s, version %(number)s")
        % {"title": report.title, "number": candidate.number},
        report=report,
        version=candidate,
        read_aloud=" ".join(words(candidate.digest)),
    )
    return candidate


@transaction.atomic
def withdraw(report: Report, *, by: User, reason: str) -> None:
    """Take the candidate back to be amended; its signatures stay and count for nothing."""
    if not reason.strip():
        raise Refused(_("Say why the candidate is withdrawn."))
    report = locked(report)
    move(report, "withdraw", by=by, note=reason)


def sign(
    candidate: Version,
    *,
    by: User,
    password: str,
    text_digest: str,
    position: str = Signature.Position.SIGNED,
    text: str = "",
    capacity: str = "",
    nonce: str = "",
    place: str = "",
) -> Signature:
    """Sign one exact text, after the password; a repeat gives the first answer.

    `text_digest` is what the signatory was shown, all of it or its first 16 digits.
    The password is checked before the report is locked: it takes a tenth of a second,
    in which others sign.
    """
    require(by, Permission.SIGN, candidate.committee)
    if not by.check_password(password):
        raise WrongPassword(_("The password is not right. Nothing was signed."))
    return enter_signature(
        candidate,
        by=by,
        text_digest=text_digest,
        facts=position_facts(position, text),
        capacity=capacity,
        nonce=nonce,
        place=place,
    )


@transaction.atomic
def enter_signature(
    candidate: Version,
    *,
    by: User,
    text_digest: str,
    facts: dict[str, Any],
    capacity: str,
    nonce: str,
    place: str,
) -> Signature:
    """Insert the signature; with the last one the rule asks for, validate the report.

    The report's row is locked first, so that of several signatories at the same
    instant one sees all signatures: never "all signed but not validated".
    """
    report = locked(candidate.report)
    candidate = Version.objects.select_related("committee", "report").get(
        pk=candidate.pk
    )
    if given := given_before(candidate, by, facts["position"]):
        return given
    late = refuse_unless_signable(report, candidate, text_digest)
    chosen, institution = choose_capacity(by, candidate, capacity)
    signature = Signature(
        committee=report.committee,
        candidate=candidate,
        candidate_digest=candidate.digest,
        person=by,
        person_name=by.name,
        institution=institution,
        capacity=chosen,
        mode=Signature.Mode.IN_APP,
        nonce=nonce or secrets.token_hex(16),
        is_late=late,
        signed_at=report.committee.now(),
        place=place,
        **facts,
        **alternate_facts(by, institution, chosen, candidate),
    )
    return keep_signature(report, candidate, signature, by=by)


def given_before(candidate: Version, by: User, position: str) -> Signature | None:
    """What a person has said of this text: said again it is the same, and stays so."""
    given = candidate.signatures.filter(person=by).first()
    if given is None or given.position == position:
        return given
    said = {
        Signature.Position.SIGNED: _("You have signed version %(number)s on %(day)s"),
        Signature.Position.RESERVATION: _(
            "You have signed version %(number)s with a reservation on %(day)s"
        ),
        Signature.Position.DECLINED: _(
            "You have declined to sign version %(number)s on %(day)s"
        ),
    }[Signature.Position(given.position)]
    on = given.signed_at.astimezone(candidate.committee.zone)
    facts = {"number": candidate.number, "day": day(on)}
    raise Refused(_("%s; what you said of it cannot be changed.") % (said % facts))


def refuse_unless_signable(
    report: Report, candidate: Version, text_digest: str
) -> bool:
    """Refuse another text than the one being signed; True for a late signature."""
    current = report.candidate
    if current is None or current.pk != candidate.pk:
        raise Refused(
            _("This is not the text being signed: there is a newer candidate.")
        )
    late = report.is_validated
    if not late and report.state != Report.State.SIGNING:
        raise Refused(
            _("The report is at “%s”; it is not being signed.")
            % report.get_state_display()
        )
    shown = "".join(text_digest.lower().split())
    if len(shown) < 16 or not candidate.digest.startswith(shown):
        raise Refused(_("You were shown another text than the one being signed now."))
    if digest(candidate.content) != candidate.digest:
        raise Refused(
            _("The stored text is not the one that was frozen. Call the secretariat.")
        )
    return late


def keep_signature(
    report: Report, candidate: Version, signature: Signature, *, by: User
) -> Signature:
    """Insert a signature, and validate the report if it was the last one needed."""
    if Signature.objects.filter(nonce=signature.nonce).exists():
        raise Refused(_("This form was used already. Open the page anew to sign."))
    refuse_second(
        candidate, signature.person, signature.capacity, signature.institution
    )
    signature.full_clean(exclude=["nonce"], validate_constraints=False)
    signature.save()
    signature.record(
        signature.position,
        by=by,
        note=f"{candidate.number} {candidate.digest} {signature.capacity}",
    )
    if report.state == Report.State.SIGNING and not report.owed_for_validation():
        validate(report, candidate)
    return signature


def refuse_second(
    candidate: Version, person: User, capacity: str, institution: Institution | None
) -> None:
    """One signature for an institution, one for a seat, one by a person."""
    given = Signature.objects.filter(candidate=candidate)
    if given.filter(person=person).exists():
        raise Refused(_("%s has signed this text already.") % person.name)
    if capacity == Capacity.INSTITUTION:
        others = given.filter(capacity=Capacity.INSTITUTION, institution=institution)
    elif capacity in {Capacity.WITNESS, Capacity.TRANSMITTAL}:
        return
    else:
        others = given.filter(capacity=capacity)
    other = others.first()
    if other:
        raise Refused(
            _("%(person)s has signed %(capacity)s already.")
            % {"person": other.person_name, "capacity": other.get_capacity_display()}
        )


def rule_met(candidate: Version) -> dict[str, Any]:
    """The rule as it is kept, with how many institutions it asked for that day."""
    committee, day = candidate.committee, frozen_day(candidate)
    rule = rule_of(committee, day)
    if rule is None:
        return {}
    return rule.facts() | {"needed": rule.needed(len(voters_on(committee, day)))}


def validate(report: Report, candidate: Version) -> Validation:
    """The rule is met: version 1.0 is the candidate's text, and the sheet is kept.

    Called with the report's lock held. `flow.move` asks the rule once more.
    """
    committee = report.committee
    owed = report.owed_for_validation()
    if owed:
        raise Refused(" ".join(map(str, owed)), owed)
    version = keep(
        report, Version.Kind.VALIDATED, candidate.content, candidate.digest, by=None
    )
    tip = Event.objects.filter(committee=committee).order_by("-seq").first()
    now = committee.now()
    validation = Validation(
        committee=committee,
        report=report,
        candidate=candidate,
        version=version,
        at=now,
        rule=rule_met(candidate),
        sheet=sign_off_sheet(candidate),
        history_seq=tip.seq if tip else 0,
        history_hash=tip.hash if tip else "",
    )
    validation.save()
    move(report, "validate", by=None, validated_at=now)
    print_editions(report, validation)
    tell(
        committee,
        people_with(committee, Permission.READ_COMMITTEE),
        "validated",
        f"version {version.pk} validated",
        _("Validated: %s") % report.title,
        report=report,
        version=version,
        read_aloud=" ".join(words(version.digest)),
    )
    return validation
