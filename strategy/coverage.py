"""Which items of the reference frameworks the plan serves, partly serves, leaves out.

An item is served when an objective aligned to it has, under every one of its outputs,
an activity that is planned, under way or done; partly served when an objective aims at
it but some output has none; left out when no objective or result is aligned to it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from governance.formats import natural
from governance.models import Framework, FrameworkItem, StrategicObjective
from strategy.models import Activity, Result, Status

if TYPE_CHECKING:
    from governance.models import Committee, Report

SERVED, PARTLY, LEFT_OUT = "served", "partly", "left_out"
STOPPED = {Status.CANCELLED, Status.BLOCKED}


@dataclass
class ItemCoverage:
    item: FrameworkItem
    status: str
    objectives: list[StrategicObjective] = field(default_factory=list)
    idle_outputs: list[str] = field(default_factory=list)


@dataclass
class FrameworkCoverage:
    framework: Framework
    items: list[ItemCoverage]

    def count(self, status: str) -> int:
        return sum(item.status == status for item in self.items)

    @property
    def served(self) -> int:
        return self.count(SERVED)

    @property
    def partly(self) -> int:
        return self.count(PARTLY)

    @property
    def left_out(self) -> int:
        return self.count(LEFT_OUT)


def idle_outputs(report: Report) -> dict[int, list[str]]:
    """By objective: the numbers of outputs without a running activity, `-` for none."""
    running = set(
        Activity.objects.filter(document__report=report)
        .with_progress()
        .exclude(status__in=STOPPED)
        .values_list("output_id", flat=True)
    )
    idle: dict[int, list[str]] = defaultdict(list)
    outputs = Result.objects.filter(
        document__report=report, level=Result.Level.OUTPUT
    ).select_related("parent")
    for output in outputs:
        if output.objective_id:
            idle[output.objective_id] += [] if output.pk in running else [output.number]
    return idle


def coverage(committee: Committee, report: Report) -> list[FrameworkCoverage]:
    """How the plan of `report` meets each measured framework, in seven queries."""
    idle = idle_outputs(report)
    objectives = StrategicObjective.objects.filter(document__report=report)
    aligned: dict[int, dict[int, StrategicObjective]] = defaultdict(dict)
    for objective in objectives.prefetch_related("alignments"):
        for item in objective.alignments.all():
            aligned[item.pk][objective.pk] = objective
    results = Result.objects.filter(document__report=report, alignments__isnull=False)
    for result in results.select_related("objective").prefetch_related("alignments"):
        for item in result.alignments.all():
            if result.objective:
                aligned[item.pk][result.objective.pk] = result.objective
    frameworks = Framework.objects.filter(
        Q(committee=None) | Q(committee=committee), measured=True
    ).prefetch_related("items")
    return [
        FrameworkCoverage(
            framework,
            [
                cover(item, list(aligned[item.pk].values()), idle)
                for item in framework.items.all()
            ],
        )
        for framework in frameworks
    ]


def cover(
    item: FrameworkItem,
    objectives: list[StrategicObjective],
    idle: dict[int, list[str]],
) -> ItemCoverage:
    if not objectives:
        return ItemCoverage(item, LEFT_OUT)
    full = [o for o in objectives if o.pk in idle and not idle[o.pk]]
    numbers = {number for o in objectives for number in idle.get(o.pk, [])}
    without = sorted(numbers, key=natural)
    return ItemCoverage(item, SERVED if full else PARTLY, objectives, without)
