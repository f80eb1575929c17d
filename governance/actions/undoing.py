"""Taking back one's own last change of a table: always as a new change."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions.editing import edit_provision
from governance.actions.placing import (
    bring_back,
    move_provision,
    put_under,
    take_out,
)
from governance.actions.revising import label_of, locked, renumber, require_open
from governance.assigned import not_yours, rights_in
from governance.errors import Owed, Refused
from governance.models import Import, Revision
from governance.restoring import read_cells, table_of_removed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from governance.models import Document, User
    from governance.tables import Table

FURTHEST = 300  # of one's own changes that are looked back on
Action = Revision.Action
REVERSED: dict[str, str] = {
    Action.ADDED: Action.REMOVED,
    Action.REMOVED: Action.ADDED,
    Action.CHANGED: Action.CHANGED,
    Action.MOVED: Action.MOVED,
}


def last_change(document: Document, table: Table, by: User) -> Revision | None:
    """The last change of the person in the table that is not taken back already."""
    return looked_back(document, table, by)[0]


def looked_back(
    document: Document, table: Table, by: User
) -> tuple[Revision | None, set[int]]:
    """The change that would be taken back, and the numbers of those that do not count:
    what was taken back before, and the changes that did it."""
    own = document.revisions.filter(by=by, language="").order_by("-number")[:FURTHEST]
    changes = of_table(document, table, list(own))
    settled: set[int] = set()
    for place, change in enumerate(changes):
        if change.number in settled:
            continue
        before = (c for c in changes[place + 1 :] if c.number not in settled)
        undone = next((c for c in before if reverses(change, c)), None)
        if undone is None:
            return change, settled
        settled |= {change.number, undone.number}
    return None, settled


def of_table(
    document: Document, table: Table, changes: list[Revision]
) -> list[Revision]:
    """Those of rows of the table: of rows that are there, and of rows removed."""
    uids = {change.provision_uid for change in changes}
    rows = table.model.objects.filter(
        **{table.model.document_path: document.pk}, uid__in=uids
    )
    here = set(rows.values_list("uid", flat=True))
    here |= removed_from(document, table, uids - here)
    return [change for change in changes if change.provision_uid in here]


def removed_from(document: Document, table: Table, uids: Iterable[UUID]) -> set[UUID]:
    gone = document.revisions.filter(provision_uid__in=uids, action=Action.REMOVED)
    return {
        removal.provision_uid
        for removal in gone
        if table_of_removed(document, removal) is table
    }


def why_undone(change: Revision) -> str:
    return _("Undo of change %d.") % change.number


def reverses(change: Revision, other: Revision) -> bool:
    """Whether a change took another one back: it says so, and it did."""
    return (
        change.provision_uid == other.provision_uid
        and change.action == REVERSED[other.action]
        and re.search(rf"\b{other.number}\b", change.why) is not None
        and (
            change.action in {Action.ADDED, Action.REMOVED}
            or altered(change) == {n: (b, a) for n, (a, b) in altered(other).items()}
        )
    )


def altered(change: Revision) -> dict[str, tuple[str, str]]:
    """Of every cell that a change altered, what it said before and after."""
    before, after = change.before, change.after
    return {
        name: (before.get(name, ""), after.get(name, ""))
        for name in {*before, *after}
        if before.get(name, "") != after.get(name, "")
    }


@transaction.atomic
def undo_last(
    document: Document, table: Table, by: User, number: int | None = None
) -> Revision:
    """Take back the person's own last change of a row of the table, as a new change.

    Pressed again it goes further back. `number` is the change that the person was
    shown. Refused where the row was changed since, or came with an import.
    """
    require_open(locked(document.report))
    change, settled = looked_back(document, table, by)
    if change is None:
        raise Refused(_("There is no change of yours here that can be taken back."))
    if number not in {None, change.number}:
        raise Refused(_("You have changed something else since. Look again."))
    require_not_imported(document, change)
    require_unchanged(document, change, settled)
    UNDO[change.action](document, table, change, by)
    return document.revisions.filter(provision_uid=change.provision_uid).latest(
        "number"
    )


def require_not_imported(document: Document, change: Revision) -> None:
    """What came in one go is taken back in one go."""
    found = Import.objects.filter(document=document.pk, undone_at=None, at=change.at)
    key = {"key": str(change.provision_uid), "revision": change.provision_revision}
    for each in found:
        if any(key.items() <= row.items() for row in each.rows):
            raise Refused(
                _("“%s” came with an import: take the whole import back.")
                % change.label,
                [Owed(str(each.source), url=import_url(document, each))],
            )


def import_url(document: Document, found: Import) -> str:
    return reverse("governance:table-import", args=[document.pk, found.table])


def require_unchanged(document: Document, change: Revision, settled: set[int]) -> None:
    later = document.revisions.filter(
        provision_uid=change.provision_uid,
        language="",
        provision_revision__gt=change.provision_revision,
    ).exclude(number__in=settled)
    last = later.order_by("-number").first()
    if last is not None:
        raise Refused(
            _(
                "%(who)s has changed “%(row)s” since: your change cannot be taken back"
                " here. It stands in the history of the row."
            )
            % {"who": last.by_name, "row": change.label}
        )


def row_of(document: Document, table: Table, change: Revision) -> Any:
    row = table.rows(document).filter(uid=change.provision_uid).first()
    if row is None:
        raise Refused(_("“%s” was removed from the text just now.") % change.label)
    return row


def undo_changed(document: Document, table: Table, change: Revision, by: User) -> None:
    row = row_of(document, table, change)
    cells = {name: before for name, (before, _after) in altered(change).items()}
    own, extras = read_cells(cells, table.columns(document), document)
    why = why_undone(change)
    done = edit_provision(row, base=row.revision, by=by, why=why, extras=extras, **own)
    if done is None:
        raise Refused(_("“%s” says that already.") % change.label)


def undo_added(document: Document, table: Table, change: Revision, by: User) -> None:
    """Its author takes it back, also who may not remove what others wrote."""
    row = row_of(document, table, change)
    if not rights_in(by, document).covers(row):
        raise not_yours()
    try:
        with transaction.atomic():
            take_out(row, by=by, why=why_undone(change))
    except ProtectedError as error:
        raise Refused(
            _("“%s” is in use: others refer to it, or reported on it.") % change.label
        ) from error


def undo_removed(document: Document, table: Table, change: Revision, by: User) -> None:
    """Back with its uid, at its place."""
    own, extras = read_cells(change.before, table.columns(document), document)
    row = bring_back(table.model, change, own, extras, by=by)
    others = [each for each in row.siblings_in_order() if each.pk != row.pk]
    place = place_called(row, change.label, len(others))
    if place is not None:
        others.insert(place - 1, row)
        renumber(type(row), others)


def place_called(row: Any, label: str, others: int) -> int | None:
    """The place among its siblings at which the row reads like `label`."""
    probe = copy.copy(row)
    for place in range(1, others + 2):
        probe.position = place
        if label_of(probe) == label:
            return place
    return None


def undo_moved(document: Document, table: Table, change: Revision, by: User) -> None:
    row, why = row_of(document, table, change), why_undone(change)
    if "position" in change.before:
        move_provision(row, to=int(change.before["position"]), by=by, why=why)
        return
    number = change.before["number"]
    for parent in [None, *table.rows(document)]:
        probe = copy.copy(row)
        probe.parent = parent
        others = len([each for each in probe.siblings_in_order() if each.pk != row.pk])
        for place in range(1, others + 2):
            probe.position = place
            if probe.number == number:
                put_under(row, parent, to=place, by=by, why=why)
                return
    raise Refused(_("The place %s is not there any more.") % number)


UNDO: dict[str, Any] = {
    Action.ADDED: undo_added,
    Action.CHANGED: undo_changed,
    Action.REMOVED: undo_removed,
    Action.MOVED: undo_moved,
}
