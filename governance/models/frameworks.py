from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import Sourced, ends_after_start, fact_has_source, one_of
from governance.permissions import Actor, Permission, committees_where


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def visible_to(self, user: Actor) -> Self:
        """Those common to all committees, and those of the person's own."""
        own = committees_where(user, Permission.READ_COMMITTEE)
        if not own:
            return self.none()
        return self.filter(models.Q(committee=None) | models.Q(committee_id__in=own))


class Framework(Sourced):
    """A law, policy or framework that plans refer to, in one dated version."""

    class Kind(models.TextChoices):
        CONSTITUTION = "constitution", _("Constitution")
        ACT = "act", _("Act")
        BILL = "bill", _("Bill")
        POLICY = "policy", _("Policy")
        PLAN = "plan", _("Plan")
        TREATY = "treaty", _("Treaty")
        FRAMEWORK = "framework", _("Framework")

    committee = models.ForeignKey(
        "governance.Committee",
        on_delete=models.PROTECT,
        related_name="frameworks",
        null=True,
        blank=True,
        help_text=_("Empty for what is common to all committees."),
    )
    code = models.SlugField(_("code"), max_length=30)
    short_name = models.CharField(_("short name"), max_length=40)
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    version = models.CharField(_("version"), max_length=40)
    note = models.TextField(_("note"), blank=True)
    measured = models.BooleanField(_("shown in the coverage of plans"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar[Any] = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "code", "version"],
                name="framework_version_once_per_committee",
            ),
            models.UniqueConstraint(
                fields=["code", "version"],
                condition=models.Q(committee=None),
                name="framework_version_once_among_common",
            ),
            one_of(
                "framework_kind_known",
                "kind",
                [
                    "constitution",
                    "act",
                    "bill",
                    "policy",
                    "plan",
                    "treaty",
                    "framework",
                ],
            ),
            ends_after_start("framework", "valid_from", "valid_to"),
            fact_has_source("framework"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("governance:framework", args=[self.pk])


class FrameworkItem(models.Model):
    """One objective, goal or domain of a framework: GCM 23, KPA IV."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("short label"), max_length=200)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"], name="framework_item_code_once"
            ),
            models.UniqueConstraint(
                fields=["framework", "position"], name="framework_item_placed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """Its number alone may be another framework's too: `GCM 23`."""
        return f"{self.framework.short_name} {self.code}"

    def to_reference(self) -> dict[str, Any]:
        return {
            "framework": self.framework.short_name,
            "version": self.framework.version,
            "code": self.code,
            "title": self.title,
        }
