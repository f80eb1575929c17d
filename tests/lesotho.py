"""The demonstration data for tests that need a whole committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncc_portal.demo.loading import load
from ncc_portal.management.commands.seed_demo import DATA

if TYPE_CHECKING:
    import datetime as dt

    from ncc_portal.demo.seeding import Seeding


def load_lesotho(as_of: dt.date | None = None) -> Seeding:
    """Load Lesotho's committee, without the practice one, into the test's database.

    No PDF is made, and so the report is not released.
    """
    return load(DATA / "lesotho", as_of, release=False)
