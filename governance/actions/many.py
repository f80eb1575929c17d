"""Many changes of one table of a document, in one transaction: locked and asked once.

What `add_provision`, `edit_provision` and `remove_provision` do for one row, with the
same revisions. The database checks each row as it is written; only where it refuses one
is it asked for every rule, to say which.
"""

from __future__ import annotations

import copy
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from governance.actions.revising import (
    apply,
    label_of,
    locked,
    pointed_at,
    renumber,
    require_open,
    require_same_committee,
    write_apart,
)
from governance.assigned import not_yours, rights_in
from governance.columns import Scope
from governance.errors import Refused
from governance.grid import everything
from governance.models import Document, Provision, Revision
from governance.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from governance.columns import Column
    from governance.models import User
    from governance.tables import Table

Action = Revision.Action


@dataclass(frozen=True)
class Change:
    """One change that is made and not yet in the history."""

    uid: Any
    pk: int
    action: str
    before: dict[str, str]
    columns: tuple[Column, ...]
    label: str = ""  # of a row that is removed, and its last revision
    revision: int = 0
    place: int = 0  # among its siblings, of a row that went to others


class ManyChanges:
    """The rows of a table, held for one person until the transaction ends.

    Raises Refused where the text is closed, and PermissionDenied (403) for whoever edits
    nothing in the document. What is done is in the history once `keep` was called.
    """

    def __init__(self, document: Document, table: Table, *, by: User) -> None:
        self.rights = rights_in(by, document)
        if not self.rights.some:
            raise not_yours()
        require_open(locked(document.report))
        self.document, self.table, self.by = document, table, by
        self.model: Any = table.model
        self.columns = table.columns(document)
        self.scope = Scope(document.committee, document)
        self.rows: dict[int, Any] = {row.pk: row for row in self.read()}
        self.at = document.committee.now()
        self.changes: list[Change] = []
        self.left: dict[
            tuple[Any, ...], dict[str, Any]
        ] = {}  # siblings now without a row
        self.ends: dict[tuple[Any, ...], int] = {}  # the last places among siblings
        names = {field.name for field in self.model._meta.get_fields()}
        self.start = {"document": document} if "document" in names else {}
        self.relations = {f.name for f in self.model._meta.fields if f.is_relation}

    def read(self) -> list[Any]:
        return everything(
            self.document, self.table, Scope(self.document.committee, self.document)
        )

    def add(self, values: Mapping[Column, Any]) -> Any:
        """Add a row as the last among its siblings."""
        own = {c.name: value for c, value in values.items() if not c.apart}
        extras = {c: v for c, v in values.items() if c.apart and c.cell_of(v)}
        require_same_committee(self.document.committee_id, pointed_at(own, extras))
        row = self.model(**self.start)
        many = apply(row, own)
        self.rights.require_add(row)
        self.place_last(row)
        self.check(row)
        with self.refusals(row):
            row.save(force_insert=True)
            for name, items in many.items():
                if items:
                    getattr(row, name).add(*items)
            write_apart(row, extras)
        self.written(row)
        added = Change(row.uid, row.pk, Action.ADDED, {}, self.with_beside(values))
        self.changes.append(added)
        self.let_find(row)
        return row

    def change(self, row: Any, values: Mapping[Column, Any]) -> Any:
        """Change a row of `rows` as it is now; returns it as it will be."""
        if not self.rights.covers(row):
            raise not_yours()
        changed = tuple(c for c, v in values.items() if c.cell_of(v) != c.cell(row))
        if not changed:
            return row
        columns = self.with_beside(changed, values)
        before = {c.name: c.cell(row) for c in columns}
        own = {c.name: values[c] for c in changed if not c.apart}
        require_same_committee(self.document.committee_id, pointed_at({}, values))
        fresh = copy.copy(row)
        many = apply(fresh, own)
        self.rights.require_kept(fresh)
        place = 0
        if any(name in row.siblings for name in own):
            place = row.position
            self.place_last(fresh)
            self.leave(row)
        self.check(fresh)
        fresh.revision += 1
        with self.refusals(fresh):
            fresh.save()
            for name, items in many.items():
                getattr(fresh, name).set(items)
            if any(column.apart for column in changed):
                write_apart(fresh, {c: v for c, v in values.items() if c.apart})
        self.written(fresh)
        done = Change(row.uid, row.pk, Action.CHANGED, before, columns)
        self.changes.append(replace(done, place=place))
        return fresh

    @transaction.atomic
    def remove(self, row: Any) -> None:
        """Take a row out; refused where others stand below it or refer to it."""
        if not self.rights.covers(row):
            raise not_yours()
        before = {c.name: c.cell(row) for c in self.columns if c.cell(row)}
        pk, label = row.pk, label_of(row)
        in_use = _("“%s” is in use: others refer to it, or reported on it.") % label
        try:
            _count, gone = self.model._default_manager.filter(pk=pk).delete()
        except ProtectedError as error:
            raise Refused(in_use) from error
        if provisions_in(gone, self.model):
            raise Refused(in_use)
        self.leave(row)
        del self.rows[pk]
        self.changes.append(
            Change(row.uid, pk, Action.REMOVED, before, (), label, row.revision + 1)
        )

    def with_beside(
        self, written: Iterable[Column], read: Iterable[Column] = ()
    ) -> tuple[Column, ...]:
        """The columns, with all that are kept apart where one of those is written."""
        columns = [*read, *(c for c in written if c not in read)]
        apart = any(column.apart for column in written)
        beside = [c for c in self.columns if c.apart and c not in columns]
        return (*columns, *(beside if apart else ()))

    def leave(self, row: Any) -> None:
        self.left[place_key(row)] = row.family

    def place_last(self, row: Any) -> None:
        last = self.ends.get(place_key(row))
        if last is None:
            others = self.model._default_manager.filter(**row.family)
            last = others.aggregate(last=Max("position"))["last"] or 0
            self.ends[place_key(row)] = last
        row.position = last + 1

    def written(self, row: Any) -> None:
        self.rows[row.pk] = row
        key = place_key(row)
        if key in self.ends:
            self.ends[key] = max(self.ends[key], row.position)

    def check(self, row: Any) -> None:
        """What the model says of the row; what it points at was found in `scope`."""
        row.clean_fields(exclude=self.relations)
        row.clean()

    @contextmanager
    def refusals(self, row: Any) -> Iterator[None]:
        """Where the database refuses a row, the sentence of the rule that it breaks."""
        try:
            with transaction.atomic():
                yield
        except IntegrityError:
            row.full_clean(exclude={"uid", "position"})
            raise

    def let_find(self, row: Any) -> None:
        """Let the rows that follow point at this one, where a list was read before."""
        for column in self.columns:
            source = None if column.apart else column.source
            own = source is not None and source.related_model is self.model
            if own and column.key in self.scope.lists:
                self.scope.learn(column, row)

    def keep(self, *, why: str) -> list[dict[str, Any]]:
        """Write the history of all that was done; returns it row by row, in order."""
        for siblings in self.left.values():
            rows = self.model._default_manager.filter(**siblings).order_by("position")
            if [row.position for row in rows] != list(range(1, len(rows) + 1)):
                renumber(self.model, list(rows))
        now = {row.pk: row for row in self.read()}
        documents = Document.objects.filter(pk=self.document.pk)
        documents.update(revision=F("revision") + len(self.changes))
        last = self.document.revisions.aggregate(last=Max("number"))["last"] or 0
        revisions = [
            self.revision_of(change, now.get(change.pk), last + n, why)
            for n, change in enumerate(self.changes, start=1)
        ]
        Revision.objects.bulk_create(revisions)
        return [
            told(revision) | ({"place": change.place} if change.place else {})
            for change, revision in zip(self.changes, revisions, strict=True)
        ]

    def put_at(self, row: Any, place: int) -> None:
        """Give a row a place among its siblings, or the last one where there are fewer."""
        others = self.model._default_manager.filter(**row.family)
        others = others.exclude(pk=row.pk)
        rows = list(others.order_by("position"))
        rows.insert(place - 1, row)
        renumber(self.model, rows)

    def revision_of(self, change: Change, row: Any, number: int, why: str) -> Revision:
        after = {c.name: c.cell(row) for c in change.columns}
        if change.action == Action.ADDED:
            after = {name: text for name, text in after.items() if text}
        if change.action == Action.REMOVED:
            after = {"type": self.model.type}
        return Revision(
            document_id=self.document.pk,
            number=number,
            provision_uid=change.uid,
            provision_revision=row.revision if row else change.revision,
            action=change.action,
            label=label_of(row) if row else change.label,
            before=change.before,
            after=after,
            why=why,
            at=self.at,
            by=self.by,
            by_name=self.by.name,
            institution=self.by.standing_in(self.document.committee_id).institution,
        )


def place_key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(v, "pk", v) for v in row.family.values())


def provisions_in(gone: Mapping[str, int], model: type[Provision]) -> str:
    """Which rows in their own right went with a row that was deleted."""
    sorts = [
        sort for sort in (table.model for table in tables()) if sort._meta.label in gone
    ]
    own = gone.get(model._meta.label, 0) > 1
    return ", ".join(s._meta.label for s in sorts if s is not model or own)


def told(revision: Revision) -> dict[str, Any]:
    return {
        "key": str(revision.provision_uid),
        "label": revision.label,
        "action": revision.action,
        "before": revision.before,
        "after": revision.after,
        "revision": revision.provision_revision,
    }
