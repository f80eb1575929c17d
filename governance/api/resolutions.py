"""Resolutions, with how they were decided and what will be done when adopted."""

from __future__ import annotations

from typing import Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.actions import resolutions
from governance.api.base import Described
from governance.api.inputs import (
    Whole,
    one,
)
from governance.api.moves import Act, Acting, Flowing
from governance.api.resolution_acts import (
    LEAD,
    NULLED,
    RESOLUTION_ACTS,
    wording,
)
from governance.api.sheet import PresenceSerializer
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.models import (
    FollowUp,
    Reservation,
    Resolution,
    RollCallVote,
    Workshop,
)


class FollowUpSerializer(Described):
    class Meta:
        model = FollowUp
        fields = [
            "position",
            "title",
            "lead",
            "lead_as",
            "phase",
            "starts_on",
            "due_on",
            "deliverable",
            "number",
        ]


class ReservationSerializer(Described):
    class Meta:
        model = Reservation
        fields = ["institution", "text"]


class RollCallVoteSerializer(Described):
    class Meta:
        model = RollCallVote
        fields = ["institution", "vote"]


class ResolutionSerializer(Flowing):
    acts = RESOLUTION_ACTS
    number = serializers.CharField(
        read_only=True,
        help_text=_("Reserved for it and never used again: RES/2021/03."),
    )
    presence = PresenceSerializer(
        read_only=True,
        allow_null=True,
        help_text=_("Those present when it was decided; null before."),
    )
    decided_by: serializers.Field = serializers.StringRelatedField(
        allow_null=True, help_text=_("Who recorded the decision; or null.")
    )
    standing = serializers.CharField(
        read_only=True,
        help_text=_("What has become of it, computed from its actions, in words."),
    )
    follow_ups = FollowUpSerializer(
        many=True, read_only=True, help_text=_("What will be done when it is adopted.")
    )
    reservations = ReservationSerializer(
        many=True, read_only=True, help_text=_("Reservations, word for word.")
    )
    roll_call = RollCallVoteSerializer(
        many=True, read_only=True, help_text=_("How each institution voted.")
    )
    actions = serializers.PrimaryKeyRelatedField[Any](
        many=True, read_only=True, help_text=_("Ids of its roadmap actions.")
    )

    class Meta:
        model = Resolution
        fields = [
            "id",
            "number",
            "committee",
            "report",
            "workshop",
            "state",
            "standing",
            "verb",
            "text",
            "lead",
            "lead_as",
            "support",
            "support_as",
            "deliverable",
            "due_on",
            "trigger",
            "means_of_verification",
            "cost",
            "funded_by",
            "provision_uid",
            "comment",
            "linked_to",
            "earlier",
            "relation",
            "mode",
            "votes_for",
            "votes_against",
            "abstentions",
            "roll_call",
            "reservations",
            "presence",
            "decided_at",
            "decided_by",
            "decision_note",
            "follow_ups",
            "actions",
            "basis",
            "sources",
            "open_moves",
        ]


class ResolutionFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(label=DESCRIPTIONS["report"])
    workshop = IdFilter(label=DESCRIPTIONS["workshop"])
    lead = IdFilter(label=LEAD)
    support = IdFilter(label=_("Id of a supporting institution."))
    comment = IdFilter(label=_("Id of the comment that it rests on."))
    state = filters.ChoiceFilter(
        choices=Resolution.State.choices, label=DESCRIPTIONS["state"]
    )
    mode = filters.ChoiceFilter(
        choices=Resolution.Mode.choices, label=_("How it was decided.")
    )
    year = IdFilter(label=_("Calendar year of its number."))
    due_after = DayFilter(
        field_name="due_on", lookup_expr="gte", label=_("Due then or later.")
    )
    due_before = DayFilter(
        field_name="due_on", lookup_expr="lte", label=_("Due then or earlier.")
    )


class ResolutionViewSet(Acting):
    """What the committee resolved, and what is proposed to it."""

    queryset = Resolution.objects.select_related(
        "committee", "lead", "decided_by"
    ).prefetch_related(
        "support",
        "actions",
        "later",
        "follow_ups__lead",
        "reservations__institution",
        "roll_call__institution",
    )
    serializer_class = ResolutionSerializer
    filterset_class = ResolutionFilter
    ordering = ("committee", "year", "serial")
    ordering_fields = ("year", "serial", "state", "due_on", "decided_at")
    acts = RESOLUTION_ACTS
    makes = Act(
        "add",
        resolutions.propose,
        _("Put a draft resolution on the table; its number is reserved."),
        workshop=one(Workshop, DESCRIPTIONS["workshop"]),
        serial=Whole(_("Number in the year; null: the next one."), **NULLED),
        **wording(required=True),
    )


RESOLUTION_ROUTES = [("resolutions", ResolutionViewSet)]
