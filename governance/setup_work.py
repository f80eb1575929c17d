"""The way from an empty committee to a circulated report: tasks, computed, not stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.actions import joining, people
from governance.formats import day
from governance.models import Report, Seat, Version
from governance.permissions import Permission, can, roles_with
from governance.work import WorkItem

if TYPE_CHECKING:
    from typing import Any

    from governance.models import Committee, User


@dataclass(frozen=True)
class Task:
    """One row of the list; without `url` it cannot be started, or is somebody else's."""

    title: str
    url: str
    hint: str
    is_done: bool
    waits: bool = False
    tag: str = ""
    steps: list[Task] = field(default_factory=list)

    @property
    def status(self) -> str:
        if self.is_done:
            return _("Completed")
        if self.waits:
            return _("Cannot start yet")
        return self.tag or _("Not yet started")


class Setting:
    """What the tasks ask of a committee, each once."""

    def __init__(self, committee: Committee, user: User) -> None:
        self.committee, self.user = committee, user

    def url(self, name: str) -> str:
        return reverse(f"governance:{name}", args=[self.committee.slug])

    @cached_property
    def institutions(self) -> int:
        return int(self.committee.institutions.count())

    @cached_property
    def seats(self) -> list[Seat]:
        today = self.committee.today()
        return list(Seat.objects.filter(committee=self.committee).on(today))

    @property
    def voting(self) -> int:
        return sum(seat.is_voting for seat in self.seats)

    @cached_property
    def managers(self) -> int:
        return people.count_managers(self.committee)

    @cached_property
    def report(self) -> Report | None:
        return self.committee.reports.order_by("-edition").first()

    @cached_property
    def documents(self) -> list[tuple[Any, int]]:
        """Each document of the report with the number of its points to settle."""
        chapters = self.report.chapters() if self.report else []
        return [(document, len(document.problems())) for document in chapters]

    @cached_property
    def is_circulated(self) -> bool:
        return was_circulated(self.committee)

    @property
    def is_complete(self) -> bool:
        return bool(self.documents) and not any(n for _document, n in self.documents)


def was_circulated(committee: Committee) -> bool:
    """Whether a report of the committee has ever gone to its members."""
    kinds = [kind for kind in Version.Kind if kind != Version.Kind.DRAFT]
    return bool(
        Version.objects.filter(report__committee=committee, kind__in=kinds).exists()
    )


def setup_tasks(committee: Committee, user: User) -> list[Task]:
    facts = Setting(committee, user)
    return [
        committee_task(facts),
        languages_task(facts),
        institutions_task(facts),
        seats_task(facts),
        rule_task(facts),
        people_task(facts),
        report_task(facts),
        documents_task(facts),
        circulate_task(facts),
    ]


def committee_task(facts: Setting) -> Task:
    return Task(
        _("The committee"),
        facts.url("settings"),
        _(
            "Name, country, money and calendar, as you entered them. Change what is wrong."
        ),
        is_done=True,
    )


def languages_task(facts: Setting) -> Task:
    return Task(
        _("Languages"),
        facts.url("settings-languages"),
        _("In which languages the committee writes, and which one prevails."),
        is_done=facts.committee.languages.filter(prevails=True).exists(),
    )


def institutions_task(facts: Setting) -> Task:
    n = facts.institutions
    count = ngettext("%d institution", "%d institutions", n) % n
    return Task(
        _("Institutions"),
        facts.url("institutions-paste" if not n else "institutions"),
        count if n else _("Paste them from a spreadsheet, or type one a line."),
        is_done=bool(n),
    )


def seats_task(facts: Setting) -> Task:
    words = {"n": len(facts.seats), "voting": facts.voting}
    done = _("%(n)d with a seat, %(voting)d with a vote") % words
    return Task(
        _("Seats and votes"),
        facts.url("seats"),
        done if facts.seats else _("Who sits in the committee, and who votes."),
        is_done=facts.voting > 0,
        waits=not facts.institutions,
        tag=_("Nobody votes yet") if facts.seats else "",
    )


