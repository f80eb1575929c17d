"""Adopting a resolution: quorum, votes, reservations, and its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.decisions import require_quorum, session_of
from governance.actions.messages import people_of, tell
from governance.actions.resolutions import hold, owed_to_adopt
from governance.actions.revising import locked
from governance.actions.roadmap import create_from, next_serial
from governance.errors import Refused
from governance.flow import move
from governance.models import (
    DecisionRule,
    FollowUp,
    Reservation,
    Resolution,
    RollCallVote,
)
from governance.models.resolutions import phase_of
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from governance.models import Institution, User
    from governance.quorum import Presence

M = Resolution.Mode


@transaction.atomic
def adopt(
    resolution: Resolution,
    *,
    mode: str,
    by: User,
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstentions: int | None = None,
    roll_call: Mapping[Institution, str] | None = None,
    reservations: Mapping[Institution, str] | None = None,
) -> Resolution:
    """Adopt with quorum, by consensus, show of hands or roll call.

    The actions are created in the same transaction, or nothing is.
    """
    require(by, Permission.DECIDE, resolution.committee)
    if locked(resolution.report).is_validated:
        raise Refused(
            _("The report is validated: what it resolved is printed. It is too late.")
        )
    resolution = hold(resolution)
    workshop = session_of(resolution.workshop)
    presence = require_quorum(workshop)
    owed = owed_to_adopt(resolution)
    if owed:
        raise Refused(" ".join(item.text for item in owed), owed)
    counts = (votes_for, votes_against, abstentions)
    counts = count_votes(mode, counts, roll_call or {}, presence)
    require_majority(resolution, mode, counts, presence)
    require_present(list(reservations or {}), presence)
    create_from(resolution, follow_ups_of(resolution), by=by)
    keep_positions(resolution, roll_call or {}, reservations or {})
    move(
        resolution,
        "adopt",
        by=by,
        note=str(M(mode).label),
        mode=mode,
        votes_for=counts[0],
        votes_against=counts[1],
        abstentions=counts[2],
        presence=presence.frozen(),
        decided_at=workshop.committee.now(),
        decided_by=by,
    )
    tell_leads(resolution)
    return resolution


def follow_ups_of(resolution: Resolution) -> list[FollowUp]:
    """The proposed actions; without any, one that is the resolution's own deadline."""
    rows = list(resolution.follow_ups.select_related("lead"))
    if rows or resolution.lead is None or resolution.due_on is None:
        return rows
    return [
        FollowUp(
            resolution=resolution,
            position=1,
            title=(resolution.deliverable or resolution.text)[:300],
            lead=resolution.lead,
            lead_as=resolution.lead_as,
            phase=phase_of(resolution.workshop.ends_on, resolution.due_on),
            due_on=resolution.due_on,
            deliverable=resolution.deliverable,
            number=next_serial(resolution.report),
        )
    ]


Counts = tuple[int | None, int | None, int | None]


def count_votes(
    mode: str, counts: Counts, roll_call: Mapping[Institution, str], presence: Presence
) -> Counts:
    """The counts of a vote: typed in, or added up from the roll call."""
    if mode not in M.values:
        raise Refused(
            _("Say how it was decided: consensus, show of hands or roll call.")
        )
    if mode == M.CONSENSUS:
        if any(count is not None for count in counts) or roll_call:
            raise Refused(_("A consensus has no counts."))
        return None, None, None
    if mode == M.HANDS and roll_call:
        raise Refused(_("A show of hands names nobody; that is a roll call."))
    if mode == M.ROLL_CALL:
        require_present(list(roll_call), presence)
        require_called(roll_call, presence)
        given = list(roll_call.values())
        counts = given.count("for"), given.count("against"), given.count("abstains")
    whole = [count for count in counts if count is not None]
    if len(whole) != 3 or min(whole) < 0:
        raise Refused(_("Give the numbers for, against and abstaining."))
    if sum(whole) > presence.count:
        raise Refused(
            _("%(votes)d votes were counted, but %(present)d institutions are present.")
            % {"votes": sum(whole), "present": presence.count}
        )
    return whole[0], whole[1], whole[2]


def require_present(institutions: list[Institution], presence: Presence) -> None:
    for institution in institutions:
        if institution.code not in presence.present:
            raise Refused(_("%s is not present with a vote.") % institution)


def require_called(roll_call: Mapping[Institution, str], presence: Presence) -> None:
    """A roll call asks every institution that is present with a vote."""
    called = {institution.code for institution in roll_call}
    if silent := [code for code in presence.present if code not in called]:
        raise Refused(_("Say how %s voted.") % ", ".join(silent))


def require_majority(
    resolution: Resolution, mode: str, counts: Counts, presence: Presence
) -> None:
    """The majority that the terms of reference ask for, where it came to a vote."""
    if mode == M.CONSENSUS:
        return
    favour, against, _abstaining = (count or 0 for count in counts)
    rule = DecisionRule.objects.filter(document__report=resolution.report_id).first()
    majority = rule.majority if rule else DecisionRule.Majority.SIMPLE
    casting = bool(rule and rule.chair_has_casting_vote)
    enough = {
        "simple": favour > against or (casting and favour == against > 0),
        "absolute": 2 * favour > presence.voting,
        "two_thirds": favour > 0 and 3 * favour >= 2 * (favour + against),
    }[majority]
    if not enough:
        raise Refused(
            _("%(for)d for and %(against)d against is not enough to adopt %(number)s.")
            % {"for": favour, "against": against, "number": resolution}
        )


def keep_positions(
    resolution: Resolution,
    roll_call: Mapping[Institution, str],
    reservations: Mapping[Institution, str],
) -> None:
    for institution, vote in roll_call.items():
        row = RollCallVote(resolution=resolution, institution=institution, vote=vote)
        row.full_clean()
        row.save()
    for institution, text in reservations.items():
        if not text.strip():
            raise Refused(_("Write the reservation of %s word for word.") % institution)
        Reservation(
            resolution=resolution, institution=institution, text=text.strip()
        ).save()


def tell_leads(resolution: Resolution) -> None:
    actions = list(resolution.actions.select_related("lead"))
    leads = {action.lead for action in actions} | {resolution.lead}
    for lead in sorted(filter(None, leads), key=lambda i: i.code):
        tell(
            resolution.committee,
            people_of(lead),
            "resolution_adopted",
            f"resolution {resolution.pk} adopted {lead.pk}",
            _("%(number)s: your institution leads") % {"number": resolution.number},
            resolution=resolution,
            actions=[action for action in actions if action.lead == lead],
        )
