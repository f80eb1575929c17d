"""The same money in the grid, in the file, on the pages and in print (I25)."""

import re

import pytest
from django.urls import reverse

from governance.columns import Scope
from governance.grid import everything
from governance.tables import table_of
from strategy.models import Activity, ActivityPlan
from strategy.totals import totals
from tests.governance.imports_world import cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(lesotho, db):
    return ActivityPlan.objects.get(committee__slug="lesotho")


def test_the_money_is_the_same_everywhere(sign_in, plan):
    client = sign_in("secretariat.officer")
    file = reverse("governance:table-xlsx", args=[plan.pk, "activity"])
    head, *rows = cells(client.get(file).content)
    column = head.index("Budget (LSL)")
    budget = next(c for c in table_of(Activity).columns(plan) if c.name == "budget")
    in_grid = everything(plan, table_of(Activity), Scope(plan.committee, plan))

    in_file = sum(round(row[column] * 100) for row in rows if row[column] is not None)
    page = client.get(reverse("strategy:budget", args=[plan.pk])).content.decode()
    in_print = totals(
        node
        for node in plan.to_snapshot()["provisions"]
        if node["fields"]["type"] == Activity.type
    ).overall.budget

    assert in_file == sum(int((budget.value(row) or 0) * 100) for row in in_grid)
    assert in_file == in_print
    units = f"{in_file // 100:,}".replace(",", "\N{NO-BREAK SPACE}")
    assert re.search(rf"M{units}\b", page)


@pytest.mark.parametrize(
    ("username", "status"), [("focal.mole", 200), ("practice.member", 404)]
)
def test_who_reads_the_document_has_its_files(sign_in, plan, username, status):
    file = reverse("governance:table-xlsx", args=[plan.pk, "activity"])

    assert sign_in(username).get(file).status_code == status


def test_a_table_of_another_kind_of_document_is_not_there(sign_in, plan):
    file = reverse("governance:table-xlsx", args=[plan.pk, "risk"])

    assert sign_in("secretariat.officer").get(file).status_code == 404
