"""Part II: the three-year strategic plan and its situation analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models import (
    Document,
    Provision,
    StrategicObjective,
)
from governance.models.base import one_of
from governance.models.committees import fiscal_year_name
from governance.models.provisions import provision_constraints
from strategy.models.results import result_nodes
from strategy.models.years import YEAR
from strategy.outlines import STRATEGIC_PLAN
from strategy.presentation import present_plan
from strategy.problems import plan_problems

if TYPE_CHECKING:
    from governance.models import Report
    from governance.snapshot import Node, Snapshot


class StrategicPlan(Document):
    stem = "strategy/strategic_plan"
    part = 2
    outline = STRATEGIC_PLAN

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
                violation_error_message=_(
                    "The final review comes after the mid-term review."
                ),
            ),
        ]

    @classmethod
    def start(cls, report: Report, first_year: int) -> dict[str, Any]:
        starts = report.committee.fiscal_year_starts
        lasts: Any = cls._meta.get_field("years")
        last_year = first_year + lasts.default - 1
        years = f"{fiscal_year_name(first_year, starts)}–{fiscal_year_name(last_year, starts)}"
        return {
            "title": str(cls.outline.title) % {"years": years},
            "first_year": first_year,
        }

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
