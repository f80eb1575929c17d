from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import Document, Provision, Report
from governance.models.base import CommitteeModel
from governance.permissions import Permission, require

if TYPE_CHECKING:
    import uuid

    from governance.models import Committee, User

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
    if not report.is_editable:
        raise Refused(
            _("The report is at “%s”; its text cannot be edited now.")
            % report.get_state_display()
        )


@transaction.atomic
def add_document(kind: type[D], report: Report, *, by: User, **fields: Any) -> D:
    require_editable(report, by)
    document = kind(committee=report.committee, report=report, **fields)
    document.full_clean()
    document.save()
    document.record("added", by=by)
    return document


def require_same_committee(committee_id: int, values: Any) -> None:
    """No row may point into another committee's work."""
    for value in values:
        other = value.committee_id if isinstance(value, CommitteeModel) else None
        if other not in (None, committee_id):
            raise Refused(_("“%s” belongs to another committee.") % value)


@transaction.atomic
def add_provision(
    model: type[T],
    document: Document,
    *,
    by: User,
    uid: uuid.UUID | None = None,
    related: dict[str, list[Any]] | None = None,
    **fields: Any,
) -> T:
    """Add a provision as the last among its siblings.

    `related` holds the many-to-many fields by name. Raises ValidationError with a
    message a field, or Refused when the report's text is closed.
    """
    require_editable(document.report, by)
    row = new_provision(model, document, fields)
    related = related or {}
    require_same_committee(
        document.committee_id,
        [*fields.values(), *(item for items in related.values() for item in items)],
    )
    if uid is not None:
        row.uid = uid
    row.full_clean()
    row.save()
    for name, items in related.items():
        getattr(row, name).set(items)
    Document.objects.filter(pk=document.pk).update(revision=F("revision") + 1)
    document.record("provision added", by=by, note=str(row))
    return row


def new_provision(model: type[T], document: Document, fields: dict[str, Any]) -> T:
    names = {field.name for field in model._meta.get_fields()}
    if "document" in names:
        fields = {"document": document} | fields
    row = model(**fields)
    siblings = {name: getattr(row, name) for name in model.siblings}
    last = model._default_manager.filter(**siblings).aggregate(last=Max("position"))
    row.position = (last["last"] or 0) + 1
    return row
