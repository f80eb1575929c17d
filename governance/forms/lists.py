"""Filters of lists: GET forms, so that an address can be kept and shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.models import Institution


class DayForm(forms.Form):
    on = forms.DateField(
        label=_("On the day"),
        required=False,
        help_text=_("For example 8 December 2021."),
        error_messages={
            "invalid": _("This is not a date. Write it like 8 December 2021.")
        },
        widget=forms.DateInput(format="%d %B %Y", attrs={"class": "w-m"}),
    )


class InstitutionForm(forms.Form):
    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    category = forms.ChoiceField(
        label=_("Category"),
        required=False,
        choices=[("", _("All categories")), *Institution.Category.choices],
    )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        words, category = self.cleaned_data["q"], self.cleaned_data["category"]
        if words:
            rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words))
        return rows.filter(category=category) if category else rows


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False)
    kind = forms.ChoiceField(label=_("In"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
