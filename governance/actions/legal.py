from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.errors import Refused
from governance.flow import move
from governance.formats import day
from governance.models import LegalInstrument, LegalStep
from governance.models.legal import Route

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import User

S = LegalInstrument.State

# What a step must cite (domain.md 5.1): a resolution, a letter, a memorandum, a minute.
NEEDS_REFERENCE = {
    S.RECOMMENDED: gettext_lazy("the resolution that recommends it"),
    S.VETTED: gettext_lazy("the vetting letter"),
    S.CABINET_SUBMITTED: gettext_lazy("the Cabinet memorandum"),
    S.APPROVED: gettext_lazy("the Cabinet minute"),
    S.GAZETTED: gettext_lazy("the Gazette"),
}


@transaction.atomic
def record_step(
    instrument: LegalInstrument,
    state: str,
    *,
    on: dt.date,
    by: User,
    reference: str = "",
    note: str = "",
) -> LegalStep:
    """Record that an instrument reached a stage on a day, as the paper cited shows."""
    if state not in instrument.flow.moves:
        raise Refused(_("“%s” is not a stage of a legal instrument.") % state)
    if state in NEEDS_REFERENCE and not reference:
        raise Refused(_("Cite %s.") % NEEDS_REFERENCE[S(state)])
    if state == S.RETURNED and not note:
        raise Refused(_("Say why Cabinet returned the text."))
    own = LegalInstrument.PATHS[Route(instrument.route)]
    if state in LegalInstrument.ROUTE_STATES - own:
        raise Refused(
            _("A %(route)s is not “%(stage)s”.")
            % {"route": instrument.get_route_display(), "stage": S(state).label}
        )
    last = instrument.steps.order_by("-on").first()
    if last and on < last.on:
        raise Refused(
            _("The step before was on %s; this one cannot be earlier.") % day(last.on)
        )
    move(instrument, state, by=by, note=f"{day(on)} {reference} {note}".strip())
    step = LegalStep(
        instrument=instrument,
        state=state,
        on=on,
        reference=reference,
        note=note,
        recorded_by=by,
    )
    step.full_clean()
    step.save()
    return step
