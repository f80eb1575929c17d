"""The form of what `governance.signing` and `governance.quorum` compute."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class RuleSerializer(serializers.Serializer):
    """Which seats must sign and how many institutions."""

    seats = serializers.ListField(
        child=serializers.CharField(), help_text=_("Seats that must sign.")
    )
    threshold = serializers.CharField(help_text=_("How many institutions must sign."))
    fixed_number = serializers.IntegerField(
        allow_null=True, help_text=_("The number, where it is a fixed one.")
    )


class RuleMetSerializer(RuleSerializer):
    """The rule that was met."""

    needed = serializers.IntegerField(
        required=False, help_text=_("Institutions that it asked for on that day.")
    )


class LineSerializer(serializers.Serializer):
    """What was signed, by whom and how."""

    person = serializers.CharField(help_text=_("Who signed; or empty."))
    text = serializers.CharField(
        help_text=_("Reservation, or reason for declining, word for word.")
    )
    authority = serializers.CharField(help_text=_("Written authority of an alternate."))
    mode = serializers.CharField(help_text=_("in_app, wet_ink: on paper, or empty."))
    signed_at = serializers.CharField(
        allow_null=True, help_text=_("Time of the signature, ISO 8601.")
    )
    is_late = serializers.BooleanField(help_text=_("Whether after the validation."))


class InstitutionLineSerializer(LineSerializer):
    """One institution on the sheet."""

    code = serializers.CharField(help_text=_("Code of the institution."))
    name = serializers.CharField(help_text=_("Name of the institution."))
    status = serializers.CharField(
        help_text=_("signed, by_alternate, reservation, declined, absent or no_answer.")
    )


class OtherLineSerializer(LineSerializer):
    """A signature in another capacity than for an institution."""

    capacity = serializers.CharField(help_text=_("Seat, witness or transmittal."))
    capacity_name = serializers.CharField(help_text=_("The capacity in words."))
    position = serializers.CharField(help_text=_("signed, reservation or declined."))
    institution = serializers.CharField(help_text=_("Name of the institution."))


class SheetSerializer(serializers.Serializer):
    """The sign-off sheet; the counts are those of its institutions."""

    version = serializers.CharField(help_text=_("Number of the candidate."))
    digest = serializers.CharField(help_text=_("SHA-256 of the candidate, as hex."))
    rule = RuleSerializer(allow_null=True, help_text=_("The rule of that day."))
    voting = serializers.IntegerField(help_text=_("Institutions with a vote."))
    needed = serializers.IntegerField(
        allow_null=True, help_text=_("How many of them must sign.")
    )
    institutions = InstitutionLineSerializer(
        many=True, help_text=_("Every institution with a vote that day, once.")
    )
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many, by status.")
    )
    others = OtherLineSerializer(many=True, help_text=_("Seats and witnesses."))


class PresenceSerializer(serializers.Serializer):
    """Who was there at a moment, and whether they could decide."""

    at = serializers.CharField(help_text=_("The moment on the committee's clock."))
    voting = serializers.IntegerField(help_text=_("Institutions with a vote."))
    needed = serializers.IntegerField(help_text=_("How many must be present."))
    present = serializers.ListField(
        child=serializers.CharField(), help_text=_("Codes of those present.")
    )
    missing = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("What the rule misses, in sentences."),
    )
    met = serializers.BooleanField(help_text=_("Whether there is a quorum."))
    count = serializers.IntegerField(help_text=_("How many are present."))
