from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.base import name_what_is_missing


class CompareForm(forms.Form):
    """Which two texts, and how they are shown: a GET form, so the address can be kept."""

    a = forms.ChoiceField(label=_("From"))
    b = forms.ChoiceField(label=_("To"))
    view = forms.ChoiceField(
        label=_("Shown"),
        required=False,
        choices=[("inline", _("in one text")), ("side", _("side by side"))],
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)
        for name in ("a", "b"):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]  # a ChoiceField
            field.error_messages["invalid_choice"] = _(
                "Choose one of the versions of this report."
            )
