"""The actions that follow a resolution, as rows that may be left empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm, DayField
from governance.models import Institution
from governance.models.resolutions import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = 5
MOST = 50
LONG = {"class": "w-l"}


class FollowUpForm(forms.Form):
    title = forms.CharField(
        label=_("Action"),
        max_length=300,
        widget=forms.TextInput(attrs=LONG),
        error_messages={"required": _("Say what is done.")},
    )
    lead = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Lead institution"),
        error_messages={"required": _("Name the one institution that leads.")},
    )
    lead_as = forms.CharField(label=_("Lead as written"), required=False, max_length=80)
    phase = forms.ChoiceField(
        label=_("Phase"),
        required=False,
        choices=[("", _("From the deadline")), *Phase.choices],
    )
    starts_on = DayField(label=_("Start"), required=False, help_text="")
    due_on = DayField(
        label=_("Due"),
        help_text=_("For example 8 December 2021."),
        error_messages={"required": _("Give the deadline.")},
    )
    deliverable = forms.CharField(
        label=_("Deliverable"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=LONG),
    )
    number = forms.IntegerField(
        label=_("Number in the roadmap"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Left empty, the next one that is free."),
        widget=forms.TextInput(attrs={"class": "w-m", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead"]
        field.queryset = institutions

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, due = data.get("starts_on"), data.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", _("The deadline is before the start."))
        return data


class BaseFollowUpSet(forms.BaseFormSet):
    """Rows of which any may be left, or made, empty."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # the stubs lack it
        form.empty_permitted = True
        return form


FollowUpSet = forms.formset_factory(
    FollowUpForm, formset=BaseFollowUpSet, extra=0, max_num=MOST, absolute_max=MOST
)
PREFIX = "rows"


def count_of(data: Mapping[str, Any]) -> int:
    total = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))
    return min(int(total), MOST) if total.isdecimal() else ROWS


def typed_rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows as they were typed, right or wrong, without the empty ones."""
    rows = [
        {
            name: data.get(f"{PREFIX}-{i}-{name}", "")
            for name in FollowUpForm.base_fields
        }
        for i in range(count_of(data))
    ]
    return [row for row in rows if any(row.values())]


class FollowUpsForm(ActionForm):
    """The actions of a resolution, as rows; `cleaned_data["rows"]` are those filled in."""

    NAMES = tuple(FollowUpForm.base_fields)
    keeps_text = True

    def __init__(
        self,
        data: Any,
        *,
        rows: list[dict[str, Any]],
        institutions: Any,
        least: int = ROWS,
    ):
        """Unbound it shows `rows`, and empty ones up to `least`; always one."""
        super().__init__(data)
        self.options: dict[str, Any] = {
            "form_kwargs": {"institutions": institutions},
            "prefix": PREFIX,
        }
        if data is None:
            self.rows: Any = FollowUpSet(initial=rows, **self.options)
            self.rows.extra = max(least - len(rows), 1)
        else:
            self.rows = FollowUpSet(data, **self.options)

    def unexpected(self) -> list[str]:
        forms_of_rows = (self.rows.management_form, *self.rows)
        known = {field.html_name for form in forms_of_rows for field in form}
        return [name for name in super().unexpected() if name not in known]

    def fill(self, values: Mapping[str, list[str]]) -> None:
        super().fill(values)
        typed = {name: texts[-1] for name, texts in values.items() if texts}
        self.rows = FollowUpSet(initial=typed_rows(typed), **self.options)
        self.rows.extra = 1

    def clean(self) -> dict[str, Any]:
        if not self.rows.is_valid():
            raise ValidationError(_("Look at the rows marked below."))
        filled = [row.cleaned_data for row in self.rows if row.has_changed()]
        return {"rows": filled}


def one_row_more(data: Mapping[str, Any], institutions: Any) -> FollowUpsForm:
    """The same rows, right or wrong, and one to fill in."""
    total = count_of(data)
    return FollowUpsForm(
        None, rows=typed_rows(data), institutions=institutions, least=total + 1
    )
