from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from governance.actions.editing import find_provision
from governance.actions.revising import locked
from governance.columns import Scope, column_for
from governance.diff import find
from governance.errors import Refused
from governance.flow import move
from governance.models import Comment, Report
from governance.permissions import Permission, can, require

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from governance.models import Document, Institution, User, Version


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
    require_quoted(version, provision_uid, quote)
    suggested_wording = fitting(document, provision_uid, suggested_wording)
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


def require_quoted(version: Version, uid: uuid.UUID | str | None, quote: str) -> None:
    """The words that are quoted stand in the provision, whatever its punctuation."""
    found = find(version.content, str(uid)) if uid and quote.strip() else None
    if found and words_only(quote) not in words_only(" ".join(strings_in(found[1]))):
        text = _(
            "These words are not in the provision: copy them from it, or leave none."
        )
        raise ValidationError({"quote": text})


def fitting(document: Document, uid: uuid.UUID | str | None, wording: str) -> str:
    """A suggested wording as the column that it would replace takes it.

    Raises ValidationError where it is too long for it, or where there is no such column.
    """
    row = find_provision(document.specific, uid) if uid and wording.strip() else None
    if row is None:
        return wording
    name = row.body_field()
    if not name:
        raise ValidationError({"suggested_wording": NO_WORDS})
    column = column_for(type(row), name)
    try:
        return str(column.read(wording, Scope(document.committee, document)))
    except ValidationError as error:
        raise ValidationError({"suggested_wording": error.messages}) from error


def words_only(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a node of a frozen version, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings_in(inner)


NO_WORDS = _lazy(
    "No single wording stands here that could be replaced: write in the comment what"
    " should change."
)
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
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    require_own(comment, by)
    if not comment.is_changeable:
        raise Refused(_("%s was answered; it cannot be changed any more.") % comment)
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise Refused(_("This cannot be changed: %s.") % ", ".join(sorted(unknown)))
    before = comment.body
    if "quote" in changes and changes["quote"] != comment.quote:
        require_quoted(comment.version, comment.provision_uid, changes["quote"])
    wording = changes.get("suggested_wording", "")
    if wording and wording != comment.suggested_wording:
        uid = comment.provision_uid
        changes["suggested_wording"] = fitting(comment.document, uid, wording)
    for name, value in changes.items():
        setattr(comment, name, value)
    comment.full_clean()
    comment.save(update_fields=list(changes))
    comment.record("changed", by=by, note=_("before: %s") % before)


def owns(comment: Comment, by: User) -> bool:
    """Whether a person changes, withdraws and contests it: its institution does so.

    What the secretariat entered for the institution, the secretariat as well.
    """
    on_behalf = can(by, Permission.COMMENT_ON_BEHALF, comment.committee)
    return comment.is_of(by) or (comment.on_behalf and on_behalf)


def require_own(comment: Comment, by: User) -> None:
    """403 for who does not speak for the institution whose comment it is."""
    require(by, Permission.COMMENT, comment.committee)
    if not owns(comment, by):
        raise PermissionDenied(
            _("%(comment)s is a comment of %(institution)s: only they do this.")
            % {"comment": comment, "institution": comment.institution.name}
        )


@transaction.atomic
def withdraw(comment: Comment, *, by: User, reason: str = "") -> None:
    """Take one's own comment back before it is answered; it stays on record."""
    require_own(comment, by)
    require_no_duplicates(comment)
    move(comment, "withdraw", by=by, note=reason)


def require_no_duplicates(comment: Comment) -> None:
    """A comment that answers others by standing for them keeps an answer of its own."""
    answered = comment.duplicates.select_related("comment")
    if any(response.comment.response == response for response in answered):
        raise Refused(
            _("Others are answered as duplicates of %s: it needs an answer of its own.")
            % comment.code
        )
