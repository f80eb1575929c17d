"""Part II: risks and assumptions, and the indicative cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import (
    Body,
    Institution,
    Provision,
    StrategicObjective,
)
from governance.models.provisions import provision_constraints
from governance.snapshot import cents
from strategy.models.years import YEAR


class Risk(Provision):
    """A risk, scored and answered, or an assumption outside the committee's control."""

    type = "risk"
    siblings = ("document", "kind")
    responsible_fields = ("owner",)

    class Kind(models.TextChoices):
        RISK = "risk", _("Risk")
        ASSUMPTION = "assumption", _("Assumption")

    SCORE = [MinValueValidator(1), MaxValueValidator(5)]

    document = models.ForeignKey(
        "strategy.StrategicPlan", on_delete=models.CASCADE, related_name="risks"
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
                violation_error_message=_(
                    "A risk has a likelihood and an impact from 1 to 5; an assumption has neither."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(owner=None) | models.Q(owner_body=None),
                name="risk_has_one_owner",
                violation_error_message=_("Name an owner or an owning body, not both."),
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
        "strategy.StrategicPlan",
        on_delete=models.CASCADE,
        related_name="cost_estimates",
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
