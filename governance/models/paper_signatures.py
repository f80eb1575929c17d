"""A signature on paper: entered by one person, confirmed by a second."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.flow import Flow, Move
from governance.models.base import CommitteeModel, one_of
from governance.models.sign_off_rules import Capacity
from governance.models.signoffs import Signature
from governance.models.versions import HEX64, Version
from governance.permissions import Permission


class PaperSignature(CommitteeModel):
    """A signature on paper as the secretariat entered it; a second person confirms."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("Waiting for a second person")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Not confirmed")

    flow = Flow(
        Move(
            "confirm",
            {State.RECORDED},
            State.CONFIRMED,
            Permission.RECORD_PAPER_SIGNATURE,
        ),
        Move(
            "refuse",
            {State.RECORDED},
            State.REFUSED,
            Permission.RECORD_PAPER_SIGNATURE,
        ),
    )

    candidate = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="paper_signatures"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    capacity = models.CharField(_("capacity"), max_length=11, choices=Capacity.choices)
    position = models.CharField(
        _("position"), max_length=11, choices=Signature.Position.choices
    )
    text = models.TextField(
        _("reservation, or reason for declining"), blank=True, max_length=5_000
    )
    authority = models.CharField(_("written authority"), max_length=200, blank=True)
    signed_on = models.DateField(_("date on the paper"))
    scan = models.FileField(upload_to="scans/", editable=False)
    scan_sha256 = models.CharField(max_length=64, editable=False, validators=[HEX64])
    recorded_at = models.DateTimeField(_("entered"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    signature = models.OneToOneField(
        Signature,
        on_delete=models.PROTECT,
        related_name="paper",
        null=True,
        blank=True,
        editable=False,
    )
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=State.choices,
        default=State.RECORDED,
        editable=False,
    )

    class Meta:
        ordering = ["candidate", "pk"]
        constraints = [
            one_of(
                "paper_signature_state_known",
                "state",
                ["recorded", "confirmed", "refused"],
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | models.Q(confirmed_by__isnull=False, signature__isnull=False),
                name="paper_signature_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("recorded_by")),
                name="paper_signature_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_position_display()}"
