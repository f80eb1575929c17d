from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance import gate
from governance.actions.circulation import refuse_while
from governance.actions.messages import people_of, tell
from governance.errors import Owed, Refused
from governance.flow import move
from governance.models import (
    AgendaItem,
    Invitation,
    Report,
    Seat,
    Version,
    Workshop,
)
from governance.models.attendance import current_rule
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from governance.models import Institution, User


@transaction.atomic
def plan_workshop(report: Report, *, by: User, **fields: Any) -> Workshop:
    """Plan a workshop on the report: title, days, venue, concept."""
    require(by, Permission.PLAN_WORKSHOP, report.committee)
    workshop = Workshop(committee=report.committee, report=report, **fields)
    if report.state == Report.State.TABLED:
        workshop.papers = last_tabled(report)
    workshop.full_clean()
    workshop.save()
    workshop.record("planned", by=by)
    return workshop


def last_tabled(report: Report) -> Version | None:
    tabled = report.versions.filter(kind=Version.Kind.TABLED)
    return tabled.order_by("-minor").first()


@transaction.atomic
def change_workshop(workshop: Workshop, *, by: User, **changes: Any) -> None:
    """Change days, place or concept while it is being planned."""
    require_planning(workshop, by)
    for name, value in changes.items():
        setattr(workshop, name, value)
    workshop.full_clean()
    workshop.save(update_fields=list(changes))
    workshop.record("changed", by=by, note=", ".join(sorted(changes)))


def require_planning(workshop: Workshop, by: User) -> None:
    require(by, Permission.PLAN_WORKSHOP, workshop.committee)
    workshop.refresh_from_db(fields=["state"])
    if not workshop.is_planning:
        raise Refused(
            _("The workshop is at “%s”; it is not being planned any more.")
            % workshop.get_state_display()
        )


PART_OF_SEAT = {Seat.Kind.OBSERVER: Invitation.Part.OBSERVER}


@transaction.atomic
def invite(
    workshop: Workshop, institutions: Iterable[Institution], *, by: User
) -> list[Invitation]:
    """Put institutions on the list; how each takes part follows from its seat."""
    require_planning(workshop, by)
    seats = {
        seat.institution_id: seat
        for seat in Seat.objects.filter(committee=workshop.committee).on(
            workshop.starts_on
        )
    }
    rows = []
    for institution in institutions:
        if institution.committee_id != workshop.committee_id:
            raise Refused(_("“%s” belongs to another committee.") % institution)
        seat = seats.get(institution.pk)
        part = Invitation.Part.RESOURCE
        if seat:
            part = PART_OF_SEAT.get(Seat.Kind(seat.kind), Invitation.Part.MEMBER)
        row, created = Invitation.objects.get_or_create(
            workshop=workshop, institution=institution, defaults={"invited_as": part}
        )
        if created:
            rows.append(row)
    workshop.record(
        "invited", by=by, note=", ".join(row.institution.code for row in rows)
    )
    return rows


@transaction.atomic
def uninvite(invitation: Invitation, *, by: User) -> None:
    require_planning(invitation.workshop, by)
    if invitation.sent_on:
        raise Refused(_("The invitation was sent on %s.") % invitation.sent_on)
    invitation.workshop.record("uninvited", by=by, note=str(invitation))
    invitation.delete()


@transaction.atomic
def set_invited(
    workshop: Workshop, institutions: Iterable[Institution], *, by: User
) -> None:
    """Let exactly these be on the list: others are taken off, new ones are added."""
    require_planning(workshop, by)
    wanted = {institution.pk: institution for institution in institutions}
    for row in workshop.invitations.select_related("institution"):
        if wanted.pop(row.institution_id, None) is None:
            uninvite(row, by=by)
    if wanted:
        invite(workshop, wanted.values(), by=by)


def owed_to_convene(workshop: Workshop) -> list[Owed]:
    """Every institution with a vote invited, and an agenda that comes to a decision."""
    url = workshop.get_absolute_url()
    voting = (
        Seat.objects.filter(committee=workshop.committee, is_voting=True)
        .on(workshop.starts_on)
        .exclude(institution__invitations__workshop=workshop)
        .select_related("institution")
    )
    owed = [
        Owed(
            _("%s has a vote and is not invited.") % seat.institution,
            _("Secretariat"),
            url,
        )
        for seat in voting
    ]
    if not workshop.agenda.filter(type=AgendaItem.Type.ADOPTION).exists():
        owed.append(
            Owed(_("The agenda has no item for decisions."), _("Secretariat"), url)
        )
    return owed


