"""What is typed of a resolution, and the filters of their list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm, AmountField, DayField, RowsField
from governance.models import Comment, Institution, Resolution, Workshop
from governance.snapshot import walk

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from governance.models import Report, User

LONG = {"class": "w-l"}


def institutions_of(
    committee_pk: int, day: dt.date, named: Iterable[int | None] = ()
) -> Any:
    """The institutions of a committee that exist on a day, and those named before."""
    rows = Institution.objects.filter(committee=committee_pk)
    kept = [pk for pk in named if pk]
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=day) | Q(pk__in=kept))


def provisions_of(report: Report) -> list[tuple[str, Any]]:
    """The provisions of the working text, by document, as the choices of a select."""
    groups: list[tuple[str, Any]] = [("", _now("None"))]
    for document in report.chapters():
        named = [
            (
                node["uid"],
                f"{node['number']} {node['heading'] or node['body']}".strip()[:90],
            )
            for node, _depth in walk(document.to_snapshot()["provisions"])
        ]
        groups.append((document.title, named))
    return groups


class ResolutionForm(ActionForm):
    """A draft resolution; what its wording lacks is advice, and does not stop it."""

    keeps_text = True

    verb = forms.CharField(
        label=_("Operative verb"),
        max_length=60,
        help_text=_("Such as REQUESTS or ADOPTS."),
        widget=forms.TextInput(attrs={"list": "verbs", "class": "w-m"}),
        error_messages={"required": _("Begin with an operative verb.")},
    )
    text = forms.CharField(
        label=_("Operative text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is resolved.")},
    )
    lead = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Lead institution"),
        required=False,
        empty_label=_("Not named yet"),
        help_text=_("One institution answers for it; needed to adopt it."),
    )
    lead_as = forms.CharField(
        label=_("Lead as written"),
        required=False,
        max_length=80,
        help_text=_("Only where the text names a group for which the lead answers."),
    )
    support = RowsField(
        Institution.objects.none(),
        label=_("Supporting institutions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    support_as = forms.CharField(
        label=_("Support as written"), required=False, max_length=120
    )
    deliverable = forms.CharField(
        label=_("Deliverable"),
        required=False,
        max_length=300,
        help_text=_("What exists once it is carried out."),
        widget=forms.TextInput(attrs=LONG),
    )
    due_on = DayField(label=_("Deadline"), required=False)
    trigger = forms.CharField(
        label=_("Or the event it waits for"),
        required=False,
        max_length=200,
        help_text=_("Such as: within 60 days of Cabinet's decision."),
        widget=forms.TextInput(attrs=LONG),
    )
    means_of_verification = forms.CharField(
        label=_("Means of verification"),
        required=False,
        max_length=300,
        help_text=_("What will prove that it was carried out."),
        widget=forms.TextInput(attrs=LONG),
    )
    cost = AmountField(label=_("Cost"), required=False)
    funded_by = forms.CharField(
        label=_("Source of funds"),
        required=False,
        max_length=150,
        help_text=_("Left empty, the resolution is unfunded."),
        widget=forms.TextInput(attrs=LONG),
    )
    provision_uid = forms.TypedChoiceField(
        label=_("Rests on the provision"), required=False, coerce=UUID, empty_value=None
    )
    comment = forms.ModelChoiceField(
        Comment.objects.none(),
        label=_("Rests on the comment"),
        required=False,
        empty_label=_("None"),
    )
    linked_to = forms.CharField(
        label=_("Linked to"),
        required=False,
        max_length=200,
        help_text=_("Such as: Part I; A1.1.3."),
    )
    earlier = forms.ModelChoiceField(
        Resolution.objects.none(),
        label=_("Earlier resolution"),
        required=False,
        empty_label=_("None"),
    )
    relation = forms.ChoiceField(
        label=_("What it does to the earlier one"),
        required=False,
        choices=[("", _("Nothing")), *Resolution.Relation.choices],
    )

    def __init__(self, data: Any, *, workshop: Workshop, user: User, **extra: Any):
        super().__init__(data, **extra)
        committee = workshop.committee
        lead = self.initial.get("lead")
        named = [getattr(lead, "pk", None), *self.initial.get("support", [])]
        there: Any = institutions_of(committee.pk, committee.today(), named)
        rows: dict[str, Any] = {
            "lead": there,
            "support": there,
            "comment": Comment.objects.visible_to(user).filter(report=workshop.report),
            "earlier": Resolution.objects.filter(committee=committee, state="adopted"),
        }
        for name, queryset in rows.items():
            field: Any = self.fields[name]
            field.queryset = queryset
        choice: Any = self.fields["provision_uid"]
        choice.choices = provisions_of(workshop.report)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lead") and data["lead"] in data.get("support", []):
            self.add_error(
                "support", _("The lead institution does not support itself.")
            )
        if data.get("earlier") and not data.get("relation"):
            self.add_error("relation", _("Say what it does to the earlier one."))
        if data.get("relation") and not data.get("earlier"):
            self.add_error("earlier", _("Name the earlier resolution."))
        return data

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown: only that is written."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class TakeUpForm(ActionForm):
    """At which workshop a deferred resolution is on the table again."""

    workshop = forms.ModelChoiceField(
        Workshop.objects.none(),
        label=_("Workshop"),
        empty_label=None,
        error_messages={"required": _("Choose the workshop.")},
    )

    def __init__(self, data: Any, *, workshops: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["workshop"]
        field.queryset = workshops


class ResolutionFilter(forms.Form):
    """Filters of the list; the choices are what the list holds."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *Resolution.State.choices],
    )
    lead = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Lead institution"),
        required=False,
        empty_label=_("All institutions"),
        to_field_name="code",
    )
    workshop = forms.ModelChoiceField(
        Workshop.objects.none(),
        label=_("Workshop"),
        required=False,
        empty_label=_("All workshops"),
    )

    def __init__(self, data: Any, *, rows: Any) -> None:
        super().__init__(data)
        self.rows = rows
        named: Any = rows.order_by()
        lead: Any = self.fields["lead"]
        lead.queryset = Institution.objects.filter(pk__in=named.values("lead"))
        workshop: Any = self.fields["workshop"]
        workshop.queryset = Workshop.objects.filter(pk__in=named.values("workshop"))

    def narrowed(self) -> Any:
        """The rows that pass; all of them where a choice is unknown."""
        if not self.is_valid():
            return self.rows
        data, rows = self.cleaned_data, self.rows
        for name in ("state", "lead", "workshop"):
            if data[name]:
                rows = rows.filter(**{name: data[name]})
        if data["q"]:
            rows = rows.filter(text__icontains=data["q"])
        return rows
