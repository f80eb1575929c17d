"""A report at drafting with a year's plan: one output, and as many activities as asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.urls import reverse

from governance.actions import documents
from governance.tables import table_of
from strategy.models import Activity, ActivityPlan, Result, StrategicPlan
from tests import world as worlds

if TYPE_CHECKING:
    from governance.models import User


class Plan(SimpleNamespace):
    """The committee, its people, its plan of the year and that plan's table."""

    world: Any
    document: ActivityPlan
    output: Result
    table: Any

    def person(self, name: str) -> User:
        return self.world.person(name)

    def add(self, title: str, lead: str = "C", **values: Any) -> Activity:
        return documents.add_provision(
            Activity,
            self.document,
            by=self.person("secretary"),
            title=title,
            output=self.output,
            lead=self.world.institutions[lead],
            **values,
        )

    def row(self, activity: Activity) -> Activity:
        """As it is now, with all that its cells read."""
        return self.table.rows(self.document).get(uid=activity.uid)

    def cell(self, activity: Activity, name: str) -> str:
        columns = {c.name: c for c in self.table.columns(self.document)}
        return columns[name].cell(self.row(activity))

    def url(self, name: str = "table") -> str:
        return reverse(f"governance:{name}", args=[self.document.pk, self.table.name])

    def cells_url(self, activity: Activity) -> str:
        return reverse("governance:row-cells", args=[self.document.pk, activity.uid])


def build(slug: str = "plan") -> Plan:
    world = worlds.build(slug)
    secretary = world.person("secretary")
    strategic, document = (
        documents.add_document(
            kind, world.report, by=secretary, **kind.start(world.report, 2022)
        )
        for kind in (StrategicPlan, ActivityPlan)
    )
    outcome = documents.add_provision(
        Result,
        strategic,
        by=secretary,
        level="outcome",
        statement="Migration is known.",
    )
    output = documents.add_provision(
        Result,
        strategic,
        by=secretary,
        level="output",
        parent=outcome,
        statement="Data are shared.",
    )
    return Plan(world=world, document=document, output=output, table=table_of(Activity))


def shared():
    """Two fixtures of a module: the plan built once, and a fresh look at it."""

    @pytest.fixture(scope="module")
    def built(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock():
            atomic = transaction.atomic()
            atomic.__enter__()
            plan = build()
        yield plan
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    @pytest.fixture
    def plan(built, db):
        document = ActivityPlan.objects.get(pk=built.document.pk)
        return Plan(**vars(built) | {"document": document})

    return built, plan