@transaction.atomic
def approve(workshop: Workshop, *, by: User) -> None:
    move(workshop, "approve", by=by)


@transaction.atomic
def convene(workshop: Workshop, *, by: User) -> None:
    """Send the invitations; the quorum rule of the terms of reference is fixed."""
    require(by, Permission.RECORD_WORKSHOP, workshop.committee)
    refuse_while(owed_to_convene(workshop), _("The workshop cannot be convened yet."))
    move(workshop, "convene", by=by, quorum_rule=current_rule(workshop))
    today = workshop.committee.today()
    workshop.invitations.filter(sent_on=None).update(sent_on=today)
    for invitation in workshop.invitations.select_related("institution"):
        tell(
            workshop.committee,
            people_of(invitation.institution),
            "invited",
            f"workshop {workshop.pk} convened {workshop.starts_on}",
            _("Invitation: %s") % workshop.title,
            workshop=workshop,
            invitation=invitation,
            agenda=list(workshop.agenda.all()),
        )


@transaction.atomic
def open_session(workshop: Workshop, *, by: User) -> None:
    """Begin, with the tabled version as the papers."""
    require(by, Permission.PRESIDE, workshop.committee)
    if workshop.papers is None or workshop.report.state != Report.State.TABLED:
        raise Refused(
            _("The report is not tabled: the workshop has no papers to decide on."),
            [
                Owed(
                    _("The secretariat tables the report."),
                    _("Secretariat"),
                    workshop.report.get_absolute_url(),
                )
            ],
        )
    if workshop.committee.today() not in workshop.days:
        raise Refused(_("Today is not a day of the workshop."))
    move(workshop, "open", by=by)


@transaction.atomic
def postpone(workshop: Workshop, *, by: User, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why the workshop is postponed."))
    move(workshop, "postpone", by=by, note=reason)


@transaction.atomic
def plan_again(
    workshop: Workshop, *, starts_on: dt.date, ends_on: dt.date, by: User
) -> None:
    """Give a postponed workshop new days; it is approved and convened anew."""
    workshop.starts_on, workshop.ends_on = starts_on, ends_on
    workshop.full_clean()
    move(workshop, "plan_again", by=by, starts_on=starts_on, ends_on=ends_on)
    workshop.invitations.update(sent_on=None)


@transaction.atomic
def cancel(workshop: Workshop, *, by: User, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why the workshop is cancelled."))
    move(workshop, "cancel", by=by, note=reason)


def require_session(workshop: Workshop, by: User) -> None:
    require(by, Permission.RECORD_WORKSHOP, workshop.committee)
    workshop.refresh_from_db(fields=["state"])
    if not workshop.is_in_session:
        raise Refused(_("The workshop is not in session."))


@transaction.atomic
def conclude(workshop: Workshop, *, by: User) -> None:
    """End the session: every Part has an outcome, every resolution a decision."""
    require(by, Permission.PRESIDE, workshop.committee)
    workshop = (
        Workshop.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=workshop.pk)
    )
    refuse_while(owed_to_conclude(workshop), _("The session cannot be concluded yet."))
    present = workshop.agenda.filter(state=AgendaItem.State.NOW).first()
    if present:
        move(present, "finish", by=by)
    move(workshop, "conclude", by=by)


def owed_to_conclude(workshop: Workshop) -> list[Owed]:
    """Every proposed resolution decided, and an outcome for the Parts."""
    url = workshop.get_absolute_url()
    owed = gate.owed_resolutions(workshop.resolutions.all())
    if not workshop.outcomes.exists():
        owed.append(Owed(_("No outcome was recorded for the Parts."), _("Chair"), url))
    return owed


@transaction.atomic
def draft_minutes(workshop: Workshop, *, by: User) -> None:
    move(workshop, "draft_minutes", by=by)


@transaction.atomic
def adopt_minutes(workshop: Workshop, *, by: User) -> None:
    move(workshop, "adopt_minutes", by=by)


@transaction.atomic
def close(workshop: Workshop, *, by: User) -> None:
    move(workshop, "close", by=by)
