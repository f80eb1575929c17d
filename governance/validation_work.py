"""What the way to a validated report, and the roadmap after it, ask of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance import gate
from governance.actions.capacities import capacities_of
from governance.models import (
    Comment,
    PaperSignature,
    Proposal,
    Report,
    Resolution,
    RoadmapAction,
    Workshop,
)
from governance.permissions import Permission, can
from governance.work import WorkItem, due_tag

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from governance.models import Committee, User

P = Permission


def item(
    title: str, url: str, hint: str, due: dt.date | None, committee: Committee
) -> WorkItem:
    tag, tone = due_tag(due, committee.today()) if due else ("", "")
    return WorkItem(title=title, url=url, hint=hint, due=due, tag=tag, tone=tone)


def validation_work(user: User, committee: Committee) -> list[WorkItem]:
    """The next step of the report, comments, workshop and signatures."""
    report = (
        Report.objects.visible_to(user)
        .filter(committee=committee)
        .select_related("committee")
        .first()
    )
    if report is None:
        return []
    return [
        *comment_work(user, report),
        *workshop_work(user, report),
        *stage_work(user, report),
        *signature_work(user, report),
    ]


def comment_work(user: User, report: Report) -> list[WorkItem]:
    committee, items = report.committee, []
    standing = user.standing_in(committee.pk)
    if report.state == Report.State.CIRCULATED and can(user, P.COMMENT, committee):
        items.append(
            item(
                _("Comment on “%s” for your institution") % report.title,
                report.get_absolute_url(),
                standing.institution or _("Comments are open."),
                report.comments_due_on,
                committee,
            )
        )
    if answers(user, committee):
        items += answer_work(report)
    if own := standing.institution_pks:
        items += own_comment_work(report, own, waits=not answers(user, committee))
    return items


def answers(user: User, committee: Committee) -> bool:
    return can(user, P.ANSWER_COMMENTS, committee)


# While the text is still written or decided on, an institution can be not satisfied.
ANSWERS_ARE_READ = (
    Report.State.CIRCULATED,
    Report.State.CONSOLIDATING,
    Report.State.TABLED,
)


def own_comment_work(
    report: Report, institutions: Collection[int], *, waits: bool
) -> list[WorkItem]:
    """Comments of one's institution: answered, and where it `waits`, not yet."""
    state = Comment.State
    own = report.comments.filter(institution__in=institutions).order_by("number")
    items = []
    if report.state in ANSWERS_ARE_READ:
        rows = own.filter(state__in=(state.RESPONDED, state.INCORPORATED))
        items += [
            WorkItem(
                title=_("Your comment %s was answered") % comment.code,
                url=comment.get_absolute_url(),
                hint=_("%s. You can say once that you are not satisfied.")
                % comment.response.get_disposition_display(),
                tag=_("Answered"),
            )
            for comment in rows.filter(objection=None).complete()
        ]
    if waits:
        items += [
            WorkItem(
                title=_("Your comment %s has no answer yet") % comment.code,
                url=comment.get_absolute_url(),
                hint=comment.section,
                mine=False,
            )
            for comment in own.filter(state__in=Comment.OPEN)
        ]
    return items


def answer_work(report: Report) -> list[WorkItem]:
    count = report.comments.filter(state__in=Comment.OPEN).count()
    if not count:
        return []
    title = ngettext(
        "Answer %d comment without an answer",
        "Answer %d comments without an answer",
        count,
    )
    url = reverse("governance:comments", args=[report.pk])
    return [
        item(
            title % count,
            f"{url}?state=open",
            report.title,
            report.comments_due_on,
            report.committee,
        )
    ]


# Who moves a workshop on from a state, and how the page calls it.
WORKSHOP_STEPS = {
    Workshop.State.PLANNED: (P.PRESIDE, gettext_lazy("Approve “%s”")),
    Workshop.State.APPROVED: (P.RECORD_WORKSHOP, gettext_lazy("Convene “%s”")),
    Workshop.State.CONVENED: (P.PRESIDE, gettext_lazy("Open “%s”")),
    Workshop.State.CONCLUDED: (
        P.RECORD_WORKSHOP,
        gettext_lazy("Draft the minutes of “%s”"),
    ),
    Workshop.State.REPORT_DRAFTED: (
        P.PRESIDE,
        gettext_lazy("Adopt the minutes of “%s”"),
    ),
    Workshop.State.REPORT_ADOPTED: (P.RECORD_WORKSHOP, gettext_lazy("Close “%s”")),
}


def workshop_work(user: User, report: Report) -> list[WorkItem]:
    committee, items = report.committee, []
    own = user.standing_in(committee.pk).institution_pks
    for workshop in report.workshops.exclude(state__in=["closed", "cancelled"]):
        url = workshop.get_absolute_url()
        needed, title = WORKSHOP_STEPS.get(Workshop.State(workshop.state), (None, ""))
        if needed and can(user, needed, committee):
            due = workshop.starts_on if workshop.is_planning else None
            items.append(
                item(title % workshop.title, url, workshop.venue, due, committee)
            )
        elif workshop.is_planning and workshop.invitations.filter(
            institution__in=own
        ).exclude(sent_on=None):
            items.append(
                item(
                    _("Come to “%s”") % workshop.title,
                    url,
                    workshop.venue,
                    workshop.starts_on,
                    committee,
                )
            )
        if workshop.is_in_session and can(user, P.DECIDE, committee):
            items += session_work(workshop)
    return items


