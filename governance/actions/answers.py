"""What is answered to a comment, and the change that it causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.comments import (
    require_no_duplicates,
    require_own,
    required,
)
from governance.actions.editing import edit_provision, find_provision
from governance.actions.messages import people_of, tell
from governance.columns import Scope, column_for
from governance.errors import Refused
from governance.flow import move
from governance.models import Comment, Objection, Report, Response
from governance.permissions import Permission, can, require

if TYPE_CHECKING:
    from governance.models import Revision, User

D = Response.Disposition
S = Report.State
# The stages in which an institution can still say that it is not satisfied.
ANSWERABLE = frozenset({S.CIRCULATED, S.CONSOLIDATING, S.TABLED, S.AMENDING})


@transaction.atomic
def assign(comment: Comment, *, to: User, by: User) -> None:
    """Give a comment to somebody who answers comments."""
    if not can(to, Permission.ANSWER_COMMENTS, comment.committee):
        raise Refused(_("%s does not answer comments.") % to)
    move(comment, "assign", by=by, note=to.name, assigned_to=to)


@transaction.atomic
def respond(
    comment: Comment,
    disposition: str,
    *,
    by: User,
    reason: str = "",
    duplicate_of: Comment | None = None,
) -> Response:
    """Answer a comment; nobody answers their own."""
    require(by, Permission.ANSWER_COMMENTS, comment.committee)
    if comment.author_id == by.pk and not comment.on_behalf:
        raise Refused(_("Somebody else answers your own comment."))
    if disposition == D.NOT_ACCEPTED:
        required(reason, _("Say why the comment is not accepted."))
    check_duplicate(comment, disposition, duplicate_of)
    step = "refer" if disposition == D.REFERRED else "respond"
    move(comment, step, by=by, note=f"{D(disposition).label}: {reason}")
    response = Response(
        comment=comment,
        disposition=disposition,
        reason=reason.strip(),
        duplicate_of=duplicate_of,
        at=comment.committee.now(),
        by=by,
        by_name=by.name,
    )
    response.full_clean()
    response.save()
    tell(
        comment.committee,
        [comment.author, *people_of(comment.institution)],
        "comment_answered",
        f"response {response.pk}",
        _("Your comment %(code)s: %(answer)s")
        % {"code": comment.code, "answer": response.get_disposition_display()},
        comment=comment,
        response=response,
    )
    return response


def check_duplicate(
    comment: Comment, disposition: str, duplicate_of: Comment | None
) -> None:
    if disposition != D.DUPLICATE:
        if duplicate_of is not None:
            raise Refused(_("Only a duplicate names another comment."))
        return
    if duplicate_of is None or duplicate_of.report_id != comment.report_id:
        raise Refused(_("Name the comment that says the same."))
    if duplicate_of.pk == comment.pk:
        raise Refused(_("A comment is no duplicate of itself."))
    if duplicate_of.state == Comment.State.WITHDRAWN:
        raise Refused(
            _("%s is withdrawn: name one that is answered.") % duplicate_of.code
        )
    answer = duplicate_of.response
    if answer and answer.duplicate_of:
        raise Refused(
            _("%(code)s is a duplicate of %(other)s: name that one.")
            % {"code": duplicate_of.code, "other": answer.duplicate_of.code}
        )
    require_no_duplicates(comment)


@transaction.atomic
def contest(comment: Comment, *, by: User, text: str) -> Objection:
    """Say once, for the author institution, that an answer does not satisfy it."""
    require_own(comment, by)
    required(text, _("Say what does not satisfy you."))
    if comment.report.state not in ANSWERABLE:
        raise Refused(
            _("The report is at “%s”; its comments are settled.")
            % comment.report.get_state_display()
        )
    if Objection.objects.filter(comment=comment).exists():
        raise Refused(_("This was said of %s already; it is said once.") % comment)
    move(comment, "contest", by=by, note=text)
    objection = Objection(
        comment=comment,
        text=text.strip(),
        at=comment.committee.now(),
        by=by,
        by_name=by.name,
    )
    objection.save()
    return objection


@transaction.atomic
def incorporate(comment: Comment, *, by: User) -> None:
    """Say that an accepted comment is in the text: it must point at the change."""
    require(by, Permission.ANSWER_COMMENTS, comment.committee)
    if not comment.changes.exists():
        raise Refused(_("No change in the text was made for %s yet.") % comment)
    move(comment, "incorporate", by=by)


@transaction.atomic
def close(comment: Comment, *, by: User) -> None:
    """End a comment that is answered, and in the text where it was accepted."""
    comment = Comment.objects.complete().get(pk=comment.pk)
    if comment.owes_change:
        raise Refused(
            _("%s was accepted, but no change in the text shows it.") % comment
        )
    move(comment, "close", by=by)


@transaction.atomic
def apply_suggestion(
    comment: Comment, *, by: User, over_changed_text: bool = False, note: str = ""
) -> Revision | None:
    """Put an accepted suggested wording into the text; the answer points at the change.

    `over_changed_text` says that the text was looked at, where it has changed since.
    """
    require(by, Permission.ANSWER_COMMENTS, comment.committee)
    answer = comment.response
    if answer is None or answer.disposition not in Response.ACCEPTED:
        raise Refused(_("Accept %s first.") % comment)
    if not comment.suggested_wording or comment.provision_uid is None:
        raise Refused(_("%s suggests no wording for one provision.") % comment)
    row = find_provision(comment.document.specific, comment.provision_uid)
    if row is None:
        raise Refused(_("The provision was removed from the text."))
    name = row.body_field()
    if not name:
        raise Refused(_("No words of this provision can be replaced: edit it instead."))
    changed_since = getattr(row, name) != comment.provision_text
    if changed_since and not over_changed_text:
        raise Refused(
            _("The text has changed since %s was written: look at it once more.")
            % comment
        )
    column = column_for(type(row), name)
    scope = Scope(comment.committee, comment.document)
    try:
        wording = column.read(comment.suggested_wording, scope)
    except ValidationError as error:
        raise Refused(
            _(
                "The suggestion does not fit: %(why)s Edit the provision, and tick"
                " %(comment)s there."
            )
            % {"why": " ".join(error.messages), "comment": comment}
        ) from error
    changes: dict[str, Any] = {name: wording}
    revision = edit_provision(
        row,
        base=row.revision,
        by=by,
        why=_("Comment %s") % comment.code,
        answers=[comment],
        where_changed=note,
        **changes,
    )
    move(comment, "incorporate", by=by)
    return revision
