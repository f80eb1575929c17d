"""The decision on the Parts of a report, as it is typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.actions.decisions import AgreedAmendment, Decided
from governance.forms.base import ActionForm
from governance.models import Document, PartOutcome
from governance.printing_parts import PARTS

if TYPE_CHECKING:
    from governance.models import Report

AMENDMENTS = 3


class DecideForm(ActionForm):
    """For each Part the outcome, a note, and what was agreed to change."""

    also_sent = frozenset({"step"})

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = Document.objects.filter(report=report).with_kinds()
        chapters = [document.specific for document in documents]
        self.parts = sorted({chapter.part for chapter in chapters})
        for part in self.parts:
            of_part = [c.pk for c in chapters if c.part == part]
            self.add_part(part, Document.objects.filter(pk__in=of_part))

    def add_part(self, part: int, documents: Any) -> None:
        self.fields[f"outcome_{part}"] = forms.ChoiceField(
            label=_("Outcome"),
            choices=PartOutcome.Outcome.choices,
            widget=forms.RadioSelect,
            error_messages={
                "required": _now("Choose the outcome of Part %s.") % PARTS[part][0]
            },
        )
        self.fields[f"note_{part}"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=20_000,
            help_text=_("A Part that is returned needs the reason."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        only = documents.first() if documents.count() == 1 else None
        for n in range(1, AMENDMENTS + 1):
            self.fields[f"document_{part}_{n}"] = forms.ModelChoiceField(
                documents,
                label=_now("Amendment %d: document") % n,
                required=False,
                initial=only,
            )
            self.fields[f"text_{part}_{n}"] = forms.CharField(
                label=_now("Amendment %d: what was agreed") % n,
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for part in self.parts:
            if data.get(f"outcome_{part}") == "returned" and not data.get(
                f"note_{part}"
            ):
                self.add_error(
                    f"note_{part}",
                    _now("Say why Part %s is returned.") % PARTS[part][0],
                )
            for n in range(1, AMENDMENTS + 1):
                self.check_amendment(part, n)
        return data

    def check_amendment(self, part: int, n: int) -> None:
        """An amendment is of a document, and of a Part that is not taken as it stands."""
        if not self.cleaned_data.get(f"text_{part}_{n}"):
            return
        if not self.cleaned_data.get(f"document_{part}_{n}"):
            self.add_error(
                f"document_{part}_{n}", _now("Choose the document that is amended.")
            )
        if self.cleaned_data.get(f"outcome_{part}") == PartOutcome.Outcome.VALIDATED:
            words = _now(
                "Part %s has an amendment: choose “Validated subject to amendments”."
            )
            self.add_error(f"outcome_{part}", words % PARTS[part][0])

    def fieldsets(self) -> list[dict[str, Any]]:
        """The fields as the page shows them, one fieldset a Part."""
        return [
            {
                "number": PARTS[part][0],
                "title": PARTS[part][1],
                "outcome": self[f"outcome_{part}"],
                "note": self[f"note_{part}"],
                "amendments": [
                    (self[f"document_{part}_{n}"], self[f"text_{part}_{n}"])
                    for n in range(1, AMENDMENTS + 1)
                ],
            }
            for part in self.parts
        ]

    def decided(self) -> dict[int, Decided]:
        """What the action takes; an amendment without words is none."""
        data = self.cleaned_data
        return {
            part: Decided(
                data[f"outcome_{part}"],
                data[f"note_{part}"],
                [
                    AgreedAmendment(
                        data[f"document_{part}_{n}"], data[f"text_{part}_{n}"]
                    )
                    for n in range(1, AMENDMENTS + 1)
                    if data[f"text_{part}_{n}"]
                ],
            )
            for part in self.parts
        }