def session_work(workshop: Workshop) -> list[WorkItem]:
    """Resolutions that wait for the Chair while the workshop is in session."""
    return [
        WorkItem(
            title=_("Decide on %s") % resolution,
            url=resolution.get_absolute_url(),
            hint=resolution.verb,
        )
        for resolution in workshop.resolutions.filter(state__in=Resolution.UNDECIDED)
    ]


def stage_work(user: User, report: Report) -> list[WorkItem]:
    """The step that takes the report on, for the one who takes it."""
    state, committee = Report.State, report.committee
    steps = {
        state.DRAFTING: (P.CIRCULATE, _("Circulate the report"), "circulate"),
        state.CIRCULATED: (P.CIRCULATE, _("Close comments"), "close-comments"),
        state.CONSOLIDATING: (P.TABLE, _("Table the report"), "table"),
        state.VALIDATED: (P.PROPOSE_RELEASE, _("Propose the release"), ""),
    }
    needed, title, name = steps.get(state(report.state), (None, "", ""))
    if needed is None or not can(user, needed, committee):
        return amending_work(user, report) + release_work(user, report)
    if report.state == state.VALIDATED and proposals(report, Proposal.Act.RELEASE):
        return release_work(user, report)
    if gate.owed_for_next(report) and report.state != state.VALIDATED:
        return []
    url = reverse(f"governance:report-{name}", args=[report.pk]) if name else ""
    return [
        WorkItem(title=title, url=url or report.get_absolute_url(), hint=report.title)
    ]


def proposals(report: Report, act: str) -> bool:
    return report.proposals.filter(act=act).exists()


def amending_work(user: User, report: Report) -> list[WorkItem]:
    """For the rapporteur what is not in the text yet; then the confirmation, the step."""
    if report.state != Report.State.AMENDING:
        return []
    committee, url = report.committee, report.get_absolute_url()
    owed = gate.owed_changes(report)
    if owed and can(user, P.ANSWER_COMMENTS, committee):
        return [
            WorkItem(title=line.text, url=line.url, hint=report.title) for line in owed
        ]
    confirmed = report.proposals.filter(
        act=Proposal.Act.SUBMIT, digest=report.text_digest()
    ).exclude(made_by=user)
    if not owed and confirmed and can(user, P.SUBMIT_FOR_SIGNATURE, committee):
        return [WorkItem(_("Submit the report for signature"), url, report.title)]
    if not owed and can(user, P.CONFIRM_AMENDMENTS, committee):
        return [
            WorkItem(
                _("Confirm that the amendments are in the text"), url, report.title
            )
        ]
    return []


def release_work(user: User, report: Report) -> list[WorkItem]:
    if report.state != Report.State.VALIDATED:
        return []
    if not can(user, P.RELEASE, report.committee):
        return []
    if not proposals(report, Proposal.Act.RELEASE):
        return []
    url = reverse("governance:report-release", args=[report.pk])
    return [WorkItem(_("Release the report to the public"), url, report.title)]


def signature_work(user: User, report: Report) -> list[WorkItem]:
    items = []
    committee = report.committee
    candidate = report.candidate if report.state == Report.State.SIGNING else None
    signed = report.candidate if report.is_validated else candidate
    url = reverse("governance:sign-off", args=[report.pk])
    if (
        candidate
        and capacities_of(user, candidate)
        and not candidate.signatures.filter(person=user).exists()
    ):
        title = _("Sign version %(number)s of “%(title)s”")
        words = {"number": candidate.number, "title": report.title}
        items.append(WorkItem(title % words, url, committee.short_name))
    if candidate and can(user, P.SUBMIT_FOR_SIGNATURE, committee):
        items += [
            WorkItem(title=line.text, url=url, hint=report.title, mine=False)
            for line in report.owed_for_validation()
        ]
    if can(user, P.RECORD_PAPER_SIGNATURE, committee):
        waiting = PaperSignature.objects.filter(
            candidate=signed, state="recorded"
        ).exclude(recorded_by=user)
        items += [
            WorkItem(
                _("Confirm the signature of %s on paper") % paper.person,
                reverse("governance:paper-signature", args=[paper.pk]),
                report.title,
            )
            for paper in waiting.select_related("person")
        ]
    return items


def roadmap_work(user: User, committee: Committee) -> list[WorkItem]:
    """Open actions of the person's institutions; for the secretariat what to verify,
    and what is late elsewhere."""
    own = user.standing_in(committee.pk).institution_pks
    verifies = can(user, P.VERIFY_ROADMAP_ACTION, committee)
    mine = Q(lead__in=own, state__in=RoadmapAction.OPEN)
    if not can(user, P.REPORT_PROGRESS_OWN, committee):
        return []
    wanted = (
        mine | Q(state__in=[*RoadmapAction.OPEN, "done_claimed"]) if verifies else mine
    )
    today, items = committee.today(), []
    for action in (
        RoadmapAction.objects.visible_to(user)
        .filter(wanted, committee=committee)
        .complete()
    ):
        to_verify = action.state == RoadmapAction.State.DONE_CLAIMED
        is_own = action.lead_id in own and not to_verify
        if not (is_own or to_verify or action.is_overdue(today)):
            continue
        tag, tone = ("", "") if to_verify else due_tag(action.due, today)
        items.append(
            WorkItem(
                title=_("Verify %s") % action if to_verify else str(action),
                url=action.get_absolute_url(),
                hint=f"{action.get_state_display()} · {action.lead_name}",
                due=None if to_verify else action.due,
                tag=tag,
                tone=tone,
                mine=is_own or (to_verify and verifies),
            )
        )
    return items
