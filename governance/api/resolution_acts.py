"""The moves of resolutions, and what each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.actions import adoption, resolutions
from governance.api.inputs import (
    Choice,
    Day,
    Input,
    Note,
    Text,
    Uid,
    Whole,
    one,
    several,
)
from governance.api.moves import Act, at
from governance.api.words import AMOUNT
from governance.models import (
    Comment,
    Institution,
    Resolution,
    RollCallVote,
    Workshop,
)
from governance.models.resolutions import Phase
from governance.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import User

INSTITUTION = _("Id of the institution.")
LEAD = _("Id of the lead institution.")
REASON = _("The reason.")
NO_RELATION = [("", _("none")), *Resolution.Relation.choices]
NULLED: dict[str, Any] = {"required": False, "allow_null": True}


class FollowUpInput(Input):
    """An action that will be in the roadmap when the resolution is adopted."""

    title = Text(_("What is to be done."), max_length=300)
    lead = one(Institution, LEAD)
    lead_as = Note(_("The lead as the text names it."), max_length=80)
    phase = Choice(
        Phase.choices, _("Phase; reckoned from the date if left out."), required=False
    )
    starts_on = Day(_("First day; or null."), **NULLED)
    due_on = Day(_("Day by which it is done."))
    deliverable = Note(_("What will be there."), max_length=300)
    number = Whole(_("Number in the roadmap; null: the next one."), **NULLED)


class VoteInput(Input):
    """How one institution voted."""

    institution = one(Institution, INSTITUTION)
    vote = Choice(RollCallVote.Vote.choices, _("Its vote."))


class ReservationInput(Input):
    """A reservation, word for word."""

    institution = one(Institution, INSTITUTION)
    text = Text(_("The reservation, word for word."), max_length=5_000)


def by_institution(name: str, rows: Iterable[dict[str, Any]], key: str) -> Any:
    """Rows as a mapping; an institution that is given twice is refused."""
    found: dict[Institution, str] = {}
    for row in rows:
        if row["institution"] in found:
            text = _("%s is given twice.") % row["institution"].code
            raise serializers.ValidationError({name: [text]})
        found[row["institution"]] = row[key]
    return found


def adopt(
    resolution: Resolution,
    *,
    by: User,
    roll_call: Iterable[dict[str, Any]] = (),
    reservations: Iterable[dict[str, Any]] = (),
    **given: Any,
) -> Resolution:
    return adoption.adopt(
        resolution,
        by=by,
        roll_call=by_institution("roll_call", roll_call, "vote"),
        reservations=by_institution("reservations", reservations, "text"),
        **given,
    )


def wording(*, required: bool) -> dict[str, Any]:
    return {
        "verb": Text(_("Operative verb."), max_length=60, required=required),
        "text": Text(_("Operative text."), required=required),
        "lead": one(Institution, LEAD, **NULLED),
        "lead_as": Note(_("The lead as the text names it."), max_length=80),
        "support": several(
            Institution, _("Ids of supporting institutions."), required=False
        ),
        "support_as": Note(_("Support as the text names it."), max_length=120),
        "deliverable": Note(_("What will be there."), max_length=300),
        "due_on": Day(_("Deadline; or null, with a trigger."), **NULLED),
        "trigger": Note(_("What the deadline counts from."), max_length=200),
        "means_of_verification": Note(_("Means of verification."), max_length=300),
        "cost": serializers.DecimalField(
            max_digits=14, decimal_places=2, min_value=0, help_text=AMOUNT, **NULLED
        ),
        "funded_by": Note(_("Source of funds; empty: unfunded."), max_length=150),
        "provision_uid": Uid(_("Provision that it rests on."), **NULLED),
        "comment": one(Comment, _("Id of the comment that it rests on."), **NULLED),
        "linked_to": Note(_("What else it is linked to."), max_length=200),
        "earlier": one(Resolution, _("Id of the earlier resolution."), **NULLED),
        "relation": Choice(
            NO_RELATION, _("What it does to the earlier one."), required=False
        ),
    }


def count(text: Any) -> Whole:
    return Whole(text, min_value=0, **NULLED)


RESOLUTION_ACTS = (
    Act(
        "amend",
        resolutions.amend,
        _("Word a proposed resolution anew; adopted text is never edited."),
        **wording(required=False),
    ),
    Act(
        "set_follow_ups",
        resolutions.set_follow_ups,
        _("Say what will be done when it is adopted; replaces what was said before."),
        when=at(Permission.DRAFT_RESOLUTION, *Resolution.OPEN),
        rows=FollowUpInput(many=True, help_text=_("The actions, in order.")),
    ),
    Act(
        "adopt",
        adopt,
        _("Adopt it with quorum; its roadmap actions are created with it."),
        mode=Choice(Resolution.Mode.choices, _("How it was decided.")),
        votes_for=count(_("Hands for; only with a show of hands.")),
        votes_against=count(_("Hands against; only with a show of hands.")),
        abstentions=count(_("Abstentions; only with a show of hands.")),
        roll_call=VoteInput(
            many=True, required=False, help_text=_("Votes; only with a roll call.")
        ),
        reservations=ReservationInput(
            many=True, required=False, help_text=_("Reservations, word for word.")
        ),
    ),
    Act("defer", resolutions.defer, _("Defer it."), reason=Text(REASON)),
    Act("reject", resolutions.reject, _("Reject it."), reason=Text(REASON)),
    Act("withdraw", resolutions.withdraw, _("Withdraw it."), reason=Text(REASON)),
    Act(
        "take_up",
        resolutions.take_up,
        _("Put a deferred resolution on the table again."),
        workshop=one(
            Workshop, _("Id of a later workshop; null: the same one."), **NULLED
        ),
    ),
)
