"""Signatures on paper: entered by one person, confirmed by a second."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.capacities import (
    choose_capacity,
    institution_of,
    position_facts,
)
from governance.actions.revising import locked
from governance.actions.signoffs import (
    keep_signature,
    refuse_second,
    refuse_unless_signable,
)
from governance.errors import Refused
from governance.files import store
from governance.flow import move
from governance.formats import day
from governance.models import (
    PaperSignature,
    Signature,
    Version,
)
from governance.models.sign_off_rules import Capacity
from governance.models.signoffs import frozen_day
from governance.permissions import Permission, require
from governance.uploads import checked, stored_name

if TYPE_CHECKING:
    from governance.models import Institution, User


@transaction.atomic
def record_paper(
    candidate: Version,
    person: User,
    *,
    scan: tuple[str, bytes],
    signed_on: dt.date,
    by: User,
    position: str = Signature.Position.SIGNED,
    text: str = "",
    capacity: str = "",
    authority: str = "",
) -> PaperSignature:
    """Enter a signature on paper, with its scan; a second person confirms it."""
    report = locked(candidate.report)
    require(by, Permission.RECORD_PAPER_SIGNATURE, report.committee)
    if person.pk == by.pk:
        raise Refused(_("Nobody enters their own signature."))
    refuse_unless_signable(report, candidate, candidate.digest)
    if capacity != Capacity.TRANSMITTAL:
        capacity, institution = choose_capacity(person, candidate, capacity)
        refuse_second(candidate, person, capacity, institution)
    if candidate.paper_signatures.filter(person=person, state="recorded").exists():
        raise Refused(
            _("A paper of %s waits for its second person already.") % person.name
        )
    position_facts(position, text)
    if not frozen_day(candidate) <= signed_on <= report.committee.today():
        raise Refused(
            _(
                "A paper is signed between %(first)s, when the text was frozen, and today."
            )
            % {"first": day(frozen_day(candidate))}
        )
    kind = checked(*scan)
    row = PaperSignature(
        committee=report.committee,
        candidate=candidate,
        person=person,
        capacity=capacity,
        position=position,
        text=text.strip(),
        authority=authority.strip(),
        signed_on=signed_on,
        scan=store(stored_name(scan[1], kind, "scans"), scan[1]),
        scan_sha256=hashlib.sha256(scan[1]).hexdigest(),
        recorded_at=report.committee.now(),
        recorded_by=by,
    )
    row.full_clean()
    row.save()
    row.record("recorded", by=by, note=row.scan_sha256)
    return row


@transaction.atomic
def confirm_paper(paper: PaperSignature, *, by: User) -> Signature:
    """Compare the scan with the entry, as a second person; now the signature counts."""
    report = locked(paper.candidate.report)
    require(by, Permission.RECORD_PAPER_SIGNATURE, report.committee)
    if paper.recorded_by_id == by.pk:
        raise Refused(_("A second person confirms what you entered."))
    if paper.person_id == by.pk:
        raise Refused(_("Nobody confirms their own signature."))
    candidate = Version.objects.select_related("committee", "report").get(
        pk=paper.candidate_id
    )
    late = refuse_unless_signable(report, candidate, candidate.digest)
    institution: Institution | None
    if paper.capacity == Capacity.TRANSMITTAL:
        institution = institution_of(paper.person, report.committee)
    else:
        _capacity, institution = choose_capacity(
            paper.person, candidate, paper.capacity
        )
    facts = {"is_alternate": True, "authority": paper.authority}
    signature = Signature(
        committee=report.committee,
        candidate=candidate,
        candidate_digest=candidate.digest,
        person=paper.person,
        person_name=paper.person.name,
        institution=institution,
        capacity=paper.capacity,
        position=paper.position,
        text=paper.text,
        mode=Signature.Mode.WET_INK,
        nonce=f"paper-{paper.pk}-{secrets.token_hex(8)}",
        is_late=late,
        signed_at=signed_at(paper, candidate),
        **(facts if paper.authority else {}),
    )
    signature.full_clean(exclude=["nonce"], validate_constraints=False)
    signature = keep_signature(report, candidate, signature, by=by)
    move(paper, "confirm", by=by, confirmed_by=by, signature=signature)
    return signature


def signed_at(paper: PaperSignature, candidate: Version) -> dt.datetime:
    """At noon of the day on the paper, and never before the text or after now."""
    noon = dt.datetime.combine(paper.signed_on, dt.time(12), candidate.committee.zone)
    return min(max(noon, candidate.frozen_at), candidate.committee.now())


@transaction.atomic
def refuse_paper(paper: PaperSignature, *, by: User, reason: str) -> None:
    """The scan does not show what was entered."""
    if not reason.strip():
        raise Refused(_("Say what the scan does not show."))
    if paper.recorded_by_id == by.pk:
        raise Refused(_("A second person looks at what you entered."))
    move(paper, "refuse", by=by, note=reason)
