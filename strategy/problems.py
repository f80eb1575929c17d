"""What keeps a plan from review, in sentences, read off its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.snapshot import walk
from strategy.totals import cost_table

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


def of_type(snapshot: Snapshot, kind: str) -> list[Node]:
    return [
        node
        for node, _depth in walk(snapshot["provisions"])
        if node["fields"]["type"] == kind
    ]


def indicator_problems(node: Node, years: list[int]) -> list[str]:
    fields, name = node["fields"], f"{node['number']} ({node['heading']})"
    problems = []
    if not fields["baseline_status"]:
        problems.append(_("Indicator %s has no baseline and no date to set it.") % name)
    if not fields["responsible"]:
        problems.append(_("Indicator %s has nobody responsible.") % name)
    if not fields["means_of_verification"]:
        problems.append(_("Indicator %s has no means of verification.") % name)
    have = {target["year"] for target in fields["targets"]}
    problems += [
        _("Indicator %(name)s has no target for %(year)s.")
        % {"name": name, "year": year}
        for year in years
        if year not in have
    ]
    return problems


def plan_problems(snapshot: Snapshot) -> list[str]:
    years = [entry["year"] for entry in snapshot["fields"]["years"]]
    results = of_type(snapshot, "result")
    problems = []
    if not any(node["fields"]["level"] == "impact" for node in results):
        problems.append(_("The plan states no impact."))
    for node in results:
        if node["fields"]["level"] == "impact":
            continue
        below = {child["fields"]["type"] for child in node["children"]}
        levels = {child["fields"].get("level") for child in node["children"]}
        if "indicator" not in below:
            problems.append(_("%s has no indicator.") % node["number"])
        if node["fields"]["level"] == "outcome" and "output" not in levels:
            problems.append(_("%s has no output.") % node["number"])
        if not node["fields"]["objective"]:
            problems.append(_("%s serves no strategic objective.") % node["number"])
    for node in of_type(snapshot, "indicator"):
        problems += indicator_problems(node, years)
    return problems + risk_problems(snapshot) + cost_problems(snapshot, years)


def risk_problems(snapshot: Snapshot) -> list[str]:
    risks = [n for n in of_type(snapshot, "risk") if n["fields"]["kind"] == "risk"]
    problems = []
    if not risks:
        problems.append(_("The plan names no risk."))
    problems += [
        _("Risk %s has no owner.") % node["number"]
        for node in risks
        if not node["fields"]["owner"]
    ]
    problems += [
        _("Risk %s has no response.") % node["number"]
        for node in risks
        if not node["fields"]["response"]
    ]
    return problems


def cost_problems(snapshot: Snapshot, years: list[int]) -> list[str]:
    table = cost_table(of_type(snapshot, "cost_estimate"), years)
    if not table.rows:
        return [_("The plan has no indicative cost.")]
    names = {entry["year"]: entry["name"] for entry in snapshot["fields"]["years"]}
    return [
        _("%(objective)s has no cost for %(year)s.")
        % {"objective": objective["number"], "year": names[year]}
        for objective, amounts, _total in table.rows
        for year, amount in zip(years, amounts, strict=True)
        if not amount
    ]


def activity_problems(node: Node) -> list[str]:
    fields, number = node["fields"], node["number"]
    problems = []
    if not fields["lead"]:
        problems.append(_("Activity %s has no lead institution.") % number)
    if not fields["quarters"]:
        problems.append(_("Activity %s has no quarter and no dates.") % number)
    if not fields["milestone"]:
        problems.append(_("Activity %s has no milestone.") % number)
    if not fields["budget_lines"]:
        problems.append(_("Activity %s has no budget line.") % number)
    for line in fields["budget_lines"]:
        where = {"number": number, "line": line["description"]}
        covered = sum(share["amount_cents"] for share in line["funding"])
        if not line["funding"]:
            problems.append(
                _("Budget line “%(line)s” of %(number)s has no source of funds.")
                % where
            )
        elif covered != line["amount_cents"]:
            problems.append(
                _(
                    "The sources of budget line “%(line)s” of %(number)s"
                    " do not add up to its amount."
                )
                % where
            )
    return problems


def activity_plan_problems(snapshot: Snapshot) -> list[str]:
    activities = of_type(snapshot, "activity")
    if not activities:
        return [_("The activity plan has no activity.")]
    problems = []
    for node in activities:
        problems += activity_problems(node)
    return problems
