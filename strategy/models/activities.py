"""Part III: the annual activity plan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models import Body, Centre, Document, Institution, Provision
from governance.models.base import ends_after_start
from governance.models.committees import fiscal_year_name, quarter_bounds
from governance.models.provisions import ProvisionQuerySet, provision_constraints
from governance.snapshot import Node, Snapshot, cents
from strategy.models.money import FundingShare
from strategy.models.plan import StrategicPlan
from strategy.models.progress import ProgressEntry, Status
from strategy.models.results import Result
from strategy.models.years import YEAR
from strategy.outlines import ACTIVITY_PLAN
from strategy.presentation import present_activity_plan
from strategy.problems import activity_plan_problems

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Report


class ActivityPlan(Document):
    stem = "strategy/activity_plan"
    part = 3
    outline = ACTIVITY_PLAN
    before_progress = {
        "status": Status.NOT_STARTED.value,
        "status_name": str(Status.NOT_STARTED.label),
        "spent_cents": 0,
        "percent_done": None,
        "as_of": None,
        "narrative": "",
    }

    plan = models.ForeignKey(
        StrategicPlan,
        on_delete=models.PROTECT,
        related_name="activity_plans",
        verbose_name=_("strategic plan"),
    )
    year = models.PositiveSmallIntegerField(
        _("fiscal year"),
        validators=YEAR,
        help_text=_("The calendar year in which it begins: 2022 for 2022/23."),
    )

    @classmethod
    def start(cls, report: Report, first_year: int) -> dict[str, Any]:
        year = fiscal_year_name(first_year, report.committee.fiscal_year_starts)
        return {
            "title": str(cls.outline.title) % {"years": year},
            "plan": StrategicPlan.objects.get(report=report),
            "year": first_year,
        }

    def get_table_url(self) -> str:
        return reverse("strategy:activity-plan", args=[self.pk])

    def document_fields(self) -> dict[str, Any]:
        starts = self.committee.fiscal_year_starts
        return {
            "year": self.year,
            "year_name": fiscal_year_name(self.year, starts),
            "fiscal_year_starts": starts,
        }

    def provision_nodes(self) -> list[Node]:
        return [activity.to_node() for activity in self.activities.complete()]

    def problems(self, snapshot: Snapshot | None = None) -> list[str]:
        idle = Result.objects.filter(
            document=self.plan_id, level=Result.Level.OUTPUT
        ).exclude(activities__document=self)
        return super().problems(snapshot) + [
            _now("Output %s has no activity.") % output
            for output in idle.select_related("parent")
        ]

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        return super().find_problems(snapshot) + activity_plan_problems(snapshot)

    @classmethod
    def present(cls, snapshot: Snapshot, committee: dict[str, Any]) -> dict[str, Any]:
        return present_activity_plan(
            super().present(snapshot, committee), snapshot, committee
        )


class ActivityQuerySet(ProvisionQuerySet):
    def with_progress(self) -> Self:
        """Annotate the latest report: `status`, `spent`, `percent_done`, `as_of`."""
        latest = ProgressEntry.objects.filter(activity=models.OuterRef("pk")).order_by(
            "-as_of", "-pk"
        )
        return self.annotate(
            status=Coalesce(
                models.Subquery(latest.values("status")[:1]),
                models.Value(Status.NOT_STARTED.value),
            ),
            spent=Coalesce(
                models.Subquery(latest.values("spent")[:1]),
                models.Value(Decimal(0)),
                output_field=models.DecimalField(max_digits=14, decimal_places=2),
            ),
            percent_done=models.Subquery(latest.values("percent_done")[:1]),
            as_of=models.Subquery(latest.values("as_of")[:1]),
            narrative=Coalesce(
                models.Subquery(latest.values("narrative")[:1]),
                models.Value(""),
                output_field=models.TextField(),
            ),
        )

    def complete(self) -> Self:
        """With all that a row shows, in the order of the plan, in five queries."""
        shares = FundingShare.objects.select_related("source")
        return (
            self.with_progress()
            .select_related("output__parent", "output__objective", "lead", "centre")
            .prefetch_related(
                "partners",
                "partner_bodies",
                "budget_lines",
                models.Prefetch("budget_lines__shares", shares),
            )
            .order_by("output__parent__position", "output__position", "position")
        )


class Activity(Provision):
    """Dated work towards one output, with one lead."""

    type = "activity"
    siblings = ("document", "output")
    responsible_fields = ("lead",)

    QUARTERS = (1, 2, 3, 4)

    # The latest report, annotated by `with_progress`.
    status: str
    spent: Decimal
    percent_done: int | None
    as_of: dt.date | None
    narrative: str

    document = models.ForeignKey(
        ActivityPlan, on_delete=models.CASCADE, related_name="activities"
    )
    output = models.ForeignKey(
        Result,
        on_delete=models.PROTECT,
        related_name="activities",
        limit_choices_to={"level": Result.Level.OUTPUT},
        verbose_name=_("output"),
    )
    title = models.CharField(_("activity"), max_length=300)
    lead = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="led_activities",
        null=True,
        blank=True,
        verbose_name=_("lead"),
    )
    partners = models.ManyToManyField(
        Institution, related_name="partnered_activities", blank=True
    )
    partner_bodies = models.ManyToManyField(
        Body, related_name="partnered_activities", blank=True
    )
    partner_note = models.CharField(
        _("other partners, in words"), max_length=150, blank=True
    )
    centre = models.ForeignKey(
        Centre,
        on_delete=models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name=_("migration centre that helps"),
    )
    q1 = models.BooleanField(_("quarter 1"), default=False)
    q2 = models.BooleanField(_("quarter 2"), default=False)
    q3 = models.BooleanField(_("quarter 3"), default=False)
    q4 = models.BooleanField(_("quarter 4"), default=False)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    milestone = models.CharField(
        _("milestone or deliverable"), max_length=200, blank=True
    )

    objects: ClassVar[Any] = ActivityQuerySet.as_manager()

    class Meta(Provision.Meta):
        verbose_name_plural = "activities"
        constraints = [
            *provision_constraints("activity", "document", "output"),
            ends_after_start("activity"),
            models.CheckConstraint(
                condition=models.Q(starts_on=None, ends_on=None)
                | models.Q(starts_on__isnull=False, ends_on__isnull=False),
                name="activity_has_both_dates_or_none",
                violation_error_message=_(
                    "Write both the start and the end, or neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:activity", args=[self.uid])

    @property
    def number(self) -> str:
        return f"A{self.output.number.removeprefix('OP')}.{self.position}"

    @property
    def quarters(self) -> list[int]:
        """The quarters that are ticked; where none is, those that its dates touch."""
        ticked = [n for n in self.QUARTERS if getattr(self, f"q{n}")]
        if ticked or self.starts_on is None or self.ends_on is None:
            return ticked
        plan = self.document
        bounds = {
            n: quarter_bounds(plan.year, n, plan.committee.fiscal_year_starts)
            for n in self.QUARTERS
        }
        return [
            n
            for n, (first, last) in bounds.items()
            if first <= self.ends_on and self.starts_on <= last
        ]

    @property
    def node_heading(self) -> str:
        return self.title

    @property
    def partner_names(self) -> list[str]:
        codes = [
            f"{partner.code} ({self.centre.code})"
            if self.centre and partner.code == "AUC"
            else partner.code
            for partner in self.partners.all()
        ]
        codes += [body.short_name or body.name for body in self.partner_bodies.all()]
        return codes + ([self.partner_note] if self.partner_note else [])

    def node_fields(self) -> dict[str, Any]:
        objective = self.output.objective
        lines = [line.to_plain() for line in self.budget_lines.all()]
        return {
            "output": self.output.to_reference(),
            "objective": objective.to_reference() if objective else None,
            "lead": self.lead.to_reference() if self.lead else None,
            "partners": self.partner_names,
            "centre": self.centre.code if self.centre else None,
            "quarters": self.quarters,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "milestone": self.milestone,
            "budget_lines": lines,
            "budget_cents": sum(line["amount_cents"] for line in lines),
            "status": self.status,
            "status_name": str(Status(self.status).label),
            "spent_cents": cents(self.spent),
            "percent_done": self.percent_done,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "narrative": self.narrative,
        }
