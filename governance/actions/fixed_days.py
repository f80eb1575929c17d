"""Days whose membership and rules were counted: they are not changed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.formats import day as day_in_words
from governance.models import Committee, Report, Version, Workshop
from governance.models.signoffs import frozen_day

if TYPE_CHECKING:
    import datetime as dt


def refuse_while_counted(committee: Committee) -> None:
    """Refuse a change of seats or rules while a workshop decides or a text is signed."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    if committee.reports.filter(state=Report.State.SIGNING).exists():
        raise Refused(
            _(
                "A report is being signed: its rule and the seats do not change meanwhile."
            )
        )
    if committee.workshops.filter(state=Workshop.State.IN_SESSION).exists():
        raise Refused(
            _("A workshop is in session: seats and rules do not change meanwhile.")
        )


def last_counted_day(committee: Committee) -> dt.date | None:
    """The last day on which a quorum or signatures were counted by the membership."""
    candidates = Version.objects.filter(
        committee=committee, kind=Version.Kind.CANDIDATE
    ).select_related("committee")
    workshops = committee.workshops.filter(outcomes__isnull=False)
    days = [frozen_day(candidate) for candidate in candidates.defer("content")]
    days += [
        each.ends_on
        for each in workshops.distinct()
        if each.ends_on <= committee.today()
    ]
    return max(days, default=None)


def refuse_counted_day(committee: Committee, day: dt.date) -> None:
    """Refuse a seat that begins or ends so that a count of the past would be another."""
    last = last_counted_day(committee)
    if last and day <= last:
        raise Refused(
            _(
                "On %(day)s institutions were counted, for a quorum or for signatures."
                " Choose a later day: what was counted stays as it was."
            )
            % {"day": day_in_words(last)}
        )
