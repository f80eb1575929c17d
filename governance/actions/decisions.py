"""What the workshop decides on each Part, and where that leads the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from governance import gate
from governance.actions.circulation import refuse_while
from governance.actions.revising import locked
from governance.actions.signoffs import call_signatories
from governance.actions.workshops import last_tabled
from governance.errors import Owed, Refused
from governance.flow import move
from governance.models import Amendment, PartOutcome, Report, Workshop
from governance.models.attendance import presence_at
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.models import Document, User
    from governance.quorum import Presence

O = PartOutcome.Outcome  # noqa: E741 -- the three outcomes, as short as they are said


@dataclass(frozen=True)
class AgreedAmendment:
    """What the plenary agreed to change, beside what comments asked for."""

    document: Document
    text: str
    provision_uid: str | None = None


@dataclass(frozen=True)
class Decided:
    """The decision on one Part."""

    outcome: str
    note: str = ""
    amendments: Sequence[AgreedAmendment] = field(default_factory=tuple)


def require_quorum(workshop: Workshop) -> Presence:
    """Those present now; without a quorum nothing is decided, but all is discussed."""
    presence = presence_at(workshop, workshop.committee.now())
    if not presence.met:
        owed = [
            Owed(text, _("Chair"), workshop.get_absolute_url())
            for text in presence.missing
        ]
        raise Refused(
            _("The decision cannot be recorded now. %s") % " ".join(presence.missing),
            owed,
        )
    return presence


def session_of(workshop: Workshop) -> Workshop:
    """The workshop, held until the transaction ends, if it is in session."""
    workshop = (
        Workshop.objects.select_for_update(of=("self",))
        .select_related("committee", "report", "papers")
        .get(pk=workshop.pk)
    )
    if not workshop.is_in_session:
        raise Refused(_("The workshop is not in session."))
    return workshop


def parts_of(report: Report) -> list[int]:
    return sorted({document.part for document in report.chapters()})


@transaction.atomic
def decide(
    workshop: Workshop, outcomes: Mapping[int, Decided], *, by: User
) -> list[PartOutcome]:
    """Record the outcome of every Part, with those present, and move the report.

    One Part returned sends it back to drafting; amendments lead to amending; a text
    that is validated as it stands, with nothing owed, goes to signature at once.
    """
    require(by, Permission.DECIDE, workshop.committee)
    report = locked(workshop.report)
    workshop = session_of(workshop)
    if report.state != Report.State.TABLED:
        raise Refused(_("The workshop has decided on this report already."))
    if workshop.papers != last_tabled(report):
        raise Refused(
            _(
                "The papers of this workshop are an earlier version: conclude it and"
                " plan another on the version tabled since."
            )
        )
    presence = require_quorum(workshop)
    parts = parts_of(report)
    if sorted(outcomes) != parts:
        raise Refused(
            _("Give an outcome for each of the Parts %s.") % ", ".join(map(str, parts))
        )
    rows = [
        keep_outcome(workshop, part, outcomes[part], presence, by) for part in parts
    ]
    lead_on(report, rows, by)
    return rows


def keep_outcome(
    workshop: Workshop, part: int, decided: Decided, presence: Presence, by: User
) -> PartOutcome:
    if decided.outcome not in O.values:
        raise Refused(_("“%s” is not an outcome.") % decided.outcome)
    if decided.outcome == O.RETURNED and not decided.note.strip():
        raise Refused(_("Say why Part %d is returned.") % part)
    row = PartOutcome(
        committee=workshop.committee,
        workshop=workshop,
        version=workshop.papers,
        part=part,
        outcome=decided.outcome,
        note=decided.note,
        presence=presence.frozen(),
        decided_at=workshop.committee.now(),
        decided_by=by,
    )
    row.save()
    for position, agreed in enumerate(decided.amendments, start=1):
        if agreed.document.report_id != workshop.report_id:
            raise Refused(_("“%s” is in another report.") % agreed.document)
        Amendment(
            outcome=row,
            position=position,
            document=agreed.document,
            provision_uid=agreed.provision_uid,
            text=agreed.text,
        ).save()
    workshop.record("decided", by=by, note=f"{part}: {row.get_outcome_display()}")
    return row


def lead_on(report: Report, rows: list[PartOutcome], by: User) -> None:
    outcomes = {row.outcome for row in rows}
    note = "; ".join(f"{row.part}: {row.get_outcome_display()}" for row in rows)
    if O.RETURNED in outcomes:
        move(report, "return", by=by, note=note)
    elif O.AMENDMENTS in outcomes or gate.owed_changes(report):
        move(report, "amend", by=by, note=note)
    else:
        refuse_while(
            gate.owed_rule(report) + gate.owed_resolutions(report.resolutions.all()),
            _("The text cannot go to signature."),
        )
        move(report, "accept", by=by, note=note)
        call_signatories(report, by=by)
