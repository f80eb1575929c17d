"""What may be written in a document: its tables, its own facts, a new row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions.editing import find_provision
from governance.assigned import not_yours, rights_in
from governance.forms.editing import FactsForm
from governance.forms.provisions import RowForm
from governance.permissions import Permission, can, require
from governance.snapshot import walk
from governance.tables import tables_in
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.provisions import found_document, frame_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.assigned import Rights
    from governance.http import MemberRequest
    from governance.models import Document
    from governance.tables import Table


def writing(request: MemberRequest, pk: int) -> tuple[Document, Rights]:
    """The document, and what the person may write in it; 403 where that is nothing."""
    document = found_document(request, pk)
    rights = rights_in(request.user, document)
    if not rights.some:
        raise not_yours()
    return document, rights


def found_table(document: Document, name: str) -> Table:
    for table in tables_in(document):
        if table.name == name:
            return table
    raise Http404


@require_safe
def document_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Where to begin: every table of the document, and what is still missing."""
    document, rights = writing(request, pk)
    snapshot = document.to_snapshot()
    counts: dict[str, int] = {}
    for node, _depth in walk(snapshot["provisions"]):
        sort = node["fields"]["type"]
        counts[sort] = counts.get(sort, 0) + 1
    context = frame_of(document) | {
        "rights": rights,
        "may_assign": can(request.user, Permission.EDIT_DOCUMENTS, document.committee),
        "problems": document.problems(snapshot),
        "tables": [
            {
                "table": table,
                "count": counts.get(table.model.type, 0),
                "nests": table.nests,
                "may_add": rights.adds(table.model),
            }
            for table in tables_in(document)
        ],
    }
    return render(request, "governance/document_edit.html", context)


@require_http_methods(FORM_METHODS)
def row_add(request: MemberRequest, pk: int, table: str) -> HttpResponse:
    """A new row of one sort, last among its siblings."""
    document, rights = writing(request, pk)
    sort = found_table(document, table)
    above = found_above(request, document, sort)
    if not rights.adds(sort.model, above):
        raise not_yours()
    form = RowForm(
        posted(request),
        table=sort,
        document=document,
        initial=start_of(sort, above, rights, request.GET),
    )
    return act(
        request,
        form,
        lambda _data: form.add(request.user),
        done=lambda: f"{document.get_absolute_url()}#p{str(form.row.uid)[:8]}",
        title=_("Add to “%s”") % sort.title,
        button=_("Add"),
        said=_("Added."),
        template="governance/row_add.html",
        table=sort,
        **frame_of(document),
    )


def found_above(request: MemberRequest, document: Document, table: Table) -> Any:
    """The row below which the new one is to stand, where the address names one."""
    uid = request.GET.get("under", "")
    if not uid:
        return None
    try:
        row = find_provision(document, uid)
    except (ValueError, TypeError):
        row = None
    if row is None:
        raise Http404
    return row if isinstance(row, table.model) else None


def start_of(table: Table, above: Any, rights: Rights, asked: Any) -> dict[str, Any]:
    """What a new row begins with: its place, and the person's own institution."""
    start: dict[str, Any] = {
        column.name: asked[column.name]
        for column in table.columns_of_model()
        if column.name in asked
    }
    if above is not None:
        start["parent"] = str(above.pk)
    own = table.model.responsible_fields
    if own and len(rights.institutions) == 1:
        start[own[0]] = str(next(iter(rights.institutions)))
    return start


@require_http_methods(FORM_METHODS)
def document_facts(request: MemberRequest, pk: int) -> HttpResponse:
    """The title and the facts of the document itself, such as its period."""
    document = found_document(request, pk)
    require(request.user, Permission.EDIT_DOCUMENTS, document.committee)
    form = FactsForm(posted(request), document=document)
    return act(
        request,
        form,
        lambda _data: form.save(request.user),
        done=document,
        title=_("Title and facts of “%s”") % document.title,
        button=_("Save"),
        said=_("Saved."),
        **frame_of(document),
    )
