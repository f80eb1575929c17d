"""The tables of the report's documents, named by each app in settings.TABLES."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.module_loading import import_string

from governance.columns import MANY, ONE, Column, columns_of
from governance.models import Document
from governance.references import above, keyed

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Table:
    """Rows of one sort in a document: its columns, on paper, on screen, in a file."""

    model: type[Any]
    title: Any
    hint: Any = ""
    own: tuple[Column, ...] | None = None
    extras: tuple[Column, ...] = ()
    # Columns that need the document to be known: a target for each of its years.
    extras_in: Callable[[Any], tuple[Column, ...]] | None = None
    # Sets what is kept apart, by column name: called in the transaction of the change.
    write: Callable[[Any, dict[str, Any]], None] | None = None
    also_read: tuple[str, ...] = ()  # relations that the extra columns read
    # The rows with what else their cells read, where `also_read` does not say it.
    read: Callable[[Any], Any] | None = None
    # Columns that nobody types, such as what progress says: a title, and its cell.
    told: tuple[tuple[Any, Callable[[Any], str]], ...] = ()
    # What the rows add up to, and the template that shows it.
    totals: Callable[[Any, Any], dict[str, Any]] | None = None
    totals_template: str = ""
    # Pages of the committee that list what its cells can name: title, name of the page.
    listed_on: tuple[tuple[Any, str], ...] = ()

    @property
    def name(self) -> str:
        return self.model.type.replace("_", "-")

    @property
    def kind(self) -> type[Any]:
        """The kind of document that has such rows."""
        model = self.model
        for step in self.model.document_path.split("__"):
            model = model._meta.get_field(step).related_model
        return model

    def columns(self, document: Any) -> tuple[Column, ...]:
        own = columns_of(self.model) if self.own is None else self.own
        more = self.extras_in(document) if self.extras_in else ()
        return own + self.extras + more

    def columns_of_model(self) -> tuple[Column, ...]:
        """Those that a column of the model holds."""
        return columns_of(self.model)

    @property
    def nests(self) -> bool:
        """Whether its rows can stand below one another."""
        return self.model.siblings == ("document", "parent")

    def rows(self, document: Any) -> Any:
        """The rows in the order of the document, with what their numbers need."""
        names = [c.name for c in columns_of(self.model) if c.kind == ONE]
        many = [
            Prefetch(c.name, keyed(c.source.related_model))
            for c in columns_of(self.model)
            if c.kind == MANY
        ]
        rows = self.model._default_manager.filter(
            **{self.model.document_path: document}
        ).select_related(*names, *above(self.model), *self.also_read)
        rows = rows.prefetch_related(*many)
        return self.read(rows) if self.read else rows


def tables() -> list[Table]:
    """Every table of every app, in the order of the report."""
    found: list[Table] = []
    for path in settings.TABLES:
        found += import_string(path)
    return found


def table_of(model: type[Any]) -> Table | None:
    return next((table for table in tables() if table.model is model), None)


def tables_in(document: Document) -> list[Table]:
    """The tables of a document's kind: what may stand in it, in order."""
    kind = type(document.specific)
    return [t for t in tables() if t.kind in {kind, Document}]
