"""The comment-response matrix: the same rows on the page, in the file and in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _

from governance.models.versions import version_after

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Comment, Version

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def part_of(comment: Comment) -> int:
    return apps.get_model(comment.document.kind).part


def row_of(comment: Comment, versions: list[Version]) -> dict[str, Any]:
    """One comment as plain data, with the words a reader needs and no references."""
    answer = comment.response
    changes = list(comment.changes.all())
    found = version_after(changes[0].at, versions) if changes else None
    return {
        "number": comment.code,
        "pk": comment.pk,
        "url": comment.get_absolute_url(),
        "part": part_of(comment),
        "part_name": ROMAN[part_of(comment)],
        "document": comment.document.title,
        "section": comment.section,
        "institution": comment.institution.code,
        "institution_name": comment.institution.name,
        "author": comment.author_name,
        "on_version": comment.version.number,
        "channel": comment.channel,
        "channel_name": str(comment.get_channel_display()),
        "type_name": str(comment.get_type_display()),
        "severity": comment.severity,
        "severity_name": str(comment.get_severity_display()),
        "quote": comment.quote,
        "body": comment.body,
        "suggested_wording": comment.suggested_wording,
        "received_on": comment.received_on.isoformat(),
        "is_late": comment.is_late,
        "state": comment.state,
        "state_name": str(comment.get_state_display()),
        "response": answer.reason if answer else "",
        "disposition": answer.disposition if answer else "",
        "disposition_name": disposition_name(comment),
        "decided_by": answer.by_name if answer else "",
        "change": "; ".join(change.note for change in changes),
        "change_version": found.number if found else "",
    }


def disposition_name(comment: Comment) -> str:
    answer = comment.response
    if answer is None:
        return ""
    name = str(answer.get_disposition_display())
    if answer.duplicate_of:
        name = _("%(name)s of %(other)s") % {
            "name": name,
            "other": answer.duplicate_of.code,
        }
    return name


def matrix(
    comments: Iterable[Comment], versions: Iterable[Version]
) -> list[dict[str, Any]]:
    """The rows of comments that were read `complete()`, with the versions of the report."""
    frozen = list(versions)
    return [row_of(comment, frozen) for comment in comments]
