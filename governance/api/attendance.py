"""Who came to a workshop, for which institution, when: entries that only grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.actions import attendance
from governance.api.base import Described
from governance.api.inputs import Choice, Moment, Note, Person, Text, YesNo, one
from governance.api.moves import Act, InWorkshop
from governance.api.outcomes import InWorkshopFilter
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import AttendanceEvent, Institution, Participant, Workshop
from governance.permissions import Permission, can, committees_where

if TYPE_CHECKING:
    from governance.models import User

WHEN = _("Time with its offset, not in the future; now if not given.")


class ParticipantSerializer(Described):
    name = serializers.SerializerMethodField(
        help_text=_("Name; empty for who does not read the internal edition.")
    )

    class Meta:
        model = Participant
        fields = [
            "id",
            "workshop",
            "institution",
            "name",
            "office",
            "sex",
            "group",
            "mode",
            "is_alternate",
            "designation",
        ]

    def get_name(self, row: Participant) -> str:
        """As in print: the public edition names offices, the internal one people."""
        user: User = self.context["request"].user
        inside = can(user, Permission.READ_INTERNAL_EDITION, row.workshop.committee)
        return row.name if inside else ""


class AttendanceEventSerializer(Described):
    recorded_by: serializers.Field = serializers.StringRelatedField(
        help_text=_("Who entered it.")
    )
    is_struck = serializers.SerializerMethodField(
        help_text=_("Whether another entry says that this one was a mistake.")
    )

    class Meta:
        model = AttendanceEvent
        fields = [
            "id",
            "workshop",
            "participant",
            "institution",
            "kind",
            "at",
            "strikes",
            "is_struck",
            "note",
            "recorded_at",
            "recorded_by",
        ]

    def get_is_struck(self, row: AttendanceEvent) -> bool:
        return hasattr(row, "struck_by")


class ParticipantFilter(InWorkshopFilter):
    institution = IdFilter(label=_("Id of the institution."))
    mode = filters.ChoiceFilter(
        choices=Participant.Mode.choices, label=_("In person or remote.")
    )
    is_alternate = filters.BooleanFilter(label=_("Whether as an alternate."))


class ParticipantViewSet(InWorkshop):
    """Persons at a workshop, each of whom represents one institution."""

    queryset = Participant.objects.select_related("institution", "workshop__committee")
    serializer_class = ParticipantSerializer
    filterset_class = ParticipantFilter
    ordering = ("workshop", "institution__code")
    ordering_fields = ("office", "group", "mode")
    acts = (
        Act(
            "arrive",
            attendance.arrive,
            _("Enter that the person came."),
            answers=AttendanceEventSerializer,
            at=Moment(WHEN, required=False),
        ),
        Act(
            "leave",
            attendance.leave,
            _("Enter that the person left."),
            answers=AttendanceEventSerializer,
            at=Moment(WHEN, required=False),
        ),
    )
    makes = Act(
        "add",
        attendance.register,
        _("Put a person on the list, for one institution."),
        workshop=one(Workshop, DESCRIPTIONS["workshop"]),
        institution=one(Institution, _("Id of the institution.")),
        name=Text(_("Name."), max_length=200),
        office=Note(_("Office."), max_length=200),
        sex=Choice(
            [("", _("not given")), *Participant.Sex.choices],
            _("w: woman, m: man, or empty."),
            required=False,
        ),
        group=Note(_("Group in the list."), max_length=80),
        mode=Choice(
            Participant.Mode.choices, _("In person or remote."), required=False
        ),
        is_alternate=YesNo(_("Whether as an alternate."), default=False),
        designation=Note(_("Letter that names the alternate."), max_length=200),
        user=Person(
            _("User name in this portal; or null."), allow_null=True, default=None
        ),
    )


class EventFilter(InWorkshopFilter):
    institution = IdFilter(label=_("Id of the institution."))
    participant = IdFilter(label=_("Id of the participant."))
    kind = filters.ChoiceFilter(
        choices=AttendanceEvent.Kind.choices, label=_("What happened.")
    )


class AttendanceEventViewSet(InWorkshop):
    """Entries of attendance lists, for members; a mistake is struck out by another entry."""

    queryset: Any = AttendanceEvent.objects.select_related(
        "institution", "recorded_by", "struck_by", "workshop__committee"
    )
    serializer_class = AttendanceEventSerializer
    filterset_class = EventFilter
    ordering = ("workshop", "at")
    ordering_fields = ("at", "kind", "recorded_at")
    acts = (
        Act(
            "strike",
            attendance.strike,
            _("Strike out an entry that was a mistake; the answer is the new entry."),
            answers=AttendanceEventSerializer,
            reason=Text(_("What the mistake was."), max_length=300),
        ),
    )

    def get_queryset(self) -> Any:
        inside = committees_where(self.reader, Permission.READ_WORKING_DRAFT)
        return super().get_queryset().filter(workshop__committee__in=inside)


ATTENDANCE_ROUTES = [
    ("participants", ParticipantViewSet),
    ("attendance", AttendanceEventViewSet),
]
