"""Documents of reports, and the canonical content of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from governance.api.base import Described, Reading
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import Document
from governance.snapshot import canonical, digest
from governance.translating import CHANGED, CHECKED, DRAFT

if TYPE_CHECKING:
    from rest_framework.request import Request

KIND_CHOICES = [(label, label) for label in settings.DOCUMENT_KINDS]


class DocumentSerializer(Described):
    part = serializers.SerializerMethodField(
        help_text=_("Part of the report that it is in, 1 to 4.")
    )

    class Meta:
        model = Document
        fields = ["id", "committee", "report", "kind", "part", "title", "revision"]

    def get_part(self, row: Document) -> int:
        kind: Any = apps.get_model(row.kind)
        return kind.part


class DocumentFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    kind = filters.ChoiceFilter(
        choices=KIND_CHOICES, label=DESCRIPTIONS["Document.kind"]
    )


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/Node"}})
class Nodes(serializers.ListField):
    """Provisions within a provision, which have the form of it."""


class TranslatedSerializer(serializers.Serializer):
    """The words of a provision in another language."""

    name = serializers.CharField(help_text=_("Name of the language."))
    state = serializers.ChoiceField(
        choices=[(name, name) for name in (DRAFT, CHECKED, CHANGED)],
        help_text=_("draft, checked, or changed: the source changed since."),
    )
    text = serializers.DictField(
        child=serializers.CharField(),
        help_text=_("The words by column of its type; the rest is not translated."),
    )


class NodeSerializer(serializers.Serializer):
    """A provision as it is signed, printed and compared, with those below it."""

    uid = serializers.UUIDField(help_text=DESCRIPTIONS["uid"])
    number = serializers.CharField(help_text=DESCRIPTIONS["number"])
    heading = serializers.CharField(help_text=DESCRIPTIONS["heading"])
    body = serializers.CharField(help_text=DESCRIPTIONS["body"])
    fields = serializers.DictField(  # type: ignore[assignment]  # a name of the canonical form
        help_text=_("Facts of its type; amounts are whole cents, and end in _cents.")
    )
    translations = serializers.DictField(
        child=TranslatedSerializer(),
        required=False,
        help_text=_("What it says in other languages, by code; only if translated."),
    )
    children = Nodes(help_text=_("The provisions below it, in the same form."))


class ContentSerializer(serializers.Serializer):
    """The canonical content of a document: plain, ordered data."""

    schema = serializers.IntegerField(help_text=_("Version of this form: 1."))
    kind = serializers.CharField(help_text=DESCRIPTIONS["Document.kind"])
    title = serializers.CharField(help_text=DESCRIPTIONS["title"])
    fields = serializers.DictField(  # type: ignore[assignment]  # a name of the canonical form
        help_text=_("Facts of the document itself, such as its period.")
    )
    provisions = NodeSerializer(many=True, help_text=_("Its provisions, in order."))


class SnapshotSerializer(serializers.Serializer):
    content = ContentSerializer(help_text=_("The canonical content."))
    digest = serializers.CharField(
        help_text=_("SHA-256 of the content in canonical JSON (RFC 8785), as hex.")
    )


class DocumentViewSet(Reading):
    """Documents of the reports that the reader may read."""

    queryset = Document.objects.all()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    ordering = ("report",)
    ordering_fields = ("kind", "title", "revision")

    @extend_schema(responses=SnapshotSerializer)
    @action(detail=True)
    def snapshot(self, request: Request, pk: str | None = None) -> Response:
        """The canonical content of the document, and its digest."""
        content = canonical(self.get_object().specific.to_snapshot())
        return Response({"content": content, "digest": digest(content)})


DOCUMENT_ROUTES = [("documents", DocumentViewSet)]
