"""What `seed_demo` loads: Parts II to IV, compared with their brief."""

import datetime as dt

import pytest

from advocacy.models import AdvocacyActivity, AdvocacyStrategy
from governance.models.base import Basis
from strategy.models import (
    ActivityPlan,
    FundingSource,
    Indicator,
    Result,
    Risk,
    SituationItem,
    StrategicPlan,
)
from strategy.problems import of_type
from strategy.totals import cost_table
from tests.ncc_portal.demo.common import in_document, ours

pytestmark = [pytest.mark.usefixtures("lesotho", "db"), pytest.mark.once]


def test_the_plan_has_five_outcomes_and_twelve_outputs():
    levels = in_document(Result).values_list("level", flat=True)

    assert {level: list(levels).count(level) for level in set(levels)} == {
        "impact": 1,
        "outcome": 5,
        "output": 12,
    }


@pytest.mark.parametrize(
    ("number", "unit", "baseline", "targets"),
    [
        ("OC1-1", "stage", "1", ["3", "5", "6"]),
        ("OP1.2-1", "percent", "0", ["50", "75", "100"]),
        ("OP1.3-1", "number", "1", ["3", "3", "3"]),
        ("OP1.3-2", "percent", None, ["50", "65", "80"]),
        ("OC4-1", "points", None, ["10", "20", "30"]),
        ("OP4.1-1", "number", "0", ["4", "10", "16"]),
        ("OP5.2-1", "million", "0.4", ["3", "3.5", "3.8"]),
    ],
)
def test_indicators_have_baselines_and_targets(number, unit, baseline, targets):
    nodes = of_type(StrategicPlan.objects.get().to_snapshot(), "indicator")

    fields = next(n["fields"] for n in nodes if n["number"] == number)

    assert (fields["unit"], fields["baseline"]) == (unit, baseline)
    assert [target["value"] for target in fields["targets"]] == targets


def test_the_baseline_of_oc4_is_to_be_set_by_a_date():
    indicator = Indicator.objects.get(unit="points")

    assert (indicator.baseline_status, indicator.baseline_due) == (
        "to_be_set",
        dt.date(2022, 9, 30),
    )


def test_risk_6_is_owned_by_the_bureau():
    risks = in_document(Risk)

    assert risks.filter(kind="assumption").count() == 3
    assert [(r.number, r.likelihood * r.impact) for r in risks.filter(kind="risk")] == [
        ("R1", 16),
        ("R2", 15),
        ("R3", 12),
        ("R4", 12),
        ("R5", 12),
        ("R6", 9),
        ("R7", 8),
        ("R8", 9),
    ]
    assert risks.get(kind="risk", position=6).owner_body.short_name == "Bureau"


def test_one_finding_of_the_situation_is_demonstration():
    items = in_document(SituationItem)

    assert items.count() == 11
    assert [i.statement for i in items.filter(basis=Basis.DEMONSTRATION)] == [
        "No legal footing or budget line of its own"
    ]


def test_the_year_costs_3_480_000_of_which_1_623_000_is_spent(sums):
    assert (
        sums.overall.count,
        sums.overall.budget,
        sums.overall.spent,
        sums.spent_percent,
    ) == (30, 348_000_000, 162_300_000, "46.6")


def test_sums_by_objective(sums):
    assert [(s.code, s.budget // 100, s.spent // 100) for s in sums.by_objective] == [
        ("SO1", 1_060_000, 797_500),
        ("SO2", 670_000, 278_000),
        ("SO3", 620_000, 311_500),
        ("SO4", 785_000, 86_000),
        ("SO5", 345_000, 150_000),
    ]


def test_sums_by_source(sums):
    assert [(s.code, s.budget // 100, sums.share(s)) for s in sums.by_source] == [
        ("GoL", 600_000, "17.2"),
        ("AUC", 720_000, "20.7"),
        ("IOM fund", 1_185_000, "34.1"),
        ("UNDP", 230_000, "6.6"),
        ("EU", 280_000, "8.0"),
        ("ILO", 140_000, "4.0"),
        ("Unfunded", 325_000, "9.3"),
    ]
    assert ours(FundingSource).count() == 6


def test_the_statuses_of_the_thirty_activities(sums):
    assert sums.by_status == {
        "completed": 11,
        "delayed": 2,
        "in_progress": 9,
        "not_started": 5,
        "blocked": 2,
        "cancelled": 1,
    }


def test_three_years_cost_11_380_000():
    plan = StrategicPlan.objects.get()

    table = cost_table(of_type(plan.to_snapshot(), "cost_estimate"), plan.fiscal_years)

    assert (
        [(row[0]["number"], row[2] // 100) for row in table.rows],
        [total // 100 for total in table.year_totals],
        table.total // 100,
    ) == (
        [
            ("SO1", 2_810_000),
            ("SO2", 2_020_000),
            ("SO3", 2_270_000),
            ("SO4", 3_085_000),
            ("SO5", 1_195_000),
        ],
        [3_480_000, 3_900_000, 4_000_000],
        11_380_000,
    )


@pytest.mark.parametrize(
    ("number", "partners", "quarters"),
    [
        ("A1.1.2", ["AGC", "MoJL"], [1]),
        ("A1.2.4", ["AUC (ACSRM)"], [2]),
        ("A1.3.1", ["all members"], [1, 2, 4]),
        ("A1.3.3", ["leads"], [1, 2, 3, 4]),
        ("A3.1.1", ["TWG1"], [2]),
        ("A4.1.1", ["DIS"], [3, 4]),
    ],
)
def test_activities_have_partners_and_quarters(number, partners, quarters):
    nodes = of_type(ActivityPlan.objects.get().to_snapshot(), "activity")

    fields = next(n["fields"] for n in nodes if n["number"] == number)

    assert (sorted(fields["partners"]), fields["quarters"]) == (partners, quarters)


def test_the_advocacy_budget_ties_out_with_the_plan():
    shown = AdvocacyStrategy.present(AdvocacyStrategy.objects.get().to_snapshot(), {})

    assert [
        (line["number"], line["budget_cents"] // 100, line["used_cents"] // 100)
        for line in shown["tie_out"]
    ] == [
        ("A5.1.1", 85_000, 85_000),
        ("A5.1.2", 165_000, 165_000),
        ("A5.2.1", 95_000, 95_000),
    ]
    assert shown["tie_out_used"] == 34_500_000


def test_advocacy_actions_stand_as_reported():
    actions = AdvocacyActivity.objects.complete()

    assert [(a.number, a.status, a.status_note) for a in actions] == [
        ("V1", "done", ""),
        ("V2", "done", ""),
        ("V3", "cancelled", ""),
        ("V4", "cancelled", ""),
        ("V5", "in_progress", "two done"),
        ("V6", "in_progress", "three done"),
        ("V7", "done", ""),
    ]
