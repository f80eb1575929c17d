"""What keeps the advocacy strategy from review, read off its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from advocacy.presentation import tie_out

if TYPE_CHECKING:
    from governance.snapshot import Snapshot


def strategy_problems(snapshot: Snapshot) -> list[str]:
    groups: dict[str, list[dict]] = {}
    for node in snapshot["provisions"]:
        groups.setdefault(node["fields"]["type"], []).append(node)
    kinds = {n["fields"]["kind"] for n in groups.get("advocacy_statement", [])}
    problems = []
    if "issue" not in kinds:
        problems.append(_("The advocacy strategy states no issue."))
    if "goal" not in kinds:
        problems.append(_("The advocacy strategy states no goal."))
    if not groups.get("advocacy_objective"):
        problems.append(_("The advocacy strategy has no objective."))
    for node in groups.get("advocacy_objective", []):
        if not node["fields"]["due_on"]:
            problems.append(_("%s has no date.") % node["number"])
    for node in groups.get("audience", []):
        for field, label in (
            ("ask", _("ask")),
            ("messenger", _("messenger")),
            ("channel", _("channel")),
        ):
            if not node["fields"][field]:
                problems.append(
                    _("%(number)s (%(name)s) has no %(field)s.")
                    % {
                        "number": node["number"],
                        "name": node["heading"],
                        "field": label,
                    }
                )
        if not node["children"]:
            problems.append(
                _("%(number)s (%(name)s) has no message.")
                % {"number": node["number"], "name": node["heading"]}
            )
    for line in tie_out(groups.get("advocacy_activity", [])):
        if line["used_cents"] > line["budget_cents"]:
            problems.append(
                _("Advocacy actions use more of %s than its budget.") % line["number"]
            )
    problems += [
        _("Evidence %s has no source.") % node["number"]
        for node in groups.get("evidence", [])
        if node["fields"].get("basis") != "fact"
    ]
    return problems
