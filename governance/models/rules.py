"""Part I: the rules of the terms of reference that are computed with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from governance.models.base import one_of
from governance.models.institutions import Institution
from governance.models.provisions import Provision, provision_constraints
from governance.quorum import needed_of


class MeetingRule(Provision):
    type = "meeting_rule"

    document = models.ForeignKey(
        "governance.TermsOfReference",
        on_delete=models.CASCADE,
        related_name="meeting_rules",
    )
    ordinary_a_year = models.PositiveSmallIntegerField(
        _("ordinary meetings a year"), validators=[MinValueValidator(1)]
    )
    notice_days = models.PositiveSmallIntegerField(_("notice, in days"))
    papers_days = models.PositiveSmallIntegerField(_("papers ahead, in days"))
    extraordinary_members = models.PositiveSmallIntegerField(
        _("members who can call an extraordinary meeting"), null=True, blank=True
    )
    body = models.TextField(_("in words"), blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("meeting_rule", "document"),
            models.UniqueConstraint(fields=["document"], name="meeting_rule_once"),
        ]

    def __str__(self) -> str:
        return _now("Meetings")

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return _now("Meetings")

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {
            "ordinary_a_year": self.ordinary_a_year,
            "notice_days": self.notice_days,
            "papers_days": self.papers_days,
            "extraordinary_members": self.extraordinary_members,
        }


def in_words(rule: Any) -> str:
    """The threshold of a rule for a quorum or for signatures: `7 voting members`."""
    if rule.fixed_number:
        return (
            ngettext("%d voting member", "%d voting members", rule.fixed_number)
            % rule.fixed_number
        )
    return str(rule.get_threshold_display())


class QuorumRule(Provision):
    """How many voting institutions, and which seats, must be present to decide."""

    type = "quorum_rule"

    class Threshold(models.TextChoices):
        MORE_THAN_HALF = "more_than_half", _("more than half of the voting members")
        AT_LEAST_HALF = "at_least_half", _("at least half of the voting members")
        TWO_THIRDS = "two_thirds", _("at least two thirds of the voting members")
        NUMBER = "number", _("a fixed number of voting members")

    class Presiding(models.TextChoices):
        NONE = "", _("no particular seat")
        CHAIR = "chair", _("the Chair")
        CHAIR_OR_VICE_CHAIR = "chair_or_vice_chair", _("the Chair or Vice-Chair")

    document = models.ForeignKey(
        "governance.TermsOfReference",
        on_delete=models.CASCADE,
        related_name="quorum_rules",
    )
    threshold = models.CharField(
        _("threshold"), max_length=14, choices=Threshold.choices
    )
    fixed_number = models.PositiveSmallIntegerField(
        _("fixed number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    presiding = models.CharField(
        _("must be present"), max_length=19, choices=Presiding.choices, blank=True
    )
    categories = models.JSONField(
        _("least number by category"),
        default=dict,
        blank=True,
        help_text=_("Category of institution and number, such as social_partner: 1."),
    )
    body = models.TextField(_("in words"), blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("quorum_rule", "document"),
            models.UniqueConstraint(fields=["document"], name="quorum_rule_once"),
            one_of(
                "quorum_rule_threshold_known",
                "threshold",
                ["more_than_half", "at_least_half", "two_thirds", "number"],
            ),
            models.CheckConstraint(
                condition=models.Q(threshold="number", fixed_number__isnull=False)
                | ~models.Q(threshold="number") & models.Q(fixed_number=None),
                name="quorum_rule_number_given_when_fixed",
                violation_error_message=_(
                    "Write the fixed number, and only where the threshold is a fixed number."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _now("Quorum")

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return _now("Quorum")

    @property
    def node_body(self) -> str:
        return self.body

    def clean(self) -> None:
        known = set(Institution.Category.values)
        for category, least in self.categories.items():
            if category not in known or not isinstance(least, int) or least < 1:
                raise ValidationError(
                    {"categories": _now("Write a category and a number of at least 1.")}
                )

    def node_fields(self) -> dict[str, Any]:
        categories = [
            {
                "category": category,
                "name": str(Institution.Category(category).label),
                "minimum": least,
            }
            for category, least in sorted(self.categories.items())
        ]
        return self.threshold_fields() | (
            {"categories": categories} if categories else {}
        )

    def needed(self, voting: int) -> int:
        """How many of `voting` institutions make a quorum: 13 of 24 by more than half."""
        return needed_of(self.threshold_fields(), voting)

    @property
    def threshold_in_words(self) -> str:
        return in_words(self)

    def threshold_fields(self) -> dict[str, Any]:
        return {
            "threshold": self.threshold,
            "threshold_name": str(self.get_threshold_display()),
            "fixed_number": self.fixed_number,
            "presiding": self.presiding,
            "presiding_name": str(self.get_presiding_display()),
        }


class DecisionRule(Provision):
    type = "decision_rule"

    class Majority(models.TextChoices):
        SIMPLE = "simple", _("simple majority of those voting")
        ABSOLUTE = "absolute", _("majority of all voting members")
        TWO_THIRDS = "two_thirds", _("two thirds of those voting")

    document = models.ForeignKey(
        "governance.TermsOfReference",
        on_delete=models.CASCADE,
        related_name="decision_rules",
    )
    consensus_first = models.BooleanField(_("consensus is sought first"), default=True)
    majority = models.CharField(_("otherwise"), max_length=10, choices=Majority.choices)
    chair_has_casting_vote = models.BooleanField(
        _("the Chair has a casting vote"), default=False
    )
    dissent_is_recorded = models.BooleanField(_("dissent is recorded"), default=True)
    body = models.TextField(_("in words"), blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("decision_rule", "document"),
            models.UniqueConstraint(fields=["document"], name="decision_rule_once"),
            one_of(
                "decision_rule_majority_known",
                "majority",
                ["simple", "absolute", "two_thirds"],
            ),
        ]

    def __str__(self) -> str:
        return _now("Decisions")

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return _now("Decisions")

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {
            "consensus_first": self.consensus_first,
            "majority": self.majority,
            "majority_name": str(self.get_majority_display()),
            "chair_has_casting_vote": self.chair_has_casting_vote,
            "dissent_is_recorded": self.dissent_is_recorded,
        }


class ReportingDuty(Provision):
    type = "reporting_duty"

    document = models.ForeignKey(
        "governance.TermsOfReference",
        on_delete=models.CASCADE,
        related_name="reporting_duties",
    )
    recipient = models.CharField(_("to whom"), max_length=150)
    times_a_year = models.PositiveSmallIntegerField(
        _("times a year"), validators=[MinValueValidator(1)]
    )
    form = models.CharField(_("form"), max_length=150, blank=True)

    class Meta(Provision.Meta):
        constraints = provision_constraints("reporting_duty", "document")

    def __str__(self) -> str:
        return self.recipient

    @property
    def node_heading(self) -> str:
        return self.recipient

    def node_fields(self) -> dict[str, Any]:
        return {"times_a_year": self.times_a_year, "form": self.form}
