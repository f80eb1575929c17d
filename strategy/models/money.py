"""Part III: what an activity costs, and where the money comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import Institution
from governance.models.base import CommitteeModel, one_of
from governance.snapshot import cents


class FundingSource(CommitteeModel):
    """Who pays: the Government, a partner, a fund."""

    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=150)
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="funding_sources",
        null=True,
        blank=True,
    )
    position = models.PositiveSmallIntegerField(_("order in tables"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "code"], name="funding_source_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def to_reference(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "position": self.position}


class BudgetLine(models.Model):
    """An amount for a purpose; its money may come from several sources."""

    activity = models.ForeignKey(
        "strategy.Activity", on_delete=models.CASCADE, related_name="budget_lines"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    description = models.CharField(_("budget line"), max_length=200)
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        ordering = ["activity", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "position"], name="budget_line_placed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="budget_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description} {self.amount}"

    def to_plain(self) -> dict[str, Any]:
        return {
            "description": self.description,
            "amount_cents": cents(self.amount),
            "funding": [share.to_plain() for share in self.shares.all()],
        }


class FundingShare(models.Model):
    """Part of a budget line: from which source, and how sure the money is."""

    class State(models.TextChoices):
        COMMITTED = "committed", _("Committed")
        PLEDGED = "pledged", _("Pledged")
        UNFUNDED = "unfunded", _("Unfunded")

    line = models.ForeignKey(
        BudgetLine, on_delete=models.CASCADE, related_name="shares"
    )
    source = models.ForeignKey(
        FundingSource,
        on_delete=models.PROTECT,
        related_name="shares",
        null=True,
        blank=True,
        verbose_name=_("source"),
    )
    funding = models.CharField(_("money"), max_length=9, choices=State.choices)
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        ordering = ["line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "source", "funding"], name="funding_share_once"
            ),
            one_of(
                "funding_share_state_known",
                "funding",
                ["committed", "pledged", "unfunded"],
            ),
            models.CheckConstraint(
                condition=models.Q(funding="unfunded", source=None)
                | ~models.Q(funding="unfunded") & models.Q(source__isnull=False),
                name="funding_share_has_source_unless_unfunded",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="funding_share_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.get_funding_display()} {self.amount}"

    def to_plain(self) -> dict[str, Any]:
        return {
            "source": self.source.to_reference() if self.source else None,
            "state": self.funding,
            "state_name": str(self.get_funding_display()),
            "amount_cents": cents(self.amount),
        }
