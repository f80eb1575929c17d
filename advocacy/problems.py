"""What keeps the advocacy strategy from review, read off its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from advocacy.presentation import tie_out

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


def strategy_problems(snapshot: Snapshot) -> list[str]:
    groups: dict[str, list[Node]] = {}
    for node in snapshot["provisions"]:
        groups.setdefault(node["fields"]["type"], []).append(node)
    return [
        *statement_problems(groups.get("advocacy_statement", [])),
        *objective_problems(groups.get("advocacy_objective", [])),
        *(p for node in groups.get("audience", []) for p in audience_problems(node)),
        *(
            _("Advocacy actions use more of %s than its budget.") % line["number"]
            for line in tie_out(groups.get("advocacy_activity", []))
            if line["used_cents"] > line["budget_cents"]
        ),
        *(
            _("Evidence %s has no source.") % node["number"]
            for node in groups.get("evidence", [])
            if node["fields"].get("basis") != "fact"
        ),
    ]


def statement_problems(nodes: list[Node]) -> list[str]:
    kinds = {node["fields"]["kind"] for node in nodes}
    missing = {
        "issue": _("The advocacy strategy states no issue."),
        "goal": _("The advocacy strategy states no goal."),
    }
    return [sentence for kind, sentence in missing.items() if kind not in kinds]


def objective_problems(nodes: list[Node]) -> list[str]:
    if not nodes:
        return [_("The advocacy strategy has no objective.")]
    return [
        _("%s has no date.") % node["number"]
        for node in nodes
        if not node["fields"]["due_on"]
    ]


def audience_problems(node: Node) -> list[str]:
    needed = {
        "ask": _("%(number)s (%(name)s) has no ask."),
        "messenger": _("%(number)s (%(name)s) has no messenger."),
        "channel": _("%(number)s (%(name)s) has no channel."),
    }
    who = {"number": node["number"], "name": node["heading"]}
    problems = [
        text % who for field, text in needed.items() if not node["fields"][field]
    ]
    if not node["children"]:
        problems.append(_("%(number)s (%(name)s) has no message.") % who)
    return problems
