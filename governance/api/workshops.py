"""Workshops and the moves of the meeting; who is present at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from governance.actions import agenda, attendance, workshops
from governance.api.inputs import Day, Moment, Note, Text, one, several
from governance.api.moves import Act, Acting, Flowing, at
from governance.api.outcomes import decide, decision_fields
from governance.api.sheet import PresenceSerializer
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.models import Institution, Report, Workshop
from governance.models.attendance import presence_at
from governance.permissions import Permission, can

if TYPE_CHECKING:
    from rest_framework.request import Request

    from governance.models import User

P = Permission
REASON = _("The reason.")
PLANNING = at(P.PLAN_WORKSHOP, *Workshop.BEFORE)


def plan_fields(*, required: bool) -> dict[str, Any]:
    return {
        "title": Text(_("Title."), max_length=250, required=required),
        "starts_on": Day(_("First day."), required=required),
        "ends_on": Day(_("Last day."), required=required),
        "venue": Text(_("Venue."), max_length=200, required=required),
        "purpose": Note(_("What it is for.")),
        "expected_outcomes": Note(_("Expected outcomes, one a line.")),
        "host": Note(_("Host."), max_length=200),
        "co_host": Note(_("Co-host."), max_length=200),
        "funder": Note(_("Who pays."), max_length=200),
        "preamble": Note(_("Preamble of the resolutions.")),
    }


def may_decide(user: User, row: Workshop) -> bool:
    tabled = row.report.state == Report.State.TABLED
    return row.is_in_session and tabled and can(user, P.DECIDE, row.committee)


WORKSHOP_ACTS = (
    Act(
        "change",
        workshops.change_workshop,
        _("Change days, place or concept while it is being planned."),
        when=PLANNING,
        **plan_fields(required=False),
    ),
    Act(
        "fill_agenda",
        agenda.fill_agenda,
        _("Start from the agenda of a two-day validation workshop."),
        when=PLANNING,
    ),
    Act(
        "invite",
        workshops.invite,
        _("Put institutions on the list of those invited."),
        when=PLANNING,
        institutions=several(Institution, _("Ids of the institutions.")),
    ),
    Act("approve", workshops.approve, _("Approve the plan, as the Chair.")),
    Act(
        "convene",
        workshops.convene,
        _("Send the invitations; the quorum rule is fixed from now on."),
    ),
    Act("open", workshops.open_session, _("Open the session, as the Chair.")),
    Act(
        "decide",
        decide,
        _("Record the outcome of every Part, with quorum; the report moves on."),
        when=may_decide,
        **decision_fields(),
    ),
    Act(
        "apologise",
        attendance.apologise,
        _("Record that an institution sent an apology."),
        when=at(P.RECORD_WORKSHOP, *attendance.OPEN),
        institution=one(Institution, _("Id of the institution.")),
        note=Note(_("What the apology says."), max_length=300),
    ),
    Act(
        "conclude",
        workshops.conclude,
        _("End the session, when every Part and every resolution is decided."),
    ),
    Act("draft_minutes", workshops.draft_minutes, _("Say that minutes are drafted.")),
    Act("adopt_minutes", workshops.adopt_minutes, _("Adopt the minutes.")),
    Act("close", workshops.close, _("Close the file of the workshop.")),
    Act(
        "postpone",
        workshops.postpone,
        _("Postpone it."),
        reason=Text(REASON),
    ),
    Act(
        "plan_again",
        workshops.plan_again,
        _("Give a postponed workshop new days; it is convened anew."),
        starts_on=Day(_("First day.")),
        ends_on=Day(_("Last day.")),
    ),
    Act("cancel", workshops.cancel, _("Cancel it."), reason=Text(REASON)),
)


class WorkshopSerializer(Flowing):
    acts = WORKSHOP_ACTS
    quorum_rule = serializers.DictField(
        read_only=True,
        help_text=_("The quorum rule as it was fixed when convened; empty before."),
    )

    class Meta:
        model = Workshop
        fields = [
            "id",
            "committee",
            "report",
            "title",
            "purpose",
            "expected_outcomes",
            "starts_on",
            "ends_on",
            "venue",
            "host",
            "co_host",
            "funder",
            "preamble",
            "quorum_rule",
            "papers",
            "state",
            "open_moves",
        ]


class WorkshopFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    state = filters.ChoiceFilter(
        choices=Workshop.State.choices, label=DESCRIPTIONS["state"]
    )
    starts_after = DayFilter(
        field_name="starts_on", lookup_expr="gte", label=_("Begins then or later.")
    )
    starts_before = DayFilter(
        field_name="starts_on", lookup_expr="lte", label=_("Begins then or earlier.")
    )


AT = OpenApiParameter(
    "at", str, description=_("Time with its offset, ISO 8601; now if not given.")
)


class WorkshopViewSet(Acting):
    """Meetings of the committee on its report."""

    queryset = Workshop.objects.select_related("committee", "report", "papers")
    serializer_class = WorkshopSerializer
    filterset_class = WorkshopFilter
    ordering = ("-starts_on",)
    ordering_fields = ("starts_on", "title", "state")
    acts = WORKSHOP_ACTS
    makes = Act(
        "add",
        workshops.plan_workshop,
        _("Plan a workshop on a report."),
        report=one(Report, DESCRIPTIONS["report"]),
        **plan_fields(required=True),
    )

    @extend_schema(parameters=[AT], responses=PresenceSerializer, filters=False)
    @action(detail=True)
    def presence(self, request: Request, pk: str | None = None) -> Response:
        """Who is there at a moment, and whether they can decide."""
        workshop = self.get_object()
        asked = request.query_params.get("at")
        # A plus that nobody escaped arrives as a space.
        moment = (
            Asked().run_validation(asked.replace(" ", "+"))
            if asked
            else workshop.committee.now()
        )
        found = presence_at(workshop, moment).frozen()
        return Response(PresenceSerializer(found).data)


class Asked(Moment):
    """The time in the address of a question about presence."""

    def __init__(self) -> None:
        super().__init__(AT.description)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        try:
            return super().run_validation(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"at": error.detail}) from error


WORKSHOP_ROUTES = [("workshops", WorkshopViewSet)]
