"""Editing one row: its columns, what the change is made for, and two at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.actions.documents import add_provision
from governance.actions.editing import edit_provision, keep_aside, set_aside
from governance.actions.placing import split_provision
from governance.columns import CHOICE, MANY, ONE, YES, Scope
from governance.conflicts import both_of
from governance.errors import Conflict, Refused
from governance.forms.base import ActionForm, RevisionField
from governance.forms.columns import field_for, initial_of
from governance.models import Amendment, Comment, HeldText, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from governance.columns import Column
    from governance.conflicts import Both
    from governance.models import Document, Revision, User
    from governance.splitting import Piece
    from governance.tables import Table


def awaiting_change(document: Document, uid: Any) -> list[Comment | Amendment]:
    """Accepted comments and agreed amendments without a change, this provision's first."""
    comments = Comment.objects.filter(document_id=document.pk).complete()
    answered = comments.filter(responses__disposition__in=Response.ACCEPTED).distinct()
    rows: list[Any] = [row for row in answered.order_by("number") if row.owes_change]
    rows += Amendment.objects.filter(document_id=document.pk, changes=None)
    return sorted(rows, key=lambda row: str(row.provision_uid) != str(uid))


def key_of(answered: Comment | Amendment) -> str:
    return f"{answered._meta.model_name}-{answered.pk}"


def name_of(answered: Comment | Amendment) -> str:
    if isinstance(answered, Amendment):
        return _("Agreed amendment: %s") % answered
    words = {
        "code": answered.code,
        "institution": answered.institution.code,
        "section": answered.section,
        "body": answered.body[:100],
    }
    return _("%(code)s of %(institution)s on %(section)s: %(body)s") % words


