"""The comments of a document beside its provisions, for the reading page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.assigned import Editable, editable_in
from governance.differences import field_changes
from governance.matrix import matrix
from governance.models import Comment, Report, Revision
from governance.permissions import Permission, can
from governance.snapshot import walk

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.differences import FieldChange
    from governance.models import Document, User
    from governance.snapshot import Node, Snapshot

FILTERS = {
    "all": _("All comments"),
    "open": _("Open"),
    "mine": _("My institution"),
    "none": _("Text only"),
}


@dataclass(frozen=True)
class Beside:
    """What stands beside one provision: links, and its comments."""

    uid: str
    label: str
    comments: list[Comment]
    add: str
    edit: str
    page: str
    changes: int

    @property
    def anchor(self) -> str:
        return self.uid[:8]


@dataclass
class Threads:
    """The comments by provision; `shown` are those whose thread is on the page already."""

    document: Document
    nodes: dict[str, Node]
    comments: dict[str, list[Comment]]
    changes: dict[str, int]
    may_comment: bool
    editable: Editable
    may_read: bool
    chosen: str
    shown: set[str] = field(default_factory=set)

    def beside(self, node: Node, *, thread: bool) -> Beside:
        """The links of a provision; with `thread` its comments follow at once."""
        uid = node["uid"]
        if thread:
            self.shown.add(uid)
        label = f"{node['number']} {node['heading']}".strip()
        return self.made(uid, label, self.comments.get(uid, []))

    def made(self, uid: str, label: str, comments: list[Comment]) -> Beside:
        document = self.document.pk
        add = reverse("governance:comment-add", args=[document])
        return Beside(
            uid=uid,
            label=label,
            comments=comments,
            add=f"{add}?provision={uid}" if self.may_comment else "",
            edit=reverse("governance:provision-edit", args=[document, uid])
            if uid in self.editable
            else "",
            page=reverse("governance:provision", args=[document, uid]),
            changes=self.changes.get(uid, 0),
        )

    def rest(self) -> dict[str, Any]:
        """What no thread on the page has shown: rows of tables, the whole, removed ones."""
        rows: list[Beside] = []
        removed: list[Beside] = []
        for uid, comments in self.comments.items():
            if not uid or uid in self.shown:
                continue
            node = self.nodes.get(uid)
            label = f"{node['number']} {node['heading']}".strip() if node else ""
            made = self.made(uid, label or comments[0].section, comments)
            (rows if node else removed).append(made)
        return {"rows": rows, "removed": removed, "whole": self.comments.get("", [])}

    @property
    def total(self) -> int:
        return sum(map(len, self.comments.values()))


def facts_of(node: Node) -> list[FieldChange]:
    """What a structured row says besides its heading and text."""
    hidden = {"basis", "sources"}
    sort = {"type": node["fields"]["type"]}
    facts = field_changes(sort, node["fields"])
    return [fact for fact in facts if fact.name not in hidden]


def threads_of(
    document: Document, snapshot: Snapshot, user: User, chosen: str
) -> Threads:
    """Five queries and no more, however many comments there are."""
    committee, report = document.committee, document.report
    chosen = chosen if chosen in FILTERS else "all"
    inside = can(user, Permission.READ_WORKING_DRAFT, committee)
    return Threads(
        document=document,
        nodes={node["uid"]: node for node, _depth in walk(snapshot["provisions"])},
        comments=by_provision(with_rows(readable(document, user, chosen), report)),
        changes=revised(document) if inside else {},
        may_comment=report.state in Report.OPEN_TO_COMMENT
        and can(user, Permission.COMMENT, committee),
        editable=editable_in(user, document, snapshot["provisions"])
        if report.is_editable
        else Editable(),
        may_read=inside or can(user, Permission.COMMENT, committee),
        chosen=chosen,
    )


def readable(document: Document, user: User, chosen: str) -> QuerySet[Comment]:
    rows = Comment.objects.visible_to(user).filter(document_id=document.pk).complete()
    if chosen == "open":
        rows = rows.filter(state__in=Comment.UNSETTLED)
    if chosen == "mine":
        own = user.standing_in(document.committee_id).institution_pks
        rows = rows.filter(institution_id__in=own)
    if chosen == "none":
        rows = rows.none()
    return rows.order_by("number")


def with_rows(rows: Any, report: Report) -> list[Comment]:
    """Each comment with its row of the matrix, as `row`."""
    comments = list(rows)
    rows_of_matrix = matrix(comments, report.frozen) if comments else []
    for comment, row in zip(comments, rows_of_matrix, strict=True):
        comment.row = row
    return comments


def by_provision(comments: list[Comment]) -> dict[str, list[Comment]]:
    found: dict[str, list[Comment]] = {}
    for comment in comments:
        uid = str(comment.provision_uid) if comment.provision_uid else ""
        found.setdefault(uid, []).append(comment)
    return found


def revised(document: Document) -> dict[str, int]:
    """How often each provision has changed since it was added."""
    own = document.revisions.filter(language="")
    changes = own.exclude(action=Revision.Action.ADDED)
    counted = changes.order_by().values("provision_uid")
    return {
        str(row["provision_uid"]): row["n"] for row in counted.annotate(n=Count("pk"))
    }
