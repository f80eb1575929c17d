"""A report with an empty activity plan, and rows for it."""

import io

import openpyxl

from governance.actions.documents import add_document, add_provision
from governance.actions.import_rows import table_aim
from governance.tables import table_of
from governance.workbooks import read_pasted
from strategy.models import Activity, ActivityPlan, FundingSource, Result, StrategicPlan
from tests import world as worlds
from tests.remembered import made_once


@made_once
def planned(slug="world"):
    """A drafting world with an outcome, two outputs and an empty activity plan."""
    world = worlds.build(slug)
    with world.on("2021-10-04"):
        secretary = world.person("secretary")
        for position, code in enumerate(["GOV", "IOM fund"], start=1):
            FundingSource(
                committee=world.committee, code=code, name=code, position=position
            ).save()
        world.plan = add_document(
            StrategicPlan, world.report, by=secretary, title="Plan", first_year=2022
        )
        outcome = add_provision(
            Result, world.plan, by=secretary, level="outcome", statement="Known."
        )
        for n in (1, 2):
            add_provision(
                Result,
                world.plan,
                by=secretary,
                level="output",
                parent=outcome,
                statement=f"Output {n}.",
            )
        world.activities = add_document(
            ActivityPlan,
            world.report,
            by=secretary,
            title="Activities",
            plan=world.plan,
            year=2022,
        )
    return world


def aim_at(document, model=Activity):
    return table_aim(document, table_of(model))


def sheet_of(*rows):
    """Rows of cells, as they are pasted."""
    return read_pasted("\n".join("\t".join(row) for row in rows))


HEAD = ("No.", "Activity", "Output", "Lead", "Q1", "Budget (BWP)", "Source")


def three():
    return sheet_of(
        HEAD,
        ("1", "Count the households", "OP1.1", "A", "x", "12 500", "GOV"),
        ("2", "Train the counters", "OP1.1", "B", "", "", ""),
        ("3", "Print the forms", "OP1.2", "C", "x", "900", "IOM fund"),
    )


def cells(data):
    """The first sheet of an .xlsx file, as rows of values."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
