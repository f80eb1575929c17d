from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import (
    CommitteeModel,
    CommitteeQuerySet,
    Sourced,
    ends_after_start,
    fact_has_source,
    one_of,
)

if TYPE_CHECKING:
    import datetime as dt


class DatedQuerySet(CommitteeQuerySet):
    def on(self, day: dt.date) -> Self:
        """What was in force on `day`: past decisions are judged by their day."""
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)


class Institution(CommitteeModel, Sourced):
    class Category(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        DEPARTMENT = "department", _("Department")
        AGENCY = "agency", _("Agency")
        ACADEMIA = "academia", _("Academia")
        SOCIAL_PARTNER = "social_partner", _("Social partner")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        DIASPORA = "diaspora", _("Diaspora")
        PARTNER = "partner", _("Development partner")

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=250)
    category = models.CharField(_("category"), max_length=14, choices=Category.choices)
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("continued by"),
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "code"], name="institution_code_once_per_committee"
            ),
            one_of(
                "institution_category_known",
                "category",
                [
                    "ministry",
                    "department",
                    "agency",
                    "academia",
                    "social_partner",
                    "civil_society",
                    "diaspora",
                    "partner",
                ],
            ),
            ends_after_start("institution", "valid_from", "valid_to"),
            models.CheckConstraint(
                condition=models.Q(successor=None) | ~models.Q(valid_to=None),
                name="institution_with_successor_has_ended",
            ),
            fact_has_source("institution"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("governance:institution", args=[self.pk])

    def to_reference(self) -> dict[str, str]:
        """Code and name as text: what a frozen paper keeps of an institution."""
        return {"code": self.code, "name": self.name}


class Seat(CommitteeModel, Sourced):
    """The place of an institution in the committee, from when to when."""

    class Kind(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-Chair")
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        SECRETARIAT = "secretariat", _("Secretariat")
        RESOURCE = "resource", _("Resource body")

    VOTING_KINDS = (Kind.CHAIR, Kind.VICE_CHAIR, Kind.MEMBER)

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="seats"
    )
    kind = models.CharField(_("seat"), max_length=11, choices=Kind.choices)
    is_voting = models.BooleanField(_("votes"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of(
                "seat_kind_known",
                "kind",
                [
                    "chair",
                    "vice_chair",
                    "member",
                    "observer",
                    "secretariat",
                    "resource",
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(is_voting=False)
                | models.Q(kind__in=["chair", "vice_chair", "member"]),
                name="seat_only_members_vote",
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=models.Q(ends_on=None),
                name="seat_one_open_per_institution",
            ),
            ends_after_start("seat"),
            fact_has_source("seat"),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.get_kind_display()}"


class Office(CommitteeModel):
    """A post in an institution; people come and go, the office stays."""

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="offices"
    )
    title = models.CharField(_("title of the office"), max_length=200)

    class Meta:
        ordering = ["institution__code", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "title"], name="office_once_per_institution"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.institution.name}"


class OfficeHolding(CommitteeModel):
    """Who holds an office for the committee's business, from when to when."""

    class Capacity(models.TextChoices):
        OFFICE_HOLDER = "office_holder", _("Office holder")
        FOCAL_POINT = "focal_point", _("Focal point")
        ALTERNATE = "alternate", _("Alternate")

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="holdings"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings"
    )
    capacity = models.CharField(_("capacity"), max_length=13, choices=Capacity.choices)
    designation = models.CharField(
        _("written designation"),
        max_length=200,
        blank=True,
        help_text=_("Reference and date of the letter that names the person."),
    )
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["office", "-starts_on"]
        constraints = [
            one_of(
                "office_holding_capacity_known",
                "capacity",
                ["office_holder", "focal_point", "alternate"],
            ),
            models.CheckConstraint(
                condition=~models.Q(capacity="alternate", designation=""),
                name="office_holding_alternate_is_designated",
            ),
            models.UniqueConstraint(
                fields=["office", "capacity"],
                condition=models.Q(ends_on=None),
                name="office_holding_one_open_per_capacity",
            ),
            ends_after_start("office_holding"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.office}"
