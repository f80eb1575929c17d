from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import AdvocacyActivity, AdvocacyProgress
from governance.errors import Refused
from governance.formats import day
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import User


@transaction.atomic
def report_progress(
    activity: AdvocacyActivity, *, as_of: dt.date, by: User, **fields: Any
) -> AdvocacyProgress:
    """Add a report on an advocacy action; the secretariat keeps its calendar."""
    committee = activity.document.committee
    require(by, Permission.REPORT_PROGRESS_ON_BEHALF, committee)
    if as_of > committee.today():
        raise Refused(_("A report cannot be of a day to come."))
    entry = AdvocacyProgress(activity=activity, as_of=as_of, recorded_by=by, **fields)
    entry.full_clean()
    entry.save()
    note = f"{activity.number}: {entry.get_status_display()}, {day(as_of)}"
    activity.document.record("progress reported", by=by, note=note)
    return entry
