"""What is typed in when a workshop is planned and held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.formats import day
from governance.forms.base import ActionForm, DayField, RowsField
from governance.models import AgendaItem, Institution, Seat, Workshop
from governance.printing_parts import PARTS


def part_choices(parts: list[int]) -> list[tuple[int, str]]:
    return [(n, f"{PARTS[n][0]} – {PARTS[n][1]}") for n in parts]


class DaysForm(ActionForm):
    starts_on = DayField(
        label=_("First day"), error_messages={"required": _("Give the first day.")}
    )
    ends_on = DayField(
        label=_("Last day"), error_messages={"required": _("Give the last day.")}
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _now("The last day comes before the first."))
        return data


class WorkshopForm(DaysForm):
    """Days, place and concept, with the limits of the workshop's own columns."""

    keeps_text = True

    FIELDS = (
        "title",
        "starts_on",
        "ends_on",
        "venue",
        "purpose",
        "expected_outcomes",
        "host",
        "co_host",
        "funder",
        "preamble",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.FIELDS:
            if name not in self.fields:
                column: Any = Workshop._meta.get_field(name)
                self.fields[name] = column.formfield(
                    error_messages={
                        "required": _now("Fill in “%s”.") % column.verbose_name
                    }
                )
            if isinstance(self.fields[name].widget, forms.Textarea):
                self.fields[name].widget.attrs["rows"] = 4
            elif name not in {"starts_on", "ends_on"}:
                self.fields[name].widget.attrs["class"] = "w-l"
        self.order_fields(self.FIELDS)


class PlanForm(WorkshopForm):
    from_template = forms.BooleanField(
        label=_("Start with the agenda of a two-day validation workshop"),
        required=False,
        initial=True,
    )


class AgendaItemForm(ActionForm):
    day = forms.TypedChoiceField(label=_("Day"), coerce=int)
    starts_at = forms.TimeField(
        label=_("Time"),
        help_text=_("For example 09:45."),
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "w-m"}),
        error_messages={
            "invalid": _("This is not a time. Write it like 09:45."),
            "required": _("Give the time at which it begins."),
        },
    )
    title = forms.CharField(
        label=_("Item"),
        max_length=300,
        widget=forms.TextInput({"class": "w-l"}),
        error_messages={"required": _("Write what the item is.")},
    )
    type = forms.ChoiceField(label=_("Type"), choices=AgendaItem.Type.choices)
    presenter = forms.CharField(
        label=_("Presenter or chair"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"class": "w-l"}),
    )
    part = forms.TypedChoiceField(
        label=_("Part of the report"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", _("None in particular")), *part_choices([1, 2, 3, 4])],
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (n, _now("Day %(number)d, %(date)s") % {"number": n, "date": day(on)})
            for n, on in enumerate(workshop.days, start=1)
        ]


class InviteForm(ActionForm):
    """Institutions to tick; until one is invited, all with a vote are ticked."""

    voting = RowsField(
        Institution.objects.none(),
        label=_("With a vote"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = RowsField(
        Institution.objects.none(),
        label=_("Without a vote"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        seats = Seat.objects.filter(committee=workshop.committee, is_voting=True)
        voting = list(
            seats.on(workshop.starts_on).values_list("institution", flat=True)
        )
        invited = list(workshop.invitations.values_list("institution", flat=True))
        ticked = invited or voting
        super().__init__(*args, initial={"voting": ticked, "others": ticked}, **kwargs)
        everyone = Institution.objects.filter(committee=workshop.committee)
        there = everyone.filter(valid_to=None) | everyone.filter(
            valid_to__gte=workshop.starts_on
        )
        self.fields["voting"].queryset = everyone.filter(pk__in=voting)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["others"].queryset = there.exclude(pk__in=voting)  # type: ignore[attr-defined]  # as above


class NoteForm(ActionForm):
    keeps_text = True
    text = forms.CharField(
        label=_("Note for the minutes"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("There is nothing to write down.")},
    )
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = workshop.agenda.all()  # type: ignore[attr-defined]  # a ModelChoiceField


class GroupForm(ActionForm):
    name = forms.CharField(
        label=_("Group"),
        max_length=150,
        widget=forms.TextInput({"class": "w-l"}),
        error_messages={"required": _("Give the group a name.")},
    )
    part = forms.TypedChoiceField(
        label=_("Part of the report"), coerce=int, choices=part_choices([1, 2, 3, 4])
    )
    chair = forms.CharField(label=_("Chair (office)"), max_length=200, required=False)
    rapporteur = forms.CharField(
        label=_("Rapporteur (office)"), max_length=200, required=False
    )


class FindingForm(ActionForm):
    keeps_text = True
    text = forms.CharField(
        label=_("What the group reports to the plenary"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("There is nothing to write down.")},
    )
