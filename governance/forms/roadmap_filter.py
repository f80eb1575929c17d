"""Filters and order of the roadmap, computed by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from governance.models import Institution, Report, Resolution, RoadmapAction
from governance.models.committees import (
    fiscal_year_name,
    quarter_bounds,
    quarter_names,
)
from governance.models.resolutions import Phase

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Committee

ORDERS = {
    "phase": ("phase_rank", "report", "serial"),
    "number": ("report", "serial"),
    "due": ("due_now", "report", "serial"),
    "lead": ("lead__code", "report", "serial"),
    "state": ("state_rank", "report", "serial"),
}
ORDER_NAMES = [
    ("phase", _("Phase")),
    ("number", _("Number")),
    ("due", _("Deadline")),
    ("lead", _("Lead institution")),
    ("state", _("State")),
]


def rank(field: str, values: list[str]) -> Case:
    """The place of a choice among the choices, as the model lists them."""
    places = [When(**{field: v}, then=Value(i)) for i, v in enumerate(values)]
    return Case(*places, default=Value(len(values)), output_field=IntegerField())


def quarter_of(day: dt.date, starts: int) -> tuple[int, int]:
    """The fiscal year and quarter in which a day falls."""
    months = (day.month - starts) % 12
    return day.year - (day.month < starts), months // 3 + 1


def quarters(first: dt.date, last: dt.date, starts: int) -> list[tuple[str, str]]:
    """Every quarter from the first deadline to the last."""
    names = quarter_names(starts)
    found: list[tuple[str, str]] = []
    year, quarter = quarter_of(first, starts)
    while (year, quarter) <= quarter_of(last, starts) and len(found) < 80:
        label = f"{names[quarter]} {fiscal_year_name(year, starts)}"
        found.append((f"{year}-{quarter}", label))
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    return found


class RoadmapFilter(forms.Form):
    """A GET form; its choices are what the roadmap holds."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    lead = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Lead institution"),
        required=False,
        empty_label=_("All institutions"),
        to_field_name="code",
    )
    resolution = forms.ModelChoiceField(
        Resolution.objects.none(),
        label=_("Resolution"),
        required=False,
        empty_label=_("All resolutions"),
    )
    report = forms.ModelChoiceField(
        Report.objects.none(),
        label=_("Report"),
        required=False,
        empty_label=_("All reports"),
    )
    phase = forms.ChoiceField(
        label=_("Phase"),
        required=False,
        choices=[("", _("All phases")), *Phase.choices],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *RoadmapAction.State.choices],
    )
    quarter = forms.ChoiceField(label=_("Due in"), required=False)
    overdue = forms.ChoiceField(
        label=_("Deadline"),
        required=False,
        choices=[("", _("Kept or not")), ("1", _("Overdue only"))],
    )
    order = forms.ChoiceField(label=_("Order by"), required=False, choices=ORDER_NAMES)

    def __init__(
        self,
        data: Any,
        *,
        rows: Any,
        committee: Committee,
        span: dict[str, Any],
    ) -> None:
        """`rows` carry `due_now`; `span` is the first and the last deadline among
        them, and the number of their reports."""
        super().__init__(data)
        self.rows, self.committee = rows, committee
        named: Any = rows.order_by()
        self.choose("lead", Institution.objects.filter(pk__in=named.values("lead")))
        cited = named.exclude(resolution=None).values("resolution")
        self.choose("resolution", Resolution.objects.filter(pk__in=cited))
        self.choose("report", Report.objects.filter(pk__in=named.values("report")))
        if span["reports"] < 2:
            del self.fields["report"]
        first, last = span["first"], span["last"]
        starts = committee.fiscal_year_starts
        known = quarters(first, last, starts) if first and last else []
        self.choose("quarter", [("", _("Any quarter")), *known])

    def choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        if isinstance(choices, list):
            field.choices = choices
        else:
            field.queryset = choices

    def narrowed(self) -> Any:
        """The rows that pass; all of them where a choice is unknown."""
        if not self.is_valid():
            return self.rows
        data, rows = self.cleaned_data, self.rows
        for name in ("lead", "resolution", "report", "phase", "state"):
            if data.get(name):
                rows = rows.filter(**{name: data[name]})
        if data["q"]:
            said = Q(title__icontains=data["q"]) | Q(deliverable__icontains=data["q"])
            rows = rows.filter(said)
        if data["quarter"]:
            year, quarter = map(int, data["quarter"].split("-"))
            starts = self.committee.fiscal_year_starts
            rows = rows.filter(due_now__range=quarter_bounds(year, quarter, starts))
        return rows.overdue(self.committee.today()) if data["overdue"] else rows

    @property
    def chosen_order(self) -> str:
        return (self.is_valid() and self.cleaned_data["order"]) or "phase"

    def ordered(self) -> Any:
        rows = self.narrowed().annotate(
            phase_rank=rank("phase", Phase.values),
            state_rank=rank("state", RoadmapAction.State.values),
        )
        return rows.order_by(*ORDERS[self.chosen_order])

    @property
    def is_narrowed(self) -> bool:
        names = [name for name in self.fields if name != "order"]
        return self.is_valid() and any(self.cleaned_data[name] for name in names)
