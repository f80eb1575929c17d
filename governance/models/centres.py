from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel, Sourced, fact_has_source
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
    """What a committee means to ask a centre for."""

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

    class Meta:
        ordering = ["needed_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "centre", "lead"], name="centre_request_once"
            ),
            fact_has_source("centre_request"),
        ]

    def __str__(self) -> str:
        return f"{self.centre.code}: {self.purpose}"[:100]
