"""The committee's sign-off rule, and the validations it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from governance.api.moves import Act, Acting, Flowing
from governance.api.sheet import RuleMetSerializer, SheetSerializer
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import (
    Committee,
    SignOffRule,
    Validation,
)
from governance.models.sign_off_rules import SEATS
from governance.permissions import Permission, can
from governance.proceedings import sheet_for

if TYPE_CHECKING:
    from governance.models import User


def waits_for(user: User, rule: SignOffRule) -> bool:
    """Whether a rule waits for this person's word."""
    return (
        not rule.is_agreed
        and rule.set_by_id != user.pk
        and can(user, Permission.CHANGE_SETTINGS, rule.committee)
    )


RULE_ACTS = (
    Act(
        "confirm",
        sign_off_rules.confirm_rule,
        _("Agree to a changed rule that somebody else has proposed; it then counts."),
        when=waits_for,
    ),
)


class SignOffRuleSerializer(Flowing):
    acts = RULE_ACTS
    seats = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text=_("Seats that must sign."),
    )
    is_agreed = serializers.BooleanField(
        read_only=True,
        help_text=_("Whether it counts: the first rule, or one confirmed by a second."),
    )

    class Meta:
        model = SignOffRule
        fields = [
            "id",
            "committee",
            "starts_on",
            "seats",
            "threshold",
            "fixed_number",
            "is_agreed",
            "open_moves",
        ]


class OwnFilter(filters.FilterSet):
    committee = IdFilter(label=DESCRIPTIONS["committee"])


class SignOffRuleViewSet(Acting):
    """Which seats must sign and how many institutions; the latest agreed one counts."""

    queryset = SignOffRule.objects.all()
    serializer_class = SignOffRuleSerializer
    filterset_class = OwnFilter
    ordering = ("committee", "-starts_on")
    ordering_fields = ("starts_on",)
    acts = RULE_ACTS

    def get_queryset(self) -> Any:
        committees = Committee.objects.visible_to(self.reader)
        rules = SignOffRule.objects.filter(committee__in=committees)
        return rules.select_related("confirmation", "committee")

    makes = Act(
        "add",
        sign_off_rules.set_rule,
        _(
            "Say which seats must sign and how many institutions, from a day on. The"
            " first rule counts at once, a later one when a second person confirmed it."
        ),
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
    rule = RuleMetSerializer(read_only=True, help_text=_("The rule that was met."))
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
