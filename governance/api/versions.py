"""Versions: the frozen texts of a report, to read and, of a candidate, to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from governance.api.base import Described
from governance.api.moves import Acting, open_moves
from governance.api.sheet import SheetSerializer
from governance.api.signatures import VERSION_ACTS
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.fingerprint import words
from governance.models import Version
from governance.proceedings import sheet_for
from governance.signing import sign_off_sheet

if TYPE_CHECKING:
    from rest_framework.request import Request


class VersionSerializer(Described):
    """The whole text as it stood at a milestone, with one digest."""

    number = serializers.CharField(
        read_only=True, help_text=_("Such as 0.3; 1.0 is the validated text.")
    )
    frozen_by: Any = serializers.StringRelatedField(
        allow_null=True,
        help_text=_("Who froze it; null: the portal, when the rule was met."),
    )
    read_aloud = serializers.SerializerMethodField(
        help_text=_("The digest as eight words to read aloud.")
    )
    open_moves = serializers.SerializerMethodField(
        help_text=_("Names of the moves that you may make now: see POST …/<name>/.")
    )

    class Meta:
        model = Version
        fields = [
            "id",
            "committee",
            "report",
            "number",
            "kind",
            "digest",
            "read_aloud",
            "frozen_at",
            "frozen_by",
            "note",
            "open_moves",
        ]

    def get_read_aloud(self, row: Version) -> list[str]:
        return words(row.digest)

    def get_open_moves(self, row: Version) -> list[str]:
        return open_moves(VERSION_ACTS, self.context["request"].user, row)


class ReportContentSerializer(serializers.Serializer):
    """The canonical content of a report: plain, ordered data."""

    schema = serializers.IntegerField(help_text=_("Version of this form: 1."))
    committee = serializers.DictField(help_text=_("Name, country and languages."))
    title = serializers.CharField(help_text=DESCRIPTIONS["title"])
    subtitle = serializers.CharField(help_text=_("Subtitle."))
    edition = serializers.IntegerField(help_text=_("Edition."))
    reference = serializers.CharField(help_text=_("Such as LS-NCC-2021-001."))
    demonstration = serializers.BooleanField(help_text=_("Whether it is invented."))
    documents = serializers.ListField(
        child=serializers.DictField(),
        help_text=_("Its documents, each in the form of a document's snapshot."),
    )


class VersionDetailSerializer(VersionSerializer):
    """A version with its text."""

    content = ReportContentSerializer(
        help_text=_("The text; the digest is the SHA-256 of its canonical JSON.")
    )
    is_intact = serializers.BooleanField(
        read_only=True, help_text=_("Whether the stored text still has its digest.")
    )

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "is_intact", "content"]


class VersionFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    kind = filters.ChoiceFilter(choices=Version.Kind.choices, label=_("Milestone."))
    digest = filters.CharFilter(
        lookup_expr="istartswith", label=_("How the digest begins, in hex.")
    )
    frozen_after = DayFilter(
        field_name="frozen_at",
        lookup_expr="date__gte",
        label=_("Frozen on this day (UTC) or later."),
    )
    frozen_before = DayFilter(
        field_name="frozen_at",
        lookup_expr="date__lte",
        label=_("Frozen on this day (UTC) or earlier."),
    )


class VersionViewSet(Acting):
    """Frozen texts of the reports that the reader may read."""

    queryset = Version.objects.select_related("committee", "report", "frozen_by")
    serializer_class = VersionSerializer
    detail_class = VersionDetailSerializer
    filterset_class = VersionFilter
    ordering = ("report", "major", "minor")
    ordering_fields = ("kind", "frozen_at", "major", "minor")
    acts = VERSION_ACTS

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.defer("content") if self.action == "list" else rows

    @extend_schema(responses=SheetSerializer)
    @action(detail=True)
    def sheet(self, request: Request, pk: str | None = None) -> Response:
        """The sign-off sheet: every institution that was a member that day, once."""
        version = self.get_object()
        sheet = sheet_for(self.reader, version.committee, sign_off_sheet(version))
        return Response(SheetSerializer(sheet).data)


VERSION_ROUTES = [("versions", VersionViewSet)]
