"""What the committee resolved, and what it wants done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import (
    CommitteeModel,
    Sourced,
    fact_has_source,
    facts_in,
    one_of,
)
from governance.models.comments import Comment
from governance.models.reports import Report
from governance.models.workshops import Workshop
from governance.permissions import Permission

if TYPE_CHECKING:
    import datetime as dt


class Phase(models.TextChoices):
    FIRST = "first", _("0–3 months")
    SECOND = "second", _("4–12 months")
    THIRD = "third", _("13–36 months")
    RECURRING = "recurring", _("Quarterly")


class Resolution(CommitteeModel, Sourced):
    """A decision in words, with one lead, a date and what it rests on."""

    sealed_by = {"adopt": "adopted_facts"}

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AMENDED = "amended", _("Proposed, amended")
        ADOPTED = "adopted", _("Adopted")
        DEFERRED = "deferred", _("Deferred")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REJECTED = "rejected", _("Rejected")

    class Mode(models.TextChoices):
        CONSENSUS = "consensus", _("Consensus")
        HANDS = "hands", _("Show of hands")
        ROLL_CALL = "roll_call", _("Roll call")

    class Relation(models.TextChoices):
        AMENDS = "amends", _("amends")
        REPLACES = "replaces", _("replaces")

    S = State
    UNDECIDED = (S.PROPOSED, S.AMENDED)
    OPEN = (*UNDECIDED, S.DEFERRED)

    flow = Flow(
        Move("amend", {S.PROPOSED, S.AMENDED}, S.AMENDED, Permission.DRAFT_RESOLUTION),
        Move("adopt", {S.PROPOSED, S.AMENDED}, S.ADOPTED, Permission.DECIDE),
        Move("defer", {S.PROPOSED, S.AMENDED}, S.DEFERRED, Permission.DECIDE),
        Move("reject", {S.PROPOSED, S.AMENDED}, S.REJECTED, Permission.DECIDE),
        Move("take_up", {S.DEFERRED}, S.PROPOSED, Permission.DRAFT_RESOLUTION),
        Move(
            "withdraw",
            {S.PROPOSED, S.AMENDED, S.DEFERRED},
            S.WITHDRAWN,
            Permission.DRAFT_RESOLUTION,
        ),
    )

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="resolutions"
    )
    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, related_name="resolutions"
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveSmallIntegerField()
    verb = models.CharField(
        _("operative verb"), max_length=60, help_text=_("Such as REQUESTS or ADOPTS.")
    )
    text = models.TextField(_("operative text"), max_length=20_000)
    lead = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="led_resolutions",
        null=True,
        blank=True,
        verbose_name=_("lead institution"),
    )
    lead_as = models.CharField(
        _("lead as written"),
        max_length=80,
        blank=True,
        help_text=_("Where the text names a group for which the lead answers."),
    )
    support = models.ManyToManyField(
        "governance.Institution",
        related_name="supported_resolutions",
        blank=True,
        verbose_name=_("supporting institutions"),
    )
    support_as = models.CharField(_("support as written"), max_length=120, blank=True)
    deliverable = models.CharField(_("deliverable"), max_length=300, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    trigger = models.CharField(
        _("trigger"),
        max_length=200,
        blank=True,
        help_text=_("Such as: within 60 days of Cabinet's decision."),
    )
    means_of_verification = models.CharField(
        _("means of verification"), max_length=300, blank=True
    )
    cost = models.DecimalField(
        _("cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    funded_by = models.CharField(
        _("source of funds"),
        max_length=150,
        blank=True,
        help_text=_("Left empty, the resolution is unfunded."),
    )
    provision_uid = models.UUIDField(_("rests on the provision"), null=True, blank=True)
    comment = models.ForeignKey(
        Comment,
        on_delete=models.PROTECT,
        related_name="resolutions",
        null=True,
        blank=True,
        verbose_name=_("rests on the comment"),
    )
    linked_to = models.CharField(_("linked to"), max_length=200, blank=True)
    earlier = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="later",
        null=True,
        blank=True,
        verbose_name=_("earlier resolution"),
    )
    relation = models.CharField(
        _("what it does to the earlier one"),
        max_length=8,
        choices=Relation.choices,
        blank=True,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="proposed_resolutions",
        editable=False,
        verbose_name=_("proposed by"),
    )
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=State.choices,
        default=State.PROPOSED,
        editable=False,
    )
    mode = models.CharField(
        _("decided by"), max_length=9, choices=Mode.choices, blank=True, editable=False
    )
    votes_for = models.PositiveSmallIntegerField(null=True, editable=False)
    votes_against = models.PositiveSmallIntegerField(null=True, editable=False)
    abstentions = models.PositiveSmallIntegerField(null=True, editable=False)
    presence = models.JSONField(_("those present"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    decision_note = models.TextField(_("reason"), blank=True, editable=False)

    class Meta:
        ordering = ["committee", "year", "serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year", "serial"], name="resolution_number_once"
            ),
            one_of(
                "resolution_state_known",
                "state",
                [
                    "proposed",
                    "amended",
                    "adopted",
                    "deferred",
                    "withdrawn",
                    "rejected",
                ],
            ),
            one_of(
                "resolution_mode_known", "mode", ["", "consensus", "hands", "roll_call"]
            ),
            models.CheckConstraint(
                condition=~models.Q(state="adopted")
                | models.Q(
                    lead__isnull=False,
                    presence__isnull=False,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                & ~models.Q(mode="")
                & (models.Q(due_on__isnull=False) | ~models.Q(trigger="")),
                name="resolution_adopted_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(earlier=None, relation="")
                | models.Q(earlier__isnull=False) & ~models.Q(relation=""),
                name="resolution_says_what_it_does_to_the_earlier",
            ),
            fact_has_source("resolution"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("governance:resolution", args=[self.pk])

    @property
    def number(self) -> str:
        """Reserved when it is proposed and never used again: `RES/2021/03`."""
        return f"RES/{self.year}/{self.serial:02d}"

    @property
    def lead_name(self) -> str:
        return self.lead_as or (self.lead.code if self.lead else "")

    @property
    def support_name(self) -> str:
        return self.support_as or ", ".join(i.code for i in self.support.all())

    @classmethod
    def as_sealed(cls) -> models.QuerySet[Any]:
        beside = ("support", "roll_call", "reservations")
        return cls._base_manager.prefetch_related(*beside)

    def adopted_facts(self) -> Any:
        """The resolution as it was adopted, with every vote and reservation."""
        return {
            "resolution": self.own_facts(),
            "support": sorted(institution.pk for institution in self.support.all()),
            "roll_call": facts_in(self.roll_call.all()),
            "reservations": facts_in(self.reservations.all()),
        }

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def standing(self) -> str:
        """What has become of an adopted resolution, computed from its actions."""
        if self.state != self.State.ADOPTED:
            return str(self.get_state_display())
        states = [action.state for action in self.actions.all()]
        if any(later.state == self.State.ADOPTED for later in self.later.all()):
            names = {"replaces": _("Replaced"), "amends": _("Amended")}
            relations = [r.relation for r in self.later.all() if r.state == "adopted"]
            return str(names["replaces" if "replaces" in relations else "amends"])
        return str(standing_of(states))


def standing_of(states: list[str]) -> Any:
    """The status of a resolution whose actions are at `states`."""
    live = [s for s in states if s not in {"cancelled", "transferred"}]
    if states and not live:
        return _("Overtaken")
    if live and all(s == "verified" for s in live):
        return _("Implemented")
    if any(s == "verified" for s in live):
        return _("Partly implemented")
    if all(s == "not_started" for s in live):
        return _("Adopted, not started")
    return _("In implementation")


def phase_of(decided_on: dt.date, due_on: dt.date) -> str:
    """The phase in which a deadline falls, counted from the decision."""
    months = (due_on.year - decided_on.year) * 12 + due_on.month - decided_on.month
    if months <= 3:
        return Phase.FIRST
    return Phase.SECOND if months <= 12 else Phase.THIRD
