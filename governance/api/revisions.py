"""How a text became what it is: the accepted changes, each with its reason."""

from __future__ import annotations

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _

from governance.api.base import Described, OfProvision, Reading
from governance.models import Revision


class RevisionSerializer(Described):
    class Meta:
        model = Revision
        fields = [
            "id",
            "document",
            "number",
            "provision_uid",
            "provision_revision",
            "language",
            "action",
            "label",
            "before",
            "after",
            "why",
            "at",
            "by_name",
            "institution",
        ]


class RevisionFilter(OfProvision):
    language = filters.CharFilter(
        label=_("Language of a translation (BCP 47); empty: of any.")
    )
    action = filters.ChoiceFilter(
        choices=Revision.Action.choices, label=_("What was done.")
    )


class RevisionViewSet(Reading):
    """Changes of the working text, for those who read it."""

    queryset = Revision.objects.all()
    serializer_class = RevisionSerializer
    filterset_class = RevisionFilter
    ordering = ("document", "number")
    ordering_fields = ("number", "at")


REVISION_ROUTES = [("revisions", RevisionViewSet)]
