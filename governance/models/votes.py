"""How a resolution was decided: the roll call, and reservations word for word."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import (
    one_of,
)
from governance.models.resolutions import Resolution
from governance.models.versions import Frozen


class Reservation(Frozen):
    """A reservation, word for word, of an institution that does not stand in the way."""

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="reservations"
    )
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("reservation"), max_length=5_000)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "institution"], name="reservation_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="reservation_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.text}"[:100]


class RollCallVote(Frozen):
    """How one institution voted when it was called."""

    class Vote(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        ABSTAINS = "abstains", _("Abstains")

    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, related_name="roll_call"
    )
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="+"
    )
    vote = models.CharField(_("vote"), max_length=8, choices=Vote.choices)

    class Meta:
        ordering = ["resolution", "institution__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "institution"], name="roll_call_vote_once"
            ),
            one_of("roll_call_vote_known", "vote", ["for", "against", "abstains"]),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.get_vote_display()}"
