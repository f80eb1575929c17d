"""What keeps a plan from review, said in sentences."""

import copy

import pytest

from strategy.problems import activity_plan_problems, plan_problems

UNIT = {"code": "BOS", "name": "Bureau of Statistics"}
OBJECTIVE = {"uid": "", "number": "SO1", "title": "Data"}


def node(type_, number, heading="Heading", children=(), **fields):
    return {
        "uid": number,
        "number": number,
        "heading": heading,
        "body": "",
        "fields": {"type": type_, **fields},
        "children": list(children),
    }


def indicator(**changed):
    fields = {
        "baseline_status": "known",
        "responsible": UNIT,
        "means_of_verification": "register",
        "targets": [{"year": 2022, "value": "1"}],
    }
    return node("indicator", "OC1-1", "Officers trained", **(fields | changed))


def result(level, number, children, **changed):
    fields = {"level": level, "objective": OBJECTIVE}
    return node("result", number, children=children, **(fields | changed))


def complete_plan():
    output = result("output", "OP1.1", [indicator()])
    return {
        "title": "Plan",
        "fields": {"years": [{"year": 2022, "name": "2022/23"}]},
        "provisions": [
            result("impact", "Impact", [], objective=None),
            result("outcome", "OC1", [indicator(), output]),
            node("risk", "R1", kind="risk", owner=UNIT, response="phase"),
            node("cost_estimate", "C1", objective=OBJECTIVE, year=2022, amount_cents=5),
        ],
    }


def test_a_complete_plan_has_no_problem():
    assert plan_problems(complete_plan()) == []


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            (1, "children", 0, "fields", "baseline_status"),
            "",
            "Indicator OC1-1 (Officers trained) has no baseline and no date to set it.",
        ),
        (
            (1, "children", 0, "fields", "responsible"),
            None,
            "Indicator OC1-1 (Officers trained) has nobody responsible.",
        ),
        (
            (1, "children", 0, "fields", "means_of_verification"),
            "",
            "Indicator OC1-1 (Officers trained) has no means of verification.",
        ),
        (
            (1, "children", 0, "fields", "targets"),
            [],
            "Indicator OC1-1 (Officers trained) has no target for 2022.",
        ),
        ((1, "fields", "objective"), None, "OC1 serves no strategic objective."),
        ((1, "children", 1, "children"), [], "OP1.1 has no indicator."),
        ((2, "fields", "owner"), None, "Risk R1 has no owner."),
        ((2, "fields", "response"), "", "Risk R1 has no response."),
        ((3, "fields", "amount_cents"), 0, "SO1 has no cost for 2022/23."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(path, value, sentence):
    plan = copy.deepcopy(complete_plan())
    target = plan["provisions"]
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value

    assert plan_problems(plan) == [sentence]


def test_an_empty_plan_lacks_everything():
    empty = complete_plan() | {"provisions": []}

    assert plan_problems(empty) == [
        "The plan states no impact.",
        "The plan names no risk.",
        "The plan has no indicative cost.",
    ]


def test_an_outcome_without_output_is_named():
    plan = complete_plan()
    plan["provisions"][1]["children"].pop()

    assert plan_problems(plan) == ["OC1 has no output."]


def activity(**changed):
    share = {"source": None, "state": "unfunded", "amount_cents": 100}
    line = {"description": "Travel", "amount_cents": 100, "funding": [share]}
    fields = {
        "lead": UNIT,
        "quarters": [1],
        "milestone": "record",
        "budget_lines": [line],
        "output": {"number": "OP1.1"},
    }
    return node("activity", "A1.1.1", **(fields | changed))


def year(*activities):
    return {"title": "Year", "fields": {}, "provisions": list(activities)}


def test_a_complete_activity_has_no_problem():
    assert activity_plan_problems(year(activity())) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lead": None}, "Activity A1.1.1 has no lead institution."),
        ({"quarters": []}, "Activity A1.1.1 has no quarter and no dates."),
        ({"milestone": ""}, "Activity A1.1.1 has no milestone."),
        ({"budget_lines": []}, "Activity A1.1.1 has no budget line."),
        (
            {
                "budget_lines": [
                    {"description": "Travel", "amount_cents": 100, "funding": []}
                ]
            },
            "Budget line “Travel” of A1.1.1 has no source of funds.",
        ),
        (
            {
                "budget_lines": [
                    {
                        "description": "Travel",
                        "amount_cents": 100,
                        "funding": [{"source": None, "state": "x", "amount_cents": 99}],
                    }
                ]
            },
            "The sources of budget line “Travel” of A1.1.1 do not add up to its amount.",
        ),
    ],
)
def test_an_activity_says_what_it_lacks(changed, sentence):
    assert activity_plan_problems(year(activity(**changed))) == [sentence]


def test_a_plan_without_activities_says_so():
    assert activity_plan_problems(year()) == ["The activity plan has no activity."]
