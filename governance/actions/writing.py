"""What is changed of a document as a whole: its facts, and who writes which part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.documents import require_editable
from governance.actions.editing import find_provision
from governance.actions.revising import label_of, locked, require_same_committee
from governance.columns import column_for
from governance.errors import Refused
from governance.models import Assignment, Document
from governance.permissions import Permission, require
from governance.text import normal

if TYPE_CHECKING:
    from uuid import UUID

    from governance.models import Institution, User


@transaction.atomic
def change_facts(document: Document, *, by: User, **facts: Any) -> None:
    """Change the title and own columns of a document."""
    require_editable(locked(document.report), by)
    fresh = (
        type(document.specific)
        ._default_manager.select_for_update(of=("self",))
        .get(pk=document.pk)
    )
    said = []
    for name, value in facts.items():
        value = normal(value) if isinstance(value, str) else value
        column = column_for(type(fresh), name)
        if getattr(fresh, name) != value:
            said.append(
                f"{column.title}: {column.cell(fresh)} → {column.cell_of(value)}"
            )
        setattr(fresh, name, value)
    if not said:
        return
    fresh.revision += 1
    fresh.full_clean()
    fresh.save()
    document.record("facts changed", by=by, note="; ".join(said))


@transaction.atomic
def assign(
    document: Document, institution: Institution, uid: UUID | None, *, by: User
) -> Assignment:
    """Let an institution write a provision and all below it, or the whole document."""
    require(by, Permission.EDIT_DOCUMENTS, document.committee)
    require_same_committee(document.committee_id, [institution])
    row = find_provision(document, uid) if uid else None
    if uid and row is None:
        raise Refused(_("That provision is not in the text any more."))
    assignment, is_new = Assignment.objects.get_or_create(
        document_id=document.pk,
        institution=institution,
        provision_uid=uid,
        defaults={"at": document.committee.now(), "by": by},
    )
    if not is_new:
        raise Refused(_("%s writes that already.") % institution.code)
    document.record(
        "assigned",
        by=by,
        note=f"{institution.code}: {label_of(row) if row else document.title}",
    )
    return assignment


@transaction.atomic
def take_assignment_back(assignment: Assignment, *, by: User) -> None:
    document = assignment.document
    require(by, Permission.EDIT_DOCUMENTS, document.committee)
    assignment.record("assignment ended", by=by)
    assignment.delete()
