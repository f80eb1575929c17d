"""Part IV: advocacy actions, within lines of the activity plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.models.audiences import Audience
from advocacy.models.strategy import AdvocacyObjective, AdvocacyStrategy
from governance.errors import Refused
from governance.models import Provision
from governance.models.base import ends_after_start, one_of
from governance.models.provisions import ProvisionQuerySet, provision_constraints
from governance.snapshot import cents
from strategy.models import Activity, BudgetLine


class AdvocacyActivityQuerySet(ProvisionQuerySet):
    def complete(self) -> Self:
        """With the latest report and the budget of the plan's line, in one query."""
        latest = AdvocacyProgress.objects.filter(
            activity=models.OuterRef("pk")
        ).order_by("-as_of", "-pk")
        lines = BudgetLine.objects.filter(activity=models.OuterRef("plan_activity"))
        line_sums = (
            lines.order_by().values("activity").annotate(sum=models.Sum("amount"))
        )
        return self.annotate(
            status=Coalesce(
                models.Subquery(latest.values("status")[:1]),
                models.Value(AdvocacyProgress.Status.PLANNED.value),
            ),
            status_note=Coalesce(
                models.Subquery(latest.values("note")[:1]), models.Value("")
            ),
            line_budget=Coalesce(
                models.Subquery(line_sums.values("sum")),
                models.Value(Decimal(0)),
                output_field=models.DecimalField(max_digits=14, decimal_places=2),
            ),
        ).select_related("audience", "objective", "plan_activity__output__parent")


class AdvocacyActivity(Provision):
    """An advocacy action; its money is part of a line of the activity plan."""

    type = "advocacy_activity"

    document = models.ForeignKey(
        AdvocacyStrategy, on_delete=models.CASCADE, related_name="advocacy_activities"
    )
    title = models.CharField(_("action"), max_length=250)
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, related_name="advocacy_activities"
    )
    objective = models.ForeignKey(
        AdvocacyObjective, on_delete=models.PROTECT, related_name="advocacy_activities"
    )
    plan_activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        related_name="advocacy_activities",
        verbose_name=_("line of the activity plan"),
    )
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    budget = models.DecimalField(
        _("budget, within the plan line"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)

    # Annotated by `complete`.
    status: str
    status_note: str
    line_budget: Decimal

    objects: ClassVar[Any] = AdvocacyActivityQuerySet.as_manager()

    class Meta(Provision.Meta):
        verbose_name_plural = "advocacy activities"
        constraints = [
            *provision_constraints("advocacy_activity", "document"),
            ends_after_start("advocacy_activity"),
            models.CheckConstraint(
                condition=models.Q(budget__gte=0),
                name="advocacy_activity_budget_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        return f"V{self.position}"

    @property
    def node_heading(self) -> str:
        return self.title

    def node_fields(self) -> dict[str, Any]:
        line = self.plan_activity
        return {
            "audience": {"number": self.audience.number, "name": self.audience.name},
            "objective": self.objective.number,
            "plan_activity": {
                "uid": str(line.uid),
                "number": line.number,
                "title": line.title,
                "budget_cents": cents(self.line_budget),
            },
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "budget_cents": cents(self.budget),
            "indicator": self.indicator,
            "status": self.status,
            "status_name": str(AdvocacyProgress.Status(self.status).label),
            "status_note": self.status_note,
        }


class AdvocacyProgress(models.Model):
    """How far an advocacy action is: append-only, the latest counts."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    activity = models.ForeignKey(
        AdvocacyActivity, on_delete=models.PROTECT, related_name="progress"
    )
    as_of = models.DateField(_("as of"))
    status = models.CharField(_("status"), max_length=11, choices=Status.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["activity", "-as_of", "-pk"]
        verbose_name_plural = "advocacy progress"
        constraints = [
            one_of(
                "advocacy_progress_status_known",
                "status",
                ["planned", "in_progress", "done", "cancelled"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.get_status_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused(_now("A progress report is never changed; add a new one."))
        super().save(*args, **kwargs)
