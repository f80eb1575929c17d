"""The moves of comments, and what each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from governance.actions import answers, comments, editing
from governance.api.inputs import (
    Choice,
    Note,
    Person,
    Text,
    YesNo,
    one,
)
from governance.api.moves import Act
from governance.models import (
    Comment,
    Response,
    Revision,
)
from governance.permissions import Permission, can

if TYPE_CHECKING:
    from governance.models import User

SUGGESTION = _("The words that should stand there instead, of the whole text.")
SEVERITY = _("How much it matters.")
QUOTE = _("Words of the provision that it is about.")


def is_own(user: User, row: Comment) -> bool:
    """Of the person's institution, or entered on its behalf by who does that."""
    if not can(user, Permission.COMMENT, row.committee):
        return False
    if row.is_of(user):
        return True
    return row.on_behalf and can(user, Permission.COMMENT_ON_BEHALF, row.committee)


def is_own_open(user: User, row: Comment) -> bool:
    return row.is_changeable and is_own(user, row)


def may_answer(user: User, row: Comment) -> bool:
    """Nobody answers their own comment."""
    return row.author_id != user.pk or row.on_behalf


def has_wording(user: User, row: Comment) -> bool:
    answer = row.response
    accepted = answer is not None and answer.disposition in Response.ACCEPTED
    return bool(accepted and row.suggested_wording and row.provision_uid)


COMMENT_ACTS = (
    Act(
        "change",
        comments.change_comment,
        _("Word your institution's comment anew, until it is answered."),
        when=is_own_open,
        body=Text(_("The comment."), required=False),
        type=Choice(Comment.Type.choices, _("What sort it is."), required=False),
        severity=Choice(Comment.Severity.choices, SEVERITY, required=False),
        quote=Note(QUOTE, max_length=2_000),
        suggested_wording=Note(SUGGESTION),
    ),
    Act(
        "withdraw",
        comments.withdraw,
        _("Take your institution's comment back before it is answered."),
        when=is_own,
        reason=Note(_("Why it is withdrawn.")),
    ),
    Act(
        "assign",
        answers.assign,
        _("Give the comment to somebody who answers comments."),
        to=Person(_("User name of who is to answer.")),
    ),
    Act(
        "respond",
        answers.respond,
        _("Answer the comment, or refer it to plenary."),
        steps=["respond", "refer"],
        when=may_answer,
        disposition=Choice(Response.Disposition.choices, _("The answer.")),
        reason=Note(_("The reason; required where it is not accepted.")),
        duplicate_of=one(
            Comment,
            _("Id of the comment that says the same; only for a duplicate."),
            allow_null=True,
            default=None,
        ),
    ),
    Act(
        "contest",
        answers.contest,
        _("Say once, for your institution, that the answer does not satisfy it."),
        when=lambda user, row: is_own(user, row) and not hasattr(row, "objection"),
        text=Text(_("What does not satisfy you.")),
    ),
    Act(
        "apply_suggestion",
        answers.apply_suggestion,
        _("Put the accepted suggested wording into the working text."),
        steps=["incorporate"],
        when=has_wording,
        over_changed_text=YesNo(
            _("That you looked at the text, where it has changed since."),
            default=False,
        ),
    ),
    Act(
        "map_change",
        editing.map_change,
        _("Say which change in the text the comment led to."),
        when=lambda user, row: (
            row.owes_change and can(user, Permission.ANSWER_COMMENTS, row.committee)
        ),
        revision=one(Revision, _("Id of the change, a revision.")),
        note=Note(_("Where the text was changed, such as “Art. 9”."), max_length=300),
    ),
    Act(
        "incorporate",
        answers.incorporate,
        _("Say that the accepted comment is in the text, by a change that is named."),
        when=lambda user, row: bool(list(row.changes.all())),
    ),
    Act(
        "close",
        answers.close,
        _("End a comment that is answered, and in the text where it was accepted."),
        when=lambda user, row: not row.owes_change,
    ),
)
