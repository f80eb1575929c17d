"""What a table is asked for: filters, a change to take back, cells not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.forms.base import ActionForm
from governance.grid import institutions_of, quarters_of, responsible_for, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.columns import Column

WHERE = "where"  # the row as its author knows it, sent along with its cells


class TableFilter(forms.Form):
    """A GET form; its choices are what the rows hold."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)

    def __init__(
        self, data: Any, *, rows: list[Any], columns: Sequence[Column]
    ) -> None:
        super().__init__(data)
        self.rows, self.columns = rows, columns
        named = institutions_of(rows)
        quarters = [(number, f"Q{number}") for number in quarters_of(columns)]
        names = [(code, f"{code} {name}") for code, name in named]
        self.choose("institution", _("All institutions"), names)
        self.choose("quarter", _("Any quarter"), quarters)

    def choose(self, name: str, every: Any, choices: list[tuple[str, str]]) -> None:
        if not choices:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.choices = [("", every), *choices]

    def narrowed(self) -> list[Any]:
        """The rows that pass; all of them where a choice is unknown."""
        if not self.is_narrowed:
            return self.rows
        return [row for row in self.rows if self.passes(row)]

    def passes(self, row: Any) -> bool:
        asked = self.cleaned_data
        code, quarter = asked.get("institution"), asked.get("quarter")
        if code and code not in {named.code for named in responsible_for(row)}:
            return False
        if quarter and not getattr(row, f"q{quarter}"):
            return False
        return not asked["q"] or self.says(row, asked["q"].casefold())

    def says(self, row: Any, words: str) -> bool:
        cells = (shown(column, column.cell(row)) for column in self.columns)
        return any(words in text.casefold() for text in (row.number, *cells))

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())


class UndoForm(ActionForm):
    """The number of the change that the person was shown."""

    change = forms.IntegerField(widget=forms.HiddenInput, required=False)


class KeptCells(ActionForm):
    """Cells that arrived without a session: shown to their author, not typed again."""

    keeps_text = True
    cells: list[tuple[str, str]]

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.titles = {column.name: capfirst(str(column.title)) for column in columns}
        self.cells, self.where, self.row_url = [], "", ""

    def fill(self, values: Mapping[str, list[str]]) -> None:
        self.where = " ".join(values.get(WHERE, []))
        self.cells = [
            (self.titles[name], " ".join(texts))
            for name, texts in values.items()
            if name in self.titles
        ]
