"""Who must sign: the rule of a committee, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel, one_of
from governance.models.rules import QuorumRule, in_words
from governance.models.versions import Frozen
from governance.quorum import needed_of

if TYPE_CHECKING:
    import datetime as dt

    from governance.models.committees import Committee


class Capacity(models.TextChoices):
    INSTITUTION = "institution", _("for a member institution")
    CHAIR = "chair", _("as the Chair")
    VICE_CHAIR = "vice_chair", _("as the Vice-Chair")
    RAPPORTEUR = "rapporteur", _("as the rapporteur")
    SECRETARIAT = "secretariat", _("for the secretariat")
    WITNESS = "witness", _("as a witness")
    TRANSMITTAL = "transmittal", _("approves for transmission")


SEATS = (
    Capacity.CHAIR,
    Capacity.VICE_CHAIR,
    Capacity.RAPPORTEUR,
    Capacity.SECRETARIAT,
)


class SignOffRuleQuerySet(models.QuerySet["SignOffRule"]):
    def agreed(self) -> Self:
        """Rules that a second person confirmed, or that were a committee's first."""
        return self.filter(
            models.Q(is_first=True) | models.Q(confirmation__isnull=False)
        )

    def waiting(self) -> Self:
        return self.filter(is_first=False, confirmation=None)

    def on(self, day: dt.date) -> SignOffRule | None:
        known = self.agreed().filter(starts_on__lte=day)
        return known.order_by("-starts_on", "-pk").first()


class SignOffRule(CommitteeModel, Frozen):
    """Which seats must sign and how many voting institutions, from a day on.

    The first rule of a committee counts at once: there is nothing yet that it could
    change. Every later one is a proposal until a second person has confirmed it.
    """

    Threshold = QuorumRule.Threshold

    starts_on = models.DateField(_("in force from"))
    seats = models.JSONField(_("seats that must sign"), default=list, blank=True)
    threshold = models.CharField(
        _("institutions that must sign"), max_length=14, choices=Threshold.choices
    )
    fixed_number = models.PositiveSmallIntegerField(
        _("fixed number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    is_first = models.BooleanField(_("the committee's first rule"), default=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[Any] = SignOffRuleQuerySet.as_manager()  # type: ignore[assignment]  # its own question

    class Meta:
        ordering = ["committee", "-starts_on"]
        constraints = [
            one_of(
                "sign_off_rule_threshold_known",
                "threshold",
                ["more_than_half", "at_least_half", "two_thirds", "number"],
            ),
            models.CheckConstraint(
                condition=models.Q(threshold="number", fixed_number__isnull=False)
                | ~models.Q(threshold="number") & models.Q(fixed_number=None),
                name="sign_off_rule_number_given_when_fixed",
            ),
        ]

    def __str__(self) -> str:
        threshold = self.threshold_in_words
        if not self.seats:
            return threshold
        seats = ", ".join(str(Capacity(seat).label) for seat in self.seats)
        return _now("%s; also %s") % (threshold, seats)

    @property
    def is_agreed(self) -> bool:
        return self.is_first or hasattr(self, "confirmation")

    @property
    def threshold_in_words(self) -> str:
        return in_words(self)

    def facts(self) -> dict[str, Any]:
        """As it is kept with a validation."""
        return {
            "seats": list(self.seats),
            "threshold": self.threshold,
            "fixed_number": self.fixed_number,
        }

    def needed(self, voting: int) -> int:
        return needed_of(self.facts(), voting)


class RuleConfirmation(CommitteeModel, Frozen):
    """The second person's word, without which a changed rule does not count."""

    rule = models.OneToOneField(
        SignOffRule, on_delete=models.PROTECT, related_name="confirmation"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("confirmed"))

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.rule)


def rule_of(committee: Committee, day: dt.date) -> SignOffRule | None:
    return SignOffRule.objects.filter(committee=committee).on(day)
