"""Translating one provision, and the filter of the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from governance.actions.translations import texts_at, translate, translation_of
from governance.errors import Conflict
from governance.forms.base import ActionForm, RevisionField
from governance.forms.comments import LinesField
from governance.models import Translation
from governance.translating import (
    CHANGED,
    CHECKED,
    DRAFT,
    MISSING,
    in_words,
    standing,
    texts_of,
    translated_fields,
)

if TYPE_CHECKING:
    from governance.models import CommitteeLanguage, Document, User

State = Translation.State
STANDING_NAMES = {
    MISSING: _("Not translated"),
    DRAFT: _("Draft"),
    CHECKED: _("Checked"),
    CHANGED: _("Source changed"),
}
LONG = 250  # characters, from which a text gets several lines to be written in
PREFIX = "text_"


class StandingFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *STANDING_NAMES.items()],
    )


class RemovedForm(ActionForm):
    """What is posted for a provision that was removed: it is kept, not saved."""

    also_sent = frozenset({"saved", "read", "follows", "state", "why"})
    also_sent_as = (PREFIX,)


class TranslationForm(ActionForm):
    """A translation as its author read it at revision `saved`, of the text at `read`."""

    keeps_text = True
    also_sent = frozenset({"follows"})  # the source may be as it was, since

    saved = RevisionField()
    read = RevisionField()
    follows = forms.BooleanField(
        label=_("The translation follows the source as it is now"),
        required=False,
        help_text=_("Else it stays marked as “Source changed”."),
    )
    state = forms.ChoiceField(
        label=_("Save it as"),
        choices=[
            (State.DRAFT, _("Draft")),
            (State.CHECKED, _("Checked: it says what the source says now")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose draft or checked.")},
    )
    why = forms.CharField(
        label=_("Note on this change"),
        required=False,
        max_length=2_000,
        help_text=_("It stands in the history of the provision."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        document: Document,
        row: Any,
        language: CommitteeLanguage,
    ) -> None:
        self.document, self.row, self.language = document, row, language
        self.now = translation_of(document, row.uid, language.code)
        self.source = texts_of(row)
        self.theirs: dict[str, str] | None = None
        values = self.now.values if self.now else {}
        # Also what was typed for a text that the source has lost since.
        typed = {name for name in data or () if name.startswith(PREFIX)}
        self.columns = [
            field
            for field in translated_fields(type(row))
            if self.source[field.name]
            or values.get(field.name)
            or PREFIX + field.name in typed
        ]
        initial = {PREFIX + name: text for name, text in values.items()}
        initial |= {"saved": self.now.revision if self.now else 0, "read": row.revision}
        # That it says what the source says now is for its author to say again.
        is_checked = self.standing == CHECKED
        initial["state"] = State.CHECKED if is_checked else State.DRAFT
        super().__init__(data, initial=initial)
        own = {PREFIX + f.name: text_input(f, language.code) for f in self.columns}
        self.fields = own | self.fields
        if self.standing != CHANGED:
            del self.fields["follows"]

    @property
    def standing(self) -> str:
        return standing(self.now, self.source)

    @property
    def pairs(self) -> list[dict[str, Any]]:
        """Of each column its name, the source, what that was, and the field to write."""
        before = self.now.source if self.now else {}
        return [
            {
                "name": column_name(column),
                "source": self.source[column.name],
                "before": before.get(column.name, ""),
                "field": self[PREFIX + column.name],
            }
            for column in self.columns
        ]

    @property
    def rest(self) -> list[Any]:
        """The fields that are not beside a source."""
        own = {PREFIX + column.name for column in self.columns}
        return [field for field in self.visible_fields() if field.name not in own]

    def written(self) -> dict[str, str]:
        """What was typed, by column; a column that was not on the page is as it was."""
        kept = dict(self.now.values) if self.now else {}
        data = self.cleaned_data
        return kept | {f.name: data[PREFIX + f.name] for f in self.columns}

    def save(self, by: User) -> None:
        """Carry it out; where somebody saved first, show both and read theirs.

        The revision moves on with what is shown, so that saving again is a decision.
        """
        data = self.cleaned_data
        try:
            translate(
                self.document,
                self.row.uid,
                self.language.code,
                self.written(),
                base=data["saved"],
                read=data["read"],
                state=data["state"],
                follows=data.get("follows", False),
                by=by,
                why=data["why"],
            )
        except Conflict:
            self.read_theirs()
            raise
        except ValidationError as error:
            found = {PREFIX + name: said for name, said in error.message_dict.items()}
            raise ValidationError(found) from error

    def read_theirs(self) -> None:
        fresh = translation_of(self.document, self.row.uid, self.language.code)
        self.theirs = dict(fresh.values) if fresh else {}
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["saved"] = str(fresh.revision if fresh else 0)
        self.data = data

    def both(self) -> list[tuple[str, str, str]]:
        """Of each text that differs its name, the one now saved, and what was typed."""
        if self.theirs is None:
            return []
        mine = {f.name: self.cleaned_data[PREFIX + f.name] for f in self.columns}
        return [
            (column_name(f), self.theirs.get(f.name, ""), mine[f.name])
            for f in self.columns
            if self.theirs.get(f.name, "") != mine[f.name]
        ]

    def source_moved(self) -> bool:
        """Whether the source was changed while its translator was writing."""
        read = self.cleaned_data["read"]
        return in_words(texts_at(self.row, read)) != in_words(self.source)


def column_name(column: Any) -> str:
    label = str(column.verbose_name)
    return label[:1].upper() + label[1:]


def text_input(column: Any, language: str) -> forms.CharField:
    shape: dict[str, Any] = {
        "label": column_name(column),
        "required": False,
        "max_length": column.max_length,
    }
    if isinstance(column, TextField) or (column.max_length or 0) >= LONG:
        long = isinstance(column, TextField) and (column.max_length or LONG) > LONG
        field: forms.CharField = LinesField(rows=10 if long else 3, **shape)
    else:
        field = forms.CharField(widget=forms.TextInput(attrs={"class": "w-l"}), **shape)
    field.widget.attrs |= {"lang": language, "dir": "auto"}
    return field
