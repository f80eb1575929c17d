"""What the pages and chapters of the plans show, computed from their snapshots."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from governance.formats import natural
from strategy.charts import budget_chart, gantt, gantt_sheets
from strategy.totals import cost_table, totals

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


def objective_groups(outcomes: list[Node]) -> list[dict[str, Any]]:
    """Outcomes under the strategic objective they serve, in the objectives' order."""
    groups: dict[str, dict[str, Any]] = {}
    for node in outcomes:
        objective = node["fields"]["objective"] or {"number": "–", "title": ""}
        group = groups.setdefault(
            objective["number"], {"objective": objective, "outcomes": []}
        )
        group["outcomes"].append(node)
    return [groups[number] for number in sorted(groups, key=natural)]


def present_plan(
    groups: dict[str, Any], snapshot: Snapshot, committee: dict[str, Any]
) -> dict[str, Any]:
    results = groups.get("result", [])
    situation = groups.get("situation_item", [])
    risks = groups.get("risk", [])
    estimates = groups.get("cost_estimate", [])
    years = [entry["year"] for entry in snapshot["fields"]["years"]]
    outcomes = [n for n in results if n["fields"]["level"] == "outcome"]
    return groups | {
        "years": snapshot["fields"]["years"],
        "baseline_year": snapshot["fields"]["baseline_year"],
        "impacts": [n for n in results if n["fields"]["level"] == "impact"],
        "outcomes": outcomes,
        "objective_groups": objective_groups(outcomes),
        "swot": [n for n in situation if n["fields"]["method"] == "swot"],
        "pestel": [n for n in situation if n["fields"]["method"] == "pestel"],
        "risks": [n for n in risks if n["fields"]["kind"] == "risk"],
        "assumptions": [n for n in risks if n["fields"]["kind"] == "assumption"],
        "costs": cost_table(estimates, years),
        "funded_estimates": [
            n
            for n in estimates
            if n["fields"]["source_of_funds"] or n["fields"]["is_funded"] is not None
        ],
    }


def present_activity_plan(
    groups: dict[str, Any], snapshot: Snapshot, committee: dict[str, Any]
) -> dict[str, Any]:
    """The drawings are functions: made when a template asks for one."""
    activities = groups.get("activity", [])
    fields = snapshot["fields"]
    sums = totals(activities)
    as_of = reported_on(activities)
    calendar = {
        "year": fields["year"],
        "today": dt.date.fromisoformat(as_of) if as_of else None,
    }
    dated = [n for n in activities if n["fields"]["quarters"]]
    symbol = committee.get("currency_symbol", "")
    starts = fields["fiscal_year_starts"]
    return groups | {
        "activities": activities,
        "output_groups": output_groups(activities),
        "objective_groups": group_outputs(output_groups(activities)),
        "totals": sums,
        "statuses": status_counts(activities),
        "year_name": fields["year_name"],
        "as_of": as_of,
        "undated": [n for n in activities if not n["fields"]["quarters"]],
        "gantt": partial(gantt, dated, starts, **calendar) if dated else None,
        "gantt_sheets": partial(gantt_sheets, dated, starts, **calendar),
        "budget_by_objective_chart": partial(budget_chart, sums.by_objective, symbol),
        "budget_by_source_chart": partial(budget_chart, sums.by_source, symbol),
    }


def group_outputs(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs with their activities, under the strategic objective they serve."""
    groups: dict[str, dict[str, Any]] = {}
    for output in outputs:
        objective = output["objective"] or {"number": "–", "title": ""}
        group = groups.setdefault(
            objective["number"],
            {
                "objective": objective,
                "outputs": [],
                "budget_cents": 0,
                "spent_cents": 0,
            },
        )
        group["outputs"].append(output)
        group["budget_cents"] += output["budget_cents"]
        group["spent_cents"] += output["spent_cents"]
    return list(groups.values())


def status_counts(activities: list[Node]) -> list[tuple[str, int]]:
    """How many activities are at each status, by its name, the commonest first."""
    return Counter(n["fields"]["status_name"] for n in activities).most_common()


def reported_on(activities: list[Node]) -> str | None:
    """The latest day on which a lead reported, ISO 8601."""
    days = [n["fields"]["as_of"] for n in activities if n["fields"]["as_of"]]
    return max(days, default=None)


def output_groups(activities: list[Node]) -> list[dict[str, Any]]:
    """Activities under the output they deliver, with the sum of each output."""
    groups: dict[str, dict[str, Any]] = {}
    for node in activities:
        output = node["fields"]["output"]
        group = groups.setdefault(
            output["number"],
            {
                "output": output,
                "objective": node["fields"]["objective"],
                "activities": [],
                "budget_cents": 0,
                "spent_cents": 0,
            },
        )
        group["activities"].append(node)
        group["budget_cents"] += node["fields"]["budget_cents"]
        group["spent_cents"] += node["fields"]["spent_cents"]
    return list(groups.values())
