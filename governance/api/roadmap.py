"""The roadmap: its actions, what the leads report, and deadlines set anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.db.models import DateField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from governance.actions import roadmap
from governance.api.base import Described, Reading
from governance.api.files import WithFile, download
from governance.api.inputs import Choice, Day, Note, Text, one
from governance.api.moves import Act, Acting, Flowing
from governance.api.roadmap_acts import ROADMAP_ACTS
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.models import (
    ActionReport,
    Committee,
    DueRevision,
    Institution,
    Report,
    Resolution,
    RoadmapAction,
)
from governance.models.resolutions import Phase

if TYPE_CHECKING:
    from rest_framework.request import Request


class DueRevisionSerializer(Described):
    class Meta:
        model = DueRevision
        fields = ["due_on", "reason", "decision", "on"]


class ProgressSerializer(Described):
    has_file = serializers.SerializerMethodField(
        help_text=_("Whether there is a file: GET …/action-reports/<id>/file/.")
    )

    class Meta:
        model = ActionReport
        fields = [
            "id",
            "on",
            "state",
            "note",
            "evidence",
            "has_file",
            "by_name",
            "on_behalf",
        ]

    def get_has_file(self, row: ActionReport) -> bool:
        return bool(row.file)


class RoadmapActionSerializer(Flowing):
    acts = ROADMAP_ACTS
    number = serializers.CharField(read_only=True, help_text=_("As printed: RM07."))
    due = serializers.DateField(
        read_only=True, help_text=_("The deadline that counts: the latest one set.")
    )
    days_late = serializers.SerializerMethodField(
        help_text=_("Days past the deadline on the committee's calendar; else 0.")
    )
    revisions = DueRevisionSerializer(
        many=True, read_only=True, help_text=_("Deadlines set anew, in order.")
    )
    progress = ProgressSerializer(
        many=True, read_only=True, help_text=_("What was reported, in order.")
    )

    class Meta:
        model = RoadmapAction
        fields = [
            "id",
            "number",
            "committee",
            "report",
            "resolution",
            "reason",
            "phase",
            "title",
            "lead",
            "lead_as",
            "starts_on",
            "due_on",
            "due",
            "days_late",
            "deliverable",
            "blocked_by",
            "continued_by",
            "state",
            "revisions",
            "progress",
            "basis",
            "sources",
            "open_moves",
        ]

    def get_days_late(self, row: RoadmapAction) -> int:
        return row.days_late(row.committee.today())


LATEST = DueRevision.objects.filter(action=OuterRef("pk")).order_by("-pk")
DUE = Coalesce(
    Subquery(LATEST.values("due_on")[:1]), "due_on", output_field=DateField()
)


class RoadmapFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    resolution = IdFilter(label=_("Id of the resolution that it rests on."))
    lead = IdFilter(label=_("Id of the lead institution."))
    phase = filters.ChoiceFilter(choices=Phase.choices, label=_("Phase."))
    state = filters.ChoiceFilter(
        choices=RoadmapAction.State.choices, label=DESCRIPTIONS["state"]
    )
    due_after = DayFilter(
        field_name="counts_on", lookup_expr="gte", label=_("Due then or later.")
    )
    due_before = DayFilter(
        field_name="counts_on", lookup_expr="lte", label=_("Due then or earlier.")
    )
    overdue = filters.BooleanFilter(
        method="by_overdue",
        label=_("Whether its deadline is past, on the committee's calendar."),
    )

    def by_overdue(self, rows: Any, name: str, value: bool) -> Any:
        late = Q(pk__in=[])
        reader: Any = self.request.user
        for committee in Committee.objects.visible_to(reader):
            late |= Q(committee=committee, counts_on__lt=committee.today())
        late &= ~Q(state__in=RoadmapAction.NEVER_OVERDUE)
        return rows.filter(late) if value else rows.exclude(late)


class RoadmapActionViewSet(Acting):
    """Dated actions with one lead each, from resolutions or with a reason why not."""

    queryset = RoadmapAction.objects.complete().annotate(counts_on=DUE)
    serializer_class = RoadmapActionSerializer
    filterset_class = RoadmapFilter
    ordering = ("report", "serial")
    ordering_fields = ("serial", "due_on", "phase", "state", "title")
    acts = ROADMAP_ACTS
    makes = Act(
        "add",
        roadmap.add_action,
        _(
            "Add an action that cites an adopted resolution, or says why it rests on none."
        ),
        report=one(Report, DESCRIPTIONS["report"]),
        title=Text(_("What is to be done."), max_length=300),
        lead=one(Institution, _("Id of the lead institution.")),
        phase=Choice(Phase.choices, _("Phase.")),
        due_on=Day(_("Day by which it is done.")),
        starts_on=Day(_("First day; or null."), required=False, allow_null=True),
        resolution=one(
            Resolution,
            _("Id of the adopted resolution; or null."),
            required=False,
            allow_null=True,
        ),
        reason=Note(_("Why it rests on no resolution."), max_length=300),
        lead_as=Note(_("The lead as written."), max_length=80),
        deliverable=Note(_("What will be there."), max_length=300),
    )


class ActionReportSerializer(ProgressSerializer):
    class Meta(ProgressSerializer.Meta):
        fields = ["action", *ProgressSerializer.Meta.fields]


class ActionReportFilter(filters.FilterSet):
    action = IdFilter(label=_("Id of the roadmap action."))
    committee = IdFilter(
        field_name="action__committee", label=DESCRIPTIONS["committee"]
    )


class ActionReportViewSet(WithFile, Reading):
    """What leads reported on their actions, with the evidence."""

    queryset = ActionReport.objects.all()
    serializer_class = ActionReportSerializer
    filterset_class = ActionReportFilter
    ordering = ("action",)
    ordering_fields = ("on", "state")

    def get_queryset(self) -> Any:
        seen = RoadmapAction.objects.visible_to(self.reader)
        return ActionReport.objects.filter(action__in=seen)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, pk: str | None = None) -> FileResponse:
        """The file that was given as evidence."""
        row = self.get_object()
        if not row.file:
            raise Http404
        return download(row.file, row.file.name.rpartition("/")[2])


ROADMAP_ROUTES = [
    ("roadmap-actions", RoadmapActionViewSet),
    ("action-reports", ActionReportViewSet),
]
