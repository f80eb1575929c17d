"""Rows of the activity table, formatted beforehand: the template only prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from governance.formats import money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.snapshot import Node

NO_UID = "00000000-0000-0000-0000-000000000000"

TONES = {
    "completed": "ok",
    "in_progress": "info",
    "delayed": "warn",
    "blocked": "bad",
    "cancelled": "",
    "not_started": "",
}


def funding_text(fields: dict[str, Any], symbol: str) -> str:
    """`IOM fund, committed`; with the amounts where there are several sources."""
    shares = [share for line in fields["budget_lines"] for share in line["funding"]]
    texts = []
    for share in shares:
        state = share["state_name"]
        name = (
            f"{share['source']['code']}, {state.lower()}" if share["source"] else state
        )
        amount = f" {money(share['amount_cents'], symbol)}" if len(shares) > 1 else ""
        texts.append(f"{name}{amount}")
    return "; ".join(texts)


def activity_rows(nodes: Iterable[Node], symbol: str) -> list[dict[str, Any]]:
    pattern = reverse("strategy:activity", args=[NO_UID])
    rows = []
    for node in nodes:
        fields = node["fields"]
        rows.append(
            {
                "number": node["number"],
                "title": node["heading"],
                "url": pattern.replace(NO_UID, node["uid"]),
                "output": fields["output"]["number"],
                "lead": fields["lead"]["code"] if fields["lead"] else "–",
                "partners": ", ".join(fields["partners"]),
                "quarters": ", ".join(f"Q{n}" for n in fields["quarters"]),
                "milestone": fields["milestone"],
                "budget": money(fields["budget_cents"], symbol),
                "funding": funding_text(fields, symbol),
                "status": fields["status_name"],
                "tone": TONES[fields["status"]],
                "spent": money(fields["spent_cents"], symbol),
            }
        )
    return rows
