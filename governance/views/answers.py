"""Answering comments: one by one, in a queue, and tied to the change they caused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from governance.actions import answers as actions
from governance.actions.editing import map_change
from governance.forms.comments import ApplyForm, AssignForm, MapForm, RespondForm
from governance.models import Amendment, Comment, Document, Response
from governance.permissions import Permission, can, require
from governance.views.acting import act
from governance.views.comments import (
    FORM_METHODS,
    act_on,
    found_comment,
    posted,
    present_text,
)
from governance.views.matrix import report_with_comments
from governance.views.threads import with_rows

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import Report

P = Permission
D = Response.Disposition
# The answers of the queue, as buttons; the others are on the comment's own page.
BUTTONS = [
    (D.ACCEPTED, gettext_lazy("Accept")),
    (D.MODIFIED, gettext_lazy("Accept with changes")),
    (D.NOT_ACCEPTED, gettext_lazy("Do not accept")),
    (D.REFERRED, gettext_lazy("Refer to plenary")),
]


def answering(request: MemberRequest, pk: int) -> Comment:
    comment = found_comment(request, pk)
    require(request.user, P.ANSWER_COMMENTS, comment.committee)
    return comment


@require_http_methods(FORM_METHODS)
def comment_respond(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a comment; from the queue one comes back to the queue."""
    comment = answering(request, pk)
    queue = reverse("governance:suggestions", args=[comment.report_id])
    number = request.GET.get("queue")
    return act_on(
        request,
        comment,
        RespondForm(posted(request), comment=comment),
        lambda data: actions.respond(comment, by=request.user, **data),
        done=f"{queue}?n={whole(number)}" if number else comment,
        title=_("Answer comment %s") % comment.code,
        button=_("Record the answer"),
        said=_("%s is answered; its institution finds it in its work.") % comment.code,
    )


@require_http_methods(FORM_METHODS)
def comment_assign(request: MemberRequest, pk: int) -> HttpResponse:
    comment = answering(request, pk)
    return act_on(
        request,
        comment,
        AssignForm(posted(request), comment=comment),
        lambda data: actions.assign(comment, by=request.user, to=data["to"]),
        title=_("Give comment %s to somebody") % comment.code,
        button=_("Give the comment"),
    )


@require_http_methods(FORM_METHODS)
def comment_apply(request: MemberRequest, pk: int) -> HttpResponse:
    """Put the suggested wording into the text; a text changed since is looked at first."""
    comment = answering(request, pk)
    present = present_text(comment)
    changed = present is not None and present != comment.provision_text

    def apply(data: dict[str, Any]) -> None:
        looked = data.get("looked", False)
        actions.apply_suggestion(comment, by=request.user, over_changed_text=looked)

    return act_on(
        request,
        comment,
        ApplyForm(posted(request), changed=changed),
        apply,
        title=_("Apply the suggestion of %s") % comment.code,
        button=_("Apply to the text"),
        said=_("The suggested wording is in the text; the answer points at it."),
        present=present,
        is_changed=changed,
    )


@require_http_methods(FORM_METHODS)
def comment_map(request: MemberRequest, pk: int) -> HttpResponse:
    comment = answering(request, pk)
    answer = comment.response
    accepted = answer is not None and answer.disposition in Response.ACCEPTED
    return act_on(
        request,
        comment,
        MapForm(posted(request), answered=comment),
        lambda data: map_change(comment, by=request.user, **data),
        title=_("Tie %s to a change in the text") % comment.code,
        button=_("Tie to the change"),
        said=_("%s points at the change it caused.") % comment.code,
        closed="" if accepted else _("Only an accepted comment leads to a change."),
    )


@require_http_methods(FORM_METHODS)
def amendment_map(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which change in the text an amendment agreed in the workshop led to."""
    readable = Document.objects.visible_to(request.user).values("pk")
    amendment = get_object_or_404(
        Amendment.objects.filter(document__in=readable).select_related(
            "document__report", "document__committee"
        ),
        pk=pk,
    )
    document = amendment.document
    require(request.user, P.ANSWER_COMMENTS, document.committee)
    return act(
        request,
        MapForm(posted(request), answered=amendment),
        lambda data: map_change(amendment, by=request.user, **data),
        done=document,
        title=_("Tie an agreed amendment to a change in the text"),
        text=amendment.text,
        button=_("Tie to the change"),
        said=_("The amendment points at the change it caused."),
        section="documents",
        crumb=document,
        report=document.report,
        committee=document.committee,
    )


@require_POST
def comment_close(request: MemberRequest, pk: int) -> HttpResponse:
    comment = found_comment(request, pk)
    actions.close(comment, by=request.user)
    messages.success(request, _("%s is closed.") % comment.code)
    return redirect(comment)


@require_safe
def suggestions(request: MemberRequest, pk: int) -> HttpResponse:
    """Suggested wordings to decide, one after another, with those that compete."""
    report = report_with_comments(request, pk)
    waiting = suggested(report).unanswered().order_by("document", "section", "number")
    total = waiting.count()
    number = min(max(whole(request.GET.get("n")), 1), max(total, 1))
    chosen = with_rows(waiting[number - 1 : number], report)
    current = chosen[0] if chosen else None
    present = present_text(current) if current else None
    accepted = suggested(report).filter(state=Comment.State.RESPONDED)
    context = {
        "section": "documents",
        "committee": report.committee,
        "report": report,
        "total": total,
        "number": number,
        "comment": current,
        "present": present,
        "is_changed": current is not None and present != current.provision_text,
        "rivals": rivals_of(current, report) if current else [],
        "unapplied": [c for c in accepted.order_by("number") if c.owes_change],
        "buttons": BUTTONS,
        "may_answer": can(request.user, P.ANSWER_COMMENTS, report.committee),
    }
    return render(request, "governance/suggestions.html", context)


def whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 1


def suggested(report: Report) -> Any:
    """Comments that suggest a wording for one provision."""
    rows = report.comments.complete().exclude(suggested_wording="")
    return rows.exclude(provision_uid=None)


def rivals_of(comment: Comment, report: Report) -> list[Comment]:
    """Other suggestions on the same provision that are not withdrawn."""
    rows = suggested(report).filter(provision_uid=comment.provision_uid)
    rows = rows.exclude(pk=comment.pk).exclude(state=Comment.State.WITHDRAWN)
    return with_rows(rows.order_by("number"), report)
