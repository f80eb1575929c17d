"""Part II: indicators, their baselines and yearly targets."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import (
    Institution,
    Provision,
)
from governance.models.base import one_of
from governance.models.provisions import provision_constraints
from governance.snapshot import exact
from strategy.models.years import YEAR


class Indicator(Provision):
    """A measure of a result: where it stands, where it should be, how one knows."""

    type = "indicator"
    siblings = ("result",)
    document_path = "result__document"
    responsible_fields = ("responsible", "co_responsible")

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
        "strategy.Result", on_delete=models.CASCADE, related_name="indicators"
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
                violation_error_message=_(
                    "A known baseline has a value, and only a known one: write both or neither."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(baseline_status="to_be_set")
                | models.Q(baseline_due__isnull=False),
                name="indicator_open_baseline_has_date",
                violation_error_message=_("Write by when the baseline is to be set."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.statement}"

    @property
    def document(self) -> Any:
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
