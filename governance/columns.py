"""The columns of a row of the plan: how a cell reads, and how what is typed is understood.

One description serves the form, the grid, the spreadsheet in and out, the history and
the undoing of a change: `read(cell(row))` is the value of the row.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from governance.models.base import CommitteeModel
from governance.models.committees import quarter_bounds
from governance.models.provisions import Provision
from governance.references import above, key_of, keyed, names_of, pieces_of, said
from governance.text import normal
from governance.typed import (
    read_day,
    read_number,
    read_whole,
    read_year,
    read_yes,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Committee, Document

TEXT, WORDS, CHOICE, ONE, MANY = "text", "words", "choice", "one", "many"
WHOLE, NUMBER, MONEY, DAY, YES = "whole", "number", "money", "day", "yes"
NUMERIC = frozenset({WHOLE, NUMBER, MONEY})
QUARTER = re.compile(r"Q([1-4])[ /-]?(\d{4})", re.IGNORECASE)
KEPT_APART = frozenset({"basis", "source"})  # what a row rests on, not what it says


@dataclass
class Scope:
    """Whose work a row is: where its references are looked up, each list once."""

    committee: Committee
    document: Document | None = None
    comma: str = ""  # how `12,500` is meant: thousands or decimal
    lists: dict[str, list[Any]] = field(default_factory=dict)
    names: dict[str, dict[str, Any]] = field(default_factory=dict)

    def options(self, column: Column) -> list[Any]:
        if column.key not in self.lists:
            self.lists[column.key] = list(column.choices_in(self))
        return self.lists[column.key]

    def named(self, column: Column) -> dict[str, Any]:
        """What the column may point at, by every word for it; the first of its name."""
        if column.key not in self.names:
            known: dict[str, Any] = {}
            for item in self.options(column):
                for name in names_of(item):
                    known.setdefault(name, item)
            self.names[column.key] = known
        return self.names[column.key]

    def learn(self, column: Column, item: Any) -> None:
        """Let what was added just now be pointed at as well."""
        self.options(column).append(item)
        for name in names_of(item):
            self.named(column).setdefault(name, item)

    @property
    def marks(self) -> tuple[str, str]:
        return self.committee.currency_symbol, self.committee.currency


@dataclass(frozen=True)
class Column:
    """One column of a row, made from a field of its model."""

    model: type[Any]
    name: str
    kind: str
    title: Any
    is_required: bool = False
    help: Any = ""
    longest: int | None = None
    apart: bool = False  # kept in rows of their own: written by the table
    also: tuple[str, ...] = ()  # other words for it in the first row of a spreadsheet

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    @property
    def source(self) -> Any:
        return self.model._meta.get_field(self.name)

    @property
    def nests(self) -> bool:
        """Whether it says below which row of its own sort a provision stands."""
        return (
            self.kind == ONE
            and not self.apart
            and issubclass(self.model, Provision)
            and self.source.related_model is self.model
        )

    def value(self, row: Any) -> Any:
        if self.kind == MANY:
            return list(getattr(row, self.name).all()) if row.pk else []
        return getattr(row, self.name)

    def cell(self, row: Any) -> str:
        """The cell as a person reads it, and as `read` understands it."""
        return self.cell_of(self.value(row))

    def cell_of(self, value: Any) -> str:
        if value is None:
            return ""
        if self.kind == MANY:
            return "; ".join(sorted(key_of(item) for item in value))
        if self.kind == ONE:
            return key_of(value)
        if self.kind == CHOICE:
            return str(dict(self.source.flatchoices).get(value, value))
        if self.kind == YES:
            return _("yes") if value else _("no")
        return words_of(value)

    def choices_in(self, scope: Scope) -> Iterable[Any]:
        """Every row this column may point at, in the committee and the report.

        What a row stands below is in the same document.
        """
        rows = reachable(self.source.related_model, scope)
        if self.nests:
            rows = rows.filter(**{f"{self.model.document_path}__pk": pk_of(scope)})
        limit = self.source.get_limit_choices_to()
        return rows.complex_filter(limit) if limit else rows

    def read(self, text: str, scope: Scope) -> Any:
        """The value that a cell means; ValidationError with one sentence otherwise."""
        bare = normal(text)
        if not bare.strip():
            return self.read_nothing()
        if self.longest and len(bare) > self.longest:
            raise ValidationError(
                _("It has %(n)s characters; %(longest)s fit.")
                % {"n": f"{len(bare):,}", "longest": f"{self.longest:,}"}
            )
        reader = getattr(self, f"read_{self.kind}")
        return reader(bare, scope)

    def read_nothing(self) -> Any:
        if self.is_required and self.kind != YES:
            raise ValidationError(_("%s is missing.") % capfirst(str(self.title)))
        if self.kind == MANY:
            return []
        if self.kind == YES and not self.source.null:
            return False
        return None if self.source.null else ""

    def read_text(self, text: str, scope: Scope) -> str:
        del scope
        return " ".join(text.split("\n")).strip()

    def read_words(self, text: str, scope: Scope) -> str:
        del scope
        return text.strip("\n")

    def read_choice(self, text: str, scope: Scope) -> str:
        del scope
        meant = text.strip().casefold()
        for value, label in self.source.flatchoices:
            if meant in {str(value).casefold(), str(label).casefold()}:
                return str(value)
        known = ", ".join(str(label) for _value, label in self.source.flatchoices)
        raise ValidationError(
            _("“%(text)s” is not one of: %(known)s.")
            % {"text": text.strip(), "known": known}
        )

    def read_one(self, text: str, scope: Scope) -> Any:
        found = scope.named(self).get(said(text))
        if found is None:
            raise ValidationError(self.unknown(text.strip(), scope))
        return found

    def unknown(self, text: str, scope: Scope) -> str:
        known = [key_of(item) for item in scope.options(self)]
        if not known:
            return _("“%(text)s” is not known: there is no %(what)s yet.") % {
                "text": text,
                "what": self.source.related_model._meta.verbose_name,
            }
        return _("“%(text)s” is not known. Write one of: %(known)s.") % {
            "text": text,
            "known": ", ".join(known[:12]) + (" …" if len(known) > 12 else ""),
        }

    def read_many(self, text: str, scope: Scope) -> list[Any]:
        pieces = pieces_of(text, scope.named(self))
        found = [self.read_one(piece, scope) for piece in pieces]
        return list(dict.fromkeys(found))

    def read_whole(self, text: str, scope: Scope) -> int:
        if "year" in self.name and (year := read_year(text)):
            return year
        return read_whole(text, comma=scope.comma)

    def read_number(self, text: str, scope: Scope) -> Any:
        return read_number(text.strip().removesuffix("%"), comma=scope.comma)

    def read_money(self, text: str, scope: Scope) -> Any:
        return read_number(text, comma=scope.comma, marks=scope.marks)

    def read_day(self, text: str, scope: Scope) -> Any:
        is_end = self.name.startswith(("ends", "due"))
        quarter = QUARTER.fullmatch(text.strip())
        if quarter and 1 < int(quarter[2]) < dt.MAXYEAR:
            starts = scope.committee.fiscal_year_starts
            return quarter_bounds(int(quarter[2]), int(quarter[1]), starts)[is_end]
        return read_day(text, is_end=is_end)

    def read_yes(self, text: str, scope: Scope) -> bool:
        del scope
        return read_yes(text)


def pk_of(scope: Scope) -> int | None:
    return scope.document.pk if scope.document else None


def reachable(model: type[Any], scope: Scope) -> Any:
    if issubclass(model, Provision):
        report = f"{model.document_path}__report"
        rows = model.objects.filter(
            **{report: scope.document.report_id if scope.document else None}
        )
        return rows.select_related(*above(model))
    if issubclass(model, CommitteeModel):
        return model.objects.filter(committee=scope.committee)
    return keyed(model)


KINDS: list[tuple[Any, str]] = [
    (models.ManyToManyField, MANY),
    (models.ForeignKey, ONE),
    (models.BooleanField, YES),
    (models.DateField, DAY),
    (models.IntegerField, WHOLE),
    (models.TextField, WORDS),
    (models.CharField, TEXT),
]


def kind_of(source: Any) -> str:
    if source.choices:
        return CHOICE
    if isinstance(source, models.DecimalField):
        return MONEY if "amount" in source.name or "budget" in source.name else NUMBER
    return next(kind for sort, kind in KINDS if isinstance(source, sort))


def column_for(model: Any, name: str) -> Column:
    """The column of one field, such as the title of a document."""
    return _column_for(model, name)


@functools.cache
def _column_for(model: Any, name: str) -> Column:
    source = model._meta.get_field(name)
    kind = kind_of(source)
    longest = getattr(source, "max_length", None)
    if kind == WORDS:
        longest = longest or 20_000
    return Column(
        model,
        name,
        kind,
        _lazy("part of") if source.verbose_name == "parent" else source.verbose_name,
        is_required=not source.blank and kind != YES,
        help=source.help_text,
        longest=longest if kind in {TEXT, WORDS} else None,
    )


def columns_of(model: Any) -> tuple[Column, ...]:
    """The columns that a person fills in, in the order of the model."""
    return _columns_of(model)


@functools.cache
def _columns_of(model: Any) -> tuple[Column, ...]:
    apart = {"id", "uid", "position", "revision", "document", "guidance"} | KEPT_APART
    if model.cites:
        apart.discard("source")
    sources = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return tuple(
        column_for(model, source.name)
        for source in sources
        if source.name not in apart
        and source.editable
        and not isinstance(source, models.JSONField)
    )
