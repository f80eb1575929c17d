from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from governance.actions.editing import edit_provision, find_provision
from governance.actions.messages import people_of, tell
from governance.actions.revising import locked
from governance.diff import find
from governance.errors import Refused
from governance.flow import move
from governance.models import Comment, Objection, Report, Response
from governance.permissions import Permission, can, require

if TYPE_CHECKING:
    import uuid

    from governance.models import Document, Institution, Revision, User

D = Response.Disposition
S = Report.State
# The stages in which an institution can still say that it is not satisfied.
ANSWERABLE = frozenset({S.CIRCULATED, S.CONSOLIDATING, S.TABLED, S.AMENDING})


def institutions_of(user: User, committee_pk: int) -> list[Institution]:
    """The institutions for which a person speaks in a committee today."""
    held = [a for a in user.assignments if a.committee_id == committee_pk]
    found = {a.institution.pk: a.institution for a in held if a.institution}
    return list(found.values())


def require_speaks_for(
    user: User, institution: Institution, *, on_behalf: Permission
) -> bool:
    """Refuse somebody who speaks for another institution; True where on its behalf."""
    if institution in institutions_of(user, institution.committee_id):
        return False
    require(user, on_behalf, institution.committee)
    return True


def required(text: str, sentence: str) -> str:
    if not text.strip():
        raise Refused(sentence)
    return text.strip()


@transaction.atomic
def comment_on(
    document: Document,
    provision_uid: uuid.UUID | str | None,
    *,
    institution: Institution,
    by: User,
    body: str,
    type: str,  # noqa: A002 -- the name of the column in every comments matrix
    severity: str,
    channel: str = Comment.Channel.WRITTEN,
    quote: str = "",
    suggested_wording: str = "",
    number: int | None = None,
    **sourced: str,
) -> Comment:
    """Enter a comment of an institution on a provision of the version last frozen.

    Without a uid it is on the document as a whole. After comments were closed a
    written one is accepted and marked late. `number` continues a paper register.
    """
    report = locked(document.report)
    require(by, Permission.COMMENT, report.committee)
    on_behalf = require_speaks_for(
        by, institution, on_behalf=Permission.COMMENT_ON_BEHALF
    )
    version = report.versions.order_by("-major", "-minor").first()
    if report.state not in Report.OPEN_TO_COMMENT or version is None:
        raise Refused(
            _("Comments are not open: the report is at “%s”.")
            % report.get_state_display()
        )
    section, text = place_in(version.content, document, provision_uid)
    last = report.comments.aggregate(last=Max("number"))["last"] or 0
    if number is not None:
        require(by, Permission.COMMENT_ON_BEHALF, report.committee)
    comment = Comment(
        committee=report.committee,
        report=report,
        number=number or last + 1,
        document=document,
        version=version,
        provision_uid=provision_uid,
        section=section,
        provision_text=text,
        quote=quote.strip(),
        institution=institution,
        author=by,
        author_name=by.name,
        on_behalf=on_behalf,
        type=type,
        severity=severity,
        channel=channel,
        body=body.strip(),
        suggested_wording=suggested_wording.strip(),
        received_on=report.committee.today(),
        is_late=channel == Comment.Channel.WRITTEN
        and report.state != Report.State.CIRCULATED,
        **sourced,
    )
    comment.full_clean()
    comment.save()
    comment.record("received", by=by, note=f"{institution.code}: {comment.body}")
    return comment


def place_in(
    content: dict[str, Any], document: Document, uid: uuid.UUID | str | None
) -> tuple[str, str]:
    """Heading and text of what is commented on, as the frozen version has them."""
    if uid is None:
        return document.title, ""
    found = find(content, str(uid))
    if found is None or found[0]["kind"] != document.kind:
        raise Refused(
            _("This provision is not in the version that is open to comment.")
        )
    node = found[1]
    section = f"{node['number']} {node['heading']}".strip() or document.title
    return section[:300], node["body"] or node["heading"]


CHANGEABLE = {
    "body",
    "type",
    "severity",
    "quote",
    "suggested_wording",
}


@transaction.atomic
def change_comment(comment: Comment, *, by: User, **changes: Any) -> None:
    """Word one's own comment anew, until it is answered; the old words stay in history."""
    require(by, Permission.COMMENT, comment.committee)
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    require_own(comment, by)
    if not comment.is_changeable:
        raise Refused(_("%s was answered; it cannot be changed any more.") % comment)
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise Refused(_("This cannot be changed: %s.") % ", ".join(sorted(unknown)))
    before = comment.body
    for name, value in changes.items():
        setattr(comment, name, value)
    comment.full_clean()
    comment.save(update_fields=list(changes))
    comment.record("changed", by=by, note=_("before: %s") % before)


def require_own(comment: Comment, by: User) -> None:
    """The institution's own comment; what the secretariat entered, the secretariat's."""
    if comment.is_of(by):
        return
    if comment.on_behalf and can(by, Permission.COMMENT_ON_BEHALF, comment.committee):
        return
    raise Refused(
        _("%(comment)s is a comment of %(institution)s.")
        % {"comment": comment, "institution": comment.institution.name}
    )


@transaction.atomic
def withdraw(comment: Comment, *, by: User, reason: str = "") -> None:
    """Take one's own comment back before it is answered; it stays on record."""
    require(by, Permission.COMMENT, comment.committee)
    require_own(comment, by)
    move(comment, "withdraw", by=by, note=reason)


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


@transaction.atomic
def contest(comment: Comment, *, by: User, text: str) -> Objection:
    """Say once, for the author institution, that an answer does not satisfy it."""
    require(by, Permission.COMMENT, comment.committee)
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
    changes: dict[str, Any] = {name: comment.suggested_wording}
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
