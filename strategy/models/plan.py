"""Part II: the three-year strategic plan and its results framework."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models import (
    Body,
    Document,
    FrameworkItem,
    Institution,
    Provision,
    StrategicObjective,
)
from governance.models.base import fact_has_source, one_of
from governance.models.committees import fiscal_year_name
from governance.models.documents import provision_constraints
from governance.snapshot import Node, Snapshot, cents, exact
from strategy.presentation import present_plan
from strategy.problems import plan_problems

YEAR = [MinValueValidator(1990), MaxValueValidator(2200)]


class StrategicPlan(Document):
    stem = "strategy/strategic_plan"
    part = 2

    first_year = models.PositiveSmallIntegerField(
        _("first fiscal year"),
        validators=YEAR,
        help_text=_("The calendar year in which it begins: 2022 for 2022/23."),
    )
    years = models.PositiveSmallIntegerField(
        _("number of years"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    mid_term_review_on = models.DateField(_("mid-term review"), null=True, blank=True)
    final_review_on = models.DateField(_("final review"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(years__gte=1), name="strategic_plan_lasts_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(mid_term_review_on=None)
                | models.Q(final_review_on=None)
                | models.Q(final_review_on__gt=models.F("mid_term_review_on")),
                name="strategic_plan_reviews_in_order",
            ),
        ]

    @property
    def fiscal_years(self) -> list[int]:
        return list(range(self.first_year, self.first_year + self.years))

    def document_fields(self) -> dict[str, Any]:
        starts = self.committee.fiscal_year_starts
        mid, final = self.mid_term_review_on, self.final_review_on
        return {
            "years": [
                {"year": year, "name": fiscal_year_name(year, starts)}
                for year in self.fiscal_years
            ],
            "baseline_year": fiscal_year_name(self.first_year - 1, starts),
            "mid_term_review_on": mid.isoformat() if mid else None,
            "final_review_on": final.isoformat() if final else None,
        }

    def provision_nodes(self) -> list[Node]:
        risks = self.risks.select_related("owner", "owner_body")
        costs = self.cost_estimates.select_related("objective", "source_of_funds")
        return [
            *(item.to_node() for item in self.situation_items.all()),
            *result_nodes(self),
            *(risk.to_node() for risk in risks),
            *(cost.to_node() for cost in costs),
        ]

    def problems(self, snapshot: Snapshot | None = None) -> list[str]:
        unserved = StrategicObjective.objects.filter(
            document__report=self.report_id, results=None
        )
        return super().problems(snapshot) + [
            _now("No result serves %s.") % objective for objective in unserved
        ]

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        return super().find_problems(snapshot) + plan_problems(snapshot)

    @classmethod
    def present(cls, snapshot: Snapshot, committee: dict[str, Any]) -> dict[str, Any]:
        return present_plan(super().present(snapshot, committee), snapshot, committee)


class SituationItem(Provision):
    """One finding of the situation analysis: a quadrant of SWOT or a factor of PESTEL."""

    type = "situation_item"

    class Factor(models.TextChoices):
        STRENGTH = "strength", _("Strength")
        WEAKNESS = "weakness", _("Weakness")
        OPPORTUNITY = "opportunity", _("Opportunity")
        THREAT = "threat", _("Threat")
        POLITICAL = "political", _("Political")
        ECONOMIC = "economic", _("Economic")
        SOCIAL = "social", _("Social")
        TECHNOLOGICAL = "technological", _("Technological")
        ENVIRONMENTAL = "environmental", _("Environmental")
        LEGAL = "legal", _("Legal")

    SWOT = (Factor.STRENGTH, Factor.WEAKNESS, Factor.OPPORTUNITY, Factor.THREAT)

    document = models.ForeignKey(
        StrategicPlan, on_delete=models.CASCADE, related_name="situation_items"
    )
    factor = models.CharField(
        _("quadrant or factor"), max_length=13, choices=Factor.choices
    )
    statement = models.TextField(_("statement"), max_length=2_000)
    implication = models.TextField(_("implication"), blank=True, max_length=2_000)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("situation_item", "document"),
            one_of(
                "situation_item_factor_known",
                "factor",
                [
                    "strength",
                    "weakness",
                    "opportunity",
                    "threat",
                    "political",
                    "economic",
                    "social",
                    "technological",
                    "environmental",
                    "legal",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_factor_display()}: {self.statement}"[:120]

    @property
    def number(self) -> str:
        return f"SA{self.position}"

    @property
    def node_body(self) -> str:
        return self.statement

    def node_fields(self) -> dict[str, Any]:
        return {
            "method": "swot" if self.factor in self.SWOT else "pestel",
            "factor": self.factor,
            "factor_name": str(self.get_factor_display()),
            "implication": self.implication,
        }


class Result(Provision):
    """Impact, outcome or output, in changed-state wording (UNDG results matrix)."""

    type = "result"
    siblings = ("document", "level", "parent")

    class Level(models.TextChoices):
        IMPACT = "impact", _("Impact")
        OUTCOME = "outcome", _("Outcome")
        OUTPUT = "output", _("Output")

    document = models.ForeignKey(
        StrategicPlan, on_delete=models.CASCADE, related_name="results"
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
            ),
            models.CheckConstraint(
                condition=models.Q(level="impact", objective=None)
                | ~models.Q(level="impact"),
                name="result_impact_serves_all_objectives",
            ),
            fact_has_source("result"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.statement}"[:200]

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


class Indicator(Provision):
    """A measure of a result: where it stands, where it should be, how one knows."""

    type = "indicator"
    siblings = ("result",)
    document_path = "result__document"

    class Unit(models.TextChoices):
        NUMBER = "number", _("number")
        PERCENT = "percent", _("percent")
        POINTS = "points", _("percentage points over the baseline")
        STAGE = "stage", _("stage of a scale")
        MILLION = "million", _("million in the committee's currency")

    class Direction(models.TextChoices):
        UP = "up", _("should rise")
        DOWN = "down", _("should fall")

    class Baseline(models.TextChoices):
        KNOWN = "known", _("known")
        TO_BE_SET = "to_be_set", _("to be set")
        NOT_APPLICABLE = "not_applicable", _("not applicable")

    class TargetType(models.TextChoices):
        CUMULATIVE = "cumulative", _("cumulative")
        ANNUAL = "annual", _("annual values")

    class Frequency(models.TextChoices):
        QUARTERLY = "quarterly", _("every quarter")
        HALF_YEARLY = "half_yearly", _("twice a year")
        YEARLY = "yearly", _("every year")

    result = models.ForeignKey(
        Result, on_delete=models.CASCADE, related_name="indicators"
    )
    statement = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=7, choices=Unit.choices)
    out_of = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    scale = models.TextField(_("meaning of the stages"), blank=True)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.UP
    )
    by_sex = models.BooleanField(_("by sex"), default=False)
    by_age = models.BooleanField(_("by age"), default=False)
    by_district = models.BooleanField(_("by district"), default=False)
    baseline_status = models.CharField(
        _("baseline"), max_length=14, choices=Baseline.choices, blank=True
    )
    baseline = models.DecimalField(
        _("baseline value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(
        _("baseline fiscal year"), null=True, blank=True, validators=YEAR
    )
    baseline_source = models.CharField(
        _("source of the baseline"), max_length=200, blank=True
    )
    baseline_due = models.DateField(_("baseline to be set by"), null=True, blank=True)
    target_type = models.CharField(
        _("targets are"), max_length=10, choices=TargetType.choices
    )
    means_of_verification = models.CharField(
        _("means of verification"), max_length=250, blank=True
    )
    frequency = models.CharField(
        _("collected"),
        max_length=11,
        choices=Frequency.choices,
        default=Frequency.YEARLY,
    )
    responsible = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="indicators",
        null=True,
        blank=True,
        verbose_name=_("responsible"),
    )
    co_responsible = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="shared_indicators",
        null=True,
        blank=True,
        verbose_name=_("together with"),
    )

    class Meta(Provision.Meta):
        ordering = ["result", "position"]
        constraints = [
            *provision_constraints("indicator", "result"),
            one_of(
                "indicator_unit_known",
                "unit",
                ["number", "percent", "points", "stage", "million"],
            ),
            one_of(
                "indicator_target_type_known", "target_type", ["cumulative", "annual"]
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_status="known", baseline__isnull=False)
                | ~models.Q(baseline_status="known") & models.Q(baseline=None),
                name="indicator_known_baseline_has_value",
            ),
            models.CheckConstraint(
                condition=~models.Q(baseline_status="to_be_set")
                | models.Q(baseline_due__isnull=False),
                name="indicator_open_baseline_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.statement}"

    @property
    def document(self) -> StrategicPlan:
        return self.result.document

    @property
    def number(self) -> str:
        return f"{self.result.number}-{self.position}"

    @property
    def node_heading(self) -> str:
        return self.statement

    @property
    def disaggregation(self) -> list[str]:
        fields = [f for f in ("by_sex", "by_age", "by_district") if getattr(self, f)]
        names = {f.name: f.verbose_name for f in self._meta.fields}
        return [str(names[f]) for f in fields]

    def node_fields(self) -> dict[str, Any]:
        due, shared = self.baseline_due, self.co_responsible
        return {
            "unit": self.unit,
            "unit_name": str(self.get_unit_display()),
            "out_of": self.out_of,
            "scale": self.scale,
            "direction": self.direction,
            "direction_name": str(self.get_direction_display()),
            "disaggregation": self.disaggregation,
            "baseline_status": self.baseline_status,
            "baseline": exact(self.baseline),
            "baseline_year": self.baseline_year,
            "baseline_source": self.baseline_source,
            "baseline_due": due.isoformat() if due else None,
            "target_type": self.target_type,
            "target_type_name": str(self.get_target_type_display()),
            "targets": [
                {"year": target.year, "value": exact(target.value)}
                for target in self.targets.all()
            ],
            "means_of_verification": self.means_of_verification,
            "frequency_name": str(self.get_frequency_display()),
            "responsible": (
                self.responsible.to_reference() if self.responsible else None
            ),
            "co_responsible": shared.to_reference() if shared else None,
        }


class IndicatorTarget(models.Model):
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="targets"
    )
    year = models.PositiveSmallIntegerField(_("fiscal year"), validators=YEAR)
    value = models.DecimalField(_("target"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year"], name="indicator_target_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


def result_nodes(plan: StrategicPlan) -> list[Node]:
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


class Risk(Provision):
    """A risk, scored and answered, or an assumption outside the committee's control."""

    type = "risk"
    siblings = ("document", "kind")

    class Kind(models.TextChoices):
        RISK = "risk", _("Risk")
        ASSUMPTION = "assumption", _("Assumption")

    SCORE = [MinValueValidator(1), MaxValueValidator(5)]

    document = models.ForeignKey(
        StrategicPlan, on_delete=models.CASCADE, related_name="risks"
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.RISK
    )
    statement = models.TextField(_("statement"), max_length=1_000)
    likelihood = models.PositiveSmallIntegerField(
        _("likelihood, 1 to 5"), null=True, blank=True, validators=SCORE
    )
    impact = models.PositiveSmallIntegerField(
        _("impact, 1 to 5"), null=True, blank=True, validators=SCORE
    )
    response = models.TextField(_("response"), blank=True, max_length=1_000)
    owner = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="owned_risks",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    owner_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="owned_risks",
        null=True,
        blank=True,
        verbose_name=_("owning body"),
    )

    class Meta(Provision.Meta):
        ordering = ["-kind", "position"]
        constraints = [
            *provision_constraints("risk", "document", "kind"),
            models.CheckConstraint(
                condition=models.Q(
                    kind="risk",
                    likelihood__range=(1, 5),
                    likelihood__isnull=False,
                    impact__range=(1, 5),
                    impact__isnull=False,
                )
                | models.Q(kind="assumption", likelihood=None, impact=None),
                name="risk_is_scored",
            ),
            models.CheckConstraint(
                condition=models.Q(owner=None) | models.Q(owner_body=None),
                name="risk_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.statement}"[:150]

    @property
    def number(self) -> str:
        letter = "R" if self.kind == self.Kind.RISK else "AS"
        return f"{letter}{self.position}"

    @property
    def node_heading(self) -> str:
        return self.statement

    def node_fields(self) -> dict[str, Any]:
        owner = self.owner.to_reference() if self.owner else None
        if self.owner_body:
            body = self.owner_body
            owner = {"code": body.short_name or body.name, "name": body.name}
        scored = self.likelihood is not None and self.impact is not None
        return {
            "kind": self.kind,
            "likelihood": self.likelihood,
            "impact": self.impact,
            "score": self.likelihood * self.impact if scored else None,  # type: ignore[operator]  # both are set where scored
            "response": self.response,
            "owner": owner,
        }


class CostEstimate(Provision):
    """The indicative cost of an objective in one fiscal year: an order of magnitude."""

    type = "cost_estimate"

    document = models.ForeignKey(
        StrategicPlan, on_delete=models.CASCADE, related_name="cost_estimates"
    )
    objective = models.ForeignKey(
        StrategicObjective, on_delete=models.PROTECT, related_name="cost_estimates"
    )
    year = models.PositiveSmallIntegerField(_("fiscal year"), validators=YEAR)
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    source_of_funds = models.ForeignKey(
        "strategy.FundingSource",
        on_delete=models.PROTECT,
        related_name="cost_estimates",
        null=True,
        blank=True,
        verbose_name=_("source of funds"),
    )
    is_funded = models.BooleanField(_("funded"), null=True, blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("cost_estimate", "document"),
            models.UniqueConstraint(
                fields=["document", "objective", "year", "source_of_funds"],
                name="cost_estimate_once",
            ),
            models.UniqueConstraint(
                fields=["document", "objective", "year"],
                condition=models.Q(source_of_funds=None),
                name="cost_estimate_once_without_source",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="cost_estimate_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective.number} {self.year}"

    @property
    def number(self) -> str:
        return f"{self.objective.number} {self.year}"

    def node_fields(self) -> dict[str, Any]:
        source = self.source_of_funds
        return {
            "objective": self.objective.to_reference(),
            "year": self.year,
            "amount_cents": cents(self.amount),
            "source_of_funds": source.to_reference() if source else None,
            "is_funded": self.is_funded,
        }
