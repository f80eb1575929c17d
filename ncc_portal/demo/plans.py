"""Parts II and III: the strategic plan, and the activity plan with its progress."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ncc_portal.demo.fields import choice, numbers_by_year
from ncc_portal.demo.located import located
from strategy.actions import plans
from strategy.models import (
    Activity,
    ActivityPlan,
    BudgetLine,
    CostEstimate,
    FundingShare,
    FundingSource,
    Indicator,
    ProgressEntry,
    Result,
    Risk,
    SituationItem,
    StrategicPlan,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

INDICATOR = (
    "statement unit out_of scale direction by_sex by_age by_district baseline_status"
    " baseline baseline_year baseline_source baseline_due target_type"
    " means_of_verification frequency responsible co_responsible"
)
RISK = "statement likelihood impact response owner owner_body"
ACTIVITY = (
    "output title lead partners partner_bodies partner_note centre starts_on ends_on"
    " milestone"
)


def load_plan(seeding: Seeding, file: Entry) -> None:
    document = seeding.document(
        StrategicPlan,
        file,
        "title first_year years mid_term_review_on final_review_on",
        extra="situation results risks assumptions costs",
    )
    for number, entry in enumerate(file.entries("situation"), start=1):
        names = "factor statement implication"
        seeding.provision(SituationItem, document, entry, names, key=f"{number}")
    for entry in file.entries("results"):
        load_result(seeding, document, entry)
    for kind, name in (("risk", "risks"), ("assumption", "assumptions")):
        for entry in file.entries(name):
            seeding.provision(
                Risk, document, entry, RISK, key=entry.text("code"), kind=kind
            )
    for entry in file.entries("costs"):
        load_cost(seeding, document, entry)


def load_result(
    seeding: Seeding,
    document: StrategicPlan,
    entry: Entry,
    parent: Result | None = None,
) -> None:
    """Impact, outcome or output, with its indicators and the outputs below it."""
    key = entry.text("code")
    result = seeding.provision(
        Result,
        document,
        entry,
        "level objective statement alignments",
        key=key,
        extra="indicators outputs",
        parent=parent,
    )
    for number, indicator in enumerate(entry.entries("indicators"), start=1):
        load_indicator(seeding, document, indicator, f"{key}-{number}", result)
    for output in entry.entries("outputs"):
        load_result(seeding, document, output, result)


def load_indicator(
    seeding: Seeding, document: StrategicPlan, entry: Entry, key: str, result: Result
) -> None:
    entry = seeding.first_wording(Indicator, document, entry, key)
    values = by_year(entry, "targets", document)
    seeding.provision(
        Indicator,
        document,
        entry,
        INDICATOR,
        key=key,
        extra="targets",
        add=partial(plans.add_indicator, targets=values),
        result=result,
    )


def by_year(entry: Entry, name: str, plan: StrategicPlan) -> dict[int, Decimal]:
    """The amounts written below the first calendar year of each fiscal year."""
    below = entry.entry(name)
    below.known({str(year) for year in plan.fiscal_years})
    return numbers_by_year(entry, name)


def load_cost(seeding: Seeding, document: StrategicPlan, entry: Entry) -> None:
    """What an objective costs, a year a field."""
    entry.known({"objective", "years"})
    for year, money in by_year(entry, "years", document).items():
        objective = entry.text("objective")
        found = seeding.values(entry, CostEstimate, "objective", extra="years")
        seeding.add_row(
            CostEstimate,
            document,
            entry,
            key=f"{objective}-{year}",
            year=year,
            amount=money,
            **found,
        )


def load_activities(seeding: Seeding, file: Entry) -> None:
    for entry in file.entries("sources"):
        load_source(seeding, entry)
    document = seeding.document(
        ActivityPlan,
        file,
        "title plan year",
        extra="sources activities",
    )
    for entry in file.entries("activities"):
        activity = load_activity(seeding, document, entry)
        for report in entry.entries("progress"):
            load_progress(seeding, report, activity)


def load_source(seeding: Seeding, entry: Entry) -> None:
    fields = seeding.values(entry, FundingSource, "code name institution")
    own = FundingSource.objects.filter(committee=seeding.committee)
    source = own.filter(code=fields["code"]).first()
    if source is None:
        with located(entry):
            source = seeding.count(
                plans.add_funding_source(seeding.committee, by=seeding.by, **fields)
            )
    seeding.register.add(source, source.code)


def load_activity(seeding: Seeding, document: ActivityPlan, entry: Entry) -> Activity:
    key = entry.text("code")
    entry = seeding.first_wording(Activity, document, entry, key)
    numbers = entry.texts("quarters")
    for number in numbers:
        choice(entry, "quarters", map(str, Activity.QUARTERS), number)
    quarters: dict[str, Any] = {f"q{number}": True for number in numbers}
    activity = seeding.provision(
        Activity,
        document,
        entry,
        ACTIVITY,
        key=key,
        extra="quarters budget progress",
        **quarters,
    )
    if not activity.budget_lines.exists():
        for line in entry.entries("budget"):
            load_budget_line(seeding, line, activity)
    return activity


def load_budget_line(seeding: Seeding, entry: Entry, activity: Activity) -> None:
    fields = seeding.values(entry, BudgetLine, "description amount", extra="funding")
    funding = []
    for share in entry.entries("funding"):
        given = seeding.values(share, FundingShare, "source funding amount")
        funding.append((given.get("source"), given["funding"], given["amount"]))
    with located(entry):
        plans.add_budget_line(activity, funding=funding, by=seeding.by, **fields)


def load_progress(seeding: Seeding, entry: Entry, activity: Activity) -> None:
    names = "as_of status percent_done spent narrative"
    fields: dict[str, Any] = seeding.values(entry, ProgressEntry, names)

    def act() -> None:
        if not activity.progress.filter(as_of=fields["as_of"]).exists():
            seeding.count(plans.report_progress(activity, by=seeding.by, **fields))

    seeding.later(fields["as_of"], entry, act)
