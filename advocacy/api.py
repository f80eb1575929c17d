"""The advocacy strategy: who must hear what, from whom, and when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from advocacy.models import (
    AdvocacyActivity,
    AdvocacyObjective,
    AdvocacyProgress,
    AdvocacyStatement,
    Audience,
    Evidence,
    Message,
    Opportunity,
)
from governance.api.provisions import Kind, viewset_of

AUDIENCE = (
    "name",
    "tier",
    "ask",
    "interest",
    "influence",
    "importance",
    "stance",
    "messenger",
    "co_messenger",
    "messenger_office",
    "channel",
)
MESSAGE = (
    "audience",
    "language",
    "statement",
    "evidence",
    "example",
    "action_wanted",
)
ACTIVITY = (
    "title",
    "audience",
    "objective",
    "plan_activity",
    "starts_on",
    "ends_on",
    "budget",
    "indicator",
)
PROGRESS: dict[str, serializers.Field] = {
    "status": serializers.ChoiceField(
        choices=AdvocacyProgress.Status.choices,
        read_only=True,
        help_text=_("Status in the latest progress report."),
    ),
    "status_note": serializers.CharField(
        read_only=True, help_text=_("Note of the latest progress report.")
    ),
}

KINDS = [
    Kind("advocacy-statements", AdvocacyStatement.objects.all(), ("kind", "body")),
    Kind("evidence", Evidence.objects.all(), ("statement",)),
    Kind(
        "advocacy-objectives",
        AdvocacyObjective.objects.select_related("serves"),
        ("statement", "due_on", "serves"),
    ),
    Kind(
        "audiences",
        Audience.objects.select_related("messenger", "co_messenger"),
        AUDIENCE,
        ("tier",),
    ),
    Kind("messages", Message.objects.select_related("audience"), MESSAGE),
    Kind(
        "advocacy-activities",
        AdvocacyActivity.objects.complete(),
        ACTIVITY,
        extra=PROGRESS,
    ),
    Kind(
        "opportunities",
        Opportunity.objects.all(),
        ("title", "when", "starts_on", "ends_on"),
    ),
]

ROUTES = [(kind.path, viewset_of(kind)) for kind in KINDS]
