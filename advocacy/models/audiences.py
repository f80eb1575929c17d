"""Part IV: whom the committee wants to move, and what they should hear."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.models.strategy import AdvocacyStrategy
from governance.models import Institution, Provision
from governance.models.base import one_of
from governance.models.provisions import provision_constraints


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
