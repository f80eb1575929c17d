"""Part III: what a lead reported, append-only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.models.base import one_of
from governance.snapshot import cents


class Status(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    DELAYED = "delayed", _("Delayed")
    BLOCKED = "blocked", _("Blocked")
    CANCELLED = "cancelled", _("Cancelled")


class ProgressEntry(models.Model):
    """What a lead reported on a day: append-only, the latest counts."""

    activity = models.ForeignKey(
        "strategy.Activity", on_delete=models.PROTECT, related_name="progress"
    )
    as_of = models.DateField(_("as of"))
    status = models.CharField(_("status"), max_length=11, choices=Status.choices)
    percent_done = models.PositiveSmallIntegerField(
        _("done, in percent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    spent = models.DecimalField(
        _("spent to date"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    narrative = models.TextField(_("what happened"), blank=True, max_length=2_000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf = models.BooleanField(_("entered by the secretariat"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["activity", "-as_of", "-pk"]
        verbose_name_plural = "progress entries"
        indexes = [models.Index(fields=["activity", "-as_of", "-id"])]
        constraints = [
            one_of(
                "progress_status_known",
                "status",
                [
                    "not_started",
                    "in_progress",
                    "completed",
                    "delayed",
                    "blocked",
                    "cancelled",
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(spent__gte=0), name="progress_spent_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(percent_done=None) | models.Q(percent_done__lte=100),
                name="progress_percent_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.get_status_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused(_now("A progress report is never changed; add a new one."))
        super().save(*args, **kwargs)

    @property
    def spent_cents(self) -> int | None:
        return cents(self.spent)
