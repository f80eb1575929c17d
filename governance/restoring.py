"""An earlier text read from the history again, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.columns import Scope
from governance.tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.columns import Column
    from governance.models import Document, Revision
    from governance.tables import Table


def table_of_removed(document: Document, revision: Revision) -> Table | None:
    """The table in which a removed row stood; its last words tell, where nothing else."""
    found = tables_in(document)
    sort = revision.after.get("type", "")
    for table in found:
        if table.model.type == sort:
            return table
    kept = set(revision.before)
    return next(
        (t for t in found if kept <= {c.name for c in t.columns(document)}), None
    )


def read_cells(
    cells: Mapping[str, str], columns: Sequence[Column], document: Document
) -> tuple[dict[str, Any], dict[Column, Any]]:
    """The values that cells of the history mean now: own columns, and those apart.

    Raises ValidationError with a sentence a column where what a cell points at is gone.
    """
    scope = Scope(document.committee, document)
    own: dict[str, Any] = {}
    extras: dict[Column, Any] = {}
    problems: list[str] = []
    for column in columns:
        if column.name not in cells:
            continue
        try:
            value = column.read(cells[column.name], scope)
        except ValidationError as error:
            if column.nests:
                raise ValidationError(
                    _("It stood below %s, which was removed: bring that back first.")
                    % cells[column.name]
                ) from error
            problems.append(
                f"{capfirst(str(column.title))}: {' '.join(error.messages)}"
            )
            continue
        if column.apart:
            extras[column] = value
        else:
            own[column.name] = value
    if problems:
        raise ValidationError(problems)
    return own, extras


def moments_of(document: Document, uid: Any) -> list[Revision]:
    """Every change of a provision, the latest first."""
    rows = document.revisions.filter(provision_uid=uid, language="")
    return list(rows.order_by("-provision_revision"))
