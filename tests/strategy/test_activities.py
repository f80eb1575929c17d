"""When an activity runs: the quarters ticked, else those of its dates."""

import datetime as dt

import pytest

from governance.actions.documents import add_provision
from strategy.models import Activity, Result
from tests.governance.imports_world import planned

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "quarters"),
    [
        ({}, []),
        ({"starts_on": "2022-05-01", "ends_on": "2022-07-01"}, [1, 2]),
        ({"starts_on": "2021-01-01", "ends_on": "2022-03-31"}, []),
        ({"starts_on": "2022-05-01", "ends_on": "2022-06-01", "q4": True}, [4]),
    ],
    ids=["nothing", "dates", "before the year", "ticked"],
)
def test_quarters_are_those_ticked_or_those_of_its_dates(facts, quarters):
    world = planned()
    days = {
        name: dt.date.fromisoformat(value) if isinstance(value, str) else value
        for name, value in facts.items()
    }

    activity = add_provision(
        Activity,
        world.activities,
        by=world.person("secretary"),
        title="Train",
        output=Result.objects.get(level="output", position=1),
        **days,
    )

    assert activity.quarters == quarters
