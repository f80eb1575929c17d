"""Cells of one row typed in the grid: read, saved once, and what the page is told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance import clock
from governance.actions.drafts import once
from governance.actions.editing import edit_provision
from governance.actions.revising import label_of
from governance.columns import Scope
from governance.conflicts import both_of
from governance.contention import TAKEN, is_taken
from governance.errors import Conflict, Refused
from governance.grid import cells_shown, shown
from governance.keeping import told_at
from governance.models import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from governance.columns import Column
    from governance.models import Document, User
    from governance.tables import Table

SAME = "same"  # the answer to a save that changed nothing
Answer = tuple[dict[str, Any], int]


@dataclass
class CellsForm:
    """What was typed into cells of a row that its author read at revision `base`."""

    document: Document
    table: Table
    row: Any
    base: int
    typed: Mapping[str, str]
    values: dict[Column, Any] = field(default_factory=dict)
    change: Revision | None = None

    def __post_init__(self) -> None:
        columns = self.table.columns(self.document)
        self.columns = {column.name: column for column in columns}

    def unknown(self) -> list[str]:
        return [name for name in self.typed if name not in self.columns]

    def errors(self) -> dict[str, str]:
        """A sentence for every cell that cannot be understood."""
        scope, found = Scope(self.document.committee, self.document), {}
        for name, text in self.typed.items():
            column = self.columns[name]
            try:
                self.values[column] = column.read(text, scope)
            except ValidationError as error:
                found[name] = " ".join(error.messages)
        return found

    def save(self, by: User, key: UUID | None, window: UUID | None = None) -> Answer:
        """Save the cells, once for a key, and say with what status it went how.

        What was typed in the window is then no draft any more.
        """
        if errors := self.errors():
            return {"errors": errors}, 422
        try:
            done = once(by, key or uuid.uuid4(), lambda: self.edit(by), window)
        except Conflict:
            return self.both(), 409
        except Refused as refusal:
            return {
                "message": str(refusal),
                "closed": not self.document.report.is_editable,
            }, 409
        except ValidationError as error:
            return {"errors": self.placed(error)}, 422
        except IntegrityError as error:
            if not is_taken(error):
                raise
            return {"message": str(TAKEN), "closed": False}, 409
        return self.saved(done), 200

    def edit(self, by: User) -> str:
        """The key of the change that was made."""
        self.change = edit_provision(
            self.row,
            base=self.base,
            by=by,
            extras={c: value for c, value in self.values.items() if c.apart},
            **{c.name: value for c, value in self.values.items() if not c.apart},
        )
        return str(self.change.pk) if self.change else SAME

    def placed(self, error: ValidationError) -> dict[str, str]:
        """What a row may not say, at the cells that were typed."""
        first = next(iter(self.typed))
        if not hasattr(error, "error_dict"):
            return {first: " ".join(error.messages)}
        found: dict[str, str] = {}
        for name, messages in error.message_dict.items():
            other = name == NON_FIELD_ERRORS or name not in self.columns
            place = first if other else name
            found[place] = " ".join([*filter(None, [found.get(place)]), *messages])
        return found

    def fresh(self) -> Any:
        return self.table.rows(self.document).filter(pk=self.row.pk).first()

    def saved(self, done: str) -> dict[str, Any]:
        change = self.change
        if change is None and done != SAME:
            change = Revision.objects.get(pk=done)  # carried out before
        return {
            "revision": change.provision_revision if change else self.base,
            "number": self.row.number,
            "cells": self.cells_after(change),
            "at": told_at(clock.now(), self.document.committee.zone),
        }

    def cells_after(self, change: Revision | None) -> dict[str, str]:
        """What was saved as it is shown; with what follows from it, as an amount does."""
        if change is None:
            typed = {
                column.name: column.cell_of(v) for column, v in self.values.items()
            }
            return self.as_shown(typed)
        row = self.fresh() if any(column.apart for column in self.values) else None
        if row is not None and row.revision == change.provision_revision:
            return cells_shown(row, self.columns.values())
        return self.as_shown(change.after)

    def as_shown(self, cells: Mapping[str, str]) -> dict[str, str]:
        return {
            name: shown(self.columns[name], cell)
            for name, cell in cells.items()
            if name in self.columns
        }

    def both(self) -> dict[str, Any]:
        """What the page says of two who changed one row: nothing is lost."""
        row = self.fresh()
        if row is None:
            return gone(label_of(self.row))
        mine = {c.name: c.cell_of(value) for c, value in self.values.items()}
        both = both_of(row, self.base, mine, list(self.values))
        who = both.last.by_name if both.last else ""
        at = told_at(both.last.at, self.document.committee.zone) if both.last else ""
        words = {"who": who, "at": at}
        return {
            "message": _("%(who)s changed this row at %(at)s. Your text is kept.")
            % words,
            "revision": both.revision,
            "number": row.number,
            "ready": both.is_ready,
            "both": [
                {
                    "name": each.column.name,
                    "title": capfirst(str(each.column.title)),
                    "theirs": shown(each.column, each.theirs),
                    "mine": shown(each.column, each.mine),
                    "result": shown(each.column, each.result),
                }
                for each in both.differences
            ],
            "cells": cells_shown(row, self.columns.values()),
            "url": reverse(
                "governance:provision-edit", args=[self.document.pk, row.uid]
            ),
        }


def gone(label: str) -> dict[str, Any]:
    message = _("“%s” was removed from the text in the meantime.") % label
    return {"message": message, "closed": False}