def rule_task(facts: Setting) -> Task:
    rule = facts.committee.signoffrules.on(facts.committee.today())
    return Task(
        _("Sign-off rule"),
        facts.url("sign-off-rule"),
        _("Whose signatures validate a report. It is needed before anybody signs."),
        is_done=rule is not None,
        waits=facts.voting == 0,
    )


def people_task(facts: Setting) -> Task:
    return Task(
        _("People"),
        facts.url("people"),
        _(
            "Invite the members, and at least one more person who can manage: the Chair"
            " or a colleague of the secretariat."
        ),
        is_done=facts.managers >= joining.ENOUGH,
        tag=_("Only one can manage"),
    )


def report_task(facts: Setting) -> Task:
    report, may = (
        facts.report,
        can(facts.user, Permission.EDIT_DOCUMENTS, facts.committee),
    )
    start = facts.url("report-start") if may else ""
    return Task(
        _("The first report"),
        report.get_absolute_url() if report else start,
        str(report)
        if report
        else _("Start it from the template: every document with its headings."),
        is_done=report is not None,
        waits=not facts.institutions,
    )


def documents_task(facts: Setting) -> Task:
    steps = [
        Task(
            str(document),
            document.get_absolute_url() + ("#problems" if n else ""),
            "",
            is_done=not n,
            tag=ngettext("%d point to settle", "%d points to settle", n) % n,
        )
        for document, n in facts.documents
    ]
    left = sum(1 for step in steps if not step.is_done)
    return Task(
        _("The text"),
        "",
        _("Each document lists what it still needs. Write until no point is left."),
        is_done=facts.is_complete or facts.is_circulated,
        waits=not steps,
        tag=ngettext("%d document to complete", "%d documents to complete", left)
        % left,
        steps=steps,
    )


def circulate_task(facts: Setting) -> Task:
    report, may = facts.report, can(facts.user, Permission.CIRCULATE, facts.committee)
    url = reverse("governance:report-circulate", args=[report.pk]) if report else ""
    hint = _("Send the complete text to the institutions for comment, until a day.")
    if not may:
        who = ", ".join(roles_with(Permission.CIRCULATE))
        hint += " " + _("This is done by: %s.") % who
    return Task(
        _("Circulate the report"),
        url if may and not facts.is_circulated else "",
        hint,
        is_done=facts.is_circulated,
        waits=not facts.is_complete,
    )


def setup_work(user: User, committee: Committee) -> list[WorkItem]:
    """For those who manage: what is left of the set-up, and invitations to confirm."""
    items = []
    if can(user, Permission.GIVE_ROLES, committee):
        items += confirm_work(user, committee)
    if can(user, Permission.CHANGE_SETTINGS, committee):
        items += rule_work(user, committee) + tasks_work(user, committee)
    return items


def rule_work(user: User, committee: Committee) -> list[WorkItem]:
    """Sign-off rules that somebody else has proposed."""
    today = committee.today()
    waiting = committee.signoffrules.waiting().filter(starts_on__gte=today)
    return [
        WorkItem(
            title=_("Confirm the sign-off rule from %s") % day(rule.starts_on),
            url=reverse("governance:sign-off-rule-confirm", args=[rule.pk]),
            hint=_("Somebody else proposed it; it counts when you agree."),
            due=rule.starts_on,
            tag=_("To confirm"),
            tone="warn",
        )
        for rule in waiting.exclude(set_by=user)
    ]


def confirm_work(user: User, committee: Committee) -> list[WorkItem]:
    n = joining.waiting(committee).exclude(by=user).count()
    if not n:
        return []
    title = ngettext("Confirm %d invitation", "Confirm %d invitations", n) % n
    return [
        WorkItem(
            title=title,
            url=reverse("governance:joinings-confirm", args=[committee.slug]),
            hint=_("Another manager invited; the codes work when you agree."),
            tag=_("To confirm"),
            tone="warn",
        )
    ]


def tasks_work(user: User, committee: Committee) -> list[WorkItem]:
    """A note with the way to the list, until the first report is circulated."""
    if was_circulated(committee):
        return []
    return [
        WorkItem(
            title=_("Set up the committee"),
            url=reverse("governance:setup-tasks", args=[committee.slug]),
            hint=_(
                "The steps to the first circulated report, and what is done of them."
            ),
        )
    ]
