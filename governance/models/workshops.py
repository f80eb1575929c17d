"""A meeting of the committee on its report: what is planned and what was said."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import (
    CommitteeModel,
    ends_after_start,
    facts_in,
    one_of,
)
from governance.models.reports import Report
from governance.models.versions import Frozen, Version
from governance.permissions import Permission


class Workshop(CommitteeModel):
    """A validation workshop, from the plan to the adopted minutes."""

    sealed_by = {"decided": "outcome_facts"} | dict.fromkeys(
        ("registered", "arrived", "left", "apology", "struck"), "attendance_facts"
    )

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        APPROVED = "approved", _("Approved")
        CONVENED = "convened", _("Convened")
        IN_SESSION = "in_session", _("In session")
        CONCLUDED = "concluded", _("Concluded")
        REPORT_DRAFTED = "report_drafted", _("Minutes drafted")
        REPORT_ADOPTED = "report_adopted", _("Minutes adopted")
        CLOSED = "closed", _("Closed")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    S = State
    BEFORE = (S.PLANNED, S.APPROVED, S.CONVENED, S.POSTPONED)

    flow = Flow(
        Move("approve", {S.PLANNED}, S.APPROVED, Permission.PRESIDE),
        Move("convene", {S.APPROVED}, S.CONVENED, Permission.RECORD_WORKSHOP),
        Move("open", {S.CONVENED}, S.IN_SESSION, Permission.PRESIDE),
        Move("conclude", {S.IN_SESSION}, S.CONCLUDED, Permission.PRESIDE),
        Move(
            "draft_minutes",
            {S.CONCLUDED},
            S.REPORT_DRAFTED,
            Permission.RECORD_WORKSHOP,
        ),
        Move("adopt_minutes", {S.REPORT_DRAFTED}, S.REPORT_ADOPTED, Permission.PRESIDE),
        Move("close", {S.REPORT_ADOPTED}, S.CLOSED, Permission.RECORD_WORKSHOP),
        Move(
            "postpone",
            {S.PLANNED, S.APPROVED, S.CONVENED},
            S.POSTPONED,
            Permission.RECORD_WORKSHOP,
        ),
        Move("plan_again", {S.POSTPONED}, S.PLANNED, Permission.PLAN_WORKSHOP),
        Move(
            "cancel",
            {S.PLANNED, S.APPROVED, S.CONVENED, S.POSTPONED},
            S.CANCELLED,
            Permission.PRESIDE,
        ),
    )

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="workshops"
    )
    title = models.CharField(_("title"), max_length=250)
    purpose = models.TextField(_("purpose"), blank=True)
    expected_outcomes = models.TextField(
        _("expected outcomes"), blank=True, help_text=_("One a line.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    venue = models.CharField(_("venue"), max_length=200)
    host = models.CharField(_("host"), max_length=200, blank=True)
    co_host = models.CharField(_("co-host"), max_length=200, blank=True)
    funder = models.CharField(_("funded by"), max_length=200, blank=True)
    preamble = models.TextField(_("preamble of the resolutions"), blank=True)
    quorum_rule = models.JSONField(_("quorum rule"), default=dict, editable=False)
    papers = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        related_name="workshops",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("papers"),
    )
    state = models.CharField(
        _("state"),
        max_length=14,
        choices=State.choices,
        default=State.PLANNED,
        editable=False,
    )

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ends_after_start("workshop"),
            one_of(
                "workshop_state_known",
                "state",
                [
                    "planned",
                    "approved",
                    "convened",
                    "in_session",
                    "concluded",
                    "report_drafted",
                    "report_adopted",
                    "closed",
                    "postponed",
                    "cancelled",
                ],
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    state__in=[
                        "in_session",
                        "concluded",
                        "report_drafted",
                        "report_adopted",
                        "closed",
                    ],
                    papers=None,
                ),
                name="workshop_in_session_has_papers",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:workshop", args=[self.pk])

    def outcome_facts(self) -> Any:
        """What was decided on each Part, before whom, and the amendments agreed."""
        rows = self.outcomes.prefetch_related("amendments").order_by("pk")
        return [
            {
                "outcome": row.own_facts(),
                "amendments": facts_in(row.amendments.all()),
            }
            for row in rows
        ]

    def attendance_facts(self) -> Any:
        """Who is on the list, and every entry about them."""
        names = ("id", "name", "office", "institution_id", "user_id", "is_alternate")
        return {
            "participants": facts_in(self.participants.all(), *names),
            "entries": facts_in(self.attendance.all()),
        }

    @property
    def days(self) -> list[dt.date]:
        count = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + dt.timedelta(days=n) for n in range(count)]

    @property
    def is_planning(self) -> bool:
        return self.state in self.BEFORE

    @property
    def is_in_session(self) -> bool:
        return self.state == self.State.IN_SESSION


class Invitation(models.Model):
    """An institution that is asked to come, and in which part."""

    class Part(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        RESOURCE = "resource", _("Resource person")

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="invitations"
    )
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="invitations"
    )
    invited_as = models.CharField(_("invited as"), max_length=8, choices=Part.choices)
    sent_on = models.DateField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["institution__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "institution"], name="invitation_once"
            ),
            one_of(
                "invitation_part_known",
                "invited_as",
                ["member", "observer", "resource"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.get_invited_as_display()}"


class PartOutcome(CommitteeModel, Frozen):
    """What the workshop decided on one Part, with those present."""

    class Outcome(models.TextChoices):
        VALIDATED = "validated", _("Validated")
        AMENDMENTS = "amendments", _("Validated subject to amendments")
        RETURNED = "returned", _("Returned")

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, related_name="outcomes"
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="outcomes"
    )
    part = models.PositiveSmallIntegerField(_("Part of the report"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    note = models.TextField(_("note"), blank=True)
    presence = models.JSONField(_("those present"))
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["workshop", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "version", "part"], name="part_outcome_once"
            ),
            one_of(
                "part_outcome_known",
                "outcome",
                ["validated", "amendments", "returned"],
            ),
            models.CheckConstraint(
                condition=models.Q(part__range=(1, 4)), name="part_outcome_of_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}: {self.part}"
