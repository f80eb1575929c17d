"""Committees, institutions and their seats, frameworks, centres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.api.base import Described, Reading
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.models import (
    Centre,
    CentreService,
    Committee,
    CommitteeLanguage,
    Framework,
    FrameworkItem,
    Institution,
    Seat,
)

if TYPE_CHECKING:
    import datetime as dt


class LanguageSerializer(Described):
    class Meta:
        model = CommitteeLanguage
        fields = ["code", "name", "prevails"]


class CommitteeSerializer(Described):
    languages = LanguageSerializer(many=True, help_text=_("Languages it works in."))
    aliases: serializers.Field = serializers.SlugRelatedField(
        slug_field="name",
        many=True,
        read_only=True,
        help_text=_("Other names under which it is found in print."),
    )

    class Meta:
        model = Committee
        fields = [
            "id",
            "slug",
            "name",
            "short_name",
            "aliases",
            "country",
            "country_code",
            "established_year",
            "established_on",
            "languages",
            "currency",
            "currency_symbol",
            "time_zone",
            "fiscal_year_starts",
            "colour",
            "demonstration_today",
            "basis",
            "sources",
        ]


class CommitteeViewSet(Reading):
    """National consultative committees in which the reader has a role."""

    queryset = Committee.objects.prefetch_related("languages", "aliases")
    serializer_class = CommitteeSerializer
    ordering = ("country", "name")
    ordering_fields = ("country", "name", "slug")


class SeatSerializer(Described):
    class Meta:
        model = Seat
        fields = [
            "kind",
            "is_voting",
            "note",
            "starts_on",
            "ends_on",
            "basis",
            "sources",
        ]


class InstitutionSerializer(Described):
    seats = SeatSerializer(
        many=True, help_text=_("Its places in the committee; see the filter as_of.")
    )

    class Meta:
        model = Institution
        fields = [
            "id",
            "committee",
            "code",
            "name",
            "category",
            "valid_from",
            "valid_to",
            "successor",
            "seats",
            "basis",
            "sources",
        ]


class InstitutionFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    category = filters.ChoiceFilter(
        choices=Institution.Category.choices, label=_("Category.")
    )
    code = filters.CharFilter(label=DESCRIPTIONS["code"])
    as_of = DayFilter(
        method="with_seats_on", label=_("Show only the seats in force on this day.")
    )

    def with_seats_on(self, rows: Any, name: str, value: dt.date) -> Any:
        seats = Prefetch("seats", Seat.objects.on(value))
        return rows.prefetch_related(None).prefetch_related(seats)


class InstitutionViewSet(Reading):
    """Institutions, with their dated seats in the committee."""

    queryset = Institution.objects.select_related("successor").prefetch_related("seats")
    serializer_class = InstitutionSerializer
    filterset_class = InstitutionFilter
    ordering = ("committee", "code")
    ordering_fields = ("code", "name", "category", "valid_from", "valid_to")


class ItemSerializer(Described):
    class Meta:
        model = FrameworkItem
        fields = ["position", "code", "title"]


class FrameworkSerializer(Described):
    items = ItemSerializer(many=True, help_text=_("Its objectives, goals or domains."))

    class Meta:
        model = Framework
        fields = [
            "id",
            "committee",
            "code",
            "short_name",
            "title",
            "kind",
            "version",
            "note",
            "measured",
            "valid_from",
            "valid_to",
            "items",
            "basis",
            "sources",
        ]


class FrameworkFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    kind = filters.ChoiceFilter(choices=Framework.Kind.choices, label=_("Kind."))
    code = filters.CharFilter(label=DESCRIPTIONS["code"])


class FrameworkViewSet(Reading):
    """Laws, policies and frameworks that plans refer to, each in a dated version."""

    queryset = Framework.objects.prefetch_related("items")
    serializer_class = FrameworkSerializer
    filterset_class = FrameworkFilter
    ordering = ("kind", "title")
    ordering_fields = ("kind", "title", "code", "valid_from")


class CentreServiceSerializer(Described):
    class Meta:
        model = CentreService
        fields = ["position", "name", "basis", "sources"]


class CentreSerializer(Described):
    services = CentreServiceSerializer(many=True, help_text=_("What it offers."))

    class Meta:
        model = Centre
        fields = [
            "id",
            "code",
            "name",
            "other_names",
            "seat",
            "established",
            "description",
            "note",
            "services",
            "basis",
            "sources",
        ]


class CentreViewSet(Reading):
    """The migration centres of the African Union, with their services."""

    queryset = Centre.objects.prefetch_related("services")
    serializer_class = CentreSerializer
    ordering_fields = ("code", "name")


REFERENCE_ROUTES = [
    ("committees", CommitteeViewSet),
    ("institutions", InstitutionViewSet),
    ("frameworks", FrameworkViewSet),
    ("centres", CentreViewSet),
]
