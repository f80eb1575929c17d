"""What a committee says of itself, asked for at set-up and changed in the settings."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm
from governance.models import Committee, CommitteeLanguage

# BCP 47 as far as a committee needs it: `en`, `st-LS`, `zh-Hant`.
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
MOST_LANGUAGES = 8
Language = dict[str, str]


def of_column(model: Any, name: str, **kwargs: Any) -> Any:
    """The field of a form with the label, limits and checks of a column."""
    column = model._meta.get_field(name)
    said = {"required": _now("Fill in “%s”.") % column.verbose_name}
    field = column.formfield(**{"error_messages": said} | kwargs)
    if not isinstance(field.widget, forms.Select | forms.Textarea):
        field.widget.attrs.setdefault("class", "w-l")
    return field


class LanguagesField(forms.CharField):
    """Languages one a line, code and name; the first one prevails."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Languages"))
        kwargs.setdefault(
            "help_text",
            _(
                "One a line: its code, a space, its name; for example “st-LS Sesotho”. The"
                " first one prevails: where the texts differ, it decides."
            ),
        )
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=500, **kwargs)
        self.error_messages["required"] = _("Write at least one language.")

    def clean(self, value: Any) -> list[Language]:
        text = super().clean(value) or ""
        lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
        languages = [language_of(number, line) for number, line in enumerate(lines, 1)]
        codes = [language["code"].lower() for language in languages]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice:
            raise forms.ValidationError(
                _now("The language %s is there twice; keep one line.") % twice
            )
        if len(languages) > MOST_LANGUAGES:
            raise forms.ValidationError(
                _now("At most %d languages can be kept.") % MOST_LANGUAGES
            )
        return languages

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{each['code']} {each['name']}" for each in value)
        return value


def language_of(number: int, words: list[str]) -> Language:
    """Code and name of one line; ValidationError names the line."""
    code, name = words[0], words[1].strip() if len(words) > 1 else ""
    longest = CommitteeLanguage._meta.get_field("code").max_length or 0
    if not LANGUAGE_CODE.fullmatch(code) or len(code) > longest:
        raise forms.ValidationError(
            _now(
                "Line %(n)d: “%(code)s” is no language code. Write it like en or st-LS."
            )
            % {"n": number, "code": code[:20]}
        )
    if not name or len(name) > 40:
        raise forms.ValidationError(
            _now(
                "Line %d: write the name of the language after its code, in at most 40"
                " letters."
            )
            % number
        )
    return {"code": code, "name": name}


class MonthField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("First month of the fiscal year"))
        choices = [("", _("Choose the month")), *MONTHS.items()]
        super().__init__(choices=choices, coerce=int, **kwargs)
        self.error_messages["required"] = _("Choose the month.")


class FactsForm(ActionForm):
    """Names, country and money, with the limits of the committee's own columns."""

    NAMES = (
        "name",
        "short_name",
        "country",
        "country_code",
        "currency",
        "currency_symbol",
    )
    HINTS = {
        "name": _("As it stands on the cover of the report."),
        "short_name": _("For the head of every page, such as NCC."),
        "country_code": _("Two capital letters, such as LS."),
        "currency": _("Three capital letters, such as LSL."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.NAMES:
            hint = self.HINTS.get(name, "")
            self.fields[name] = of_column(Committee, name, help_text=hint)
        for name in ("country_code", "currency", "currency_symbol"):
            self.fields[name].widget.attrs["class"] = "w-m"
        for name, n in (("country_code", 2), ("currency", 3)):
            said = _now("Write %d capital letters of the alphabet.") % n
            self.fields[name].validators = [RegexValidator(f"^[A-Z]{{{n}}}$", said)]


class LanguagesForm(ActionForm):
    languages = LanguagesField()


class CalendarForm(ActionForm):
    fiscal_year_starts = MonthField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Such as Africa/Maseru. Deadlines end at midnight of this place.")
        self.fields["time_zone"] = of_column(Committee, "time_zone", help_text=hint)


class ColourForm(ActionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _(
            "# and six digits. It is the line over every page and the colour of buttons;"
            " white text must be readable on it."
        )
        self.fields["colour"] = of_column(Committee, "colour", help_text=hint)
        self.fields["colour"].widget.attrs["class"] = "w-m"

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()
