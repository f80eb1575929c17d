from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.capacities import holding_of
from governance.actions.revising import require_same_committee
from governance.errors import Refused
from governance.formats import day
from governance.meeting import day_of
from governance.models import AttendanceEvent, OfficeHolding, Participant, Workshop
from governance.models.attendance import happenings_of
from governance.permissions import Permission, require
from governance.quorum import there_at
from governance.text import name_as_compared, normal

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Institution, User
    from governance.quorum import Happening

K = AttendanceEvent.Kind
OPEN = (Workshop.State.CONVENED, Workshop.State.IN_SESSION)


def require_list_open(workshop: Workshop, by: User) -> None:
    """Hold the workshop until the transaction ends: one writes its list at a time."""
    require(by, Permission.RECORD_WORKSHOP, workshop.committee)
    held = Workshop.objects.select_for_update()
    workshop.refresh_from_db(fields=["state"], from_queryset=held)
    if workshop.state not in OPEN:
        raise Refused(
            _("The workshop is at “%s”; its attendance list is not open.")
            % workshop.get_state_display()
        )


@transaction.atomic
def register(
    workshop: Workshop, institution: Institution, *, name: str, by: User, **fields: Any
) -> Participant:
    """Put a person on the list, who represents one institution and no other.

    An alternate names the letter of designation (`is_alternate`, `designation`). Who
    has no sign-in is anybody whom the institution has sent.
    """
    require_list_open(workshop, by)
    require_same_committee(workshop.committee_id, [institution])
    words = {n: normal(v) if isinstance(v, str) else v for n, v in fields.items()}
    name = " ".join(normal(name).split())
    participant = Participant(
        workshop=workshop, institution=institution, name=name, **words
    )
    if participant.is_alternate and not participant.designation.strip():
        raise Refused(
            _("An alternate needs a written designation: give the letter's reference.")
        )
    refuse_twice(participant)
    require_representative(participant)
    participant.full_clean()
    participant.save()
    workshop.record("registered", by=by, note=f"{participant.office or name}")
    return participant


def refuse_twice(participant: Participant) -> None:
    """One person represents at most one institution in a meeting."""
    others = participant.workshop.participants.select_related("institution")
    wanted = name_as_compared(participant.name)
    for other in others:
        same = name_as_compared(other.name) == wanted
        if participant.user_id and other.user_id == participant.user_id:
            same = True
        if same:
            raise Refused(
                _(
                    "%(name)s is on the list already, for %(institution)s: one person"
                    " represents one institution. If this is somebody else of the same"
                    " name, add the office to the name."
                )
                % {"name": participant.name, "institution": other.institution}
            )


def require_representative(participant: Participant) -> None:
    """Who has a sign-in acts for an institution by a role, or as its alternate."""
    user, institution = participant.user, participant.institution
    if user is None:
        return
    on = day_of(participant.workshop)
    words = {"person": user.name, "institution": institution, "day": day(on)}
    if not institution.role_assignments.filter(user=user).on(on).exists():
        raise Refused(
            _(
                "%(person)s has no role for %(institution)s on %(day)s: choose the"
                " institution that the person acts for."
            )
            % words
        )
    holding = holding_of(user, institution, on)
    named = holding is not None and holding.capacity == OfficeHolding.Capacity.ALTERNATE
    if named and not participant.is_alternate:
        raise Refused(
            _(
                "%(person)s is an alternate for %(institution)s: register the person as"
                " an alternate, with the reference of the written designation."
            )
            % words
        )


def checked_time(workshop: Workshop, at: dt.datetime | None) -> dt.datetime:
    """A time of one of the workshop's days that is not in the future."""
    now = workshop.committee.now()
    at = (at or now).astimezone(workshop.committee.zone)
    if at.date() not in workshop.days:
        raise Refused(_("%s is not a day of the workshop.") % day(at))
    if at > now:
        raise Refused(_("%s has not come yet.") % f"{at:%H:%M}")
    return at


@transaction.atomic
def arrive(
    participant: Participant, *, by: User, at: dt.datetime | None = None
) -> AttendanceEvent:
    return enter(participant, K.ARRIVED, by=by, at=at)


@transaction.atomic
def leave(
    participant: Participant, *, by: User, at: dt.datetime | None = None
) -> AttendanceEvent:
    return enter(participant, K.LEFT, by=by, at=at)


def enter(
    participant: Participant, kind: str, *, by: User, at: dt.datetime | None
) -> AttendanceEvent:
    workshop = participant.workshop
    require_list_open(workshop, by)
    at = checked_time(workshop, at)
    happenings = happenings_of(workshop)
    there = participant.pk in there_at(happenings, at)
    if there == (kind == K.ARRIVED):
        said = _("%s is present already.") if there else _("%s is not present.")
        raise Refused(said % participant)
    refuse_twice_over(participant, kind, at, happenings)
    entry = AttendanceEvent(
        workshop=workshop,
        participant=participant,
        institution=participant.institution,
        kind=kind,
        at=at,
        recorded_at=workshop.committee.now(),
        recorded_by=by,
    )
    entry.save()
    workshop.record(kind, by=by, note=f"{participant.institution.code} {at:%H:%M}")
    return entry


def refuse_twice_over(
    participant: Participant, kind: str, at: dt.datetime, happenings: list[Happening]
) -> None:
    """Nobody leaves, or arrives, twice on a day with nothing between."""
    later = [
        e
        for e in happenings
        if e.participant == participant.pk and e.at > at and e.at.date() == at.date()
    ]
    following = min(later, key=lambda e: e.at, default=None)
    if following and following.kind == kind:
        said = (
            _("%(person)s is entered as arrived at %(time)s: strike that entry first.")
            if kind == K.ARRIVED
            else _(
                "%(person)s is entered as left at %(time)s: strike that entry first."
            )
        )
        raise Refused(said % {"person": participant, "time": f"{following.at:%H:%M}"})


@transaction.atomic
def apologise(
    workshop: Workshop, institution: Institution, *, by: User, note: str = ""
) -> AttendanceEvent:
    """Record that an institution sent an apology."""
    require_list_open(workshop, by)
    require_same_committee(workshop.committee_id, [institution])
    if workshop.attendance.filter(
        institution=institution, kind=K.APOLOGY, struck_by=None
    ).exists():
        raise Refused(_("The apology of %s is on the list already.") % institution)
    now = workshop.committee.now()
    entry = AttendanceEvent(
        workshop=workshop,
        institution=institution,
        kind=K.APOLOGY,
        at=now,
        note=note,
        recorded_at=now,
        recorded_by=by,
    )
    entry.save()
    workshop.record("apology", by=by, note=institution.code)
    return entry


@transaction.atomic
def strike(entry: AttendanceEvent, *, by: User, reason: str) -> AttendanceEvent:
    """Strike out an entry that was a mistake; both stay on the list."""
    require_list_open(entry.workshop, by)
    if not reason.strip():
        raise Refused(_("Say what the mistake was."))
    struck = AttendanceEvent.objects.filter(strikes=entry)
    if entry.kind == K.STRUCK or struck.exists():
        raise Refused(_("This entry was struck out already."))
    now = entry.workshop.committee.now()
    row = AttendanceEvent(
        workshop=entry.workshop,
        participant=entry.participant,
        institution=entry.institution,
        kind=K.STRUCK,
        at=now,
        strikes=entry,
        note=reason.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    row.save()
    entry.workshop.record("struck", by=by, note=f"{entry}: {reason}")
    return row
