"""What is said and decided in a workshop: groups, findings, notes, outcomes of Parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.actions import decisions, notes
from governance.actions.decisions import AgreedAmendment, Decided
from governance.api.base import Described
from governance.api.inputs import Choice, Input, Note, Row, Text, Uid, Whole, one
from governance.api.moves import Act, InWorkshop
from governance.api.sheet import PresenceSerializer
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import (
    AgendaItem,
    Amendment,
    Document,
    GroupFinding,
    MinuteNote,
    PartOutcome,
    Report,
    WorkingGroup,
    Workshop,
)
from governance.permissions import Permission, committees_where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import User

PART = _("Part of the report, 1 to 4.")


class AmendmentInput(Input):
    """A change that the plenary agreed on, beside the comments."""

    document = one(Document, DESCRIPTIONS["document"])
    text = Text(_("What is to be changed."))
    provision_uid = Uid(_("Provision; or null."), allow_null=True, default=None)


class OutcomeInput(Input):
    """The decision on one Part."""

    part = Whole(PART, max_value=4)
    outcome = Choice(PartOutcome.Outcome.choices, _("The decision."))
    note = Note(_("The reason; required where the Part is returned."))
    amendments = AmendmentInput(
        many=True, required=False, help_text=_("What the plenary agreed to change.")
    )


def decision_fields() -> dict[str, Any]:
    text = _("One for each Part of the report.")
    return {"outcomes": OutcomeInput(many=True, help_text=text)}


def decide(
    workshop: Workshop, *, outcomes: Iterable[dict[str, Any]], by: User
) -> list[PartOutcome]:
    """Hand the outcomes to the action by Part; one that is given twice is refused."""
    decided: dict[int, Decided] = {}
    for given in outcomes:
        row = dict(given)
        part = row.pop("part")
        if part in decided:
            text = _("Part %d is given twice.") % part
            raise serializers.ValidationError({"outcomes": [text]})
        agreed = [AgreedAmendment(**item) for item in row.pop("amendments", [])]
        decided[part] = Decided(amendments=agreed, **row)
    return decisions.decide(workshop, decided, by=by)


class InWorkshopFilter(filters.FilterSet):
    committee = IdFilter(
        field_name="workshop__committee", label=DESCRIPTIONS["committee"]
    )
    report = IdFilter(field_name="workshop__report", label=DESCRIPTIONS["report"])
    workshop = IdFilter(label=DESCRIPTIONS["workshop"])


class GroupFilter(InWorkshopFilter):
    part = IdFilter(label=PART)


class NoteFilter(InWorkshopFilter):
    item = IdFilter(label=_("Id of the agenda item."))


class OutcomeFilter(InWorkshopFilter):
    part = IdFilter(label=PART)
    outcome = filters.ChoiceFilter(
        choices=PartOutcome.Outcome.choices, label=_("The decision.")
    )


class FindingSerializer(Described):
    class Meta:
        model = GroupFinding
        fields = ["text", "at"]


class WorkingGroupSerializer(Described):
    findings = FindingSerializer(
        many=True, read_only=True, help_text=_("What it reported to the plenary.")
    )

    class Meta:
        model = WorkingGroup
        fields = ["id", "workshop", "name", "part", "chair", "rapporteur", "findings"]


class MinuteNoteSerializer(Described):
    class Meta:
        model = MinuteNote
        fields = ["id", "workshop", "item", "text", "at"]


class AmendmentSerializer(Described):
    is_in_text = serializers.SerializerMethodField(
        help_text=_("Whether a change in the text shows it.")
    )

    class Meta:
        model = Amendment
        fields = ["id", "position", "document", "provision_uid", "text", "is_in_text"]

    def get_is_in_text(self, row: Amendment) -> bool:
        return bool(list(row.changes.all()))


class PartOutcomeSerializer(Described):
    presence = PresenceSerializer(
        read_only=True, help_text=_("Those present when it was decided.")
    )
    decided_by: serializers.Field = serializers.StringRelatedField(
        help_text=_("Who recorded the decision.")
    )
    amendments = AmendmentSerializer(
        many=True, read_only=True, help_text=_("What the plenary agreed to change.")
    )

    class Meta:
        model = PartOutcome
        fields = [
            "id",
            "committee",
            "workshop",
            "version",
            "part",
            "outcome",
            "note",
            "presence",
            "decided_at",
            "decided_by",
            "amendments",
        ]


class InReadableWorkshop(InWorkshop):
    """What tells of the text is seen by those who read the text."""

    def get_queryset(self) -> Any:
        readable = Report.objects.visible_to(self.reader)
        return super().get_queryset().filter(workshop__report__in=readable)


class WorkingGroupViewSet(InReadableWorkshop):
    """Breakout groups, each on one Part, with what they reported."""

    queryset = WorkingGroup.objects.select_related(
        "workshop__committee"
    ).prefetch_related("findings")
    serializer_class = WorkingGroupSerializer
    filterset_class = GroupFilter
    ordering = ("workshop", "part")
    ordering_fields = ("name", "part")
    acts = (
        Act(
            "add_finding",
            notes.add_finding,
            _("Record what the group reports to the plenary, during the session."),
            text=Text(_("The finding.")),
        ),
    )
    makes = Act(
        "add",
        notes.add_group,
        _("Form a working group."),
        workshop=one(Workshop, DESCRIPTIONS["workshop"]),
        name=Text(_("Name of the group."), max_length=150),
        part=Whole(PART, max_value=4),
        chair=Note(_("Its chair, by office."), max_length=200),
        rapporteur=Note(_("Its rapporteur, by office."), max_length=200),
    )


class MinuteNoteViewSet(InReadableWorkshop):
    """What the secretariat wrote down, under the items of the agenda; for members."""

    queryset = MinuteNote.objects.all()
    serializer_class = MinuteNoteSerializer
    filterset_class = NoteFilter
    ordering = ("workshop",)
    ordering_fields = ("at",)
    makes = Act(
        "add",
        notes.take_note,
        _("Write down what is said, during the session."),
        workshop=one(Workshop, DESCRIPTIONS["workshop"]),
        text=Text(_("What is said.")),
        item=Row(
            queryset=AgendaItem.objects.all(),
            help_text=_("Id of the agenda item; or null."),
            path="workshop",
            allow_null=True,
            default=None,
        ),
    )

    def get_queryset(self) -> Any:
        inside = committees_where(self.reader, Permission.READ_WORKING_DRAFT)
        return super().get_queryset().filter(workshop__committee__in=inside)


class PartOutcomeViewSet(InReadableWorkshop):
    """Decisions on Parts; POST …/workshops/<id>/decide/ records them."""

    queryset = PartOutcome.objects.select_related("decided_by").prefetch_related(
        "amendments__changes"
    )
    serializer_class = PartOutcomeSerializer
    filterset_class = OutcomeFilter
    ordering = ("workshop", "part")
    ordering_fields = ("part", "outcome", "decided_at")


OUTCOME_ROUTES = [
    ("working-groups", WorkingGroupViewSet),
    ("minute-notes", MinuteNoteViewSet),
    ("part-outcomes", PartOutcomeViewSet),
]
