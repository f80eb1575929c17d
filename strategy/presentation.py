"""What the pages and chapters of the plans show, computed from their snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    return [groups[number] for number in sorted(groups)]


def present_plan(
    groups: dict[str, Any], snapshot: Snapshot, committee: dict[str, Any]
) -> dict[str, Any]:
    results = groups.get("result", [])
    situation = groups.get("situation_item", [])
    risks = groups.get("risk", [])
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
        "costs": cost_table(groups.get("cost_estimate", []), years),
    }


def present_activity_plan(
    groups: dict[str, Any], snapshot: Snapshot, committee: dict[str, Any]
) -> dict[str, Any]:
    activities = groups.get("activity", [])
    return groups | {
        "activities": activities,
        "output_groups": output_groups(activities),
        "totals": totals(activities),
        "year_name": snapshot["fields"]["year_name"],
    }


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
