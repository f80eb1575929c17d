"""The text of provisions in the committee's other languages."""

from __future__ import annotations

from typing import Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _

from governance.api.base import Described, OfProvision, Reading
from governance.models import Translation
from governance.permissions import Permission, committees_where


class TranslationSerializer(Described):
    class Meta:
        model = Translation
        fields = [
            "id",
            "document",
            "provision_uid",
            "language",
            "values",
            "source",
            "state",
            "revision",
        ]


class TranslationFilter(OfProvision):
    language = filters.CharFilter(label=_("Language (BCP 47)."))
    state = filters.ChoiceFilter(
        choices=Translation.State.choices, label=_("State of the translation.")
    )


class TranslationViewSet(Reading):
    """Translations of the working text, for those who read it."""

    queryset = Translation.objects.all()
    serializer_class = TranslationSerializer
    filterset_class = TranslationFilter
    ordering = ("document", "language", "id")
    ordering_fields = ("language", "state")

    def get_queryset(self) -> Any:
        committees = committees_where(self.reader, Permission.READ_WORKING_DRAFT)
        return Translation.objects.filter(document__committee_id__in=committees)


TRANSLATION_ROUTES = [("translations", TranslationViewSet)]
