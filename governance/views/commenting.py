"""Commenting on a provision, or on a document, for an institution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import comments as actions
from governance.diff import find
from governance.formats import day
from governance.forms.comments import AddCommentForm
from governance.models import Document, Report
from governance.permissions import Permission, can, require
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.threads import facts_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.differences import FieldChange
    from governance.http import MemberRequest
    from governance.models import Comment, Institution, User
    from governance.snapshot import Node

P = Permission


@dataclass(frozen=True)
class Place:
    """What a comment is to be about, as the version last frozen has it."""

    uid: str
    label: str
    text: str
    facts: list[FieldChange]
    version: str
    closed: str
    late: str
    url: str


def place_of(document: Document, uid: str) -> Place:
    report, version = document.report, document.report.last_version
    found = find(version.content, uid) if version and uid else None
    node: Node = found[1] if found else {}
    closed = why_closed(report)
    if not closed and uid and not found:
        closed = _(
            "This provision is not in version %s, which is open to comment: it was"
            " written later."
        )
        closed %= version.number
    return Place(
        uid=uid,
        label=f"{node['number']} {node['heading']}".strip() if node else "",
        text=(node["body"] or node["heading"]) if node else "",
        facts=facts_of(node) if node else [],
        version=version.number if version else "",
        closed=closed,
        late=why_late(report),
        url=document.get_absolute_url() + (f"#p{uid[:8]}" if found else ""),
    )


def why_closed(report: Report) -> str:
    """Why no comment can be given now, and what to do; empty while one can."""
    if report.state in Report.OPEN_TO_COMMENT:
        return ""
    if report.state == Report.State.DRAFTING:
        return _(
            "Comments open when the secretariat circulates the report. Until then tell"
            " the rapporteur what you would change."
        )
    if report.is_validated:
        return _(
            "The report is validated. Ask the secretariat to take it up in the next"
            " edition."
        )
    return _(
        "Comments ended with the workshop. What was agreed there is put into the text;"
        " tell the rapporteur if something of it is missing."
    )


def why_late(report: Report) -> str:
    if report.state in {Report.State.CONSOLIDATING, Report.State.TABLED}:
        return _(
            "Comments were closed on %s. A written comment is still accepted; it is"
            " marked as late."
        ) % day(report.comments_closed_on)
    return ""


def institutions_for(user: User, document: Document) -> list[Institution]:
    """Those that `user` may comment for: of the secretariat's people, all."""
    if can(user, P.COMMENT_ON_BEHALF, document.committee):
        return list(document.committee.institutions.all())
    return actions.institutions_of(user, document.committee_id)


@require_http_methods(FORM_METHODS)
def comment_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Comment on a provision for an institution; `fill` begins with the present words."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related(
            "report", "committee", "report__committee"
        ),
        pk=pk,
    )
    require(request.user, P.COMMENT, document.committee)
    place = place_of(document, request.GET.get("provision", ""))
    form = add_form(request, document, place)
    context = {
        "title": _("Comment on %s") % (place.label or document.title),
        "button": _("Post comment"),
        "report": document.report,
        "committee": document.committee,
        "crumb": document,
        "place": place,
        "section": "documents",
        "back": place.url,
    }
    template = "governance/comment_add.html"
    if "fill" in request.POST:
        return render(request, template, {"form": form} | context)

    def give(data: dict[str, Any]) -> None:
        uid = place.uid or None
        comment = actions.comment_on(document, uid, by=request.user, **data)
        messages.success(request, said_of(comment))

    return act(request, form, give, done=place.url, template=template, **context)


def said_of(comment: Comment) -> str:
    words = {"code": comment.code, "institution": comment.institution.name}
    if comment.is_late:
        return _("%(code)s is entered for %(institution)s, marked as late.") % words
    return _("%(code)s is entered for %(institution)s.") % words


def add_form(request: MemberRequest, document: Document, place: Place) -> Any:
    asked: dict[str, Any] = {
        "institutions": institutions_for(request.user, document),
        "any_channel": can(request.user, P.COMMENT_ON_BEHALF, document.committee),
    }
    if "fill" in request.POST:
        typed = request.POST.dict() | {"suggested_wording": place.text}
        return AddCommentForm(initial=typed, **asked)
    initial = {"quote": request.GET.get("quote", "")}
    return AddCommentForm(posted(request), initial=initial, **asked)
