"""What a committee asks the migration centres for, and what came of it."""

from __future__ import annotations

from functools import partial
from typing import Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _

from governance.actions import centres
from governance.api.base import Described
from governance.api.inputs import Day, Note, Text, one
from governance.api.moves import Act, Acting, Flowing
from governance.api.words import DESCRIPTIONS
from governance.filters import DayFilter, IdFilter
from governance.models import (
    Centre,
    CentreRequest,
    CentreRequestStep,
    Committee,
    Institution,
)


def step(name: str, text: Any) -> Act:
    """A stage that a letter or a visit shows."""
    return Act(
        name,
        partial(centres.record_step, name=name),
        text,
        on=Day(_("Its day; today if not given."), required=False),
        reference=Note(_("The letter; required where one is sent."), max_length=200),
        note=Note(_("What was agreed; required where the centre declines.")),
    )


REQUEST_ACTS = (
    step("send", _("Record that the letter was sent.")),
    step("acknowledge", _("Record that the centre acknowledged it.")),
    step("accept", _("Record that the centre agreed.")),
    step("deliver", _("Record that the centre did what was asked for.")),
    step("decline", _("Record that the centre declined.")),
)


class CentreRequestStepSerializer(Described):
    class Meta:
        model = CentreRequestStep
        fields = ["state", "on", "reference", "note"]


class CentreRequestSerializer(Flowing):
    acts = REQUEST_ACTS
    steps = CentreRequestStepSerializer(
        many=True, read_only=True, help_text=_("Stages that it reached, in order.")
    )

    class Meta:
        model = CentreRequest
        fields = [
            "id",
            "committee",
            "centre",
            "purpose",
            "lead",
            "support",
            "needed_by",
            "state",
            "steps",
            "basis",
            "sources",
            "open_moves",
        ]


class CentreRequestFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])
    centre = IdFilter(label=_("Id of the centre."))
    lead = IdFilter(label=_("Id of the lead institution."))
    state = filters.ChoiceFilter(
        choices=CentreRequest.State.choices, label=DESCRIPTIONS["state"]
    )
    needed_after = DayFilter(
        field_name="needed_by", lookup_expr="gte", label=_("Needed then or later.")
    )
    needed_before = DayFilter(
        field_name="needed_by", lookup_expr="lte", label=_("Needed then or earlier.")
    )


class CentreRequestViewSet(Acting):
    """Requests of committees to the migration centres of the African Union."""

    queryset = CentreRequest.objects.select_related(
        "committee", "centre", "lead", "support"
    ).prefetch_related("steps")
    serializer_class = CentreRequestSerializer
    filterset_class = CentreRequestFilter
    ordering = ("needed_by",)
    ordering_fields = ("needed_by", "state")
    acts = REQUEST_ACTS
    makes = Act(
        "add",
        centres.plan_request,
        _("Plan a request to a migration centre."),
        committee=one(Committee, DESCRIPTIONS["committee"]),
        centre=one(Centre, _("Id of the centre.")),
        purpose=Text(_("What is asked for.")),
        lead=one(Institution, _("Id of the lead institution.")),
        support=one(
            Institution,
            _("Id of the supporting institution; or null."),
            required=False,
            allow_null=True,
        ),
        needed_by=Day(_("Day by which it is needed.")),
    )


CENTRE_REQUEST_ROUTES = [("centre-requests", CentreRequestViewSet)]
