from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import clock
from governance.models.base import Recorded, Sourced, fact_has_source
from governance.permissions import Actor, Permission, committees_where

DEFAULT_COLOUR = "#0b5a3c"


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable_with_white(colour: str) -> None:
    """Refuse a colour under 4.5:1 with white (WCAG 2.2, 1.4.3)."""
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ValidationError(_("Write the colour as # and six digits, like #0b5a3c."))
    if 1.05 / (luminance(colour) + 0.05) < 4.5:
        raise ValidationError(_("White text cannot be read on this colour."))


def known_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("This is not a time zone, like Africa/Maseru."))


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: Actor) -> Self:
        return self.filter(pk__in=committees_where(user, Permission.READ_COMMITTEE))


class Committee(Recorded, Sourced):
    """A national consultative committee on migration: the tenant of the portal."""

    name = models.CharField(_("official name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("name in addresses"), unique=True)
    country = models.CharField(_("country"), max_length=80)
    country_code = models.CharField(
        _("country code (ISO 3166-1)"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}$")],
    )
    established_year = models.PositiveSmallIntegerField(
        _("year established"), null=True, blank=True
    )
    established_on = models.DateField(_("date established"), null=True, blank=True)
    currency = models.CharField(
        _("currency code (ISO 4217)"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$")],
    )
    currency_symbol = models.CharField(_("currency symbol in print"), max_length=5)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[known_time_zone]
    )
    fiscal_year_starts = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default=DEFAULT_COLOUR,
        validators=[readable_with_white],
    )
    demonstration_today = models.DateField(
        _("demonstration clock"),
        null=True,
        blank=True,
        help_text=_("Set only for demonstration data: pages behave as on this day."),
    )

    objects: ClassVar[Any] = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["country", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fiscal_year_starts__range=(1, 12)),
                name="committee_fiscal_year_starts_in_a_month",
            ),
            fact_has_source("committee"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:committee", args=[self.slug])

    @property
    def committee_pk(self) -> int:
        return self.pk

    def own_committee(self) -> Committee:
        return self

    @property
    def is_demonstration(self) -> bool:
        return self.demonstration_today is not None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def now(self) -> dt.datetime:
        """This moment where the committee meets, on the day of its demonstration clock."""
        here = clock.now().astimezone(self.zone)
        if self.demonstration_today is None or clock.told():
            return here
        return dt.datetime.combine(self.demonstration_today, here.timetz())

    def today(self) -> dt.date:
        """Today where the committee meets, or the day of its demonstration clock."""
        return self.now().date()

    def moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        """A time of a day as the clock on the committee's wall shows it."""
        return dt.datetime.combine(day, time, tzinfo=self.zone)


class CommitteeAlias(Sourced):
    """A name under which the committee is also found in print."""

    committee = models.ForeignKey(
        Committee, on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("other name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name"], name="committee_alias_once"
            ),
            fact_has_source("committee_alias"),
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeLanguage(models.Model):
    committee = models.ForeignKey(
        Committee, on_delete=models.CASCADE, related_name="languages"
    )
    code = models.CharField(_("language code (BCP 47)"), max_length=12)
    name = models.CharField(_("language"), max_length=40)
    prevails = models.BooleanField(
        _("prevails"),
        default=False,
        help_text=_("The text in this language decides where languages differ."),
    )

    class Meta:
        ordering = ["-prevails", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "code"], name="committee_language_once"
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=models.Q(prevails=True),
                name="committee_one_language_prevails",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def fiscal_year_name(year: int, starts: int) -> str:
    """`2022/23` for a year that begins in 2022, `2022` where it is the calendar's."""
    return str(year) if starts == 1 else f"{year}/{(year + 1) % 100:02d}"


def quarter_bounds(year: int, quarter: int, starts: int) -> tuple[dt.date, dt.date]:
    """First and last day of quarter 1 to 4 of the fiscal year that begins in `year`."""
    first_month = starts - 1 + 3 * (quarter - 1)
    first = dt.date(year + first_month // 12, first_month % 12 + 1, 1)
    after_month = first_month + 3
    after = dt.date(year + after_month // 12, after_month % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def quarter_names(starts: int) -> dict[int, Any]:
    """`Q1 (Apr–Jun)` and so on, for a fiscal year that begins in month `starts`."""
    names = {}
    for quarter in range(1, 5):
        first, last = quarter_bounds(2000, quarter, starts)
        names[quarter] = f"Q{quarter} ({first:%b}–{last:%b})"
    return names
