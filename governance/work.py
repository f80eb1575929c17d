"""What waits for a person: each app contributes its own, by `settings.WORK_LISTS`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance import clock
from governance.models import Assignment, Report
from governance.permissions import Permission, can

if TYPE_CHECKING:
    from governance.models import Committee, User


SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class WorkItem:
    """One thing to do, or one that somebody else has to do for you."""

    title: str
    url: str
    hint: str
    due: dt.date | None = None
    tag: str = ""
    tone: str = ""
    mine: bool = True


def due_tag(due: dt.date, today: dt.date) -> tuple[str, str]:
    """The words and the tone of a deadline, as seen from `today`."""
    days = (due - today).days
    if days < 0:
        late = ngettext("Overdue %d day", "Overdue %d days", -days) % -days
        return late, "bad"
    if days == 0:
        return _("Due today"), "bad"
    tone = "warn" if days <= 7 else ""
    return ngettext("%d day left", "%d days left", days) % days, tone


def work_for(user: User, committees: list[Committee]) -> list[WorkItem]:
    """Everything that waits for `user`, the most urgent first.

    What has no day comes before what is due in more than two weeks.
    """
    items: list[WorkItem] = []
    for dotted in settings.WORK_LISTS:
        for committee in committees:
            items += import_string(dotted)(user, committee)
    soon = max((c.today() for c in committees), default=clock.now().date()) + SOON
    return sorted(items, key=lambda item: (item.due or soon, item.title))


def report_work(user: User, committee: Committee) -> list[WorkItem]:
    """For those who edit: documents that are not complete yet."""
    if not can(user, Permission.EDIT_DOCUMENTS, committee):
        return []
    report = Report.objects.visible_to(user).filter(committee=committee).first()
    if report is None or not report.is_editable:
        return []
    items = []
    for document in report.chapters():
        problems = document.problems()
        if problems:
            count = ngettext("%d point", "%d points", len(problems)) % len(problems)
            items.append(
                WorkItem(
                    title=_("Complete “%s”") % document,
                    url=reverse("governance:document-edit", args=[document.pk]),
                    hint=problems[0],
                    tag=count,
                    tone="warn",
                )
            )
    return items


def assigned_work(user: User, committee: Committee) -> list[WorkItem]:
    """For a member: the documents in which something is assigned to its institution."""
    if can(user, Permission.EDIT_DOCUMENTS, committee) or not can(
        user, Permission.EDIT_ASSIGNED, committee
    ):
        return []
    institutions = user.standing_in(committee.pk).institution_pks
    rows = (
        Assignment.objects.filter(
            document__committee=committee, institution_id__in=institutions
        )
        .select_related("document__report", "institution")
        .order_by("document", "pk")
    )
    documents = {row.document: row for row in rows if row.document.report.is_editable}
    return [
        WorkItem(
            title=_("Write your part of “%s”") % document,
            url=reverse("governance:document-edit", args=[document.pk]),
            hint=_("It is assigned to %s.") % row.institution.name,
        )
        for document, row in documents.items()
    ]
