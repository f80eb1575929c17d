"""The committee's sign-off rule, and the validations it led to."""

from __future__ import annotations

from typing import Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.actions import sign_off_rules
from governance.api.base import Described, Reading
from governance.api.inputs import (
    Choice,
    Day,
    Whole,
    one,
)
from governance.api.moves import Act, Acting
from governance.api.sheet import RuleSerializer, SheetSerializer
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import (
    Committee,
    SignOffRule,
    Validation,
)
from governance.models.sign_off_rules import SEATS
from governance.proceedings import sheet_for


class SignOffRuleSerializer(Described):
    seats = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text=_("Seats that must sign."),
    )

    class Meta:
        model = SignOffRule
        fields = ["id", "committee", "starts_on", "seats", "threshold", "fixed_number"]


class OwnFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])


class SignOffRuleViewSet(Acting):
    """Which seats must sign and how many institutions; the latest in force counts."""

    queryset = SignOffRule.objects.all()
    serializer_class = SignOffRuleSerializer
    filterset_class = OwnFilter
    ordering = ("committee", "-starts_on")
    ordering_fields = ("starts_on",)

    def get_queryset(self) -> Any:
        committees = Committee.objects.visible_to(self.reader)
        return SignOffRule.objects.filter(committee__in=committees)

    makes = Act(
        "add",
        sign_off_rules.set_rule,
        _("Say which seats must sign and how many institutions, from a day on."),
        committee=one(Committee, _("Id of the committee.")),
        starts_on=Day(_("First day on which it is in force.")),
        seats=serializers.ListField(
            child=Choice([(seat.value, seat.label) for seat in SEATS], _("A seat.")),
            help_text=_("Seats that must sign."),
        ),
        threshold=Choice(
            SignOffRule.Threshold.choices, _("How many institutions must sign.")
        ),
        fixed_number=Whole(
            _("The number, where the threshold is a fixed one."),
            allow_null=True,
            default=None,
        ),
    )


class ValidationSerializer(Described):
    rule = RuleSerializer(read_only=True, help_text=_("The rule that was met."))
    sheet = serializers.SerializerMethodField(
        help_text=_("The sign-off sheet as it stood.")
    )

    class Meta:
        model = Validation
        fields = [
            "id",
            "committee",
            "report",
            "candidate",
            "version",
            "at",
            "rule",
            "sheet",
            "history_seq",
            "history_hash",
        ]

    @extend_schema_field(SheetSerializer)
    def get_sheet(self, row: Validation) -> Any:
        reader = self.context["request"].user
        return SheetSerializer(sheet_for(reader, row.committee, row.sheet)).data


class ValidationFilter(OwnFilter):
    report = IdFilter(label=DESCRIPTIONS["report"])


class ValidationViewSet(Reading):
    """The moments at which the rule was met; nobody makes one."""

    queryset = Validation.objects.select_related("committee")
    serializer_class = ValidationSerializer
    filterset_class = ValidationFilter
    ordering = ("-at",)
    ordering_fields = ("at",)


SIGN_OFF_ROUTES = [
    ("sign-off-rules", SignOffRuleViewSet),
    ("validations", ValidationViewSet),
]
