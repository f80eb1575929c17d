"""The first steps of a report's life: circulated, comments closed, tabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from governance import gate
from governance.actions.messages import people_with, tell
from governance.actions.revising import locked
from governance.actions.versions import freeze
from governance.errors import Refused
from governance.flow import move
from governance.formats import day
from governance.models import Comment, Version, Workshop
from governance.permissions import Permission, can, require

if TYPE_CHECKING:
    import datetime as dt

    from governance.errors import Owed
    from governance.models import Report, User


def refuse_while(owed: list[Owed], sentence: str) -> None:
    """Raise Refused with everything that is missing, each as a sentence."""
    if owed:
        raise Refused(f"{sentence} {' '.join(str(item) for item in owed)}", owed)


@transaction.atomic
def circulate(
    report: Report, *, comments_due_on: dt.date, by: User, note: str = ""
) -> Version:
    """Freeze a version and put it before the members, who comment until a day."""
    report = locked(report)
    require(by, Permission.CIRCULATE, report.committee)
    if comments_due_on <= report.committee.today():
        raise Refused(_("Choose a day after today for the end of comments."))
    refuse_while(
        gate.owed_to_circulate(report), _("The report cannot be circulated yet.")
    )
    move(report, "circulate", by=by, note=note, comments_due_on=comments_due_on)
    version = freeze(report, Version.Kind.CIRCULATED, by=by, note=note)
    tell(
        report.committee,
        people_with(report.committee, Permission.COMMENT),
        "circulated",
        f"version {version.pk} circulated",
        _("%(title)s: your comments by %(day)s")
        % {"title": report.title, "day": day(comments_due_on)},
        report=report,
        version=version,
    )
    return version


@transaction.atomic
def close_comments(report: Report, *, by: User, reason: str = "") -> None:
    """End the time for comments: after the deadline, or before it by the Chair."""
    report = locked(report)
    require(by, Permission.CLOSE_COMMENTS, report.committee)
    early = gate.owed_to_close_comments(report)
    if early:
        if not can(by, Permission.CLOSE_COMMENTS_EARLY, report.committee):
            raise Refused(" ".join(map(str, early)), early)
        if not reason.strip():
            raise Refused(_("Say why comments are closed before the deadline."))
    today = report.committee.today()
    move(report, "close_comments", by=by, note=reason, comments_closed_on=today)
    Comment.objects.filter(
        report=report, received_on__gt=report.comments_due_on
    ).update(is_late=True)


@transaction.atomic
def table(report: Report, *, by: User, note: str = "") -> Version:
    """Freeze the consolidated text as the papers of the workshop."""
    report = locked(report)
    require(by, Permission.TABLE, report.committee)
    refuse_while(gate.owed_to_table(report), _("The report cannot be tabled yet."))
    refuse_while(gate.owed_to_circulate(report), _("The report cannot be tabled yet."))
    move(report, "table", by=by, note=note)
    version = freeze(report, Version.Kind.TABLED, by=by, note=note)
    Workshop.objects.filter(report=report, state__in=Workshop.BEFORE).update(
        papers=version
    )
    tell(
        report.committee,
        people_with(report.committee, Permission.COMMENT),
        "tabled",
        f"version {version.pk} tabled",
        _("Papers for the workshop: %(title)s, version %(number)s")
        % {"title": report.title, "number": version.number},
        report=report,
        version=version,
        workshop=report.workshops.filter(state__in=Workshop.BEFORE).first(),
    )
    return version
