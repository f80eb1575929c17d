"""One table of a document as people know it from Excel: read, filtered, typed into."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from governance.actions.undoing import altered, last_change, undo_last
from governance.assigned import not_yours, rights_in
from governance.columns import Scope
from governance.forms.cells import CellsForm, gone
from governance.forms.table_filter import WHERE, KeptCells, TableFilter, UndoForm
from governance.grid import concerning, everything, heads_of, lines_of
from governance.keeping import Keep, as_uuid, key_of
from governance.permissions import Permission, roles_with
from governance.sealing import CONTROLS
from governance.tables import tables_in
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.editing import found_table, writing
from governance.views.provisions import found_document, frame_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from governance.assigned import Rights
    from governance.columns import Column
    from governance.http import MemberRequest
    from governance.models import Document, Revision
    from governance.tables import Table

PAGE = 300  # rows: a year's plan on one page
BASE = "base"  # the revision of the row that its author has read
NO_UID = "00000000-0000-0000-0000-000000000000"
logger = logging.getLogger("governance")


@require_safe
def table(request: MemberRequest, pk: int, table: str) -> HttpResponse:
    """The rows of one table; with `?part=totals` only what they add up to."""
    document = found_document(request, pk)
    sort = found_table(document, table)
    rights = rights_in(request.user, document)
    scope = Scope(document.committee, document)
    rows, columns = everything(document, sort, scope), sort.columns(document)
    form = TableFilter(request.GET, rows=rows, columns=columns)
    kept = form.narrowed()
    context = frame_of(document) | {
        "table": sort,
        "rights": rights,
        "form": form,
        "count": len(rows),
        "kept": len(kept),
        **sums_of(document, sort, kept, rows, rights),
    }
    if request.GET.get("part") == "totals":
        return render(request, "governance/_table_sums.html", context)
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "keep": kept_cells(request, document, sort, rows)}
    context |= typing(document, sort, rights, page, scope)
    return render(request, "governance/table.html", context)


def typing(
    document: Document, table: Table, rights: Rights, page: Any, scope: Scope
) -> dict[str, Any]:
    """The rows of a page, and what somebody may type into them."""
    may_type = rights.some and document.report.is_editable
    heads = heads_of(table.columns(document), scope if may_type else None)
    urls = addresses(document)
    return urls | {
        "heads": heads,
        "lines": lines_of(page.object_list, table, heads, rights if may_type else None),
        "may_type": may_type,
        "may_add": may_type and rights.adds(table.model),
        "writers": ", ".join(roles_with(Permission.EDIT_DOCUMENTS)),
    }


def kept_cells(
    request: MemberRequest, document: Document, table: Table, rows: list[Any]
) -> Keep:
    """Cells that were sent when their author was signed out, offered here."""
    keep = Keep.of(
        request,
        KeptCells(table.columns(document)),
        address=reverse("governance:table", args=[document.pk, table.name]),
        title=f"{document.title}: {table.title}",
        committee=document.committee,
    )
    keep.fill()
    row = next((row for row in rows if row.number == keep.form.where), None)
    if row is not None:
        edit = "governance:provision-edit"
        keep.form.row_url = reverse(edit, args=[document.pk, row.uid])
    return keep


def sums_of(
    document: Document, table: Table, kept: list[Any], rows: list[Any], rights: Rights
) -> dict[str, Any]:
    """What the rows shown add up to, and what the table still lacks."""
    context: dict[str, Any] = {"sums": ""}
    if table.totals and kept:
        context |= table.totals(document, kept) | {"sums": table.totals_template}
    problems = document.problems() if rights.some else []
    return context | {"problems": concerning(problems, table, rows)}


def addresses(document: Document) -> dict[str, str]:
    """What stands before and after the uid in the addresses of a row."""
    names = {"read": "provision", "edit": "provision-edit", "cells": "row-cells"}
    found: dict[str, str] = {}
    for key, name in names.items():
        url = reverse(f"governance:{name}", args=[document.pk, NO_UID])
        before, _uid, after = url.partition(NO_UID)
        found |= {f"{key}_before": before, f"{key}_after": after}
    return found


@require_POST
def row_cells(request: MemberRequest, pk: int, uid: UUID) -> HttpResponse:
    """Save cells of one row, and say how it went (static/js/grid.js)."""
    document = found_document(request, pk)
    sort, row = found_row(document, uid)
    last = None if row is not None else last_of(document, uid)
    rights = rights_in(request.user, document)
    if not (rights.covers(row) if row is not None else rights.some):
        raise not_yours()
    if sort is None:
        return JsonResponse(gone(last.label if last else ""), status=409)
    typed = typed_in(request)
    if not typed:
        return JsonResponse({"errors": {}}, status=422)
    form = CellsForm(document, sort, row, base_of(request), typed)
    if unknown := form.unknown():
        logger.warning("unexpected field %s", ascii(unknown[0])[1:-1][:100])
        raise BadRequest("unexpected field")
    window = as_uuid(request.POST.get("window"))
    body, status = form.save(request.user, key_of_cells(request), window)
    return JsonResponse(body, status=status)


def found_row(document: Document, uid: UUID) -> tuple[Table | None, Any]:
    """The row with its table, asked of the sorts that the document has."""
    for sort in tables_in(document):
        here = {sort.model.document_path: document.pk}
        row = sort.model.objects.filter(uid=uid, **here).order_by().first()
        if row is not None:
            row.let_know(document)
            return sort, row
    return None, None


def last_of(document: Document, uid: UUID) -> Revision:
    """The last change of a row that was removed; 404 where there never was one."""
    found = document.revisions.filter(provision_uid=uid, language="")
    last = found.order_by("-number").first()
    if last is None:
        raise Http404
    return last


def base_of(request: MemberRequest) -> int:
    text = request.POST.get(BASE, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadRequest("no revision")
    return int(text)


def typed_in(request: MemberRequest) -> dict[str, str]:
    known = {*CONTROLS, BASE, WHERE}
    sent = request.POST.items()
    return {name: str(text) for name, text in sent if name not in known}


def key_of_cells(request: MemberRequest) -> UUID | None:
    """Another key than that of a form, whose answer is a page to go to."""
    key = key_of(request)
    return uuid5(key, "cells") if key else None


@require_http_methods(FORM_METHODS)
def table_undo(request: MemberRequest, pk: int, table: str) -> HttpResponse:
    """Take one's own last change of this table back, after a look at it."""
    document, _rights = writing(request, pk)
    sort = found_table(document, table)
    change = last_change(document, sort, request.user)
    start = {"change": change.number} if change else {}
    form = UndoForm(posted(request), initial=start)
    return act(
        request,
        form,
        lambda data: undo_last(document, sort, request.user, data["change"]),
        done=reverse("governance:table", args=[document.pk, sort.name]),
        title=_("Undo my last change"),
        button=_("Undo the change"),
        said=_("Undone, as a new change of the text."),
        template="governance/table_undo.html",
        change=change,
        changed=changed_by(change, sort.columns(document)) if change else [],
        table=sort,
        **frame_of(document),
    )


def changed_by(
    change: Revision, columns: Sequence[Column]
) -> list[tuple[str, str, str]]:
    """Of each cell that a change altered: its title, before and after."""
    cells = altered(change)
    return [
        (capfirst(str(column.title)), *cells[column.name])
        for column in columns
        if column.name in cells
    ]
