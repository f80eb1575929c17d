from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import CommitteeModel, Sourced, fact_has_source, one_of
from governance.models.versions import Frozen
from governance.permissions import Actor, Permission, committees_where


class CentreQuerySet(models.QuerySet["Centre"]):
    def visible_to(self, user: Actor) -> Self:
        """The centres serve every committee; one must belong to one to see them."""
        known = committees_where(user, Permission.READ_COMMITTEE)
        return self.all() if known else self.none()


class Centre(Sourced):
    """A migration centre of the African Union that a Member State can draw on."""

    code = models.CharField(_("short name"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=200)
    other_names = models.CharField(_("other names"), max_length=200, blank=True)
    seat = models.CharField(_("seat"), max_length=100)
    established = models.TextField(_("decision and launch"))
    description = models.TextField(_("what it is"))
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar[Any] = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [fact_has_source("centre")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("governance:centre", args=[self.pk])


class CentreService(Sourced):
    centre = models.ForeignKey(
        Centre, on_delete=models.CASCADE, related_name="services"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("service"), max_length=250)

    class Meta:
        ordering = ["centre", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "position"], name="centre_service_placed_once"
            ),
            fact_has_source("centre_service"),
        ]

    def __str__(self) -> str:
        return self.name


class CentreRequest(CommitteeModel, Sourced):
    """What a committee asks a centre for, and what came of it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SENT = "sent", _("Letter sent")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ACCEPTED = "accepted", _("Accepted")
        DELIVERED = "delivered", _("Delivered")
        DECLINED = "declined", _("Declined")

    S = State
    flow = Flow(
        Move("send", {S.PLANNED}, S.SENT, Permission.RECORD_CENTRE_REQUEST),
        Move("acknowledge", {S.SENT}, S.ACKNOWLEDGED, Permission.RECORD_CENTRE_REQUEST),
        Move(
            "accept",
            {S.SENT, S.ACKNOWLEDGED},
            S.ACCEPTED,
            Permission.RECORD_CENTRE_REQUEST,
        ),
        Move("deliver", {S.ACCEPTED}, S.DELIVERED, Permission.RECORD_CENTRE_REQUEST),
        Move(
            "decline",
            {S.SENT, S.ACKNOWLEDGED},
            S.DECLINED,
            Permission.RECORD_CENTRE_REQUEST,
        ),
    )

    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="requests"
    )
    purpose = models.TextField(_("what is asked for"))
    lead = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="led_requests",
        verbose_name=_("lead institution"),
    )
    support = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="supported_requests",
        null=True,
        blank=True,
        verbose_name=_("supporting institution"),
    )
    needed_by = models.DateField(_("needed by"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=State.choices,
        default=State.PLANNED,
        editable=False,
    )

    class Meta:
        ordering = ["needed_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "centre", "lead"], name="centre_request_once"
            ),
            fact_has_source("centre_request"),
            one_of(
                "centre_request_state_known",
                "state",
                [
                    "planned",
                    "sent",
                    "acknowledged",
                    "accepted",
                    "delivered",
                    "declined",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre.code}: {self.purpose}"[:100]


class CentreRequestStep(Frozen):
    """A stage that a request reached on a day, with the letter that shows it."""

    request = models.ForeignKey(
        CentreRequest, on_delete=models.PROTECT, related_name="steps"
    )
    state = models.CharField(
        _("stage"), max_length=12, choices=CentreRequest.State.choices
    )
    on = models.DateField(_("day"))
    reference = models.CharField(_("letter"), max_length=200, blank=True)
    note = models.TextField(_("what was agreed or came of it"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="declined", note=""),
                name="centre_request_step_decline_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_state_display()}"
