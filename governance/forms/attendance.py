from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm
from governance.models import Institution, Participant, User

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Workshop


class TimeForm(ActionForm):
    """A time of one day of the workshop; left empty, it is now."""

    at = forms.TimeField(
        label=_("Time"),
        required=False,
        help_text=_("Leave it empty for now. For example 09:12."),
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "w-m"}),
        error_messages={"invalid": _("This is not a time. Write it like 09:12.")},
    )
    on = forms.DateField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _now("Write the time of that day."))
        return data

    def moment(self, workshop: Workshop) -> dt.datetime | None:
        time, on = self.cleaned_data["at"], self.cleaned_data["on"]
        if time is None:
            return None
        return workshop.committee.moment(on or workshop.committee.today(), time)


class ParticipantForm(ActionForm):
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institution"),
        error_messages={"required": _("Choose the institution.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput({"class": "w-l"}),
        error_messages={"required": _("Write the name.")},
    )
    office = forms.CharField(
        label=_("Office"),
        max_length=200,
        required=False,
        help_text=_("The minutes print the office, not the name."),
        widget=forms.TextInput({"class": "w-l"}),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", _("Not recorded")), *Participant.Sex.choices],
    )
    group = forms.CharField(
        label=_("Group in the list"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it is the institution's category."),
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Participant.Mode.choices)
    is_alternate = forms.BooleanField(
        label=_("Represents the institution as an alternate"), required=False
    )
    designation = forms.CharField(
        label=_("Written designation"),
        max_length=200,
        required=False,
        help_text=_("Reference and date of the letter that names the alternate."),
        widget=forms.TextInput({"class": "w-l"}),
    )
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Sign-in, if the person has one"),
        required=False,
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee = workshop.committee
        institutions = Institution.objects.filter(committee=committee)
        people = User.objects.filter(role_assignments__committee=committee)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["user"].queryset = people.distinct().order_by("name")  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_alternate") and not data.get("designation"):
            self.add_error(
                "designation",
                _now("Give the reference of the letter that names the alternate."),
            )
        return data


class ApologyForm(ActionForm):
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institution"),
        error_messages={"required": _("Choose the institution.")},
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "w-l"}),
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.filter(  # type: ignore[attr-defined]  # a ModelChoiceField
            committee=workshop.committee
        )
