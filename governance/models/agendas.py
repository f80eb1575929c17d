"""What is on the agenda of a workshop, who works on it in groups, what was written down."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import one_of
from governance.models.versions import Frozen
from governance.models.workshops import Workshop
from governance.permissions import Permission


class AgendaItem(models.Model):
    """A point of the agenda; during the session one of them is now."""

    class Type(models.TextChoices):
        LOGISTICS = "logistics", _("Logistics")
        OPENING = "opening", _("Opening")
        PROCEDURE = "procedure", _("Procedure")
        PRESENTATION = "presentation", _("Presentation")
        GROUP = "group", _("Group work")
        DRAFTING = "drafting", _("Drafting")
        PLENARY = "plenary", _("Plenary")
        ADOPTION = "adoption", _("Adoption")
        CLOSING = "closing", _("Closing")

    class State(models.TextChoices):
        NEXT = "next", _("To come")
        NOW = "now", _("Now")
        DONE = "done", _("Done")

    flow = Flow(
        Move("begin", {State.NEXT}, State.NOW, Permission.RECORD_WORKSHOP),
        Move("finish", {State.NOW}, State.DONE, Permission.RECORD_WORKSHOP),
        Move("reopen", {State.DONE}, State.NEXT, Permission.RECORD_WORKSHOP),
    )

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="agenda"
    )
    day = models.PositiveSmallIntegerField(_("day"))
    starts_at = models.TimeField(_("time"))
    title = models.CharField(_("item"), max_length=300)
    type = models.CharField(_("type"), max_length=12, choices=Type.choices)
    presenter = models.CharField(_("presenter or chair"), max_length=200, blank=True)
    part = models.PositiveSmallIntegerField(
        _("Part of the report"), null=True, blank=True
    )
    state = models.CharField(
        _("state"),
        max_length=4,
        choices=State.choices,
        default=State.NEXT,
        editable=False,
    )

    class Meta:
        ordering = ["workshop", "day", "starts_at", "pk"]
        constraints = [
            one_of(
                "agenda_item_type_known",
                "type",
                [
                    "logistics",
                    "opening",
                    "procedure",
                    "presentation",
                    "group",
                    "drafting",
                    "plenary",
                    "adoption",
                    "closing",
                ],
            ),
            one_of("agenda_item_state_known", "state", ["next", "now", "done"]),
            models.CheckConstraint(
                condition=models.Q(day__gte=1), name="agenda_item_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["workshop"],
                condition=models.Q(state="now"),
                name="agenda_item_one_is_now",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def committee(self) -> Any:
        return self.workshop.committee

    @property
    def on(self) -> dt.date:
        return self.workshop.starts_on + dt.timedelta(days=self.day - 1)

    def record(self, verb: str, *, by: Any, note: str = "") -> None:
        """An agenda has no history of its own: the workshop's tells of it."""
        self.workshop.record(f"item {verb}", by=by, note=note or str(self))


class WorkingGroup(models.Model):
    """A breakout group on one Part, with its chair and rapporteur (offices)."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="groups"
    )
    name = models.CharField(_("group"), max_length=150)
    part = models.PositiveSmallIntegerField(_("Part of the report"))
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    rapporteur = models.CharField(_("rapporteur"), max_length=200, blank=True)

    class Meta:
        ordering = ["workshop", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "name"], name="working_group_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupFinding(Frozen):
    """What a working group reported to the plenary."""

    group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="findings"
    )
    text = models.TextField(_("finding"), max_length=20_000)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:100]


class MinuteNote(Frozen):
    """What the secretariat wrote down under an item of the agenda."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, related_name="notes"
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        related_name="notes",
        null=True,
        blank=True,
    )
    text = models.TextField(_("note"), max_length=20_000)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:100]
