"""A list pasted from a spreadsheet, or typed with semicolons: all rows or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.forms.base import ActionForm
from governance.workbooks import read_pasted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Committee
    from governance.workbooks import Row


def with_tabs(text: str) -> str:
    """A line that was typed with semicolons, among pasted ones, has its tabs too."""
    return "\n".join(
        line if "\t" in line else re.sub(r"[ ]*;[ ]*", "\t", line)
        for line in text.splitlines()
    )


def rows_in(text: str, head: str) -> list[Row]:
    """The rows that were pasted, or typed with semicolons, without a row of headings."""
    typed = text if '"' in text and "\t" in text else with_tabs(text)
    rows = read_pasted(typed).rows
    first = rows[0].cells[0].casefold() if rows else ""
    return rows[1:] if first == head.casefold() else rows


class PasteForm(ActionForm):
    """A list pasted from a spreadsheet: every row is right, or none is taken.

    A subclass reads one row into a value, and names the heading of its first column.
    """

    also_sent = frozenset({"step"})
    head = ""
    hint: Any = ""
    rows = forms.CharField(
        label=_("Rows"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"required": _("Paste or type at least one row.")},
    )

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee
        self.fields["rows"].help_text = self.hint

    def clean_rows(self) -> list[Any]:
        """The values of the rows; else all that is wrong, each with its row's number."""
        try:
            rows = rows_in(self.cleaned_data["rows"], self.head)
        except Refused as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable
        values, errors = [], []
        for row in rows:
            said, value = self.read(row.cells)
            errors += [
                _now("Row %(n)d: %(text)s") % {"n": row.number, "text": text}
                for text in said
            ]
            values.append(value)
        if errors:
            raise forms.ValidationError(errors[:50])
        if not values:
            raise forms.ValidationError(_now("There is a heading, but no row below."))
        return values

    def read(self, cells: list[str]) -> tuple[list[str], Any]:
        raise NotImplementedError


def choice_of(text: str, choices: Iterable[tuple[Any, Any]]) -> str:
    """The value that a person means by a word, as shown or as stored; else empty."""
    wanted = text.strip().casefold()
    return next(
        (str(v) for v, label in choices if wanted in {str(v), str(label).casefold()}),
        "",
    )


def listed(choices: Iterable[tuple[Any, Any]]) -> str:
    return ", ".join(str(label) for _value, label in choices)


def faults_of(row: Any, *names: str) -> list[str]:
    """What the columns of a row that is not saved yet say of its values."""
    try:
        row.clean_fields(exclude={f.name for f in row._meta.fields} - set(names))
    except forms.ValidationError as error:
        return [
            f"{row._meta.get_field(name).verbose_name}: {' '.join(said)}"
            for name, said in error.message_dict.items()
        ]
    return []
