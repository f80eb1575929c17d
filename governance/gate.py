"""What still keeps a report from its next stage: sentences, who owes it, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.errors import Owed
from governance.formats import day
from governance.models import (
    Amendment,
    Comment,
    Proposal,
    Rendering,
    Resolution,
    Workshop,
)
from governance.permissions import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.models import Report, User

RAPPORTEUR = Role.RAPPORTEUR.label
SECRETARIAT = Role.SECRETARIAT.label
CHAIR = Role.CHAIR.label


def owed_to_circulate(report: Report) -> list[Owed]:
    """Every document must be complete."""
    chapters = report.chapters()
    if not chapters:
        return [Owed(_("The report has no document yet."), str(RAPPORTEUR))]
    return [
        Owed(problem, str(RAPPORTEUR), document.get_absolute_url())
        for document in chapters
        for problem in document.problems()
    ]


def owed_to_close_comments(report: Report) -> list[Owed]:
    if report.state != report.State.CIRCULATED:
        said = _("The report is at “%s”: comments are not open.")
        return [Owed(said % report.get_state_display())]
    due = report.comments_due_on
    if due is None or report.committee.today() > due:
        return []
    return [
        Owed(
            _("Comments are open until %s; before that only the Chair closes them.")
            % day(due),
            str(CHAIR),
        )
    ]


def owed_to_table(report: Report) -> list[Owed]:
    """Every comment must be answered, or referred to plenary."""
    rows = report.comments.unanswered().select_related("assigned_to", "institution")
    return [
        Owed(
            _("Comment %(code)s of %(institution)s has no answer.")
            % {"code": comment.code, "institution": comment.institution.code},
            comment.assigned_to.name if comment.assigned_to else str(RAPPORTEUR),
            comment.get_absolute_url(),
        )
        for comment in rows
    ]


def owed_changes(report: Report) -> list[Owed]:
    """Accepted comments and agreed amendments that no change in the text shows."""
    owed = []
    comments = report.comments.exclude(state=Comment.State.WITHDRAWN).complete()
    for comment in comments:
        if comment.state in Comment.UNSETTLED:
            text = _("Comment %(code)s of %(institution)s is not settled.")
        elif comment.owes_change:
            text = _(
                "Comment %(code)s of %(institution)s was accepted, but no change in the"
                " text shows it."
            )
        else:
            continue
        words = {"code": comment.code, "institution": comment.institution.code}
        who = comment.assigned_to.name if comment.assigned_to_id else str(RAPPORTEUR)
        owed.append(Owed(text % words, who, comment.get_absolute_url()))
    return owed + owed_amendments(report)


def owed_amendments(report: Report) -> list[Owed]:
    rows = Amendment.objects.filter(
        outcome__workshop__report=report, changes=None
    ).select_related("document")
    return [
        Owed(
            _("The agreed amendment “%s” has no change in the text.") % amendment,
            str(RAPPORTEUR),
            amendment.document.get_absolute_url(),
        )
        for amendment in rows
    ]


def owed_rule(report: Report) -> list[Owed]:
    """Who must sign is the committee's to say."""
    if report.committee.signoffrules.on(report.committee.today()):
        return []
    url = reverse("governance:sign-off-rule", args=[report.committee.slug])
    return [Owed(_("The committee has no sign-off rule."), str(CHAIR), url)]


def owed_resolutions(rows: QuerySet[Resolution]) -> list[Owed]:
    """What a workshop was asked to resolve, it has decided."""
    undecided = rows.filter(state__in=Resolution.UNDECIDED)
    return [
        Owed(_("%s is proposed and not decided.") % r, str(CHAIR), r.get_absolute_url())
        for r in undecided
    ]


def owed_sessions(report: Report) -> list[Owed]:
    """The session is over, so that the record which is printed is the whole record."""
    rows = report.workshops.filter(state=Workshop.State.IN_SESSION)
    return [
        Owed(
            _("The session of “%s” is not concluded.") % workshop,
            str(CHAIR),
            workshop.get_absolute_url(),
        )
        for workshop in rows
    ]


def owed_to_submit(report: Report, by: User | None = None) -> list[Owed]:
    """What keeps the amended text from the signatories.

    The rapporteur confirms the exact text first, and another person submits it.
    """
    owed = owed_to_circulate(report) + owed_changes(report) + owed_rule(report)
    owed += owed_resolutions(report.resolutions.all())
    page = report.get_absolute_url()
    confirmed = report.proposals.filter(
        act=Proposal.Act.SUBMIT, digest=report.text_digest()
    )
    if not confirmed.exists():
        owed.append(
            Owed(
                _(
                    "The rapporteur has not confirmed that the amendments are in this text."
                ),
                str(RAPPORTEUR),
                page,
            )
        )
    elif by is not None and not confirmed.exclude(made_by=by).exists():
        owed.append(
            Owed(
                _("Who confirmed the amendments does not submit the text too."),
                str(SECRETARIAT),
                page,
            )
        )
    return owed


def owed_to_release(report: Report, by: User | None = None) -> list[Owed]:
    """The PDF must be there, and the secretariat must have proposed it."""
    page = report.get_absolute_url()
    owed = owed_sessions(report)
    made = report.renderings.filter(edition=Rendering.Edition.PUBLIC, progress="done")
    if not any(rendering.is_intact() for rendering in made):
        owed.append(Owed(_("The PDF of the public edition is not there."), "", page))
    proposed = report.proposals.filter(act=Proposal.Act.RELEASE)
    if not proposed.exists():
        owed.append(
            Owed(
                _("The secretariat has not proposed the release."),
                str(SECRETARIAT),
                page,
            )
        )
    elif by is not None and not proposed.exclude(made_by=by).exists():
        owed.append(
            Owed(_("Who proposed the release does not release too."), str(CHAIR), page)
        )
    return owed


def owed_to_decide(report: Report) -> list[Owed]:
    """The workshop that decides must be in session."""
    if report.workshops.filter(state=Workshop.State.IN_SESSION).exists():
        return []
    url = reverse("governance:workshops", args=[report.committee.slug])
    return [Owed(_("No workshop on the report is in session."), str(CHAIR), url)]


def owed_for_next(report: Report) -> list[Owed]:
    """What is missing for the next step of a report, whoever takes it."""
    state = report.State
    checks = {
        state.DRAFTING: owed_to_circulate,
        state.CIRCULATED: owed_to_close_comments,
        state.CONSOLIDATING: owed_to_table,
        state.TABLED: owed_to_decide,
        state.AMENDING: owed_to_submit,
        state.VALIDATED: owed_to_release,
    }
    if report.state == state.SIGNING:
        return report.owed_for_validation()
    check = checks.get(state(report.state))
    return check(report) if check else []
