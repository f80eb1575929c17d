"""One provision: its words, its comments and its changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.actions.editing import find_provision
from governance.actions.revising import why_closed
from governance.assigned import rights_in
from governance.differences import FieldChange, label
from governance.models import Comment, Document, Report, Revision
from governance.permissions import Permission, can
from governance.restoring import table_of_removed
from governance.snapshot import walk
from governance.tables import tables_in
from governance.views.threads import facts_of, with_rows

if TYPE_CHECKING:
    from uuid import UUID

    from governance.http import MemberRequest
    from governance.models import User
    from governance.snapshot import Node

P = Permission


def found_document(request: MemberRequest, pk: int) -> Document:
    return get_object_or_404(
        Document.objects.visible_to(request.user).with_kinds(), pk=pk
    ).specific


def frame_of(document: Document) -> dict[str, Any]:
    """What every form on a document needs."""
    return {
        "section": "documents",
        "committee": document.committee,
        "report": document.report,
        "crumb": document,
        "document": document,
        "closed": why_closed(document.report),
    }


@require_safe
def provision(request: MemberRequest, pk: int, uid: UUID) -> HttpResponse:
    """What it says or last said, what was said about it, and how it came to be."""
    document = found_document(request, pk)
    node = node_of(document, uid)
    comments = comments_on(document, uid, request.user)
    revisions = revisions_of(document, uid, request.user)
    if node is None and not (revisions or comments):
        raise Http404
    names = names_in(document, node, revisions[0] if revisions else None)
    context: dict[str, Any] = {
        "section": "documents",
        "committee": document.committee,
        "report": document.report,
        "document": document,
        "uid": uid,
        "node": node,
        "label": label_of(node, revisions, comments),
        "facts": facts_of(node) if node else [],
        "last": None if node else last_words(names, revisions, comments),
        "comments": comments,
        "revisions": [(row, changed_fields(row, names)) for row in revisions],
        **moves_on(document, uid if node else None, request.user),
    }
    context["restorable"] = restorable(node, revisions, context)
    return render(request, "governance/provision.html", context)


def restorable(
    node: Node | None, revisions: list[Revision], may: dict[str, Any]
) -> set[int]:
    """The changes after which the text was another than now, or the removal."""
    own = [row for row in revisions if not row.language]
    if node is None:
        gone = own and own[0].action == Revision.Action.REMOVED and may["may_place"]
        return {own[0].number} if gone else set()
    if not may["may_edit"]:
        return set()
    worded = [row for row in own if row.action != Revision.Action.REMOVED]
    return {row.number for row in worded[1:]}


def moves_on(document: Document, uid: UUID | None, user: User) -> dict[str, bool]:
    report, rights = document.report, rights_in(user, document)
    mine = rights.everything and uid is not None
    if uid is not None and rights.some and not mine:
        mine = rights.covers(find_provision(document, uid))
    comments = can(user, P.COMMENT, document.committee)
    return {
        "may_edit": report.is_editable and mine,
        "may_place": report.is_editable and rights.everything,
        "may_comment": comments and report.state in Report.OPEN_TO_COMMENT,
    }


def node_of(document: Document, uid: UUID) -> Node | None:
    nodes = walk(document.to_snapshot()["provisions"])
    return next((node for node, _depth in nodes if node["uid"] == str(uid)), None)


def comments_on(document: Document, uid: UUID, user: User) -> list[Comment]:
    rows = Comment.objects.visible_to(user).complete()
    rows = rows.filter(document_id=document.pk, provision_uid=uid)
    return with_rows(rows.order_by("number"), document.report)


def names_in(
    document: Document, node: Node | None, last: Revision | None
) -> dict[str, str]:
    """The columns of its sort of provision, as its form names them, in its order."""
    table = None
    if node:
        sorts = [
            t for t in tables_in(document) if t.model.type == node["fields"]["type"]
        ]
        table = sorts[0] if sorts else None
    elif last:
        table = table_of_removed(document, last)
    columns = table.columns(document) if table else ()
    return {column.name: str(column.title) for column in columns}


def revisions_of(document: Document, uid: UUID, user: User) -> list[Revision]:
    """Its changes, the latest first."""
    if not can(user, P.READ_WORKING_DRAFT, document.committee):
        return []
    rows = (
        document.revisions.filter(provision_uid=uid)
        .prefetch_related("answers__comment", "answers__amendment")
        .order_by("-number")
    )
    return list(rows)


def changed_fields(row: Revision, names: dict[str, str]) -> list[FieldChange]:
    return [
        FieldChange(
            n, names.get(n, label(n)), row.before.get(n, ""), row.after.get(n, "")
        )
        for n in in_order({*row.before, *row.after} - {"type"}, names)
        if row.before.get(n) != row.after.get(n)
    ]


def in_order(found: set[str], names: dict[str, str]) -> list[str]:
    """As the model has them; what it no longer has comes last."""
    known = list(names)
    return sorted(found, key=lambda n: (known.index(n) if n in names else 999, n))


def label_of(
    node: Node | None, revisions: list[Revision], comments: list[Comment]
) -> str:
    if node:
        return f"{node['number']} {node['heading']}".strip()
    return revisions[0].label if revisions else comments[0].section


def last_words(
    names: dict[str, str], revisions: list[Revision], comments: list[Comment]
) -> dict[str, Any]:
    """The text that was removed, and when; from a comment where no change tells."""
    gone = [row for row in revisions if row.action == Revision.Action.REMOVED]
    if gone:
        before = gone[0].before
        kept = [n for n in in_order(set(before), names) if before[n]]
        words = {names.get(n, label(n)): before[n] for n in kept}
        return {"at": gone[0].at, "why": gone[0].why, "words": words}
    texts = [comment.provision_text for comment in comments if comment.provision_text]
    return {"at": None, "why": "", "words": {_("text"): texts[-1]} if texts else {}}
