"""Institutions one by one or as a list, and the seats they have in the committee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.actions.institutions import Place
from governance.forms.base import ActionForm, DayField
from governance.forms.pasting import PasteForm, choice_of, faults_of, listed
from governance.forms.settings import of_column
from governance.models import Committee, Institution, Seat


class InstitutionEditForm(ActionForm):
    """One institution; an end and a successor where it was merged or renamed."""

    valid_from = DayField(label=_("Exists since"), required=False)
    valid_to = DayField(
        label=_("Existed until"),
        required=False,
        help_text=_("Only where it has ended. Its past decisions stay its own."),
    )

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        self.institution: Institution | None = kwargs.pop("institution", None)
        super().__init__(*args, **kwargs)
        hints = {
            "code": _("Short, as in your tables: MoLE. Unique in the committee."),
            "name": _("In full, as on its letterhead."),
        }
        for name in ("code", "name", "category"):
            hint = hints.get(name, "")
            self.fields[name] = of_column(Institution, name, help_text=hint)
        self.fields["code"].widget.attrs["class"] = "w-m"
        others = Institution.objects.filter(committee=committee)
        if self.institution:
            others = others.exclude(pk=self.institution.pk)
        self.fields["successor"] = forms.ModelChoiceField(
            others,
            label=_("Continued by"),
            required=False,
            help_text=_("The institution that took over its work."),
        )
        self.order_fields(["code", "name", "category", "valid_from", "valid_to"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("successor") and not data.get("valid_to"):
            self.add_error("valid_to", _now("Say until when it existed."))
        return data


class PasteInstitutionsForm(PasteForm):
    head = "code"
    hint = _(
        "Copy three columns from your spreadsheet and paste them: code, name, category."
        " Or type one institution a line with semicolons: MoLE; Ministry of Labour;"
        " Ministry. Categories: %(categories)s."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = listed(Institution.Category.choices)
        self.fields["rows"].help_text = self.hint % {"categories": categories}
        there = self.committee.institutions.values_list("code", flat=True)
        self.codes = {code.casefold() for code in there}

    def read(self, cells: list[str]) -> tuple[list[str], dict[str, str]]:
        code, name, category, *more = [*cells, "", "", ""]
        if any(more):
            return [_now("there are more than three columns.")], {}
        row = {"code": code, "name": name, "category": category}
        row["category"] = choice_of(category, Institution.Category.choices)
        said = faults_of(Institution(**row), "code", "name")
        if not row["category"]:
            said.append(
                _now("“%(word)s” is no category; write one of: %(categories)s.")
                % {
                    "word": category[:40],
                    "categories": listed(Institution.Category.choices),
                }
            )
        if code.casefold() in self.codes:
            said.append(_now("the code %s is there already.") % code)
        self.codes.add(code.casefold())
        return said, row

    def preview(self) -> list[list[str]]:
        return [
            [row["code"], row["name"], str(Institution.Category(row["category"]).label)]
            for row in self.cleaned_data["rows"]
        ]


class SeatsForm(ActionForm):
    """Every institution with its seat and its vote, in one table."""

    since = DayField(
        label=_("These seats since"),
        error_messages={"required": _("Give the day since when.")},
    )

    def __init__(
        self,
        *args: Any,
        institutions: list[Institution],
        held: dict[int, Seat],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.institutions = institutions
        choices = [("", _("No seat")), *Seat.Kind.choices]
        for row in institutions:
            kind, votes = first_guess(row, held)
            place = _now("Seat of %s") % row.name
            vote = _now("%s votes") % row.name
            self.fields[f"kind_{row.pk}"] = forms.ChoiceField(
                choices=choices,
                label=place,
                initial=kind,
                required=False,
                widget=forms.Select(attrs={"aria-label": place}),
            )
            self.fields[f"votes_{row.pk}"] = forms.BooleanField(
                label=vote,
                initial=votes,
                required=False,
                widget=forms.CheckboxInput(attrs={"aria-label": vote}),
            )

    def table(self) -> list[tuple[Institution, Any, Any]]:
        return [
            (row, self[f"kind_{row.pk}"], self[f"votes_{row.pk}"])
            for row in self.institutions
        ]

    def places(self) -> list[Place]:
        data = self.cleaned_data
        return [
            Place(row, kind, bool(kind and data[f"votes_{row.pk}"]))
            for row in self.institutions
            for kind in [data[f"kind_{row.pk}"]]
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chairs = []
        for row in self.institutions:
            kind, votes = data.get(f"kind_{row.pk}", ""), data.get(f"votes_{row.pk}")
            if votes and kind and kind not in Seat.VOTING_KINDS:
                self.add_error(
                    f"votes_{row.pk}",
                    _now("%(code)s: who sits as “%(kind)s” has no vote; untick it.")
                    % {"code": row.code, "kind": Seat.Kind(kind).label},
                )
            if kind == Seat.Kind.CHAIR:
                chairs.append(row.code)
        if len(chairs) > 1:
            self.add_error(
                None,
                _now("Only one institution has the Chair; now: %s.")
                % ", ".join(chairs),
            )
        return data


def first_guess(row: Institution, held: dict[int, Seat]) -> tuple[str, bool]:
    """The seat as it is; before there is any, partners observe and the others vote."""
    if held:
        seat = held.get(row.pk)
        return (seat.kind, seat.is_voting) if seat else ("", False)
    if row.category == Institution.Category.PARTNER:
        return Seat.Kind.OBSERVER, False
    return Seat.Kind.MEMBER, True
