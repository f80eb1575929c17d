"""Who came, for which institution, when: entries that are added, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.institutions import Seat
from governance.models.rules import QuorumRule
from governance.models.versions import Frozen
from governance.models.workshops import Workshop
from governance.quorum import Happening, Presence, Voter, presence

if TYPE_CHECKING:
    import datetime as dt

    from governance.models.committees import Committee


class Participant(models.Model):
    """A person at a workshop, who represents one institution there."""

    class Sex(models.TextChoices):
        WOMAN = "w", _("Woman")
        MAN = "m", _("Man")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        REMOTE = "remote", _("Remote")

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, related_name="participants"
    )
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="participants"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="participations",
        null=True,
        blank=True,
        verbose_name=_("sign-in"),
    )
    name = models.CharField(_("name"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    group = models.CharField(_("group in the list"), max_length=80, blank=True)
    mode = models.CharField(
        _("mode"), max_length=9, choices=Mode.choices, default=Mode.IN_PERSON
    )
    is_alternate = models.BooleanField(_("represents as an alternate"), default=False)
    designation = models.CharField(
        _("written designation"),
        max_length=200,
        blank=True,
        help_text=_("Reference and date of the letter that names the alternate."),
    )

    class Meta:
        ordering = ["workshop", "institution__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "user"], name="participant_for_one_institution"
            ),
            models.CheckConstraint(
                condition=~models.Q(is_alternate=True, designation=""),
                name="participant_alternate_is_designated",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="participant_is_named"
            ),
            one_of("participant_sex_known", "sex", ["", "w", "m"]),
            one_of("participant_mode_known", "mode", ["in_person", "remote"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.institution.code})"


class AttendanceEvent(Frozen):
    """One entry of the attendance list; a mistake is struck out by another entry."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Arrived")
        LEFT = "left", _("Left")
        APOLOGY = "apology", _("Sent an apology")
        STRUCK = "struck", _("Entered by mistake")

    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, related_name="attendance"
    )
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        related_name="entries",
        null=True,
        blank=True,
    )
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="attendance"
    )
    kind = models.CharField(_("what"), max_length=7, choices=Kind.choices)
    at = models.DateTimeField(_("time"))
    strikes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="struck_by",
        null=True,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("entered"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["workshop", "pk"]
        constraints = [
            one_of(
                "attendance_event_kind_known",
                "kind",
                ["arrived", "left", "apology", "struck"],
            ),
            models.CheckConstraint(
                condition=models.Q(kind="apology")
                | models.Q(kind="struck")
                | models.Q(participant__isnull=False),
                name="attendance_event_is_of_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="struck", strikes__isnull=False)
                | ~models.Q(kind="struck") & models.Q(strikes=None),
                name="attendance_event_strikes_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant or self.institution}: {self.get_kind_display()}"


def voters_on(committee: Committee, day: dt.date) -> list[Voter]:
    """The institutions with a vote, by the membership in force that day."""
    seats = (
        Seat.objects.filter(committee=committee, is_voting=True)
        .on(day)
        .select_related("institution")
    )
    return [
        Voter(
            seat.institution.code,
            seat.institution.name,
            seat.institution.category,
            seat.kind,
        )
        for seat in seats
    ]


def happenings_of(workshop: Workshop) -> list[Happening]:
    """The entries that stand, with times on the committee's clock."""
    zone = workshop.committee.zone
    entries = list(
        workshop.attendance.select_related("participant__institution").order_by("pk")
    )
    struck = {entry.strikes_id for entry in entries if entry.strikes_id}
    return [
        Happening(
            entry.participant.pk,
            entry.participant.institution.code,
            entry.kind,
            entry.at.astimezone(zone),
        )
        for entry in entries
        if entry.participant and entry.pk not in struck
    ]


def presence_at(workshop: Workshop, moment: dt.datetime) -> Presence:
    """Those present at a moment, and whether they can decide."""
    local = moment.astimezone(workshop.committee.zone)
    return presence(
        workshop.quorum_rule or current_rule(workshop),
        voters_on(workshop.committee, local.date()),
        happenings_of(workshop),
        local,
    )


def current_rule(workshop: Workshop) -> dict[str, Any]:
    """The structured quorum rule of the report's terms of reference.

    Without one the strictest usual rule holds: more than half of those with a vote.
    """
    rule = QuorumRule.objects.filter(document__report=workshop.report_id).first()
    return rule.node_fields() if rule else {"threshold": "more_than_half"}
