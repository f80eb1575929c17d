from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance import verification
from governance.fingerprint import find_prefix

if TYPE_CHECKING:
    from governance.verification import Answer

MEGABYTES = 25


class CopyForm(forms.Form):
    """One way to name the copy that somebody holds."""

    use_required_attribute = False

    def asked(self) -> Answer:
        raise NotImplementedError

    def answer(self) -> Answer | None:
        return self.asked() if self.is_valid() else None


class ReferenceForm(CopyForm):
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("On the cover and at the foot of each page: LS-NCC-2021-001."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-l", "autocomplete": "off"}),
        error_messages={"required": _("Type the reference.")},
    )

    def asked(self) -> Answer:
        return verification.by_reference(self.cleaned_data["reference"])


class FingerprintForm(CopyForm):
    fingerprint = forms.CharField(
        label=_("Fingerprint"),
        help_text=_("At least 16 digits, or the eight words, in their order."),
        max_length=300,
        widget=forms.TextInput(
            attrs={"class": "w-l", "autocomplete": "off", "autocapitalize": "none"}
        ),
        error_messages={"required": _("Type the digits or the eight words.")},
    )

    def clean_fingerprint(self) -> str:
        try:
            return find_prefix(self.cleaned_data["fingerprint"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def asked(self) -> Answer:
        return verification.by_digits(self.cleaned_data["fingerprint"])


class FileForm(CopyForm):
    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"class": "w-l"}),
        error_messages={"required": _("Choose the file.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(too_large())
        return file

    def asked(self) -> Answer:
        """Of the file's SHA-256; what was uploaded is gone before the answer is given."""
        with self.cleaned_data["file"] as file:
            return verification.by_file(file.chunks())


def too_large() -> Any:
    return _(
        "The file is larger than 25 MB, and was not looked at. Type its fingerprint"
        " instead."
    )


class HistoryForm(forms.Form):
    """What to show of the history; what is not understood shows everything."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    who = forms.CharField(label=_("Who"), max_length=100, required=False)
    about = forms.CharField(label=_("About"), max_length=100, required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(format="%d %B %Y", attrs={"placeholder": ""}),
        error_messages={
            "invalid": _("This is not a date. Write it like 8 December 2021.")
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["verb"]
        choices.choices = [("", _("everything")), *((v, words_of(v)) for v in verbs)]


def words_of(verb: str) -> str:
    return verb.replace("_", " ")
