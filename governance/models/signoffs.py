"""Sign-off: the committee's rule, the signatures, and the validation they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from governance.errors import Owed
from governance.models.attendance import voters_on
from governance.models.base import CommitteeModel, CommitteeQuerySet, one_of
from governance.models.reports import Report, readable_by
from governance.models.sign_off_rules import Capacity, rule_of
from governance.models.versions import HEX64, Frozen, Version

if TYPE_CHECKING:
    import datetime as dt

    from governance.permissions import Actor


class Standing(models.TextChoices):
    """Where an institution stands on the sign-off sheet."""

    SIGNED = "signed", _("Signed")
    BY_ALTERNATE = "by_alternate", _("Signed by delegated alternate")
    RESERVATION = "reservation", _("Signed with a reservation")
    DECLINED = "declined", _("Declined")
    ABSENT = "absent", _("Absent")
    NO_ANSWER = "no_answer", _("No answer")


class SignatureQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        return self.filter(readable_by(user, "candidate__report__"))

    def counted(self) -> Self:
        """Signatures that count towards the rule."""
        return self.filter(is_late=False, position__in=Signature.SIGNS)

    def missing_for(self, candidate: Version) -> list[Owed]:
        """Which signatures the rule still asks for on this candidate; empty when met."""
        return missing_signatures(
            candidate, list(self.counted().select_related("institution"))
        )


class Signature(CommitteeModel, Frozen):
    """One person's position on one exact text."""

    class Position(models.TextChoices):
        SIGNED = "signed", _("Signed")
        RESERVATION = "reservation", _("Signed with a reservation")
        DECLINED = "declined", _("Declined")

    class Mode(models.TextChoices):
        IN_APP = "in_app", _("In the portal")
        WET_INK = "wet_ink", _("On paper")

    SIGNS = (Position.SIGNED, Position.RESERVATION)
    sealed_by = dict.fromkeys(Position.values, "own_facts")

    candidate = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="signatures"
    )
    candidate_digest = models.CharField(max_length=64, validators=[HEX64])
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    person_name = models.CharField(_("who"), max_length=200)
    institution = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="signatures",
        null=True,
        blank=True,
    )
    capacity = models.CharField(_("capacity"), max_length=11, choices=Capacity.choices)
    position = models.CharField(_("position"), max_length=11, choices=Position.choices)
    text = models.TextField(
        _("reservation, or reason for declining"), blank=True, max_length=5_000
    )
    is_alternate = models.BooleanField(_("as an alternate"), default=False)
    authority = models.CharField(_("written authority"), max_length=200, blank=True)
    mode = models.CharField(_("how"), max_length=7, choices=Mode.choices)
    nonce = models.CharField(max_length=64, unique=True, editable=False)
    is_late = models.BooleanField(_("after the validation"), default=False)
    signed_at = models.DateTimeField(_("signed"))
    place = models.CharField(_("place"), max_length=100, blank=True)

    objects: ClassVar[Any] = SignatureQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["candidate", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "person"], name="signature_a_person_once"
            ),
            models.UniqueConstraint(
                fields=["candidate", "institution"],
                condition=models.Q(capacity="institution"),
                name="signature_an_institution_once",
            ),
            models.UniqueConstraint(
                fields=["candidate", "capacity"],
                condition=models.Q(
                    capacity__in=["chair", "vice_chair", "rapporteur", "secretariat"]
                ),
                name="signature_a_seat_once",
            ),
            one_of(
                "signature_capacity_known",
                "capacity",
                [
                    "institution",
                    "chair",
                    "vice_chair",
                    "rapporteur",
                    "secretariat",
                    "witness",
                    "transmittal",
                ],
            ),
            one_of(
                "signature_position_known",
                "position",
                ["signed", "reservation", "declined"],
            ),
            one_of("signature_mode_known", "mode", ["in_app", "wet_ink"]),
            models.CheckConstraint(
                condition=models.Q(position="signed") | ~models.Q(text=""),
                name="signature_reservation_has_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(is_alternate=True, authority=""),
                name="signature_alternate_has_authority",
            ),
            models.CheckConstraint(
                condition=~models.Q(capacity="institution", institution=None),
                name="signature_for_an_institution_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.get_position_display()}"


class Validation(CommitteeModel, Frozen):
    """The moment the rule was met: version 1.0, and the sheet as it stood."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="validation"
    )
    candidate = models.OneToOneField(
        Version, on_delete=models.PROTECT, related_name="validation"
    )
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, related_name="validated_by"
    )
    at = models.DateTimeField(_("validated"))
    rule = models.JSONField(_("sign-off rule"))
    sheet = models.JSONField(_("sign-off sheet"))
    history_seq = models.PositiveBigIntegerField(_("entry of the history before it"))
    history_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.version}"


def frozen_day(candidate: Version) -> dt.date:
    """The day of the committee's calendar on which the candidate was frozen."""
    return candidate.frozen_at.astimezone(candidate.committee.zone).date()


def missing_signatures(candidate: Version, signatures: list[Signature]) -> list[Owed]:
    """What the committee's rule asks for beyond `signatures`.

    The rule, and the membership, are those of the day the candidate was frozen. A
    person has one signature, in one capacity: it counts once.
    """
    day = frozen_day(candidate)
    rule = rule_of(candidate.committee, day)
    if rule is None:
        return [Owed(_now("The committee has no sign-off rule."), _now("Secretariat"))]
    valid = [
        s
        for s in signatures
        if s.candidate_digest == candidate.digest and not s.is_late
    ]
    owed = [
        Owed(_now("One signature is missing: %s.") % Capacity(seat).label)
        for seat in rule.seats
        if not any(s.capacity == seat for s in valid)
    ]
    codes = {voter.code for voter in voters_on(candidate.committee, day)}
    signed = {
        s.institution.code
        for s in valid
        if s.capacity == Capacity.INSTITUTION and s.institution
    } & codes
    short = rule.needed(len(codes)) - len(signed)
    if short > 0:
        text = ngettext(
            "%(short)d member institution more must sign: %(signed)d of the"
            " %(needed)d needed have.",
            "%(short)d member institutions more must sign: %(signed)d of the"
            " %(needed)d needed have.",
            short,
        )
        words = {
            "short": short,
            "signed": len(signed),
            "needed": rule.needed(len(codes)),
        }
        owed.append(Owed(text % words))
    return owed
