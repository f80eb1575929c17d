"""The roadmap: what was resolved, who does it, by when, and whether it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import (
    CommitteeModel,
    CommitteeQuerySet,
    Sourced,
    ends_after_start,
    fact_has_source,
    one_of,
)
from governance.models.reports import Report
from governance.models.resolutions import Phase, Resolution
from governance.models.versions import Frozen
from governance.permissions import Permission

if TYPE_CHECKING:
    import datetime as dt


class RoadmapActionQuerySet(CommitteeQuerySet):
    def with_due(self) -> Self:
        """With `due_now`, the deadline that counts, to filter and sort by."""
        latest = DueRevision.objects.filter(action=models.OuterRef("pk"))
        revised = models.Subquery(latest.order_by("-pk").values("due_on")[:1])
        return self.annotate(due_now=Coalesce(revised, "due_on"))

    def overdue(self, today: dt.date) -> Self:
        """Of rows `with_due`, those of which `is_overdue` is true."""
        ended = self.exclude(state__in=RoadmapAction.NEVER_OVERDUE)
        return ended.filter(due_now__lt=today)

    def complete(self) -> Self:
        """With all that a row shows, in a constant number of queries."""
        return self.select_related(
            "committee", "report", "resolution", "lead", "blocked_by", "continued_by"
        ).prefetch_related(
            models.Prefetch("revisions", DueRevision.objects.order_by("pk")),
            models.Prefetch("progress", ActionReport.objects.order_by("pk")),
        )


class RoadmapAction(CommitteeModel, Sourced):
    """One dated action with one lead, from a resolution or with a reason why not."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE_CLAIMED = "done_claimed", _("Done, to verify")
        VERIFIED = "verified", _("Verified")
        BLOCKED = "blocked", _("Blocked")
        CARRIED_FORWARD = "carried_forward", _("Carried forward")
        CANCELLED = "cancelled", _("Cancelled")
        TRANSFERRED = "transferred", _("Transferred")

    S = State
    ENDED = (S.VERIFIED, S.CANCELLED, S.TRANSFERRED)
    # The lead has done its part: what is still to come is not the lead's to do.
    NEVER_OVERDUE = (*ENDED, S.DONE_CLAIMED)
    OPEN = (S.NOT_STARTED, S.IN_PROGRESS, S.BLOCKED, S.CARRIED_FORWARD)

    flow = Flow(
        Move(
            "start",
            {S.NOT_STARTED, S.BLOCKED, S.CARRIED_FORWARD},
            S.IN_PROGRESS,
            Permission.REPORT_PROGRESS_OWN,
        ),
        Move(
            "claim_done",
            {S.NOT_STARTED, S.IN_PROGRESS, S.CARRIED_FORWARD},
            S.DONE_CLAIMED,
            Permission.REPORT_PROGRESS_OWN,
        ),
        Move(
            "block",
            {S.NOT_STARTED, S.IN_PROGRESS, S.CARRIED_FORWARD},
            S.BLOCKED,
            Permission.REPORT_PROGRESS_OWN,
        ),
        Move("verify", {S.DONE_CLAIMED}, S.VERIFIED, Permission.VERIFY_ROADMAP_ACTION),
        Move(
            "send_back",
            {S.DONE_CLAIMED},
            S.IN_PROGRESS,
            Permission.VERIFY_ROADMAP_ACTION,
        ),
        Move(
            "carry_forward",
            {S.NOT_STARTED, S.IN_PROGRESS, S.BLOCKED, S.CARRIED_FORWARD},
            S.CARRIED_FORWARD,
            Permission.CHANGE_DEADLINE,
        ),
        Move("cancel", OPEN, S.CANCELLED, Permission.STOP_ROADMAP_ACTION),
        Move("transfer", OPEN, S.TRANSFERRED, Permission.STOP_ROADMAP_ACTION),
    )

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="actions")
    serial = models.PositiveSmallIntegerField()
    resolution = models.ForeignKey(
        Resolution,
        on_delete=models.PROTECT,
        related_name="actions",
        null=True,
        blank=True,
    )
    reason = models.CharField(
        _("why it rests on no resolution"), max_length=300, blank=True
    )
    phase = models.CharField(_("phase"), max_length=9, choices=Phase.choices)
    title = models.CharField(_("action"), max_length=300)
    lead = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="led_actions",
        verbose_name=_("lead institution"),
    )
    lead_as = models.CharField(_("lead as written"), max_length=80, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due, as first decided"))
    deliverable = models.CharField(_("deliverable"), max_length=300, blank=True)
    blocked_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="blocks",
        null=True,
        blank=True,
        editable=False,
    )
    continued_by = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="continues",
        null=True,
        blank=True,
        editable=False,
    )
    state = models.CharField(
        _("state"),
        max_length=15,
        choices=State.choices,
        default=State.NOT_STARTED,
        editable=False,
    )

    objects: ClassVar[Any] = RoadmapActionQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["report", "serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "serial"], name="roadmap_action_number_once"
            ),
            one_of(
                "roadmap_action_state_known",
                "state",
                [
                    "not_started",
                    "in_progress",
                    "done_claimed",
                    "verified",
                    "blocked",
                    "carried_forward",
                    "cancelled",
                    "transferred",
                ],
            ),
            one_of(
                "roadmap_action_phase_known",
                "phase",
                ["first", "second", "third", "recurring"],
            ),
            ends_after_start("roadmap_action", "starts_on", "due_on"),
            models.CheckConstraint(
                condition=models.Q(resolution__isnull=False) | ~models.Q(reason=""),
                name="roadmap_action_rests_on_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="transferred", continued_by=None),
                name="roadmap_action_transferred_is_continued",
            ),
            fact_has_source("roadmap_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:roadmap-action", args=[self.pk])

    @property
    def number(self) -> str:
        return f"RM{self.serial:02d}"

    @property
    def lead_name(self) -> str:
        return self.lead_as or self.lead.code

    @property
    def due_revision(self) -> DueRevision | None:
        given = list(self.revisions.all())
        return max(given, key=lambda row: row.pk) if given else None

    @property
    def due(self) -> dt.date:
        """The deadline that counts: the latest revision, or the first."""
        revision = self.due_revision
        return revision.due_on if revision else self.due_on

    @property
    def evidence(self) -> str:
        """The latest evidence given."""
        given = [row for row in self.progress.all() if row.evidence]
        return max(given, key=lambda row: row.pk).evidence if given else ""

    def is_overdue(self, today: dt.date) -> bool:
        return self.state not in self.NEVER_OVERDUE and self.due < today

    def days_late(self, today: dt.date) -> int:
        return (today - self.due).days if self.is_overdue(today) else 0


class DueRevision(Frozen):
    """Another deadline, with the reason; the ones before it stay visible."""

    action = models.ForeignKey(
        RoadmapAction, on_delete=models.PROTECT, related_name="revisions"
    )
    due_on = models.DateField(_("new deadline"))
    reason = models.CharField(_("reason"), max_length=300)
    decision = models.CharField(
        _("decided in"), max_length=200, blank=True, help_text=_("Minute or letter.")
    )
    on = models.DateField(_("decided on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="due_revision_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action.number}: {self.due_on}"


class ActionReport(Frozen):
    """What the lead reported on a day, with the evidence for it."""

    action = models.ForeignKey(
        RoadmapAction, on_delete=models.PROTECT, related_name="progress"
    )
    on = models.DateField(_("day"))
    state = models.CharField(
        _("state reported"), max_length=15, choices=RoadmapAction.State.choices
    )
    note = models.TextField(_("what was done"), blank=True, max_length=5_000)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    file = models.FileField(upload_to="evidence/", blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(_("reported by"), max_length=200)
    on_behalf = models.BooleanField(_("on behalf of the lead"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="done_claimed", evidence=""),
                name="action_report_done_has_evidence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action.number} {self.on}"
