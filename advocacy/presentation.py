"""What the pages of the advocacy strategy show, computed from its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.formats import natural

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


def tie_out(activities: list[Node]) -> list[dict[str, Any]]:
    """For each line of the activity plan: its budget, and what advocacy uses of it."""
    lines: dict[str, dict[str, Any]] = {}
    for node in activities:
        plan = node["fields"]["plan_activity"]
        line = lines.setdefault(plan["number"], plan | {"used_cents": 0, "actions": []})
        line["used_cents"] += node["fields"]["budget_cents"]
        line["actions"].append(node["number"])
    return [lines[number] for number in sorted(lines, key=natural)]


def present_strategy(groups: dict[str, Any], snapshot: Snapshot) -> dict[str, Any]:
    lines = tie_out(groups.get("advocacy_activity", []))
    return groups | {
        "tie_out": lines,
        "tie_out_budget": sum(line["budget_cents"] for line in lines),
        "tie_out_used": sum(line["used_cents"] for line in lines),
    }
