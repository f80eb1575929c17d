from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.revising import require_same_committee
from governance.errors import Refused
from governance.flow import move
from governance.models import CentreRequest, CentreRequestStep
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Committee, User


@transaction.atomic
def plan_request(committee: Committee, *, by: User, **fields: Any) -> CentreRequest:
    """Plan a request to one of the migration centres."""
    require(by, Permission.RECORD_CENTRE_REQUEST, committee)
    request = CentreRequest(committee=committee, **fields)
    require_same_committee(committee.pk, [request.lead, request.support])
    request.full_clean()
    request.save()
    request.record("planned", by=by)
    return request


@transaction.atomic
def record_step(
    request: CentreRequest,
    name: str,
    *,
    by: User,
    on: dt.date | None = None,
    reference: str = "",
    note: str = "",
) -> CentreRequestStep:
    """Record what a letter or a visit shows: sent, acknowledged, accepted, delivered."""
    today = request.committee.today()
    on = on or today
    if on > today:
        raise Refused(_("That day has not come yet."))
    last = request.steps.order_by("-pk").first()
    if last and on < last.on:
        raise Refused(_("That day is before the step recorded last."))
    if name == "send" and not reference.strip():
        raise Refused(_("Cite the letter that was sent."))
    if name == "decline" and not note.strip():
        raise Refused(_("Say why the centre declined."))
    move(request, name, by=by, note=f"{reference} {note}".strip())
    step = CentreRequestStep(
        request=request,
        state=request.state,
        on=on,
        reference=reference,
        note=note,
        by=by,
    )
    step.full_clean()
    step.save()
    return step
