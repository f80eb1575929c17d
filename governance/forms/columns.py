"""The fields of a row's form, made from its columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.columns import (
    CHOICE,
    DAY,
    MANY,
    MONEY,
    NUMBER,
    NUMERIC,
    ONE,
    WORDS,
    YES,
)
from governance.references import label_of
from governance.typed import words_of

if TYPE_CHECKING:
    from governance.columns import Column, Scope

# Where bold, italic, lists and links are shown as such.
MARKDOWN = frozenset({"body", "mandate", "narrative", "gloss", "rationale"})
DAY_FORMATS: dict[str, Any] = {"format": "%d %B %Y", "attrs": {"class": "w-m"}}


class TypedField(forms.CharField):
    """A field that understands what is typed as a cell of its column does."""

    def __init__(self, column: Column, scope: Scope, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.column, self.scope = column, scope

    def clean(self, value: Any) -> Any:
        return self.column.read(str(value or ""), self.scope)


class ReferenceField(forms.ChoiceField):
    def __init__(self, column: Column, scope: Scope, **kwargs: Any) -> None:
        self.rows = {str(item.pk): item for item in scope.options(column)}
        choices = [("", "–"), *((pk, label_of(item)) for pk, item in self.rows.items())]
        super().__init__(required=column.is_required, choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class ReferencesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, column: Column, scope: Scope, **kwargs: Any) -> None:
        self.rows = {str(item.pk): item for item in scope.options(column)}
        choices = [(pk, label_of(item)) for pk, item in self.rows.items()]
        super().__init__(required=column.is_required, choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        return [self.rows[pk] for pk in super().clean(value)]


def field_for(column: Column, scope: Scope) -> forms.Field:
    shape = {"label": capfirst(str(column.title)), "help_text": column.help}
    missing = {"required": _("%s is missing.") % shape["label"]}
    if column.kind == ONE:
        return ReferenceField(column, scope, error_messages=missing, **shape)
    if column.kind == MANY:
        return ReferencesField(column, scope, error_messages=missing, **shape)
    if column.kind == CHOICE:
        empty = (
            [] if column.source.has_default() and column.is_required else [("", "–")]
        )
        choices = [
            *empty,
            *((v, label) for v, label in column.source.flatchoices if v != ""),
        ]
        return forms.ChoiceField(
            choices=choices,
            required=column.is_required,
            error_messages=missing,
            **shape,
        )
    if column.kind == YES:
        if column.source.null:
            return forms.NullBooleanField(required=False, **shape)
        return forms.BooleanField(required=False, **shape)
    return TypedField(column, scope, widget=widget_for(column), **shape)


def toolbar() -> dict[str, str]:
    """What the buttons above a text say (static/js/textbar.js)."""
    return {
        "bar": _("Formatting"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "list": _("List"),
        "numbered": _("Numbered"),
        "link": _("Link"),
        "undo": _("Undo"),
        "count": _("{n} of {max} characters"),
        "cut": _("The last {n} characters of what you pasted did not fit."),
    }


def widget_for(column: Column) -> forms.Widget:
    if column.kind == WORDS:
        rows = 8 if (column.longest or 0) > 2_000 else 4
        attrs: dict[str, Any] = {"rows": rows, "dir": "auto"}
        if column.longest:
            attrs["maxlength"] = column.longest
        if column.name in MARKDOWN:
            attrs |= {"data-markdown": True, "data-labels": json.dumps(toolbar())}
        return forms.Textarea(attrs=attrs)
    if column.kind == DAY:
        return forms.DateInput(**DAY_FORMATS)
    if column.kind in NUMERIC:
        return forms.TextInput(attrs={"class": "w-m", "inputmode": "decimal"})
    width = "w-f" if (column.longest or 0) > 150 else "w-l"
    return forms.TextInput(
        attrs={"class": width, "dir": "auto", "maxlength": column.longest}
    )


def initial_of(column: Column, row: Any) -> Any:
    """What the field of a column holds before anything is typed."""
    value = column.value(row)
    if column.apart and column.kind == WORDS:
        return column.cell(row)
    if column.kind == MANY:
        return [str(item.pk) for item in value]
    if column.kind == ONE:
        return str(value.pk) if value else ""
    if column.kind in {NUMBER, MONEY}:
        return words_of(value) if value is not None else ""
    return value
