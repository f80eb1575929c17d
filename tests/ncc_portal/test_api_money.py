"""Activities, indicators and their filters; totals from the one place that adds up."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from strategy.filters import ActivityFilter, IndicatorFilter
from strategy.models import Activity, FundingShare, Indicator, Result
from strategy.totals import totals
from tests.ncc_portal.world import World, report_progress


def titles(api, **params):
    answer = api.get("/api/activities/", params)
    assert answer.status_code == 200, answer.json()
    return [row["title"] for row in answer.json()["results"]]


def test_an_activity_has_these_fields(api, world):
    report_progress(world, "in_progress", world.person("neo"))
    activity, institution = world.activity, world.institution
    coded = {"id": institution.pk, "code": "I1", "name": "Institution 1"}
    source = {"id": world.source.pk, "code": "S1", "name": "Source 1"}

    row = api.get(f"/api/activities/{activity.uid}/").json()

    assert row == {
        "uid": str(activity.uid),
        "document": world.activity_plan.pk,
        "number": "A1.1.1",
        "position": 1,
        "output": {
            "uid": str(world.output.uid),
            "number": "OP1.1",
            "title": "Output 1",
        },
        "title": "Activity 1",
        "lead": coded,
        "partners": [coded],
        "partner_bodies": [
            {"uid": str(world.body.uid), "short_name": "", "name": "Team 1"}
        ],
        "partner_note": "",
        "centre": {"id": world.centre.pk, "code": "C1", "name": "Centre 1"},
        "quarters": [1],
        "starts_on": None,
        "ends_on": None,
        "milestone": "",
        "budget_lines": [
            {
                "position": 1,
                "description": "Venue",
                "amount": "300.00",
                "shares": [
                    {"source": source, "funding": "committed", "amount": "100.00"},
                    {"source": None, "funding": "unfunded", "amount": "200.00"},
                ],
            }
        ],
        "budget": "300.00",
        "status": "in_progress",
        "percent_done": 40,
        "spent": "120.25",
        "as_of": "2022-12-31",
        "narrative": "Under way",
        "basis": "",
        "sources": [],
    }


def test_each_filter_finds_the_activities_it_names(api, world):
    first = world.activity
    world.grow()
    report_progress(world, "blocked", world.person("neo"))
    Activity.objects.filter(pk=world.activity.pk).update(q1=False, q3=True)
    FundingShare.objects.filter(line__activity=world.activity, source=None).delete()
    objective = str(world.objective.uid)

    found = {
        "lead": titles(api, lead=first.lead_id),
        "output": titles(api, output=str(first.output.uid)),
        "objective": titles(api, objective=objective),
        "quarter": titles(api, quarter="3"),
        "funding": titles(api, funding="unfunded"),
        "source": titles(api, source=world.source.pk),
        "status": titles(api, status="blocked"),
        "document": titles(api, document=world.activity_plan.pk),
        "empty": titles(api, lead="", status="", quarter=""),
    }

    both = ["Activity 1", "Activity 2"]
    assert found == {
        "lead": ["Activity 1"],
        "output": ["Activity 1"],
        "objective": ["Activity 2"],
        "quarter": ["Activity 2"],
        "funding": ["Activity 1"],
        "source": ["Activity 2"],
        "status": ["Activity 2"],
        "document": both,
        "empty": both,
    }


def test_source_and_state_are_asked_of_the_same_share(api, world):
    source = world.source.pk

    assert titles(api, source=source, funding="committed") == ["Activity 1"]
    assert titles(api, source=source, funding="unfunded") == []


def test_rows_of_another_committee_select_nothing(api):
    other = World("ghana").grow()

    found = [
        titles(api, lead=other.institution.pk),
        titles(api, output=str(other.output.uid)),
        titles(api, objective=str(other.objective.uid)),
        titles(api, source=other.source.pk),
        titles(api, document=other.activity_plan.pk),
        titles(api, committee=other.committee.pk),
        titles(api, lead="9" * 30),
        titles(api, output="00000000-0000-0000-0000-000000000000"),
    ]

    assert found == [[]] * 8


@pytest.mark.parametrize("value", ["x", "\0", "1.5", "9" * 5000])
@pytest.mark.parametrize(
    "name", ["lead", "output", "objective", "quarter", "funding", "source", "status"]
)
def test_what_no_row_could_be_called_is_refused(api, name, value):
    answer = api.get("/api/activities/", {name: value})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [name]


def test_each_filter_finds_the_indicators_it_names(api, world):
    Indicator.objects.update(
        baseline_status="known", baseline=Decimal("2.50"), baseline_year=2021
    )
    world.grow()

    def found(**params):
        rows = api.get("/api/indicators/", params).json()["results"]
        return [row["statement"] for row in rows]

    assert found(result=str(world.output.uid)) == ["Indicator 2"]
    assert found(responsible=world.institution.pk) == ["Indicator 2"]
    assert found(baseline_status="known") == ["Indicator 1"]
    assert found(level="output") == ["Indicator 1", "Indicator 2"]
    assert found(level="impact") == []


def test_an_indicator_has_its_targets_and_its_document(api, world):
    row = api.get(f"/api/indicators/{world.indicator.uid}/").json()

    assert row["targets"] == [{"year": 2022, "value": "1.00"}]
    assert (row["number"], row["document"]) == ("OP1.1-1", world.plan.pk)


def test_the_filters_are_a_form_that_offers_what_the_rows_hold(world):
    World("ghana").grow()
    plans = Activity.objects.filter(document=world.activity_plan).with_progress()
    indicators = Indicator.objects.filter(result__document=world.plan)

    activity_form = ActivityFilter({}, plans).form
    indicator_form = IndicatorFilter({}, indicators).form

    offered = {
        name: [str(label) for _value, label in activity_form.fields[name].choices][1:]
        for name in ("lead", "output", "objective", "source")
    }
    assert offered == {
        "lead": ["Institution 1 (I1)"],
        "output": ["OP1.1 Output 1"],
        "objective": ["SO1 Objective 1"],
        "source": ["Source 1"],
    }
    assert f'value="{world.output.uid}"' in activity_form.as_p()
    assert str(indicator_form["responsible"].label) == "Responsible"


def test_totals_are_those_of_the_page(api, world):
    world.grow()
    report_progress(world, "in_progress", world.person("neo"))
    plan = world.activity_plan
    sums = totals(plan.to_snapshot()["provisions"])

    answer = api.get(f"/api/activity-plans/{plan.pk}/totals/").json()

    assert answer["overall"] == {
        "code": "",
        "name": "Total",
        "count": 2,
        "budget": "600.00",
        "committed": "200.00",
        "pledged": "0.00",
        "unfunded": "400.00",
        "unstated": "0.00",
        "spent": "120.25",
        "share": "100.0",
    }
    assert (answer["currency"], answer["spent_percent"]) == ("LSL", "20.0")
    assert answer["by_status"] == {"not_started": 1, "in_progress": 1}
    for name in ("by_objective", "by_source", "by_lead", "by_quarter"):
        shown = [(s["code"], s["budget"], s["share"]) for s in answer[name]]
        assert shown == [
            (s.code, f"{Decimal(s.budget) / 100:.2f}", sums.share(s))
            for s in getattr(sums, name)
        ]


def test_costs_come_by_objective_and_year(api, world):
    answer = api.get(f"/api/strategic-plans/{world.plan.pk}/costs/").json()

    assert answer == {
        "currency": "LSL",
        "years": [2022, 2023, 2024],
        "rows": [
            {
                "objective": {
                    "uid": str(world.objective.uid),
                    "number": "SO1",
                    "title": "Objective 1",
                },
                "amounts": ["1000.50", "0.00", "0.00"],
                "total": "1000.50",
            }
        ],
        "year_totals": ["1000.50", "0.00", "0.00"],
        "total": "1000.50",
    }


def test_coverage_says_which_items_the_plan_serves(api, world):
    Result.objects.get(level="outcome").alignments.clear()

    answer = api.get(f"/api/strategic-plans/{world.plan.pk}/coverage/").json()

    assert answer == {
        "frameworks": [
            {
                "framework": "F1",
                "version": "2018",
                "served": 1,
                "partly": 0,
                "left_out": 0,
                "items": [
                    {
                        "item": {"position": 1, "code": "1", "title": "Item"},
                        "status": "served",
                        "objectives": [
                            {
                                "uid": str(world.objective.uid),
                                "number": "SO1",
                                "title": "Objective 1",
                            }
                        ],
                        "idle_outputs": [],
                    }
                ],
            }
        ]
    }


@pytest.mark.parametrize(
    "address",
    [
        "activity-plans/{0}/totals/",
        "strategic-plans/{1}/costs/",
        "strategic-plans/{1}/coverage/",
        "documents/{1}/snapshot/",
    ],
)
def test_what_is_computed_is_hidden_like_its_document(world, address):
    stranger = APIClient()
    stranger.force_login(World("ghana").person())

    answer = stranger.get(
        "/api/" + address.format(world.activity_plan.pk, world.plan.pk)
    )

    assert (answer.status_code, list(answer.json())) == (404, ["detail"])
