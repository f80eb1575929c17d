"""The stages at which the story of a report can be looked at, each a moment of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EVENING = dt.time(18)
STAGES = {
    "drafting": (dt.date(2021, 10, 15), EVENING),
    "circulated": (dt.date(2021, 11, 15), EVENING),
    "tabled": (dt.date(2021, 12, 7), dt.time(8)),
    "signing": (dt.date(2022, 2, 15), EVENING),
    "released": (dt.date(2022, 3, 20), EVENING),
    "followup": (dt.date(2022, 12, 31), EVENING),
}
AS_OF, _evening = STAGES["followup"]


def until(stage: str | None, as_of: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The moment at which to stop: of the stage, or the end of a day."""
    day, time = STAGES[stage] if stage else (as_of, dt.time.max)
    return dt.datetime.combine(day, time, tzinfo=zone)
