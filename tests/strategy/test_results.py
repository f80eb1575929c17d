"""The results chain: outputs under outcomes."""

import pytest
from django.core.exceptions import ValidationError

from governance.actions.documents import add_provision
from governance.actions.editing import edit_provision
from strategy.models import Result
from tests.governance.imports_world import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return planned()


def add(world, **values):
    by = world.person("secretary")
    return add_provision(Result, world.plan, by=by, statement="Another.", **values)


def test_an_output_contributes_to_an_outcome_and_to_nothing_else(world):
    impact = add(world, level="impact")
    output = Result.objects.get(level="output", position=1)

    for parent, number in ((impact, "Impact"), (output, "OP1.1")):
        with pytest.raises(ValidationError, match=f"and {number} is none"):
            add(world, level="output", parent=parent)


def test_an_outcome_with_outputs_stays_one(world):
    outcome = Result.objects.get(level="outcome")
    by = world.person("secretary")

    with pytest.raises(ValidationError, match="move them to an outcome first"):
        edit_provision(outcome, base=outcome.revision, by=by, level="impact")
