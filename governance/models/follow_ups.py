"""What a resolution asks for, before its adoption makes it actions of the roadmap."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import (
    ends_after_start,
    one_of,
)
from governance.models.resolutions import Phase, Resolution


class FollowUp(models.Model):
    """What will be done when a proposed resolution is adopted."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.CASCADE, related_name="follow_ups"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("action"), max_length=300)
    lead = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lead institution"),
    )
    lead_as = models.CharField(_("lead as written"), max_length=80, blank=True)
    phase = models.CharField(_("phase"), max_length=9, choices=Phase.choices)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    deliverable = models.CharField(_("deliverable"), max_length=300, blank=True)
    number = models.PositiveSmallIntegerField(
        _("number in the roadmap"), null=True, blank=True
    )

    class Meta:
        ordering = ["resolution", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "position"], name="follow_up_placed_once"
            ),
            one_of(
                "follow_up_phase_known",
                "phase",
                ["first", "second", "third", "recurring"],
            ),
            ends_after_start("follow_up", "starts_on", "due_on"),
        ]

    def __str__(self) -> str:
        return self.title
