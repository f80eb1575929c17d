from __future__ import annotations

from typing import Any

from governance.models.committees import quarter_names


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
