"""Forms on a document as a whole: its own facts, its order, who writes what."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.actions.writing import change_facts
from governance.columns import ONE, Scope, column_for
from governance.errors import Refused
from governance.forms.base import ActionForm
from governance.forms.columns import field_for, initial_of
from governance.models import Document, Institution

if TYPE_CHECKING:
    from governance.columns import Column
    from governance.models import User


def facts_of_kind(document: Document) -> list[Column]:
    """The columns of the kind itself, such as the first year of a plan."""
    kind = type(document.specific)
    own = [
        source.name
        for source in kind._meta.local_concrete_fields
        if source.editable and not source.primary_key and not source.auto_created
    ]
    columns = [column_for(kind, name) for name in ["title", *own]]
    return [column for column in columns if column.kind != ONE]


def said_of(document: Document, columns: list[Column]) -> str:
    return "; ".join(f"{c.title}: {c.cell(document) or '–'}" for c in columns)


def facts_digest(document: Document, columns: list[Column]) -> str:
    """What the facts say, in few letters: whether they are still those that were read."""
    return hashlib.sha256(said_of(document, columns).encode()).hexdigest()[:16]


class FactsForm(ActionForm):
    """The title of a document, and what its kind knows beside its rows."""

    keeps_text = True
    base = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, document: Document) -> None:
        found = document.specific
        self.columns = facts_of_kind(document)
        scope = Scope(document.committee, document)
        start = {c.name: initial_of(c, found) for c in self.columns}
        self.document, self.read = document, facts_digest(found, self.columns)
        super().__init__(data, initial=start | {"base": self.read})
        made = {c.name: field_for(c, scope) for c in self.columns}
        self.fields = made | self.fields

    def save(self, by: User) -> None:
        """Where somebody saved first it is refused once; then it is a decision."""
        facts = {c.name: self.cleaned_data[c.name] for c in self.columns}
        if self.cleaned_data["base"] != self.read:
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            data["base"] = self.read
            self.data = data
            raise Refused(
                _now(
                    "Somebody changed this while you were writing: %(now)s. What you wrote"
                    " is in the form; save again if it should count."
                )
                % {"now": said_of(self.document.specific, self.columns)}
            )
        change_facts(self.document, by=by, **facts)


class AssignForm(ActionForm):
    """An institution, and which part of the text it writes."""

    institution = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        error_messages={"required": _("Choose the institution.")},
    )
    provision = forms.ChoiceField(
        label=_("What it writes"),
        required=False,
        help_text=_("With all that stands below it."),
    )

    def __init__(
        self, data: Any = None, *, document: Document, choices: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        asked: Any = self.fields
        asked["institution"].queryset = document.committee.institutions.order_by("code")
        asked["provision"].choices = [("", _("the whole document")), *choices]
