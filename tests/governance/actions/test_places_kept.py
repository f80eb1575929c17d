"""Whatever a form sends along unchanged, a row that is edited keeps its place."""

import pytest

from governance.actions.documents import add_provision
from governance.actions.editing import edit_provision
from strategy.models import Activity, Result
from tests.governance.imports_world import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = planned()
    secretary = world.person("secretary")
    for title in ("First", "Second", "Third"):
        add_provision(
            Activity,
            world.activities,
            by=secretary,
            title=title,
            output=output(1),
            lead=world.institutions["A"],
        )
    return world


def output(number):
    return Result.objects.get(level="output", position=number)


def numbers():
    return {a.title: a.number for a in Activity.objects.order_by("pk")}


def edit(world, title, **changes):
    row = Activity.objects.get(title=title)
    edit_provision(row, base=row.revision, by=world.person("secretary"), **changes)


def test_it_keeps_its_number_where_its_family_is_sent_along(world):
    edit(world, "First", output=output(1), milestone="A letter")

    assert numbers() == {"First": "A1.1.1", "Second": "A1.1.2", "Third": "A1.1.3"}


def test_it_comes_last_in_another_family_and_the_rest_close_up(world):
    edit(world, "First", output=output(2))

    assert numbers() == {"First": "A1.2.1", "Second": "A1.1.1", "Third": "A1.1.2"}
