from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from governance.actions.revising import (
    apply,
    cells_of,
    keep_revision,
    kept_apart,
    locked,
    new_provision,
    next_revision,
    pointed_at,
    require_open,
    require_same_committee,
    write_apart,
)
from governance.assigned import rights_in
from governance.columns import MANY, columns_of
from governance.errors import Refused
from governance.models import (
    Clause,
    Committee,
    Document,
    Provision,
    Report,
    Revision,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Mapping

    from governance.columns import Column
    from governance.models import User

D = TypeVar("D", bound=Document)
T = TypeVar("T", bound=Provision)


@transaction.atomic
def open_report(committee: Committee, *, by: User, **fields: Any) -> Report:
    """Start an edition of the committee's report."""
    require(by, Permission.EDIT_DOCUMENTS, committee)
    last = committee.reports.aggregate(last=Max("edition"))["last"] or 0
    report = Report(committee=committee, edition=last + 1, **fields)
    report.full_clean()
    report.save()
    report.record("opened", by=by)
    return report


@transaction.atomic
def share_report(
    report: Report, *, officials: bool, observers: bool, reviewers: bool, by: User
) -> None:
    """Open the working draft to people outside the members, or close it again."""
    require(by, Permission.SHARE_DRAFT, report.committee)
    report.shared_with_officials = officials
    report.shared_with_observers = observers
    report.shared_with_reviewers = reviewers
    report.save(
        update_fields=[
            "shared_with_officials",
            "shared_with_observers",
            "shared_with_reviewers",
        ]
    )
    opened = {"officials": officials, "observers": observers, "reviewers": reviewers}
    report.record("shared", by=by, note=", ".join(k for k, v in opened.items() if v))


def require_editable(report: Report, by: User) -> None:
    require(by, Permission.EDIT_DOCUMENTS, report.committee)
    require_open(report)


@transaction.atomic
def add_document(kind: type[D], report: Report, *, by: User, **fields: Any) -> D:
    require_editable(locked(report), by)
    document = kind(committee=report.committee, report=report, **fields)
    document.full_clean()
    document.save()
    document.record("added", by=by)
    return document


@transaction.atomic
def add_provision(
    model: type[T],
    document: Document,
    *,
    by: User,
    uid: uuid.UUID | None = None,
    why: str = "",
    extras: Mapping[Column, Any] | None = None,
    **values: Any,
) -> T:
    """Add a provision as the last among its siblings, as a change of the text.

    `values` may hold lists for columns that point at several rows; `extras` are columns
    kept in rows of their own. With the `uid` of a removed provision it is that one
    again, and its revisions go on. Raises ValidationError with a message a field, or
    Refused when the report's text is closed.
    """
    require_open(locked(document.report))
    extras = extras or {}
    require_same_committee(document.committee_id, pointed_at(values, extras))
    many = {c.name for c in columns_of(model) if c.kind == MANY}
    row = new_provision(
        model, document, {n: v for n, v in values.items() if n not in many}
    )
    beside = apply(row, values)
    rights_in(by, document).require_add(row)
    if uid is not None:
        row.uid, row.revision = uid, next_revision(document, uid)
    row.full_clean()
    row.save()
    for name, items in beside.items():
        getattr(row, name).set(items)
    write_apart(row, extras)
    told = cells_of(row, values, kept_apart(row) if extras else ())
    after = {name: text for name, text in told.items() if text}
    keep_revision(row, Revision.Action.ADDED, {}, after, by=by, why=why)
    return row


@transaction.atomic
def start_report(
    committee: Committee, *, title: str, dated_on: dt.date, first_year: int, by: User
) -> Report:
    """Open a report with a document of every kind, as each kind's outline begins it.

    `first_year` is the calendar year in which the plans' first fiscal year begins.
    """
    require(by, Permission.EDIT_DOCUMENTS, committee)
    # Of two people who start at once the second waits here and is refused below.
    Committee.objects.select_for_update().get(pk=committee.pk)
    at_work = committee.reports.exclude(state__in=Report.VALIDATED).first()
    if at_work is not None:
        raise Refused(_("“%s” is being worked on: open that report.") % at_work)
    report = open_report(committee, title=title, dated_on=dated_on, by=by)
    for label in settings.DOCUMENT_KINDS:
        kind = apps.get_model(label)
        columns = kind.start(report, first_year)
        document = add_document(kind, report, by=by, **columns)
        add_outline(document, by=by)
    return report


def add_outline(document: Document, *, by: User) -> None:
    """The headings of the kind as clauses without text, each with its guidance."""
    for heading in document.outline.headings:
        row = add_provision(Clause, document, heading=str(heading.title), by=by)
        row.guidance = str(heading.guidance)
        row.save(update_fields=["guidance"])
