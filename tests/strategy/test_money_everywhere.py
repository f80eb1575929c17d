"""Whatever people enter, its sums are the same wherever they are read (I25)."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.actions.documents import add_provision
from governance.columns import Scope
from governance.grid import everything
from governance.printing import print_parts
from governance.tables import table_of
from governance.views.documents import committee_facts
from strategy.models import Activity, Result
from strategy.timeline import budget_shown
from tests.environment import TIMES
from tests.governance.imports_world import cells, planned

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CENTS = st.integers(1, 10**11)
LINES = st.lists(
    st.tuples(
        CENTS,
        st.sampled_from(["GOV, committed", "IOM fund, pledged", "unfunded"]),
    ),
    max_size=3,
)
ACTIVITIES = st.lists(
    st.tuples(LINES, st.sets(st.integers(1, 4)), st.sampled_from([1, 2])),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def world():
    return planned()


def enter(world, activities):
    """The activities as members type them, in the columns of the grid."""
    columns = {c.name: c for c in table_of(Activity).columns(world.activities)}
    scope = Scope(world.committee, world.activities)
    outputs = {r.position: r for r in Result.objects.filter(level="output")}
    for n, (lines, quarters, output) in enumerate(activities, start=1):
        detail = "\n".join(
            f"Line {m}: {cents / 100:.2f} {source}"
            for m, (cents, source) in enumerate(lines, start=1)
        )
        add_provision(
            Activity,
            world.activities,
            by=world.person("secretary"),
            extras={
                columns["budget_detail"]: columns["budget_detail"].read(detail, scope)
            },
            title=f"Activity {n}",
            output=outputs[output],
            **{f"q{q}": q in quarters for q in range(1, 5)},
        )


def amounts(text):
    """Every amount of money in a text, in cents."""
    found = re.findall(r"P(\d{1,3}(?:\N{NO-BREAK SPACE}\d{3})*)(?:\.(\d\d))?", text)
    return [
        int(u.replace("\N{NO-BREAK SPACE}", "")) * 100 + int(c or 0) for u, c in found
    ]


def text_of(response):
    assert response.status_code == 200
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def in_grid(world):
    table = table_of(Activity)
    budget = next(c for c in table.columns(world.activities) if c.name == "budget")
    rows = everything(world.activities, table, Scope(world.committee, world.activities))
    return [int((budget.value(row) or 0) * 100) for row in rows]


def in_file(client, world):
    url = reverse("governance:table-xlsx", args=[world.activities.pk, "activity"])
    head, *rows = cells(client.get(url).content)
    column = head.index("Budget (BWP)")
    return [round((row[column] or 0) * 100) for row in rows]


def test_the_sums_are_the_same_everywhere(client, world):
    client.force_login(world.person("secretary"))
    plan = world.activities

    @settings(max_examples=25 * TIMES)
    @given(ACTIVITIES)
    def holds(activities):
        with transaction.atomic():
            enter(world, activities)
            entered = sorted(sum(c for c, _s in lines) for lines, _q, _o in activities)
            whole = sum(entered)

            assert sorted(in_grid(world)) == entered
            assert sorted(in_file(client, world)) == entered
            for name in ("activity-plan", "budget"):
                page = client.get(reverse(f"strategy:{name}", args=[plan.pk]))
                assert whole in amounts(text_of(page)), name
            grid = client.get(reverse("governance:table", args=[plan.pk, "activity"]))
            assert whole in amounts(text_of(grid))
            printed = print_parts(world.report.to_snapshot())
            assert whole in amounts(re.sub(r"<[^>]+>", " ", printed))
            sums = budget_shown(
                plan.provision_nodes(), committee_facts(world.committee)
            )
            of = sums["totals"]
            for parts in (of.by_objective, of.by_source, of.by_lead, of.by_quarter):
                assert sum(part.budget for part in parts) == whole
            transaction.set_rollback(True)

    holds()
