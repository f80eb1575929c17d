"""Reports and their moves, what changed between two versions, and the PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from governance import gate
from governance.actions import circulation, documents, releases, signoffs, versions
from governance.actions.reports import request_rendering
from governance.api.base import Described, Reading
from governance.api.comparison import ComparisonSerializer, asked_ids, comparison
from governance.api.documents import DocumentSerializer
from governance.api.files import WithFile, download
from governance.api.inputs import Day, Note, Text, YesNo
from governance.api.moves import Act, Acting, Flowing, OwedSerializer, at, owed_as_data
from governance.api.versions import VersionSerializer
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import Rendering, Report, Version
from governance.permissions import Permission, can

if TYPE_CHECKING:
    from django.http import FileResponse
    from rest_framework.request import Request

P = Permission
S = Report.State


class RenderingSerializer(Described):
    class Meta:
        model = Rendering
        fields = [
            "id",
            "committee",
            "report",
            "edition",
            "digest",
            "progress",
            "requested_at",
            "finished_at",
            "sha256",
            "pages",
            "reference",
        ]


REPORT_ACTS = (
    Act(
        "circulate",
        circulation.circulate,
        _("Freeze a version and put it before the members, who comment until a day."),
        comments_due_on=Day(_("Last day for comments, after today.")),
        note=Note(_("What the members should know.")),
    ),
    Act(
        "close_comments",
        circulation.close_comments,
        _("End the time for comments; before the last day only by the Chair."),
        reason=Note(_("Why before the last day; required then.")),
    ),
    Act(
        "table",
        circulation.table,
        _("Freeze the consolidated text as the papers of the workshop."),
        note=Note(_("What the members should know.")),
    ),
    Act(
        "keep_draft",
        versions.keep_draft,
        _("Keep the working text as a version to compare with."),
        when=at(P.EDIT_DOCUMENTS, *S.values),
        answers=VersionSerializer,
        note=Note(_("What this version is kept for.")),
    ),
    Act(
        "confirm_amendments",
        signoffs.confirm_amendments,
        _("Say, as the rapporteur, that the agreed amendments are in this exact text."),
        when=at(P.CONFIRM_AMENDMENTS, S.AMENDING),
    ),
    Act(
        "submit_for_signature",
        signoffs.submit_for_signature,
        _("Freeze the amended text as the candidate and call the signatories."),
    ),
    Act(
        "withdraw",
        signoffs.withdraw,
        _("Take the candidate back to be amended; its signatures count for nothing."),
        reason=Text(_("Why the candidate is withdrawn.")),
    ),
    Act(
        "propose_release",
        releases.propose_release,
        _("Propose to make the validated report public."),
        when=at(P.PROPOSE_RELEASE, S.VALIDATED),
    ),
    Act(
        "release",
        releases.release,
        _("Open the public page of the validated report."),
    ),
    Act(
        "share",
        documents.share_report,
        _("Open the working draft to people outside the members, or close it again."),
        when=at(P.SHARE_DRAFT, *S.values),
        officials=YesNo(_("Whether officials read it.")),
        observers=YesNo(_("Whether observers read it.")),
        reviewers=YesNo(_("Whether AU reviewers read it.")),
    ),
    Act(
        "request_pdf",
        request_rendering,
        _("Ask for the PDF of the working text; the answer says how far it is."),
        when=at(P.MAKE_DRAFT_PDF, *S.values),
        answers=RenderingSerializer,
    ),
)


class ReportSerializer(Flowing):
    acts = REPORT_ACTS
    version = serializers.SerializerMethodField(
        help_text=DESCRIPTIONS["Report.version"]
    )
    documents = DocumentSerializer(many=True, help_text=_("Its documents."))

    class Meta:
        model = Report
        fields = [
            "id",
            "committee",
            "edition",
            "title",
            "subtitle",
            "reference",
            "state",
            "version",
            "dated_on",
            "comments_due_on",
            "comments_closed_on",
            "validated_at",
            "released_at",
            "shared_with_officials",
            "shared_with_observers",
            "shared_with_reviewers",
            "documents",
            "open_moves",
        ]

    def get_version(self, row: Report) -> str:
        """The number of the version frozen last, of those that were read with the row."""
        numbers = [(version.major, version.minor) for version in row.versions.all()]
        return "{}.{}".format(*max(numbers, default=(0, 1)))


class ReportDetailSerializer(ReportSerializer):
    """One report, with what keeps it from its next stage."""

    owed = serializers.SerializerMethodField(
        help_text=_(
            "What is missing for the next step; empty for who does not read comments."
        )
    )

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "owed"]

    @extend_schema_field(OwedSerializer(many=True))
    def get_owed(self, row: Report) -> list[dict[str, str]]:
        user = self.context["request"].user
        if not can(user, P.READ_COMMENTS, row.committee):
            return []
        return owed_as_data(gate.owed_for_next(row))


class ReportFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    state = filters.ChoiceFilter(
        choices=Report.State.choices, label=DESCRIPTIONS["state"]
    )


BEFORE = OpenApiParameter(
    "before", int, description=_("Id of the older version."), required=True
)
AFTER = OpenApiParameter(
    "after", int, description=_("Id of the newer version."), required=True
)


class ReportViewSet(Acting):
    """Editions that gather all documents of a committee."""

    queryset = Report.objects.select_related("committee").prefetch_related(
        "documents", Prefetch("versions", Version.objects.defer("content"))
    )
    serializer_class = ReportSerializer
    detail_class = ReportDetailSerializer
    filterset_class = ReportFilter
    ordering = ("committee", "-edition")
    ordering_fields = ("edition", "title", "state", "dated_on")
    acts = REPORT_ACTS

    @extend_schema(
        parameters=[BEFORE, AFTER], responses=ComparisonSerializer, filters=False
    )
    @action(detail=True)
    def compare(self, request: Request, pk: str | None = None) -> Response:
        """What changed between two versions, provision by provision, in reading order."""
        report = self.get_object()
        wanted = asked_ids(request.query_params, "before", "after")
        found = report.versions.select_related("committee").in_bulk(wanted)
        if set(found) != set(wanted):
            raise Http404
        before, after = (found[pk] for pk in wanted)
        return Response(ComparisonSerializer(comparison(before, after)).data)


class RenderingFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    edition = filters.ChoiceFilter(
        choices=Rendering.Edition.choices, label=_("Edition.")
    )
    progress = filters.ChoiceFilter(
        choices=Rendering.State.choices, label=_("How far it is.")
    )


class RenderingViewSet(WithFile, Reading):
    """PDFs of the draft and the two editions of the validated report."""

    queryset = Rendering.objects.select_related("report", "committee").defer("content")
    serializer_class = RenderingSerializer
    filterset_class = RenderingFilter
    ordering = ("-requested_at",)
    ordering_fields = ("requested_at", "edition", "progress")

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, pk: str | None = None) -> FileResponse:
        """The stored PDF; its SHA-256 is that of the row."""
        rendering: Any = self.get_object()
        if rendering.progress != Rendering.State.DONE:
            raise Http404
        return download(rendering.file, rendering.download_name)


REPORT_ROUTES = [("reports", ReportViewSet), ("renderings", RenderingViewSet)]
