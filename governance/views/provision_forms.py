"""Editing, moving and removing one provision: three forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.editing import find_provision
from governance.actions.placing import move_provision, remove_provision
from governance.actions.revising import label_of
from governance.assigned import not_yours, rights_in
from governance.columns import WORDS
from governance.differences import label
from governance.forms.provisions import GoneForm, MoveForm, RemoveForm, RowForm
from governance.keeping import Keep
from governance.permissions import Permission, require
from governance.restoring import table_of_removed
from governance.sealing import CONTROLS
from governance.splitting import split_numbered
from governance.tables import Table, table_of
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.provisions import found_document, frame_of

if TYPE_CHECKING:
    from uuid import UUID

    from governance.http import MemberRequest
    from governance.models import Document
    from governance.splitting import Piece


def editing(request: MemberRequest, pk: int, uid: UUID) -> tuple[Document, Any]:
    """The document and the row; None where it was removed in the meantime."""
    document = found_document(request, pk)
    rights = rights_in(request.user, document)
    row = find_provision(document, uid)
    if row is None and not document.revisions.filter(provision_uid=uid).exists():
        raise Http404
    if not (rights.covers(row) if row is not None else rights.some):
        raise not_yours()
    return document, row


def placing(request: MemberRequest, pk: int, uid: UUID) -> tuple[Document, Any]:
    """The same for whoever changes the structure: the rapporteur, the secretariat."""
    document, row = editing(request, pk, uid)
    if not rights_in(request.user, document).everything:
        require(request.user, Permission.EDIT_DOCUMENTS, document.committee)
    return document, row


def page_of(document: Document, row: Any, **context: Any) -> dict[str, Any]:
    """What the three forms on a provision share."""
    anchor = f"#p{str(row.uid)[:8]}" if row else ""
    done = document.get_absolute_url() + anchor
    return frame_of(document) | {"done": done, "row": row} | context


@require_http_methods(FORM_METHODS)
def provision_edit(request: MemberRequest, pk: int, uid: UUID) -> HttpResponse:
    """Change a row; where two do it at once, both texts are shown to the second."""
    document, row = editing(request, pk, uid)
    if row is None:
        kept = keep_what_is_gone(request, document, uid)
        return gone(request, document, uid, kept=kept)
    form = RowForm(posted(request), table=table_for(row), document=document, row=row)
    may_place = rights_in(request.user, document).everything
    if may_place:
        form.offer_to_split()
    context = page_of(document, row) | {
        "title": _("Edit %s") % label_of(row),
        "button": _("Save the provision"),
        "guidance": getattr(row, "guidance", ""),
        "may_place": may_place,
    }
    if "preview" in request.POST:
        return preview(request, form, context)
    if "split" in request.POST:
        return split(request, form, context)
    if "aside" in request.POST:
        return put_aside(request, form, context)
    return act(
        request,
        form,
        lambda _data: form.save(request.user),
        said=_("Saved. What changed is in the history of the provision."),
        template="governance/provision_edit.html",
        **context,
    )


def table_for(row: Any) -> Table:
    table = table_of(type(row))
    if table is None:
        raise Http404
    return table


def preview(
    request: MemberRequest, form: RowForm, context: dict[str, Any]
) -> HttpResponse:
    """The words as they will be read; nothing is saved, nothing typed is lost."""
    form.is_valid()
    shown = [
        (form[column.name].label, form.cleaned_data.get(column.name, ""))
        for column in form.columns
        if column.kind == WORDS and not column.apart
    ]
    keep = Keep.of(
        request,
        form,
        title=context["title"],
        row=context["row"],
        committee=context["committee"],
    )
    context |= {"form": form, "keep": keep, "previewed": shown}
    context |= {"back": context["done"], "pieces": pieces_of(form)}
    return render(request, "governance/provision_edit.html", context)


def pieces_of(form: RowForm) -> list[Piece]:
    """The numbered paragraphs of the text, where they could stand by themselves."""
    text = form.cleaned_data.get("body", "") if form.may_split else ""
    pieces = split_numbered(text)
    return pieces if len(pieces) > 1 else []


def split(
    request: MemberRequest, form: RowForm, context: dict[str, Any]
) -> HttpResponse:
    """Make provisions of the numbered paragraphs that the preview showed."""
    return act(
        request,
        form,
        lambda data: form.split(split_numbered(data["body"]), request.user),
        said=_("Split. Each numbered paragraph is a provision of its own."),
        template="governance/provision_edit.html",
        **context,
    )


def put_aside(
    request: MemberRequest, form: RowForm, context: dict[str, Any]
) -> HttpResponse:
    """Leave the text as it is now, and keep what was typed for 30 days."""
    return act(
        request,
        form,
        lambda _data: form.put_aside(request.user),
        said=_("Set aside. It is among your drafts and kept texts for 30 days."),
        template="governance/provision_edit.html",
        **(context | {"done": context["document"]}),
    )


def keep_what_is_gone(request: MemberRequest, document: Document, uid: UUID) -> bool:
    """Set aside what was typed for a row that somebody removed, if anything was."""
    last = document.revisions.filter(provision_uid=uid, language="").last()
    table = table_of_removed(document, last) if last else None
    if request.method != "POST" or last is None or table is None:
        return False
    form = GoneForm(request.POST, table=table, document=document)
    form.keep_removed(last, request.user)
    return True


def gone(
    request: MemberRequest, document: Document, uid: UUID, *, kept: bool = False
) -> HttpResponse:
    """It was removed meanwhile: say so, with what was typed to be taken elsewhere."""
    own = {*CONTROLS, "base", "answers"}
    typed = {
        label(name): text
        for name, text in request.POST.items()
        if name not in own and text
    }
    context = page_of(document, None, uid=uid, typed=typed, kept=kept)
    return render(request, "governance/provision_gone.html", context, status=409)


@require_http_methods(FORM_METHODS)
def provision_move(request: MemberRequest, pk: int, uid: UUID) -> HttpResponse:
    document, row = placing(request, pk, uid)
    if row is None:
        return gone(request, document, uid)
    places = len(row.siblings_in_order())
    form = MoveForm(posted(request), places=places, here=row.position)
    return act(
        request,
        form,
        lambda data: move_provision(row, by=request.user, **data),
        title=_("Move %s") % label_of(row),
        button=_("Move the provision"),
        said=_("Moved. Comments and links follow it."),
        template="governance/provision_act.html",
        text=_("Comments and links follow it; numbers are computed anew."),
        **page_of(document, row),
    )


@require_http_methods(FORM_METHODS)
def provision_remove(request: MemberRequest, pk: int, uid: UUID) -> HttpResponse:
    document, row = placing(request, pk, uid)
    if row is None:
        return gone(request, document, uid)
    form = RemoveForm(posted(request))
    context = page_of(document, row) | {"done": document}
    return act(
        request,
        form,
        lambda data: remove_provision(row, by=request.user, why=data["why"]),
        title=_("Remove %s") % label_of(row),
        button=_("Remove the provision"),
        said=_("Removed. Its comments and its last words are kept."),
        template="governance/provision_act.html",
        text=_(
            "It leaves the text. Its comments are kept and stay reachable, with the words"
            " they were about."
        ),
        danger=True,
        **context,
    )
