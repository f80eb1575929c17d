from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.forms.base import ActionForm, DayField
from governance.models import RoleAssignment, Signature, SignOffRule, User
from governance.models.sign_off_rules import Capacity
from governance.printing_parts import SEATS
from governance.uploads import LIMIT, clean_name

if TYPE_CHECKING:
    from django.http import HttpRequest

    from governance.models import Institution, Version

SALT = "governance.sign"
MINUTES = 10


def session_mark(request: HttpRequest) -> str:
    """Of the session, without the key that would open it."""
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()


def sign_token(request: HttpRequest, candidate: Version) -> str:
    """For one signature: this person, this session, this text, ten minutes."""
    bound = [request.user.pk, session_mark(request), candidate.pk, candidate.digest]
    return signing.dumps([*bound, secrets.token_hex(16)], salt=SALT)


def nonce_of(token: str, request: HttpRequest, candidate: Version) -> str:
    """The one-time part of a token; Refused where it is not for this signature."""
    try:
        *bound, nonce = signing.loads(token, salt=SALT, max_age=MINUTES * 60)
    except signing.SignatureExpired as error:
        raise Refused(
            _now(
                "The page was older than ten minutes. Nothing was signed. Type your"
                " password and sign again."
            )
        ) from error
    except (signing.BadSignature, ValueError) as error:
        raise Refused(not_for_you()) from error
    wanted = [request.user.pk, session_mark(request), candidate.pk, candidate.digest]
    if bound != wanted:
        raise Refused(not_for_you())
    return str(nonce)


def not_for_you() -> str:
    return _now(
        "This form was not made for this sign-in and this text. Nothing was signed."
        " Read the text below and sign again."
    )


def capacity_label(capacity: str, institution: Institution | None) -> str:
    label = str(Capacity(capacity).label)
    return f"{label}: {institution.name}" if institution else label


class RuleForm(ActionForm):
    seats = forms.MultipleChoiceField(
        label=_("Seats that must sign"),
        choices=list(SEATS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    threshold = forms.ChoiceField(
        label=_("How many voting institutions must sign"),
        choices=SignOffRule.Threshold.choices,
        widget=forms.RadioSelect,
    )
    fixed_number = forms.IntegerField(
        label=_("The number, where a number is chosen"),
        min_value=1,
        max_value=999,
        required=False,
    )
    starts_on = DayField(label=_("In force from"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_number = cleaned.get("threshold") == SignOffRule.Threshold.NUMBER
        if by_number and not cleaned.get("fixed_number") and not self.errors:
            self.add_error("fixed_number", _("Write how many institutions must sign."))
        if not by_number:
            cleaned["fixed_number"] = None
        return cleaned


POSITIONS = [
    (Signature.Position.SIGNED, _("I sign")),
    (Signature.Position.RESERVATION, _("I sign with a reservation")),
    (Signature.Position.DECLINED, _("I decline")),
]


class PositionForm(ActionForm):
    """What a signatory says of the text; the reservation is kept word for word."""

    capacity = forms.ChoiceField(label=_("In which capacity"), widget=forms.RadioSelect)
    position = forms.ChoiceField(
        label=_("Position"),
        choices=POSITIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three positions.")},
    )
    text = forms.CharField(
        label=_("The reservation word for word, or the reason for declining"),
        help_text=_("Leave it empty if you sign without a reservation."),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = bool(cleaned.get("text", "").strip())
        position = cleaned.get("position")
        if position == Signature.Position.RESERVATION and not said:
            self.add_error("text", _("Write the reservation word for word."))
        if position == Signature.Position.DECLINED and not said:
            self.add_error("text", _("Say why you decline."))
        if position == Signature.Position.SIGNED and said:
            self.add_error(
                "position",
                _("You wrote a reservation: choose the position with a reservation."),
            )
        return cleaned


class SignForm(PositionForm):
    also_sent = frozenset({"token", "digest"})

    read = forms.BooleanField(
        label=_("I have read the text, or had it read to me"),
        error_messages={
            "required": _("Read the text, or have it read to you, and say so.")
        },
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=1_000,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "w-l"}
        ),
        error_messages={"required": _("Type your password.")},
    )

    def __init__(
        self,
        *args: Any,
        capacities: list[tuple[str, Institution | None]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["capacity"]
        field.choices = [(c, capacity_label(c, i)) for c, i in capacities]
        field.initial = capacities[0][0] if capacities else ""
        field.required = len(capacities) > 1


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class PaperForm(PositionForm):
    field_order = [
        "person",
        "capacity",
        "signed_on",
        "position",
        "text",
        "authority",
        "scan",
    ]

    person = PersonField(label=_("Who signed on paper"), queryset=None)
    signed_on = DayField(label=_("Date on the paper"))
    authority = forms.CharField(
        label=_("Written authority"),
        help_text=_(
            "Only where the person signs as an alternate: reference and date of the"
            " letter."
        ),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-l"}),
    )
    scan = forms.FileField(
        label=_("Scan of the signed page"),
        help_text=_("PDF, PNG or JPG, up to 3 MB."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.png,.jpg,.jpeg", "class": "w-l"}
        ),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = people
        capacity: Any = self.fields["capacity"]
        capacity.choices = Capacity.choices
        position: Any = self.fields["position"]
        position.choices = Signature.Position.choices

    def clean_scan(self) -> tuple[str, bytes]:
        """The name and the bytes; what is too large is not read into memory."""
        file = self.cleaned_data["scan"]
        if file.size > LIMIT:
            raise forms.ValidationError(_("The file is larger than 3 MB."))
        return clean_name(file.name), file.read()


def signatories(candidate: Version) -> Any:
    """Who has a sign-in in the committee today and has not signed this text."""
    held = RoleAssignment.objects.in_force().filter(committee=candidate.committee_id)
    return (
        User.objects.filter(pk__in=held.values("user"), is_active=True)
        .exclude(signatures__candidate=candidate)
        .order_by("name", "pk")
    )
