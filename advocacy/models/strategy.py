"""Part IV: who must hear what, from whom, and when."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.presentation import present_strategy
from advocacy.problems import strategy_problems
from governance.errors import Refused
from governance.models import Document, Institution, Provision, StrategicObjective
from governance.models.base import ends_after_start, one_of
from governance.models.documents import ProvisionQuerySet, provision_constraints
from governance.snapshot import Node, Snapshot, cents
from strategy.models import Activity, ActivityPlan, BudgetLine


class AdvocacyStrategy(Document):
    stem = "advocacy/advocacy_strategy"
    part = 4

    activity_plan = models.ForeignKey(
        ActivityPlan,
        on_delete=models.PROTECT,
        related_name="advocacy_strategies",
        verbose_name=_("activity plan"),
    )

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


class Audience(Provision):
    """Whom the committee wants to move, rated on four scales that do not mix."""

    type = "audience"

    class Tier(models.TextChoices):
        PRIMARY = "primary", _("Primary: decides")
        SECONDARY = "secondary", _("Secondary: influences")

    class Interest(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class Influence(models.TextChoices):
        SOME = "some", _("some")
        MODERATE = "moderate", _("moderate")
        SIGNIFICANT = "significant", _("significant")
        VERY = "very", _("very influential")

    class Importance(models.TextChoices):
        SOME = "some", _("some")
        MODERATE = "moderate", _("moderate")
        VERY = "very", _("very important")

    class Stance(models.TextChoices):
        STRONG_OPPONENT = "strong_opponent", _("strong opponent")
        MEDIUM_OPPONENT = "medium_opponent", _("medium opponent")
        NEUTRAL = "neutral", _("neutral")
        MEDIUM_ALLY = "medium_ally", _("medium ally")
        STRONG_ALLY = "strong_ally", _("strong ally")

    document = models.ForeignKey(
        AdvocacyStrategy, on_delete=models.CASCADE, related_name="audiences"
    )
    name = models.CharField(_("audience"), max_length=200)
    tier = models.CharField(_("type"), max_length=9, choices=Tier.choices)
    ask = models.CharField(_("ask"), max_length=250, blank=True)
    interest = models.CharField(
        _("interest"), max_length=6, choices=Interest.choices, blank=True
    )
    influence = models.CharField(
        _("influence"), max_length=11, choices=Influence.choices, blank=True
    )
    importance = models.CharField(
        _("importance"), max_length=8, choices=Importance.choices, blank=True
    )
    stance = models.CharField(
        _("position"), max_length=15, choices=Stance.choices, blank=True
    )
    messenger = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="carried_messages",
        null=True,
        blank=True,
        verbose_name=_("messenger"),
    )
    co_messenger = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="co_carried_messages",
        null=True,
        blank=True,
        verbose_name=_("together with"),
    )
    messenger_office = models.CharField(
        _("messenger, as an office"), max_length=150, blank=True
    )
    channel = models.CharField(_("channel"), max_length=200, blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("audience", "document"),
            one_of("audience_tier_known", "tier", ["primary", "secondary"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def number(self) -> str:
        return f"AUD{self.position}"

    @property
    def node_heading(self) -> str:
        return self.name

    @property
    def messengers(self) -> str:
        codes = [i.code for i in (self.messenger, self.co_messenger) if i]
        return self.messenger_office or ", ".join(codes)

    def node_fields(self) -> dict[str, Any]:
        return {
            "tier": self.tier,
            "tier_name": str(self.get_tier_display()),
            "ask": self.ask,
            "interest": str(self.get_interest_display()),
            "influence": str(self.get_influence_display()),
            "importance": str(self.get_importance_display()),
            "position": str(self.get_stance_display()),
            "messenger": self.messengers,
            "channel": self.channel,
        }


class Message(Provision):
    """What one audience should hear, in one language."""

    type = "message"
    siblings = ("audience",)
    document_path = "audience__document"

    audience = models.ForeignKey(
        Audience, on_delete=models.CASCADE, related_name="messages"
    )
    language = models.CharField(_("language (BCP 47)"), max_length=12, default="en")
    statement = models.TextField(_("message"), max_length=1_000)
    evidence = models.TextField(_("evidence"), blank=True, max_length=1_000)
    example = models.TextField(_("example"), blank=True, max_length=1_000)
    action_wanted = models.TextField(_("action wanted"), blank=True, max_length=1_000)

    class Meta(Provision.Meta):
        ordering = ["audience", "position"]
        constraints = provision_constraints("message", "audience")

    def __str__(self) -> str:
        return self.statement[:150]

    @property
    def document(self) -> AdvocacyStrategy:
        return self.audience.document

    @property
    def number(self) -> str:
        return f"{self.audience.number}-{self.position}"

    @property
    def node_body(self) -> str:
        return self.statement

    def node_fields(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "evidence": self.evidence,
            "example": self.example,
            "action_wanted": self.action_wanted,
        }


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
