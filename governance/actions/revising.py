"""What every change of the text shares: the lock, the cells, the revision it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import F, Max
from django.utils.translation import gettext as _

from governance.columns import column_for, columns_of
from governance.errors import Refused
from governance.models import Document, Provision, Report, Revision
from governance.models.base import CommitteeModel
from governance.tables import table_of
from governance.text import normal

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping

    from governance.columns import Column
    from governance.models import User

T = TypeVar("T", bound=Provision)


def locked(report: Report) -> Report:
    """The report as it is now, held until the transaction ends: an edit and a freeze
    wait for each other."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=report.pk)
    )


def why_closed(report: Report) -> str:
    """Why the text cannot be edited now; empty where it can."""
    if report.is_editable:
        return ""
    return (
        _("The report is at “%s”; its text cannot be edited now.")
        % report.get_state_display()
    )


def require_open(report: Report) -> None:
    if closed := why_closed(report):
        raise Refused(closed)


def require_same_committee(committee_id: int, values: Iterable[Any]) -> None:
    """No row may point into another committee's work."""
    for value in values:
        other = value.committee_id if isinstance(value, CommitteeModel) else None
        if other not in (None, committee_id):
            raise Refused(_("“%s” belongs to another committee.") % value)


def pointed_at(changes: Mapping[str, Any], extras: Mapping[Column, Any]) -> list[Any]:
    """Every row that a change would point at."""
    values = [*changes.values(), *extras.values()]
    return [
        item
        for value in values
        for item in (value if isinstance(value, list | tuple) else [value])
    ]


def apply(row: Any, changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set columns on a row that is not saved yet; returns what is kept beside it."""
    many = {}
    for name, value in changes.items():
        if row._meta.get_field(name).many_to_many:
            many[name] = list(value)
        else:
            setattr(row, name, normal(value) if isinstance(value, str) else value)
    return many


def cell_of(model: type[Any], name: str, value: Any) -> str:
    """A value of a column as the history keeps it: `MoLE`, `2022-03-31`, the words."""
    return column_for(model, name).cell_of(value)


def cells_of(
    row: Any, names: Iterable[str], extras: Iterable[Column] = ()
) -> dict[str, str]:
    """The columns of a row as plain text: what a revision keeps."""
    cells = {name: column_for(type(row), name).cell(row) for name in sorted(names)}
    return cells | {column.name: column.cell(row) for column in extras}


def everything_of(row: Any) -> dict[str, str]:
    """Every cell of a row that says something, so that it can be brought back."""
    own = [column.name for column in columns_of(type(row))]
    return {n: text for n, text in cells_of(row, own, kept_apart(row)).items() if text}


def kept_apart(row: Any) -> list[Column]:
    """The columns of a row that are kept in rows of their own.

    They are written together: to set one of them may change another.
    """
    table = table_of(type(row))
    return [c for c in table.columns(row.owner_document) if c.apart] if table else []


def write_apart(row: Any, extras: Mapping[Column, Any]) -> None:
    """Write what a row keeps in rows of its own, such as an indicator's targets."""
    table = table_of(type(row))
    if extras and table and table.write:
        table.write(row, {column.name: value for column, value in extras.items()})


def new_provision(model: type[T], document: Document, fields: dict[str, Any]) -> T:
    names = {field.name for field in model._meta.get_fields()}
    if "document" in names:
        fields = {"document": document} | fields
    row = model(**fields)
    place_last(row)
    return row


def place_last(row: Any) -> None:
    others = type(row)._default_manager.filter(**row.family).exclude(pk=row.pk)
    row.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1


def renumber(model: type[Provision], rows: list[Any]) -> None:
    """Positions 1, 2, 3 … in this order, by way of places nobody has."""
    beyond = 1_000_000
    for number, row in enumerate(rows, start=1):
        model._default_manager.filter(pk=row.pk).update(position=beyond + number)
    for number, row in enumerate(rows, start=1):
        model._default_manager.filter(pk=row.pk).update(position=number)


def next_revision(document: Document, uid: uuid.UUID) -> int:
    """The revision with which a row begins: 0, or one more where it was removed."""
    past = document.revisions.filter(provision_uid=uid, language="")
    last = past.aggregate(last=Max("provision_revision"))["last"]
    return 0 if last is None else last + 1


def label_of(row: Any) -> str:
    """Number and heading as a reader names it: `Art. 9 Meetings and quorum`."""
    said = row.node_heading or " ".join(row.node_body.split())[:80] or str(row)
    return f"{row.number} {said}".strip()[:300]


def keep_revision(
    row: Any,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: User,
    why: str,
) -> Revision:
    document = Document.objects.select_related("committee").get(
        pk=row.owner_document.pk
    )
    Document.objects.filter(pk=document.pk).update(revision=F("revision") + 1)
    last = document.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision(
        document=document,
        number=last + 1,
        provision_uid=row.uid,
        provision_revision=row.revision,
        action=action,
        label=label_of(row),
        before=dict(before),
        after=dict(after),
        why=why,
        at=document.committee.now(),
        by=by,
        by_name=by.name,
        institution=by.standing_in(document.committee_id).institution,
    )
    revision.save()
    document.record(f"provision {action}", by=by, note=f"{label_of(row)} {why}".strip())
    return revision
