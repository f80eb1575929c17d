from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.assigned import rights_in
from governance.models.committees import quarter_names

if TYPE_CHECKING:
    from governance.models import User


def frame_of(document: Any) -> dict[str, Any]:
    committee = document.committee
    return {
        "section": "plan",
        "committee": committee,
        "report": document.report,
        "document": document,
        "symbol": committee.currency_symbol,
        "quarters": quarter_names(committee.fiscal_year_starts),
    }


def writes_in(user: User, document: Any) -> bool:
    """Whether the person may now write anything in the document."""
    return document.report.is_editable and rights_in(user, document).some
