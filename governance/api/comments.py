"""Comments of institutions, what is answered, and the change that an answer caused."""

from __future__ import annotations

from typing import Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.actions import comments
from governance.api.base import Described
from governance.api.comment_acts import COMMENT_ACTS, QUOTE, SEVERITY, SUGGESTION
from governance.api.inputs import (
    Choice,
    Note,
    Text,
    Uid,
    Whole,
    one,
)
from governance.api.moves import Act, Acting, Flowing
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.models import (
    ChangeMade,
    Comment,
    Document,
    Institution,
    Objection,
    Response,
)


class ResponseSerializer(Described):
    class Meta:
        model = Response
        fields = ["disposition", "reason", "duplicate_of", "at", "by_name"]


class ObjectionSerializer(Described):
    class Meta:
        model = Objection
        fields = ["text", "at", "by_name"]


class ChangeMadeSerializer(Described):
    document = serializers.IntegerField(
        source="revision.document_id", help_text=_("Id of the document changed.")
    )
    provision_uid = serializers.UUIDField(
        source="revision.provision_uid", help_text=DESCRIPTIONS["uid"]
    )

    class Meta:
        model = ChangeMade
        fields = ["document", "provision_uid", "revision", "note", "at"]


class CommentSerializer(Flowing):
    acts = COMMENT_ACTS
    code = serializers.CharField(read_only=True, help_text=_("As printed: C07."))
    assigned_to: serializers.Field = serializers.StringRelatedField(
        allow_null=True, help_text=_("Who is to answer it; or null.")
    )
    responses = ResponseSerializer(
        many=True, read_only=True, help_text=_("Its answers; the last one counts.")
    )
    objection = serializers.SerializerMethodField(
        help_text=_("Why its institution is not satisfied with an answer; or null.")
    )
    changes = ChangeMadeSerializer(
        many=True, read_only=True, help_text=_("Changes in the text that it caused.")
    )
    owes_change = serializers.BooleanField(
        read_only=True,
        help_text=_("Whether it was accepted and no change in the text shows it."),
    )

    class Meta:
        model = Comment
        fields = [
            "id",
            "code",
            "number",
            "committee",
            "report",
            "document",
            "version",
            "provision_uid",
            "section",
            "provision_text",
            "quote",
            "institution",
            "author_name",
            "on_behalf",
            "type",
            "severity",
            "channel",
            "body",
            "suggested_wording",
            "received_on",
            "is_late",
            "assigned_to",
            "state",
            "responses",
            "objection",
            "changes",
            "owes_change",
            "basis",
            "sources",
            "open_moves",
        ]

    @extend_schema_field(ObjectionSerializer(allow_null=True))
    def get_objection(self, row: Comment) -> Any:
        said = getattr(row, "objection", None)
        return ObjectionSerializer(said).data if said else None


class CommentFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    document = IdFilter(label=DESCRIPTIONS["document"])
    version = IdFilter(label=_("Id of the version it was given on."))
    institution = IdFilter(label=_("Id of the institution."))
    provision = filters.UUIDFilter(
        field_name="provision_uid", label=DESCRIPTIONS["uid"]
    )
    state = filters.ChoiceFilter(
        choices=Comment.State.choices, label=DESCRIPTIONS["state"]
    )
    type = filters.ChoiceFilter(choices=Comment.Type.choices, label=_("Type."))
    severity = filters.ChoiceFilter(
        choices=Comment.Severity.choices, label=_("Severity.")
    )
    channel = filters.ChoiceFilter(choices=Comment.Channel.choices, label=_("Channel."))
    disposition = filters.ChoiceFilter(
        field_name="responses__disposition",
        choices=Response.Disposition.choices,
        distinct=True,
        label=_("An answer that was given."),
    )
    is_late = filters.BooleanFilter(label=_("Whether it came after the last day."))
    unanswered = filters.BooleanFilter(
        method="by_answer", label=_("Whether it is without an answer.")
    )
    received_after = DayFilter(
        field_name="received_on", lookup_expr="gte", label=_("Received then or later.")
    )
    received_before = DayFilter(
        field_name="received_on",
        lookup_expr="lte",
        label=_("Received then or earlier."),
    )

    def by_answer(self, rows: Any, name: str, value: bool) -> Any:
        return rows.unanswered() if value else rows.exclude(state__in=Comment.OPEN)


class CommentViewSet(Acting):
    """Comments: all of them to those who read comments, to others their own."""

    queryset = Comment.objects.complete().select_related("objection", "assigned_to")
    serializer_class = CommentSerializer
    filterset_class = CommentFilter
    ordering = ("report", "number")
    ordering_fields = ("number", "received_on", "state", "severity", "section")
    acts = COMMENT_ACTS
    makes = Act(
        "add",
        comments.comment_on,
        _("Comment, for an institution, on a provision of the version last frozen."),
        document=one(Document, DESCRIPTIONS["document"]),
        provision_uid=Uid(
            _("Provision; null: the document as a whole."),
            allow_null=True,
            default=None,
        ),
        institution=one(Institution, _("Id of the institution that comments.")),
        body=Text(_("The comment.")),
        type=Choice(Comment.Type.choices, _("What sort it is.")),
        severity=Choice(Comment.Severity.choices, SEVERITY),
        channel=Choice(
            Comment.Channel.choices, _("How it came."), default=Comment.Channel.WRITTEN
        ),
        quote=Note(QUOTE, max_length=2_000),
        suggested_wording=Note(SUGGESTION),
        number=Whole(
            _("Number in a paper register; null: the next one."),
            allow_null=True,
            default=None,
        ),
    )


COMMENT_ROUTES = [("comments", CommentViewSet)]
