"""An import taken back leaves what would be there without it, or it is refused (I27)."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.actions.documents import add_provision
from governance.actions.editing import edit_provision
from governance.actions.imports import carry_out, take_back
from governance.actions.placing import remove_provision
from governance.errors import Refused
from governance.importing import Answers
from governance.tables import table_of
from strategy.models import Activity, Result
from tests.environment import TIMES
from tests.governance.imports_world import HEAD, aim_at, planned, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

THERE = ("There one", "There two", "There three")
FILE = sheet_of(
    HEAD,
    ("A1.1.1", "There one, as the file says", "OP1.2", "B", "x", "7", "GOV"),
    ("A1.1.2", "There two", "OP1.1", "A", "", "", ""),
    ("", "Brought one", "OP1.1", "A", "x", "5", "GOV"),
    ("", "Brought two", "OP1.2", "", "", "", ""),
)
# What happens between the import and its taking back: to which row, and what.
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["change", "remove", "add"]),
        st.sampled_from([*THERE, "Brought one", "Brought two"]),
    ),
    max_size=4,
)
IN_FILE = {"There one", "Brought one", "Brought two"}


@pytest.fixture
def world():
    world = planned()
    output = Result.objects.get(level="output", position=1)
    for title in THERE:
        add_provision(
            Activity,
            world.activities,
            by=world.person("secretary"),
            title=title,
            output=output,
            lead=world.institutions["A"],
        )
    return world


def row_of(title, rows):
    return Activity.objects.filter(pk=rows.get(title)).first()


def act(world, what, title, rows):
    """Do it, where there is such a row; say whether it touched that row."""
    by, row = world.person("rapporteur"), row_of(title, rows)
    if what == "add":
        output = Result.objects.filter(level="output").latest("position")
        add_provision(Activity, world.activities, by=by, title="More", output=output)
    elif row is None:
        return False
    elif what == "remove":
        remove_provision(row, by=by)
    else:
        edit_provision(row, base=row.revision, by=by, title=f"{row.title}!")
    return what != "add"


def read(world):
    """All that is written, by place."""
    columns = table_of(Activity).columns(world.activities)
    return [
        (row.number, *(column.cell(row) for column in columns))
        for row in sorted(Activity.objects.all(), key=lambda row: row.number)
    ]


def known(titles):
    return dict(Activity.objects.filter(title__in=titles).values_list("title", "pk"))


def test_taken_back_it_is_as_if_it_had_not_been(world):
    ends = set()

    @settings(max_examples=30 * TIMES)
    @given(ACTS)
    def holds(acts):
        with transaction.atomic():
            there = known(THERE)
            for what, title in acts:
                act(world, what, title, there)
            without = read(world)
            transaction.set_rollback(True)
        with transaction.atomic():
            by, aim = world.person("secretary"), aim_at(world.activities)
            rows = known(THERE)
            found = carry_out(aim, FILE, Answers(), seen={}, by=by)
            rows |= known(["Brought one", "Brought two"])
            touched = {title for what, title in acts if act(world, what, title, rows)}
            before = read(world)
            try:
                take_back(found, aim, by=by)
            except Refused:
                assert touched & IN_FILE
                assert read(world) == before
                ends.add("refused")
            else:
                assert not touched & IN_FILE
                assert read(world) == without
                ends.add("as it was")
            transaction.set_rollback(True)

    holds()
    assert ends == {"refused", "as it was"}
