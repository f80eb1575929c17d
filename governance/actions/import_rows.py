"""Importing into a table of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.actions.imports import named
from governance.actions.many import Action, ManyChanges
from governance.errors import Refused
from governance.importing import Aim, Known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.columns import Column
    from governance.models import Document, User
    from governance.tables import Table


class TableDesk(ManyChanges):
    """The rows of a table of a document, as an import sees them."""

    def __init__(self, document: Document, table: Table, *, by: User) -> None:
        super().__init__(document, table, by=by)
        self.known = [
            Known(str(row.uid), row.number, row, row.revision)
            for row in self.rows.values()
        ]

    def take_back(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The later ones first, as what came later may stand below what came before."""
        here = {str(row.uid): row for row in self.rows.values()}
        changed = [
            row["label"]
            for row in rows
            if row["key"] not in here or here[row["key"]].revision != row["revision"]
        ]
        if changed:
            raise Refused(
                _(
                    "These rows were changed since, so that the import cannot be taken"
                    " back: %s. Nothing is changed."
                )
                % named(changed)
            )
        for row in reversed(rows):
            if row["action"] == Action.ADDED:
                self.remove(here[row["key"]])
        places = []
        for row in rows:
            if row["action"] == Action.CHANGED:
                now = self.change(here[row["key"]], self.as_before(row))
                places += [(now, row["place"])] if row.get("place") else []
        for now, place in sorted(places, key=lambda each: each[1]):
            self.put_at(now, place)

    def as_before(self, row: Mapping[str, Any]) -> dict[Column, Any]:
        """What the cells that an import changed said before, read again."""
        columns = [c for c in self.columns if c.name in row["before"]]
        try:
            return {c: c.read(row["before"][c.name], self.scope) for c in columns}
        except ValidationError as error:
            raise Refused(f"{row['label']}: {' '.join(error.messages)}") from error


def table_aim(document: Document, table: Table) -> Aim:
    return Aim(
        table.name,
        str(table.title),
        document.committee,
        table.columns(document),
        lambda by: TableDesk(document, table, by=by),
        document,
    )
