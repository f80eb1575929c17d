"""Signatures in the portal and on paper, and the moves that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.actions import paper_signatures, signoffs
from governance.api.base import Described, Reading
from governance.api.inputs import (
    Choice,
    Day,
    FileInput,
    Note,
    Person,
    Text,
)
from governance.api.moves import Act, Acting, Flowing
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import (
    PaperSignature,
    Report,
    Signature,
)
from governance.models.reports import readable_by
from governance.models.sign_off_rules import Capacity
from governance.permissions import Permission, can, committees_where

if TYPE_CHECKING:
    from governance.models import User, Version

CAPACITIES = [("", _("the usual one")), *Capacity.choices]
RESERVATION = _("Reservation, or reason for declining, word for word.")
CANDIDATE = _("Id of the candidate, a version, that is signed.")
SIGNED = Signature.Position.SIGNED
DIGEST = _("The digest that you were shown: all 64 hex digits, or its first 16.")


class SignatureSerializer(Described):
    person_name = serializers.SerializerMethodField(
        help_text=_(
            "Who signed; empty for who does not read the internal edition, but for"
            " the reader's own."
        )
    )

    class Meta:
        model = Signature
        fields = [
            "id",
            "committee",
            "candidate",
            "candidate_digest",
            "person_name",
            "institution",
            "capacity",
            "position",
            "text",
            "is_alternate",
            "authority",
            "mode",
            "is_late",
            "signed_at",
            "place",
        ]

    def get_person_name(self, row: Signature) -> str:
        user: User = self.context["request"].user
        inside = can(user, Permission.READ_INTERNAL_EDITION, row.committee)
        return row.person_name if inside or row.person_id == user.pk else ""


PAPER_ACTS = (
    Act(
        "confirm",
        paper_signatures.confirm_paper,
        _("Compare the scan with the entry, as a second person; now it counts."),
        when=lambda user, row: user.pk not in {row.recorded_by_id, row.person_id},
    ),
    Act(
        "refuse",
        paper_signatures.refuse_paper,
        _("Say that the scan does not show what was entered."),
        when=lambda user, row: user.pk != row.recorded_by_id,
        reason=Text(_("What the scan does not show.")),
    ),
)


class PaperSignatureSerializer(Flowing):
    acts = PAPER_ACTS

    person: serializers.Field = serializers.StringRelatedField(
        help_text=_("Who signed on paper.")
    )
    recorded_by: serializers.Field = serializers.StringRelatedField(
        help_text=_("Who entered it.")
    )
    confirmed_by: serializers.Field = serializers.StringRelatedField(
        allow_null=True, help_text=_("Who confirmed it; null until then.")
    )

    class Meta:
        model = PaperSignature
        fields = [
            "id",
            "committee",
            "candidate",
            "person",
            "capacity",
            "position",
            "text",
            "authority",
            "signed_on",
            "scan_sha256",
            "recorded_at",
            "recorded_by",
            "confirmed_by",
            "signature",
            "state",
            "open_moves",
        ]


def may_sign(user: User, version: Version) -> bool:
    signing = version.report.state == Report.State.SIGNING
    return (
        is_candidate(version)
        and signing
        and can(user, Permission.SIGN, version.committee)
    )


def may_record(user: User, version: Version) -> bool:
    signing = version.report.state == Report.State.SIGNING
    held = can(user, Permission.RECORD_PAPER_SIGNATURE, version.committee)
    return is_candidate(version) and signing and held


def is_candidate(version: Version) -> bool:
    return version.kind == version.Kind.CANDIDATE


VERSION_ACTS = (
    Act(
        "sign",
        signoffs.sign,
        _("Sign this exact text; the password is asked for each time."),
        when=may_sign,
        answers=SignatureSerializer,
        throttled=True,
        password=Text(
            _("Your password."),
            max_length=1000,
            trim_whitespace=False,
            write_only=True,
        ),
        text_digest=Text(DIGEST, max_length=80),
        position=Choice(Signature.Position.choices, _("What you do."), default=SIGNED),
        text=Note(RESERVATION, max_length=5_000),
        capacity=Choice(
            CAPACITIES, _("In which capacity; empty: the usual one."), default=""
        ),
        nonce=Note(_("Any text of your own, once."), max_length=64),
        place=Note(_("Place of signing."), max_length=100),
    ),
    Act(
        "record_paper",
        paper_signatures.record_paper,
        _("Enter a signature on paper, with its scan; a second person confirms it."),
        when=may_record,
        answers=PaperSignatureSerializer,
        person=Person(_("User name of who signed.")),
        scan=FileInput(help_text=_("Scan of the signed page.")),
        signed_on=Day(_("Date on the paper.")),
        position=Choice(
            Signature.Position.choices, _("What the paper says."), default=SIGNED
        ),
        text=Note(RESERVATION, max_length=5_000),
        capacity=Choice(
            CAPACITIES, _("In which capacity; empty: the usual one."), default=""
        ),
        authority=Note(_("Written authority of an alternate."), max_length=200),
    ),
)


class OfReportFilter(filters.FilterSet):
    """What is about one text: found by its committee, report and candidate."""

    committee = IdFilter(label=DESCRIPTIONS["committee"])
    report = IdFilter(field_name="candidate__report", label=DESCRIPTIONS["report"])
    candidate = IdFilter(label=CANDIDATE)


class SignatureFilter(OfReportFilter):
    institution = IdFilter(label=_("Id of the institution."))
    capacity = filters.ChoiceFilter(choices=Capacity.choices, label=_("Capacity."))
    position = filters.ChoiceFilter(
        choices=Signature.Position.choices, label=_("What was said.")
    )
    mode = filters.ChoiceFilter(
        choices=Signature.Mode.choices, label=_("In the portal or on paper.")
    )
    is_late = filters.BooleanFilter(label=_("Whether after the validation."))


class SignatureViewSet(Reading):
    """Positions of persons, each on one exact text; never changed."""

    queryset = Signature.objects.select_related("institution", "committee")
    serializer_class = SignatureSerializer
    filterset_class = SignatureFilter
    ordering = ("candidate",)
    ordering_fields = ("signed_at", "capacity", "position")


class PaperFilter(OfReportFilter):
    state = filters.ChoiceFilter(
        choices=PaperSignature.State.choices, label=DESCRIPTIONS["state"]
    )


class PaperSignatureViewSet(Acting):
    """Signatures on paper as they were entered, before and after confirmation."""

    queryset = PaperSignature.objects.select_related(
        "committee", "person", "recorded_by", "confirmed_by"
    )
    serializer_class = PaperSignatureSerializer
    filterset_class = PaperFilter
    ordering = ("candidate",)
    ordering_fields = ("recorded_at", "signed_on", "state")
    acts = PAPER_ACTS

    def get_queryset(self) -> Any:
        readable = readable_by(self.reader, "candidate__report__")
        recorded = committees_where(self.reader, Permission.RECORD_PAPER_SIGNATURE)
        return type(self).queryset.filter(readable, committee__in=recorded)


SIGNATURE_ROUTES = [
    ("signatures", SignatureViewSet),
    ("paper-signatures", PaperSignatureViewSet),
]
