"""One comment: reading it, and what its own institution does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import answers
from governance.actions import comments as actions
from governance.actions.editing import find_provision
from governance.forms.comments import (
    CommentForm,
    ContestForm,
    WithdrawForm,
)
from governance.models import Comment, Report, Response
from governance.permissions import Permission, can
from governance.snapshot import walk
from governance.views.acting import act
from governance.views.threads import with_rows

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import User

VERBS = {
    "received": _lazy("Received"),
    "changed": _lazy("Worded anew"),
    "assign": _lazy("Given to"),
    "respond": _lazy("Answered"),
    "refer": _lazy("Referred to plenary"),
    "contest": _lazy("Not satisfied"),
    "incorporate": _lazy("In the text"),
    "close": _lazy("Closed"),
    "withdraw": _lazy("Withdrawn"),
}
# What is owed next stands first and filled; the rest may be done.
OWED = {"governance:comment-apply", "governance:comment-respond"}
FORM_METHODS = ["GET", "HEAD", "POST"]
P = Permission


def posted(request: MemberRequest) -> Any:
    """What a form is bound to: also an empty one, where somebody pressed its button."""
    return request.POST if request.method == "POST" else None


def found_comment(request: MemberRequest, pk: int) -> Comment:
    """The comment with its row of the matrix, where its reader may read the report."""
    readable = Report.objects.visible_to(request.user).values("pk")
    rows = Comment.objects.visible_to(request.user).filter(report__in=readable)
    comment = get_object_or_404(
        rows.complete().select_related(
            "institution", "document__report", "objection", "assigned_to"
        ),
        pk=pk,
    )
    return with_rows([comment], comment.report)[0]


def acts_on(comment: Comment, user: User) -> list[tuple[str, str]]:
    """The moves open to `user`, as URL name and words, the one most wanted first."""
    names = {step.name for step in Comment.flow.open_to(user, comment)}
    own, answer = actions.owns(comment, user), comment.response
    answers = can(user, P.ANSWER_COMMENTS, comment.committee)
    accepted = (
        answers and answer is not None and answer.disposition in Response.ACCEPTED
    )
    may_answer = comment.author_id != user.pk or comment.on_behalf
    offered = [
        ("apply", _("Apply the suggestion"), accepted and is_applicable(comment)),
        ("respond", _("Answer the comment"), "respond" in names and may_answer),
        ("map", _("Tie to a change in the text"), accepted),
        ("change", _("Change the comment"), own and comment.is_changeable),
        (
            "contest",
            _("Say “not satisfied”"),
            "contest" in names and own and not hasattr(comment, "objection"),
        ),
        ("assign", _("Give it to somebody"), "assign" in names),
        ("withdraw", _("Withdraw the comment"), "withdraw" in names and own),
    ]
    return [
        (f"governance:comment-{n}", words) for n, words, is_open in offered if is_open
    ]


def is_owed(name: str, comment: Comment) -> bool:
    return name in OWED or (name == "governance:comment-map" and comment.owes_change)


def is_applicable(comment: Comment) -> bool:
    """Whether one click can put its wording into the text now."""
    if not (
        comment.state == Comment.State.RESPONDED
        and comment.suggested_wording
        and comment.provision_uid
        and comment.report.is_editable
        and not list(comment.changes.all())
    ):
        return False
    row = find_provision(comment.document.specific, comment.provision_uid)
    return row is not None and bool(row.body_field())


def present_text(comment: Comment) -> str | None:
    """The words of the provision now; None where it was removed or there is none."""
    uid = str(comment.provision_uid)
    snapshot = comment.document.specific.to_snapshot()
    for node, _depth in walk(snapshot["provisions"]):
        if node["uid"] == uid:
            return node["body"] or node["heading"]
    return None


@require_safe
def comment(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything about one comment, and what can be done with it now."""
    comment = found_comment(request, pk)
    present = present_text(comment) if comment.provision_uid else None
    closes = {step.name for step in Comment.flow.open_to(request.user, comment)}
    acts = acts_on(comment, request.user)
    context = {
        "section": "documents",
        "committee": comment.committee,
        "report": comment.report,
        "comment": comment,
        "present": present,
        "is_removed": comment.provision_uid and present is None,
        "is_changed": present is not None and present != comment.provision_text,
        "quote_changed": comment.quote and comment.quote not in (present or ""),
        "acts": acts,
        "filled": acts[0][0] if acts and is_owed(acts[0][0], comment) else "",
        "may_close": "close" in closes and not comment.owes_change,
        "events": [
            (VERBS.get(event.verb, event.verb), event)
            for event in comment.events.order_by("seq")
        ],
        "may_read_matrix": can(request.user, P.READ_COMMENTS, comment.committee),
    }
    return render(request, "governance/comment.html", context)


def act_on(
    request: MemberRequest, comment: Comment, form: Any, do: Any, **context: Any
) -> HttpResponse:
    """The page of one act on a comment, with the comment above the form."""
    context.setdefault("done", comment)
    return act(
        request,
        form,
        do,
        template="governance/comment_act.html",
        section="documents",
        comment=comment,
        crumb=comment,
        report=comment.report,
        committee=comment.committee,
        **context,
    )


@require_http_methods(FORM_METHODS)
def comment_change(request: MemberRequest, pk: int) -> HttpResponse:
    comment = found_comment(request, pk)
    actions.require_own(comment, request.user)
    form = CommentForm(
        posted(request),
        initial={name: getattr(comment, name) for name in actions.CHANGEABLE},
    )
    return act_on(
        request,
        comment,
        form,
        lambda data: actions.change_comment(comment, by=request.user, **data),
        title=_("Change comment %s") % comment.code,
        button=_("Save the comment"),
        said=_("The comment is changed; the old words stay in its history."),
        closed="" if comment.is_changeable else _("It was answered: it cannot change."),
    )


@require_http_methods(FORM_METHODS)
def comment_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    comment = found_comment(request, pk)
    actions.require_own(comment, request.user)
    return act_on(
        request,
        comment,
        WithdrawForm(posted(request)),
        lambda data: actions.withdraw(comment, by=request.user, reason=data["reason"]),
        title=_("Withdraw comment %s") % comment.code,
        button=_("Withdraw the comment"),
        said=_("The comment is withdrawn. It stays on record."),
        closed=""
        if comment.is_changeable
        else _("It was answered or withdrawn: it stays as it is."),
    )


@require_http_methods(FORM_METHODS)
def comment_contest(request: MemberRequest, pk: int) -> HttpResponse:
    comment = found_comment(request, pk)
    actions.require_own(comment, request.user)
    return act_on(
        request,
        comment,
        ContestForm(posted(request)),
        lambda data: answers.contest(comment, by=request.user, text=data["text"]),
        title=_("Not satisfied with the answer to %s") % comment.code,
        button=_("Say “not satisfied”"),
        said=_("It is said. The rapporteur answers again, or takes it to plenary."),
        text=_("An institution says this once for each of its comments."),
    )
