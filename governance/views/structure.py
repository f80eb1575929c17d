"""Order and numbering: moving, nesting, removing, and who writes which part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.writing import assign, take_assignment_back
from governance.assigned import not_yours, rights_in
from governance.forms.base import ActionForm
from governance.forms.editing import AssignForm
from governance.forms.structure import PlaceForm
from governance.models import Assignment
from governance.ordering import order_seen
from governance.permissions import Permission, require
from governance.snapshot import walk
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.provisions import found_document, frame_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import Document


def placing(request: MemberRequest, pk: int) -> Document:
    """A document of which the person writes everything, its order too."""
    document = found_document(request, pk)
    if not rights_in(request.user, document).everything:
        raise not_yours()
    return document


def assigning(request: MemberRequest, pk: int) -> Document:
    document = found_document(request, pk)
    require(request.user, Permission.EDIT_DOCUMENTS, document.committee)
    return document


@require_http_methods(FORM_METHODS)
def structure(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows as they are numbered, each with the ways it can be moved."""
    document = placing(request, pk)
    form = PlaceForm(posted(request), document=document)
    return act(
        request,
        form,
        lambda _data: form.carry_out(request.user),
        done=lambda: f"{request.path}#p{str(form.row.uid)[:8]}",
        title=_("Order and numbering of “%s”") % document.title,
        button=_("Move"),
        said=_("Moved. Comments and links follow it; numbers are computed anew."),
        template="governance/structure_edit.html",
        groups=form.groups,
        seen=order_seen(form.groups),
        **frame_of(document),
    )


@require_http_methods(FORM_METHODS)
def assignments(request: MemberRequest, pk: int) -> HttpResponse:
    """Which institutions write which part, beside their own rows."""
    document = assigning(request, pk)
    nodes = list(walk(document.to_snapshot()["provisions"]))
    names = {
        node["uid"]: f"{node['number']} {node['heading']}".strip() or node["body"][:60]
        for node, _depth in nodes
    }
    form = AssignForm(posted(request), document=document, choices=list(names.items()))
    return act(
        request,
        form,
        lambda data: assign(
            document, data["institution"], data["provision"] or None, by=request.user
        ),
        done=request.path,
        title=_("Who writes which part of “%s”") % document.title,
        button=_("Assign"),
        said=_("Assigned."),
        template="governance/assignments.html",
        rows=[
            (row, names.get(str(row.provision_uid), _("removed from the text")))
            for row in document.assignments.select_related("institution")
        ],
        **frame_of(document),
    )


@require_http_methods(FORM_METHODS)
def assignment_end(request: MemberRequest, pk: int, assignment: int) -> HttpResponse:
    document = assigning(request, pk)
    row = get_object_or_404(
        Assignment.objects.select_related("institution", "document"),
        document_id=document.pk,
        pk=assignment,
    )
    return act(
        request,
        ActionForm(posted(request)),
        lambda _data: take_assignment_back(row, by=request.user),
        done=reverse("governance:assignments", args=[document.pk]),
        title=_("%s shall not write it any more") % row.institution.code,
        button=_("End the assignment"),
        said=_("Ended."),
        text=_("What it has written stays, with its history."),
        **frame_of(document),
    )
