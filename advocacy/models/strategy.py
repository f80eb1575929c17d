"""Part IV: the issue, its evidence, the objectives and the moments to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.outlines import ADVOCACY_STRATEGY
from advocacy.presentation import present_strategy
from advocacy.problems import strategy_problems
from governance.models import Document, Provision, StrategicObjective
from governance.models.base import ends_after_start, one_of
from governance.models.provisions import provision_constraints
from strategy.models import ActivityPlan

if TYPE_CHECKING:
    from governance.models import Report
    from governance.snapshot import Node, Snapshot


class AdvocacyStrategy(Document):
    stem = "advocacy/advocacy_strategy"
    part = 4
    outline = ADVOCACY_STRATEGY
    before_progress = {"status": "planned", "status_name": "Planned", "status_note": ""}

    activity_plan = models.ForeignKey(
        ActivityPlan,
        on_delete=models.PROTECT,
        related_name="advocacy_strategies",
        verbose_name=_("activity plan"),
    )

    @classmethod
    def start(cls, report: Report, first_year: int) -> dict[str, Any]:
        plan = ActivityPlan.objects.get(report=report)
        return super().start(report, first_year) | {"activity_plan": plan}

    def provision_nodes(self) -> list[Node]:
        audiences = self.audiences.select_related("messenger", "co_messenger")
        activities = self.advocacy_activities.complete()
        return [
            *(statement.to_node() for statement in self.statements.all()),
            *(evidence.to_node() for evidence in self.evidence.all()),
            *(objective.to_node() for objective in self.objectives.all()),
            *(
                audience.to_node([m.to_node() for m in audience.messages.all()])
                for audience in audiences.prefetch_related("messages")
            ),
            *(activity.to_node() for activity in activities),
            *(moment.to_node() for moment in self.opportunities.all()),
        ]

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        return super().find_problems(snapshot) + strategy_problems(snapshot)

    @classmethod
    def present(cls, snapshot: Snapshot, committee: dict[str, Any]) -> dict[str, Any]:
        return present_strategy(super().present(snapshot, committee), snapshot)


class AdvocacyStatement(Provision):
    """The issue, or the long-term goal."""

    type = "advocacy_statement"

    class Kind(models.TextChoices):
        ISSUE = "issue", _("Issue")
        GOAL = "goal", _("Goal")

    document = models.ForeignKey(
        AdvocacyStrategy, on_delete=models.CASCADE, related_name="statements"
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    body = models.TextField(_("text"), max_length=20_000)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("advocacy_statement", "document"),
            models.UniqueConstraint(
                fields=["document", "kind"], name="advocacy_statement_kind_once"
            ),
            one_of("advocacy_statement_kind_known", "kind", ["issue", "goal"]),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return str(self.get_kind_display())

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {"kind": self.kind}


class Evidence(Provision):
    """A fact that supports the issue, with its source."""

    type = "evidence"
    cites = True

    document = models.ForeignKey(
        AdvocacyStrategy, on_delete=models.CASCADE, related_name="evidence"
    )
    statement = models.TextField(_("evidence"), max_length=2_000)

    class Meta(Provision.Meta):
        verbose_name_plural = "evidence"
        constraints = provision_constraints("evidence", "document")

    def __str__(self) -> str:
        return self.statement[:150]

    @property
    def number(self) -> str:
        return f"E{self.position}"

    @property
    def node_body(self) -> str:
        return self.statement


class AdvocacyObjective(Provision):
    """What shall be different, by when: specific, measurable, dated."""

    type = "advocacy_objective"

    document = models.ForeignKey(
        AdvocacyStrategy, on_delete=models.CASCADE, related_name="objectives"
    )
    statement = models.TextField(_("objective"), max_length=1_000)
    due_on = models.DateField(_("by"), null=True, blank=True)
    serves = models.ForeignKey(
        StrategicObjective,
        on_delete=models.PROTECT,
        related_name="advocacy_objectives",
        null=True,
        blank=True,
        verbose_name=_("strategic objective served"),
    )

    class Meta(Provision.Meta):
        constraints = provision_constraints("advocacy_objective", "document")

    def __str__(self) -> str:
        return f"{self.number} {self.statement}"[:150]

    @property
    def number(self) -> str:
        return f"AO{self.position}"

    @property
    def node_body(self) -> str:
        return self.statement

    def node_fields(self) -> dict[str, Any]:
        return {"due_on": self.due_on.isoformat() if self.due_on else None}


class Opportunity(Provision):
    """A moment in the calendar at which being heard is likelier."""

    type = "opportunity"

    document = models.ForeignKey(
        AdvocacyStrategy, on_delete=models.CASCADE, related_name="opportunities"
    )
    title = models.CharField(_("moment"), max_length=200)
    when = models.CharField(_("when"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta(Provision.Meta):
        verbose_name_plural = "opportunities"
        constraints = [
            *provision_constraints("opportunity", "document"),
            ends_after_start("opportunity"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        return f"M{self.position}"

    @property
    def node_heading(self) -> str:
        return self.title

    def node_fields(self) -> dict[str, Any]:
        return {
            "when": self.when,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
        }
