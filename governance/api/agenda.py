"""Agendas of workshops, and who is invited."""

from __future__ import annotations

from typing import Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.actions import agenda, workshops
from governance.api.base import Described
from governance.api.inputs import Choice, ClockTime, Note, Text, Whole, one
from governance.api.moves import Act, Flowing, InWorkshop, at
from governance.api.outcomes import InWorkshopFilter
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import AgendaItem, Invitation, Workshop
from governance.permissions import Permission

P = Permission
CLOCK = _("Time on the committee's clock, as 09:00.")


def item_fields(*, required: bool) -> dict[str, Any]:
    return {
        "day": Whole(
            _("Day of the workshop, from 1."), max_value=366, required=required
        ),
        "starts_at": ClockTime(CLOCK, required=required),
        "title": Text(_("The item."), max_length=300, required=required),
        "type": Choice(AgendaItem.Type.choices, _("Type."), required=required),
        "presenter": Note(_("Presenter or chair."), max_length=200),
        "part": Whole(
            _("Part of the report, 1 to 4; or null."),
            max_value=4,
            required=False,
            allow_null=True,
        ),
    }


AGENDA_ACTS = (
    Act(
        "change",
        agenda.change_item,
        _("Change an item that is not done."),
        when=at(P.PLAN_WORKSHOP, AgendaItem.State.NEXT, AgendaItem.State.NOW),
        **item_fields(required=False),
    ),
    Act(
        "remove",
        agenda.remove_item,
        _("Take an item that has not begun off the agenda."),
        when=at(P.PLAN_WORKSHOP, AgendaItem.State.NEXT),
        removes=True,
    ),
    Act(
        "go_to",
        agenda.go_to,
        _("Make it the present item; the one before it is done."),
        steps=["begin", "reopen"],
        when=lambda user, row: row.workshop.is_in_session,
    ),
    Act(
        "finish",
        agenda.finish_item,
        _("Say that the present item is done."),
        when=lambda user, row: row.workshop.is_in_session,
    ),
)


class AgendaItemSerializer(Flowing):
    acts = AGENDA_ACTS
    starts_at = ClockTime(CLOCK, read_only=True)
    on = serializers.DateField(read_only=True, help_text=_("The day."))

    class Meta:
        model = AgendaItem
        fields = [
            "id",
            "workshop",
            "day",
            "on",
            "starts_at",
            "title",
            "type",
            "presenter",
            "part",
            "state",
            "open_moves",
        ]


class AgendaFilter(InWorkshopFilter):
    day = IdFilter(label=_("Day of the workshop, from 1."))
    state = filters.ChoiceFilter(
        choices=AgendaItem.State.choices, label=DESCRIPTIONS["state"]
    )
    type = filters.ChoiceFilter(choices=AgendaItem.Type.choices, label=_("Type."))


class AgendaItemViewSet(InWorkshop):
    """Items of the agendas of workshops."""

    queryset = AgendaItem.objects.select_related("workshop__committee")
    serializer_class = AgendaItemSerializer
    filterset_class = AgendaFilter
    ordering = ("workshop", "day", "starts_at")
    ordering_fields = ("day", "starts_at", "title", "state")
    acts = AGENDA_ACTS
    makes = Act(
        "add",
        agenda.add_item,
        _("Put an item on the agenda."),
        workshop=one(Workshop, DESCRIPTIONS["workshop"]),
        **item_fields(required=True),
    )


class InvitationSerializer(Described):
    class Meta:
        model = Invitation
        fields = ["id", "workshop", "institution", "invited_as", "sent_on"]


class InvitationFilter(InWorkshopFilter):
    institution = IdFilter(label=_("Id of the institution."))
    invited_as = filters.ChoiceFilter(
        choices=Invitation.Part.choices, label=_("How it takes part.")
    )


class InvitationViewSet(InWorkshop):
    """Institutions that are asked to come; POST …/workshops/<id>/invite/ adds some."""

    queryset = Invitation.objects.select_related("institution", "workshop__committee")
    serializer_class = InvitationSerializer
    filterset_class = InvitationFilter
    ordering = ("workshop", "institution__code")
    ordering_fields = ("invited_as", "sent_on")
    acts = (
        Act(
            "uninvite",
            workshops.uninvite,
            _("Take an institution off the list, before the invitation is sent."),
            removes=True,
        ),
    )


AGENDA_ROUTES = [
    ("agenda-items", AgendaItemViewSet),
    ("invitations", InvitationViewSet),
]