class RowForm(ActionForm):
    """A row as its author read it at revision `base`; without one, a row to be added."""

    keeps_text = True
    # Buttons, and fields that may be gone when it comes back.
    also_sent = frozenset({"preview", "aside", "split", "answers", "where_changed"})
    base = RevisionField(required=False)
    why_changed = forms.CharField(
        label=_("Why this change"),
        required=False,
        max_length=2_000,
        help_text=_("It stands in the history of the provision."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answers = forms.MultipleChoiceField(
        label=_("This change answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    where_changed = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_(
            "For those ticked above, for example: new sentence at the end of Art. 9."
        ),
        widget=forms.TextInput(attrs={"class": "w-l"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        table: Table,
        document: Document,
        row: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.table, self.document, self.row = table, document, row
        self.scope = Scope(document.committee, document)
        self.columns = tuple(
            column
            for column in table.columns(document)
            if not (row is not None and table.nests and column.name == "parent")
        )
        self.both: Both | None = None
        start = defaults_of(self.columns) | dict(initial or {})
        if row is not None:
            start |= {c.name: initial_of(c, row) for c in self.columns}
            start["base"] = row.revision
        super().__init__(data, initial=start)
        made = {c.name: field_for(c, self.scope) for c in self.columns}
        self.fields = made | self.fields
        self.offer_answers()

    def offer_answers(self) -> None:
        waiting = awaiting_change(self.document, self.row.uid) if self.row else []
        self.waiting = {key_of(answered): answered for answered in waiting}
        choices = [(key, name_of(answered)) for key, answered in self.waiting.items()]
        asked: Any = self.fields["answers"]
        asked.choices = choices
        if not waiting:
            del self.fields["answers"], self.fields["where_changed"]
        if self.row is None:
            del self.fields["base"]
        else:
            self.fields["base"].required = True

    def parted(self) -> tuple[dict[str, Any], dict[Column, Any]]:
        """What was typed: the row's own columns, and those kept apart."""
        data = self.cleaned_data
        own = {c.name: data[c.name] for c in self.columns if not c.apart}
        return own, {c: data[c.name] for c in self.columns if c.apart}

    def add(self, by: User) -> Any:
        own, extras = self.parted()
        why = self.cleaned_data["why_changed"]
        self.row = add_provision(
            self.table.model, self.document, by=by, why=why, extras=extras, **own
        )
        return self.row

    def save(self, by: User) -> None:
        """Carry the edit out; where somebody saved first, put both together.

        The revision moves on with what is shown, so that saving again is a decision.
        """
        own, extras = self.parted()
        data = self.cleaned_data
        base = data["base"]
        try:
            edit_provision(
                self.row,
                base=base,
                by=by,
                why=data["why_changed"],
                answers=[self.waiting[key] for key in data.get("answers", [])],
                where_changed=data.get("where_changed", ""),
                extras=extras,
                **own,
            )
        except Conflict:
            self.put_together(base)
            raise

    @property
    def may_split(self) -> bool:
        return self.row is not None and hasattr(self.row, "body")

    def offer_to_split(self) -> None:
        """Let a paste with numbered paragraphs say where it can be taken apart."""
        if self.may_split:
            self.fields["body"].widget.attrs["data-numbered"] = _(
                "The text has numbered paragraphs. “Preview” offers to make each of them"
                " a provision of its own."
            )

    def split(self, pieces: list[Piece], by: User) -> None:
        """What is kept inside goes back with the rest of a split, so it is kept here."""
        base = self.cleaned_data["base"]
        why = self.cleaned_data["why_changed"]
        try:
            split_provision(self.row, pieces, base=base, by=by, why=why)
        except Conflict:
            self.keep(base, HeldText.Reason.CONFLICT, by)
            self.put_together(base)
            raise
        except Refused:
            if not self.document.report.is_editable:
                self.keep(base, HeldText.Reason.CLOSED, by)
            raise

    def put_aside(self, by: User) -> None:
        """Keep what was typed beside the text as it is now."""
        self.keep(self.row.revision, HeldText.Reason.ASIDE, by)

    def keep(self, base: int, reason: str, by: User) -> None:
        own, extras = self.parted()
        set_aside(self.row, base, own, extras, reason=reason, by=by)

    def typed(self) -> dict[str, str]:
        return {c.name: c.cell_of(self.cleaned_data[c.name]) for c in self.columns}

    def put_together(self, base: int) -> None:
        fresh = self.table.rows(self.document).filter(pk=self.row.pk).first()
        if fresh is None:
            return
        self.both = both_of(fresh, base, self.typed(), self.columns)
        combined = self.both.values
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["base"] = str(fresh.revision)
        for column in self.columns:
            if column.name in combined:
                fill(data, column, combined[column.name], self.scope)
        self.data = data


class GoneForm(RowForm):
    """What was typed for a row that was removed meanwhile: kept, and never saved."""

    also_sent = RowForm.also_sent | {"base"}

    def keep_removed(self, last: Revision, by: User) -> None:
        """Keep it by its columns; what no column can read is kept as it was typed."""
        self.full_clean()
        sent: Any = self.data
        values = {
            c.name: c.cell_of(self.cleaned_data[c.name])
            if c.name in self.cleaned_data
            else " ".join(sent.getlist(c.name))
            for c in self.columns
            if c.name in sent
        }
        base = RevisionField(required=False)
        try:
            read = base.clean(sent.get("base"))
        except ValidationError:
            read = None
        keep_aside(
            self.document,
            values,
            provision_uid=last.provision_uid,
            label=last.label,
            reason=HeldText.Reason.REMOVED,
            base_revision=last.provision_revision if read is None else read,
            by=by,
        )


def defaults_of(columns: tuple[Column, ...]) -> dict[str, Any]:
    """What the model says of a row of which nothing is said."""
    sources = [c.source for c in columns if not c.apart]
    return {s.name: s.default for s in sources if s.has_default()}


def fill(data: Any, column: Column, cell: str, scope: Scope) -> None:
    """Put what a cell says into the data of a form, as its field would send it."""
    if column.kind not in {MANY, ONE, CHOICE, YES}:
        data[column.name] = cell
        return
    value = column.read(cell, scope) if cell else None
    if column.kind == MANY:
        data.setlist(column.name, [str(item.pk) for item in value or []])
    elif column.kind == ONE:
        data[column.name] = str(value.pk) if value else ""
    elif column.kind == CHOICE:
        data[column.name] = value or ""
    else:
        data.pop(column.name, None)
        if value is not None and (value or column.source.null):
            data[column.name] = str(value)


class MoveForm(ActionForm):
    to = forms.TypedChoiceField(
        label=_("Its place among its siblings"),
        coerce=int,
        error_messages={"required": _("Choose a place.")},
    )
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, places: int, here: int) -> None:
        super().__init__(data, initial={"to": here})
        choices = [(number, str(number)) for number in range(1, places + 1)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field


class RemoveForm(ActionForm):
    why = forms.CharField(
        label=_("Why it is removed"),
        help_text=_("Needed: it stands in the history."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it is removed.")},
    )
