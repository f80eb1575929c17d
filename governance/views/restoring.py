"""An earlier text taken up again: always as a new change, never by going back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.editing import edit_provision, find_provision
from governance.actions.placing import bring_back
from governance.assigned import not_yours, rights_in
from governance.conflicts import cells_at
from governance.forms.base import ActionForm
from governance.models import Revision
from governance.restoring import read_cells, table_of_removed
from governance.tables import table_of
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.provisions import found_document, frame_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import Document


@require_http_methods(FORM_METHODS)
def provision_restore(
    request: MemberRequest, pk: int, uid: UUID, number: int
) -> HttpResponse:
    """Make the text what it was after change `number`, or bring back what was removed."""
    document = found_document(request, pk)
    revision = get_object_or_404(
        document.revisions, provision_uid=uid, number=number, language=""
    )
    row = find_provision(document, uid)
    rights = rights_in(request.user, document)
    if not (rights.covers(row) if row is not None else rights.everything):
        raise not_yours()
    if row is None and revision.action != Revision.Action.REMOVED:
        raise Http404
    shown = then_and_now(document, row, revision)
    return act(
        request,
        ActionForm(posted(request)),
        lambda _data: restore(document, row, revision, request.user),
        done=reverse("governance:provision", args=[document.pk, uid]),
        title=_("Take up an earlier text of %s") % revision.label,
        button=_("Bring this text back"),
        said=_("Brought back, as a new change."),
        template="governance/provision_restore.html",
        shown=shown,
        revision=revision,
        **frame_of(document),
    )


def then_and_now(
    document: Document, row: Any, revision: Revision
) -> list[tuple[str, str, str]]:
    """Of each column that differs its name, the text now and the text then."""
    if row is None:
        table = table_of_removed(document, revision)
        columns = table.columns(document) if table else ()
        then, now = dict(revision.before), {}
    else:
        found = table_of(type(row))
        columns = found.columns(document) if found else ()
        now = {column.name: column.cell(row) for column in columns}
        then = cells_at(row, revision.provision_revision, now)
    return [
        (capfirst(str(c.title)), now.get(c.name, ""), then.get(c.name, ""))
        for c in columns
        if now.get(c.name, "") != then.get(c.name, "")
    ]


def restore(document: Document, row: Any, revision: Revision, by: Any) -> None:
    table = table_of(type(row)) if row else table_of_removed(document, revision)
    if table is None:
        raise Http404
    columns = table.columns(document)
    if row is None:
        own, extras = read_cells(revision.before, columns, document)
        bring_back(table.model, revision, own, extras, by=by)
        return
    now = {column.name: column.cell(row) for column in columns}
    then = cells_at(row, revision.provision_revision, now)
    changed = {name: text for name, text in then.items() if text != now[name]}
    own, extras = read_cells(changed, columns, document)
    edit_provision(
        row,
        base=row.revision,
        by=by,
        why=_("Text of change %d brought back.") % revision.number,
        extras=extras,
        **own,
    )
