"""The plans' pages on Lesotho's demonstration: filters, sums, and what is missing."""

import re

import pytest
from django.urls import reverse

from governance.models import Document, StrategicObjective
from strategy.models import ActivityPlan, Result, StrategicPlan
from tests import plans

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def plan(lesotho, db):
    return ActivityPlan.objects.get()


def numbers(response):
    return [row["number"] for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"lead": "MoLE"}, ["A4.2.1"]),
        ({"funding": "pledged"}, ["A2.1.3", "A4.1.1"]),
        ({"source": "Unfunded"}, ["A2.2.2", "A3.1.2", "A4.1.3", "A4.2.2"]),
        ({"status": "blocked"}, ["A3.1.2", "A4.1.3"]),
        ({"output": "OP3.1"}, ["A3.1.1", "A3.1.2"]),
        ({"objective": "SO5", "quarter": "3"}, ["A5.1.2", "A5.2.1"]),
        (
            {"lead": "BOS", "order": "budget"},
            [
                "A3.3.1",
                "A3.2.1",
                "A3.1.1",
                "A3.1.2",
                "A3.2.2",
            ],
        ),
    ],
)
def test_the_activity_plan_is_narrowed(sign_in, plan, query, expected):
    response = sign_in("focal.mole").get(plan.get_table_url(), query)

    assert numbers(response) == expected


@pytest.mark.parametrize(
    "query", [{"lead": "nobody"}, {"quarter": "5"}, {"order": "x"}]
)
def test_an_unknown_choice_is_said_and_shows_everything(sign_in, plan, query):
    response = sign_in("focal.mole").get(plan.get_table_url(), query)

    assert response.status_code == 200
    assert len(numbers(response)) == 30
    assert "Choose one of the list." in response.content.decode()


@pytest.mark.parametrize("page", ["-1", "0", "999", "x"])
def test_a_page_that_is_not_there_is_the_nearest(sign_in, plan, page):
    response = sign_in("focal.mole").get(plan.get_table_url(), {"page": page})

    assert (response.status_code, len(numbers(response))) == (200, 30)


def test_the_totals_of_the_page_are_those_of_the_plan(sign_in, plan):
    html = sign_in("focal.mole").get(plan.get_table_url()).content.decode()

    assert (
        f"30 activities, budget M3{NBSP}480{NBSP}000, spent M1{NBSP}623{NBSP}000 (46.6%)."
    ) in html


def test_only_an_activity_whose_last_quarter_has_ended_is_late(sign_in, plan):
    response = sign_in("focal.mole").get(reverse("strategy:timeline", args=[plan.pk]))

    rows = {
        row["number"]: [cell["word"] for cell in row["cells"]]
        for group in response.context["shown"]["groups"]
        for row in group["rows"]
    }
    assert {n: rows[n] for n in ("A1.1.1", "A1.1.3", "A1.3.1", "A5.2.1")} == {
        "A1.1.1": ["done", "", "", ""],
        "A1.1.3": ["", "late", "", ""],
        "A1.3.1": ["planned", "planned", "", "planned"],
        "A5.2.1": ["", "", "cancelled", ""],
    }


def test_the_framework_is_narrowed_to_whom_it_concerns(sign_in, lesotho):
    plan = StrategicPlan.objects.get()
    url = reverse("strategy:results", args=[plan.pk])
    response = sign_in("focal.mole").get(url, {"responsible": "MoFAIR"})

    assert (response.context["count"], response.context["total"]) == (2, 18)
    assert [o["number"] for g in response.context["groups"] for o in g["outcomes"]] == [
        "OC2",
        "OC4",
    ]


def test_a_result_without_an_indicator_stands_in_the_framework(sign_in, lesotho):
    plan = StrategicPlan.objects.get()
    outcome = Result.objects.filter(document=plan, level="outcome").first()
    Result.objects.create(
        document=plan,
        level="output",
        parent=outcome,
        position=outcome.children.count() + 1,
        statement="Nobody measures this",
    )
    url = reverse("strategy:results", args=[plan.pk])
    client = sign_in("focal.mole")

    whole = client.get(url).content.decode()
    narrowed = client.get(url, {"responsible": "MoFAIR"}).content.decode()

    row = re.compile(r"Nobody measures this</th><td [^>]*>No indicator yet\.</td>")
    assert [len(row.findall(page)) for page in (whole, narrowed)] == [1, 0]


def listed_and_shown(client, plan):
    """The problems of a plan on the report's page, and on its own."""
    report = client.get(plan.report.get_absolute_url())
    reading = client.get(plan.get_absolute_url())
    chapters = [c for part in report.context["parts"] for c in part["chapters"]]
    listed = {c["document"].pk: c["problems"] for c in chapters}
    return listed[plan.pk], reading.context["problems"]


def test_report_and_reading_page_name_the_same_problems(client, db):
    plan = plans.build()
    client.force_login(plan.person("secretary"))

    listed, shown = listed_and_shown(client, plan.document)

    assert listed == shown
    assert shown != []


def test_what_is_validated_has_nothing_to_settle(sign_in, lesotho):
    plan = StrategicPlan.objects.get()
    direction = Document.objects.get(
        kind="governance.StrategicDirection", report=plan.report
    ).specific
    StrategicObjective.objects.create(
        document=direction,
        position=direction.objectives.count() + 1,
        title="Nothing serves this",
    )

    assert listed_and_shown(sign_in("secretariat.officer"), plan) == ([], [])


def test_a_member_reads_without_the_editors_list(sign_in, lesotho):
    plan = StrategicPlan.objects.get()

    assert sign_in("focal.mole").get(plan.get_absolute_url()).context["problems"] == []


def test_no_reading_page_takes_more_than_twenty_queries(
    sign_in, lesotho, django_assert_max_num_queries
):
    client = sign_in("secretariat.officer")

    for document in Document.objects.filter(committee__slug="lesotho"):
        with django_assert_max_num_queries(20):
            client.get(document.get_absolute_url())
