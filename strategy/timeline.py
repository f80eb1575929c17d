"""The tables behind the drawings: activities in time, money by heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.formats import natural
from governance.models.committees import quarter_bounds
from strategy.charts import budget_chart, gantt
from strategy.rows import TONES
from strategy.totals import totals

if TYPE_CHECKING:
    import datetime as dt

    from governance.snapshot import Node


def quarter_cells(
    node: Node, year: int, starts: int, today: dt.date
) -> list[dict[str, str]]:
    """A cell a quarter worked in: planned, done, late or cancelled, said in a word.

    An activity is late when its last quarter has ended and it is not completed.
    """
    fields = node["fields"]
    _first, last = quarter_bounds(year, fields["quarters"][-1], starts)
    word, tone = _("planned"), "planned"
    if fields["status"] == "cancelled":
        word, tone = _("cancelled"), "off"
    elif fields["status"] == "completed":
        word, tone = _("done"), "done"
    elif last <= today:
        word, tone = _("late"), "late"
    return [
        {"word": word, "tone": tone}
        if quarter in fields["quarters"]
        else {"word": "", "tone": ""}
        for quarter in range(1, 5)
    ]


def group_key(node: Node, by: str) -> tuple[str, str]:
    value = node["fields"][by] or {}
    code = value.get("number") or value.get("code") or "–"
    return code, value.get("title") or value.get("name") or ""


def timeline_shown(
    nodes: list[Node], fields: dict[str, Any], *, by: str, today: dt.date
) -> dict[str, Any]:
    """Activities by objective or lead, with a cell a quarter; undated ones apart."""
    year, starts = fields["year"], fields["fiscal_year_starts"]
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    dated = [node for node in nodes if node["fields"]["quarters"]]
    for node in dated:
        row = {
            "number": node["number"],
            "title": node["heading"],
            "lead": node["fields"]["lead"]["code"] if node["fields"]["lead"] else "–",
            "status": node["fields"]["status_name"],
            "tone": TONES[node["fields"]["status"]],
            "cells": quarter_cells(node, year, starts, today),
        }
        groups.setdefault(group_key(node, by), []).append(row)
    return {
        "gantt": gantt(dated, starts, year=year, today=today) if dated else None,
        "groups": [
            {"code": code, "name": name, "rows": groups[code, name]}
            for code, name in sorted(groups, key=lambda group: natural(group[0]))
        ],
        "undated": [n for n in nodes if not n["fields"]["quarters"]],
    }


def budget_shown(nodes: list[Node], committee: dict[str, Any]) -> dict[str, Any]:
    sums = totals(nodes)
    symbol = committee["currency_symbol"]
    return {
        "totals": sums,
        "by_objective_chart": budget_chart(sums.by_objective, symbol),
        "by_source_chart": budget_chart(sums.by_source, symbol),
    }


def indicator_rows(nodes: list[Node]) -> list[dict[str, Any]]:
    """Every indicator with the objective its result serves."""
    rows = []
    for outcome in nodes:
        for result in [outcome, *outcome["children"]]:
            if result["fields"]["type"] != "result":
                continue
            objective = result["fields"]["objective"] or {"number": "", "title": ""}
            rows += [
                child | {"objective": (objective["number"], objective["title"])}
                for child in result["children"]
                if child["fields"]["type"] == "indicator"
            ]
    return rows


def unmeasured(nodes: list[Node]) -> set[str]:
    """The uids of outcomes and outputs that have no indicator of their own."""
    return {
        result["uid"]
        for outcome in nodes
        for result in [outcome, *outcome["children"]]
        if result["fields"]["type"] == "result"
        and not any(c["fields"]["type"] == "indicator" for c in result["children"])
    }


def kept_results(nodes: list[Node], kept: set[str]) -> list[Node]:
    """The tree cut down to the indicators kept and to what stands above them."""
    found = []
    for node in nodes:
        if node["fields"]["type"] == "indicator":
            found += [node] if node["uid"] in kept else []
        elif children := kept_results(node["children"], kept):
            found.append(node | {"children": children})
    return found
