"""Forms that end in an action: what was typed stays, whatever the answer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.sealing import CONTROLS
from governance.text import normal
from governance.typed import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from governance.errors import Owed

logger = logging.getLogger("governance")


LARGEST_AMOUNT = 10**12
USUAL = forms.Field.default_error_messages["required"]


def name_what_is_missing(form: forms.BaseForm) -> None:
    """Where a field says only that it is required, let it say which one it is."""
    for name, field in form.fields.items():
        if field.required and field.error_messages["required"] == USUAL:
            field.error_messages["required"] = missing_of(field) % form[name].label


def missing_of(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return _now("“%s” is missing: choose a file.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _now("“%s” is missing: choose one.")
    return _now("“%s” is empty: fill it in.")


class ActionForm(forms.Form):
    """A form whose values an action takes; `owed` is what a refusal said is missing.

    Where it `keeps_text`, what is typed is kept as a draft, and sealed when it arrives
    without a session; never so for decisions, signatures and passwords. A name that is
    posted and belongs to no field is refused: `also_sent` lists those of buttons and of
    fields that a form may have lost since it was shown, `also_sent_as` how they begin.
    """

    keeps_text: ClassVar[bool] = False
    also_sent: ClassVar[frozenset[str]] = frozenset()
    also_sent_as: ClassVar[tuple[str, ...]] = ()
    owed: list[Owed]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = []
        self.refused = False
        self.is_filled = False
        self.use_required_attribute = False

    def full_clean(self) -> None:
        """Raise BadRequest (400) where something was posted that nobody asked for."""
        names = self.unexpected() if self.is_bound else []
        for name in names:
            logger.warning("unexpected field %s", ascii(name)[1:-1][:100])
        if names:
            raise BadRequest("unexpected field")
        name_what_is_missing(self)
        super().full_clean()
        self.put_in_normal_form()

    def put_in_normal_form(self) -> None:
        """What is stored is what is shown: no overrides, no control characters."""
        secrets = self.secrets()
        for name, value in getattr(self, "cleaned_data", {}).items():
            if isinstance(value, str) and self.add_prefix(name) not in secrets:
                self.cleaned_data[name] = normal(value)

    def unexpected(self) -> list[str]:
        asked = {self.add_prefix(name) for name in self.fields}
        asked |= {f"{name}-clear" for name in asked}  # of a ClearableFileInput
        known = asked | CONTROLS | self.also_sent
        sent = (*(self.data or ()), *(self.files or ()))
        return [
            name
            for name in sent
            if name not in known and not name.startswith(self.also_sent_as)
        ]

    def fill(self, values: Mapping[str, list[str]]) -> None:
        """Show what was typed before, right or wrong, without judging it."""
        shown: dict[str, Any] = {}
        for name, field in self.fields.items():
            texts = values.get(self.add_prefix(name), [])
            if getattr(field.widget, "allow_multiple_selected", False):
                shown[name] = texts
            elif texts:
                shown[name] = texts[-1]
            elif isinstance(field.widget, forms.CheckboxInput):
                shown[name] = False
        self.initial = {**self.initial, **shown}
        self.is_filled = True

    def secrets(self) -> tuple[str, ...]:
        """The names of fields that no draft holds: passwords, and files."""
        hidden = (forms.PasswordInput, forms.FileInput)
        return tuple(
            self.add_prefix(name)
            for name, field in self.fields.items()
            if isinstance(field.widget, hidden)
        )


class ReasonForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason.")},
    )


class AmountField(forms.CharField):
    """An amount of money, written as people and the portal write it: `12 500.00`.

    Gives a Decimal, or None where it is left empty; `12,500` is asked about.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "w-m", "inputmode": "decimal"})
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        amount = read_number(text)
        if amount < 0:
            raise ValidationError(_now("“%s” is below zero.") % text)
        if amount != round(amount, 2) or amount >= LARGEST_AMOUNT:
            raise ValidationError(
                _now("“%s” is no amount: two digits for the cents, twelve before.")
                % text
            )
        return amount


class DayField(forms.DateField):
    """A day in words or digits: `31 March 2022`, `31/3/22`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 8 December 2021."))
        kwargs.setdefault(
            "widget", forms.DateInput(format="%d %B %Y", attrs={"class": "w-m"})
        )
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _(
            "This is not a date. Write it like 8 December 2021."
        )


class RevisionField(forms.IntegerField):
    """The revision of a text that its author had read, hidden in the form."""

    LAST = 2**31 - 1  # that a database column holds

    def __init__(self, **kwargs: Any) -> None:
        unknown = _("What you had read is not known: open the page again.")
        names = ("required", "invalid", "min_value", "max_value")
        super().__init__(
            min_value=0,
            max_value=self.LAST,
            widget=forms.HiddenInput,
            error_messages=dict.fromkeys(names, unknown),
            **kwargs,
        )


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by their keys; one that no database can hold is refused as any other."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if is_too_large(key):
                said = self.error_messages["invalid_choice"]
                raise ValidationError(said, "invalid_choice", {"value": key})
        return super().clean(value)


def is_too_large(key: Any) -> bool:
    """Whether it is a number that SQLite cannot even look for."""
    try:
        return abs(int(key)) >= 2**63
    except (TypeError, ValueError):
        return False


def acted(form: Any, do: Callable[[dict[str, Any]], object]) -> bool:
    """Carry out `do` with what a valid form holds; say a refusal in the form itself.

    So that nothing typed is lost: the page shows the form again, with the sentence.
    """
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.owed, form.refused = refusal.owed, True
        return False
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def add_errors(form: Any, error: ValidationError) -> None:
    """A message of a model under the field of the form, or above all of them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for name, messages in error.message_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, messages)
