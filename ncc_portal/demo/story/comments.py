"""The comments of the institutions, what was answered, and the changes they caused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.actions import answers, comments
from governance.actions.editing import find_provision, map_change
from governance.models import Comment, Institution, Response
from governance.permissions import Permission, can
from ncc_portal.demo.fields import whole

if TYPE_CHECKING:
    from governance.models import Document, Revision, User
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

COMMENT = "type severity channel body quote suggested_wording"
EXTRA = "number part institution on at by answers changes suggests"


def load_comments(seeding: Seeding, file: Entry) -> None:
    file.known({"comments"})
    for entry in file.entries("comments"):
        fields = seeding.values(entry, Comment, COMMENT, extra=EXTRA)
        seeding.at(entry, partial(enter, seeding, entry, fields))
        for number, answer in enumerate(entry.entries("answers"), start=1):
            seeding.at(answer, partial(respond, seeding, entry, answer, number))
        for change in entry.entries("changes"):
            change.known({"at", "by", "provision", "note", "how"})
            seeding.at(change, partial(make_change, seeding, entry, change))


def comment_of(seeding: Seeding, entry: Entry) -> Comment | None:
    rows = seeding.report.comments.select_related("committee", "institution")
    return rows.filter(number=whole(entry, "number")).first()


def the_comment(seeding: Seeding, entry: Entry) -> Comment:
    comment = comment_of(seeding, entry)
    if comment is None:
        raise entry.mistake("number", _("this comment was not entered."))
    return comment


def document_of(seeding: Seeding, entry: Entry, name: str) -> Document:
    """The document that a name like `activityplan/activity/A1.1.1` begins with."""
    stem = name.partition("/")[0]
    for document in seeding.report.chapters():
        if document.kind.rpartition(".")[2].lower() == stem:
            found: Document = document
            return found
    raise entry.mistake("on", _("the report has no document “%s”.") % stem)


def enter(seeding: Seeding, entry: Entry, fields: dict[str, Any]) -> None:
    """An institution's own comment, or a letter that the secretariat enters for it."""
    if comment_of(seeding, entry):
        return
    code, name = entry.text("institution"), str(entry.text("on"))
    institution = seeding.register.find(entry, "institution", Institution, code)
    by, number = seeding.person(entry), whole(entry, "number")
    keeps_register = can(by, Permission.COMMENT_ON_BEHALF, seeding.committee)
    document = document_of(seeding, entry, name)
    uid = seeding.uid_of(name) if "/" in name else None
    if entry.get("suggests"):
        fields |= {"suggested_wording": seeding.last_text(name)}
    comment = comments.comment_on(
        document,
        uid,
        institution=institution,
        by=by,
        number=number if keeps_register else None,
        **fields,
    )
    if comment.number != number:
        problem = _("by its order it is %s.") % comment.code
        raise entry.mistake("number", problem)
    seeding.count(comment)


def respond(seeding: Seeding, entry: Entry, answer: Entry, number: int) -> None:
    fields = seeding.values(
        answer, Response, "disposition reason", extra="at by duplicate_of"
    )
    comment = the_comment(seeding, entry)
    if comment.responses.count() >= number:
        return
    if "duplicate_of" in answer:
        other = seeding.report.comments.get(number=whole(answer, "duplicate_of"))
        fields["duplicate_of"] = other
    seeding.count(answers.respond(comment, by=seeding.person(answer), **fields))


def make_change(seeding: Seeding, entry: Entry, change: Entry) -> None:
    """Give the text its last words; with a `note`, the comment points at the change."""
    comment, by = the_comment(seeding, entry), seeding.person(change)
    name, note = str(change.text("provision")), str(change.get("note", ""))
    why = _("Comment %s") % comment.code
    if note and comment.changes.filter(note=note).exists():
        return
    if name in seeding.comers:
        revision = seeding.comers.pop(name)(by=by, why=why)
        if note and revision:
            map_change(comment, revision, by=by, note=note)
    elif change.get("how") == "suggestion":
        answers.apply_suggestion(comment, by=by, note=note)
    else:
        settle(seeding, comment, name, note, by)
    incorporate(comment, note, by)


def settle(
    seeding: Seeding, comment: Comment, name: str, note: str, by: User
) -> Revision | None:
    model, entry = seeding.wordings.last[name]
    document = document_of(seeding, entry, name)
    row = find_provision(document, seeding.uid_of(name))
    if row is None or not isinstance(row, model) or row.revision:
        return None
    return seeding.wordings.settle(
        name,
        seeding.register,
        row,
        by=by,
        why=_("Comment %s") % comment.code,
        answers=[comment] if note else [],
        note=note,
    )


def incorporate(comment: Comment, note: str, by: User) -> None:
    comment.refresh_from_db(fields=["state"])
    if note and comment.state == Comment.State.RESPONDED:
        answers.incorporate(comment, by=by)
