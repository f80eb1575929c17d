"""Two people, one row: what each wrote, and the two put together where that is possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.columns import TEXT, WORDS
from governance.merging import merge_fields
from governance.models import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.columns import Column
    from governance.merging import Merged, MergedFields


@dataclass(frozen=True)
class Difference:
    """One column that both changed, or that only one of the two did."""

    column: Column
    base: str
    mine: str
    theirs: str
    result: str
    merged: Merged | None

    @property
    def overlaps(self) -> bool:
        return self.merged is not None and self.merged.text is None


@dataclass(frozen=True)
class Both:
    """What the second of two writers is shown: nothing is lost, nothing overwritten."""

    differences: list[Difference]
    last: Revision | None  # the change that came first
    revision: int  # of the row now

    @property
    def is_ready(self) -> bool:
        """Whether the two can be saved as they were put together."""
        return not any(difference.overlaps for difference in self.differences)

    @property
    def values(self) -> dict[str, str]:
        """The combined text by column; where the two overlap, theirs."""
        return {each.column.name: each.result for each in self.differences}


def cells_at(row: Any, base: int, cells: Mapping[str, str]) -> dict[str, str]:
    """What the cells of a row said at revision `base`; `cells` are those of now."""
    then = dict(cells)
    later = Revision.objects.filter(
        document=row.owner_document,
        provision_uid=row.uid,
        language="",
        provision_revision__gt=base,
    ).order_by("-provision_revision")
    for revision in later:
        then |= {name: text for name, text in revision.before.items() if name in then}
    return then


def both_of(
    row: Any, base: int, mine: Mapping[str, str], columns: Sequence[Column]
) -> Both:
    """Put what was typed on revision `base` beside what the row says now."""
    shown = [column for column in columns if column.name in mine]
    theirs = {column.name: column.cell(row) for column in shown}
    then = cells_at(row, base, theirs)
    texts = [c.name for c in shown if c.kind in {TEXT, WORDS} and not c.apart]
    put = merge_fields(then, mine, theirs, texts=texts)
    return Both(
        [
            difference_of(column, then, mine, theirs, put)
            for column in shown
            if mine[column.name] != theirs[column.name]
        ],
        last_change(row),
        row.revision,
    )


def difference_of(
    column: Column,
    then: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    put: MergedFields,
) -> Difference:
    name = column.name
    return Difference(
        column,
        then[name],
        mine[name],
        theirs[name],
        put.values[name],
        put.both.get(name),
    )


def last_change(row: Any) -> Revision | None:
    return (
        Revision.objects.filter(
            document=row.owner_document, provision_uid=row.uid, language=""
        )
        .order_by("-provision_revision")
        .first()
    )
