"""Set-up: the committee and its first person, and the first report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.countries import BY_CODE, COUNTRIES, LANGUAGES
from governance.forms.base import ActionForm, DayField
from governance.forms.joining import SignInFields
from governance.forms.settings import FactsForm, LanguagesField, MonthField, of_column
from governance.models import Committee

if TYPE_CHECKING:
    import datetime as dt


class SetupCodeForm(ActionForm):
    code = forms.CharField(
        label=_("Set-up code"),
        max_length=200,
        help_text=_("Whoever installed the portal has it: SETUP_CODE on the server."),
        widget=forms.PasswordInput(attrs={"class": "w-l", "autocomplete": "off"}),
        error_messages={"required": _("Type the set-up code.")},
    )


class CountryForm(forms.Form):
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("Choose the country")), *((c.code, c.name) for c in COUNTRIES)],
        error_messages={
            "required": _("Choose the country."),
            "invalid_choice": _("Choose a country of the list."),
        },
    )


def suggested(code: str) -> dict[str, Any]:
    """What is filled in for a country; every part of it can be changed."""
    country = BY_CODE[code]
    return {
        "name": _now("National Consultative Committee on Migration of %s")
        % country.name,
        "short_name": "NCC",
        "slug": slugify(country.name)[:50],
        "country": country.name,
        "country_code": country.code,
        "currency": country.currency,
        "currency_symbol": country.symbol,
        "time_zone": country.time_zone,
        "languages": "\n".join(filter(None, ["en English", LANGUAGES.get(code, "")])),
    }


class SetupForm(SignInFields, FactsForm):
    """The committee, and the first person of its secretariat, on one page."""

    languages = LanguagesField()
    fiscal_year_starts = MonthField()
    person = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As you write it. You become the first person of the secretariat."),
        widget=forms.TextInput(attrs={"class": "w-l", "autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = _("In the address of its pages, such as lesotho. It stays for ever.")
        zone = _("Such as Africa/Maseru. Deadlines end at midnight of this place.")
        self.fields["slug"] = of_column(Committee, "slug", help_text=address)
        self.fields["time_zone"] = of_column(Committee, "time_zone", help_text=zone)
        self.order_fields(
            [
                *("name", "short_name", "slug", "country", "country_code"),
                *("currency", "currency_symbol", "time_zone", "fiscal_year_starts"),
                *("languages", "person", "username", "email", "password", "again"),
            ]
        )

    @property
    def person_name(self) -> str:
        return str(self.cleaned_data.get("person", ""))

    def parts(self) -> dict[str, Any]:
        """The valid form as `establish_first` takes it."""
        data = self.cleaned_data
        names = (*self.NAMES, "slug", "time_zone", "fiscal_year_starts")
        return {
            "facts": {name: data[name] for name in names},
            "languages": [
                language | {"prevails": number == 0}
                for number, language in enumerate(data["languages"])
            ],
            "person": {
                "name": data["person"],
                "username": data["username"],
                "email": data["email"],
                "password": data["password"],
            },
        }


class StartReportForm(ActionForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As it stands on the cover. It can be changed while drafting."),
        widget=forms.TextInput(attrs={"class": "w-l"}),
        error_messages={"required": _("Write the title of the report.")},
    )
    dated_on = DayField(
        label=_("Date of the draft"),
        error_messages={"required": _("Give the date of the draft.")},
    )
    first_year = forms.IntegerField(
        label=_("First fiscal year of the strategic plan"),
        min_value=2000,
        max_value=2100,
        help_text=_(
            "The calendar year in which it begins: 2022 for 2022/23. The strategic plan"
            " covers three years from it, the activity plan the first of them."
        ),
        widget=forms.TextInput(attrs={"class": "w-m", "inputmode": "numeric"}),
        error_messages={
            "required": _("Give the year in which the plan begins."),
            "invalid": _("Write the year in four digits, such as 2022."),
        },
    )


def first_year_after(day: dt.date, starts: int) -> int:
    """The calendar year in which the next fiscal year begins."""
    return day.year if day.month < starts else day.year + 1
