"""Part II: the results framework, from impact to output."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import (
    FrameworkItem,
    Provision,
    StrategicObjective,
)
from governance.models.base import fact_has_source, one_of
from strategy.models.indicators import Indicator

if TYPE_CHECKING:
    from governance.snapshot import Node


class Result(Provision):
    """Impact, outcome or output, in changed-state wording (UNDG results matrix)."""

    type = "result"
    siblings = ("document", "level", "parent")

    class Level(models.TextChoices):
        IMPACT = "impact", _("Impact")
        OUTCOME = "outcome", _("Outcome")
        OUTPUT = "output", _("Output")

    document = models.ForeignKey(
        "strategy.StrategicPlan", on_delete=models.CASCADE, related_name="results"
    )
    level = models.CharField(_("level"), max_length=7, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("contributes to"),
    )
    objective = models.ForeignKey(
        StrategicObjective,
        on_delete=models.PROTECT,
        related_name="results",
        null=True,
        blank=True,
        verbose_name=_("strategic objective"),
    )
    statement = models.TextField(_("result"), max_length=1_000)
    alignments = models.ManyToManyField(
        FrameworkItem, related_name="results", blank=True
    )

    class Meta(Provision.Meta):
        ordering = ["document", "parent__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "level", "position"],
                condition=models.Q(parent=None),
                name="result_placed_once_at_top",
            ),
            models.UniqueConstraint(
                fields=["parent", "position"], name="result_placed_once"
            ),
            one_of("result_level_known", "level", ["impact", "outcome", "output"]),
            models.CheckConstraint(
                condition=models.Q(level="output", parent__isnull=False)
                | models.Q(level__in=["impact", "outcome"], parent=None),
                name="result_output_has_outcome",
                violation_error_message=_(
                    "An output contributes to an outcome; an impact or an outcome contributes to none: choose so."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(level="impact", objective=None)
                | ~models.Q(level="impact"),
                name="result_impact_serves_all_objectives",
                violation_error_message=_(
                    "The impact serves all objectives: leave the strategic objective empty."
                ),
            ),
            fact_has_source("result"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.statement}"[:200]

    def clean(self) -> None:
        """The levels are those of a results chain: outputs stand under outcomes."""
        super().clean()
        if self.parent and self.parent.level != self.Level.OUTCOME:
            text = _("An output contributes to an outcome, and %s is none.")
            raise ValidationError({"parent": text % self.parent.number})
        is_outcome = self.level == self.Level.OUTCOME
        if self.pk and not is_outcome and self.children.exists():
            raise ValidationError(
                {"level": _("Outputs contribute to it: move them to an outcome first.")}
            )

    @property
    def number(self) -> str:
        if self.level == self.Level.IMPACT:
            return "Impact" if self.position == 1 else f"Impact {self.position}"
        if self.level == self.Level.OUTCOME:
            return f"OC{self.position}"
        outcome = self.parent.position if self.parent else "–"
        return f"OP{outcome}.{self.position}"

    @property
    def node_heading(self) -> str:
        return self.statement

    def to_reference(self) -> dict[str, str]:
        return {"uid": str(self.uid), "number": self.number, "title": self.statement}

    def node_fields(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "level_name": str(self.get_level_display()),
            "objective": self.objective.to_reference() if self.objective else None,
            "alignments": [item.to_reference() for item in self.alignments.all()],
        }


def result_nodes(plan: Any) -> list[Node]:
    """Impact and outcomes, with outputs and indicators below, in three queries."""
    indicators: dict[int, list[Node]] = defaultdict(list)
    rows = Indicator.objects.filter(result__document=plan).select_related(
        "result__parent", "responsible", "co_responsible"
    )
    for indicator in rows.prefetch_related("targets"):
        indicators[indicator.result_id].append(indicator.to_node())
    aligned = FrameworkItem.objects.select_related("framework")
    results = list(
        plan.results.select_related("objective", "parent").prefetch_related(
            models.Prefetch("alignments", aligned)
        )
    )

    def below(parent: Result | None, level: str) -> list[Node]:
        return [
            result.to_node(indicators[result.pk] + below(result, Result.Level.OUTPUT))
            for result in results
            if result.level == level
            and result.parent_id == (parent.pk if parent else None)
        ]

    return [*below(None, Result.Level.IMPACT), *below(None, Result.Level.OUTCOME)]
