"""What a person can do with a report at its stage, as the report's page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import gate
from governance.actions import editions
from governance.diff import count
from governance.matrix import ROMAN
from governance.models import Comment, PartOutcome, Proposal, Rendering, Report
from governance.permissions import Permission, can

if TYPE_CHECKING:
    from governance.models import User

S = Report.State
P = Permission


@dataclass(frozen=True)
class Step:
    """A button: the page it leads to; `post` where it is done at once."""

    name: str
    label: Any
    state: str
    permission: P
    post: bool = False


STEPS = [
    Step("circulate", _("Circulate for comment"), S.DRAFTING, P.CIRCULATE),
    Step("close-comments", _("Close comments"), S.CIRCULATED, P.CLOSE_COMMENTS),
    Step("table", _("Table the report"), S.CONSOLIDATING, P.TABLE),
    Step(
        "confirm-amendments",
        _("Confirm the amendments"),
        S.AMENDING,
        P.CONFIRM_AMENDMENTS,
    ),
    Step("submit", _("Submit for signature"), S.AMENDING, P.SUBMIT_FOR_SIGNATURE),
    Step("withdraw", _("Withdraw from signature"), S.SIGNING, P.SUBMIT_FOR_SIGNATURE),
    Step(
        "propose-release",
        _("Propose the release"),
        S.VALIDATED,
        P.PROPOSE_RELEASE,
        post=True,
    ),
    Step("release", _("Release to the public"), S.VALIDATED, P.RELEASE),
]


def steps_for(user: User, report: Report) -> list[dict[str, Any]]:
    """The steps open to a person now, with their addresses."""
    proposed = report.proposals.filter(act=Proposal.Act.RELEASE).exists()
    return [
        {
            "label": step.label,
            "url": reverse(f"governance:report-{step.name}", args=[report.pk]),
            "post": step.post,
        }
        for step in STEPS
        if step.state == report.state
        and can(user, step.permission, report.committee)
        and not (step.name == "propose-release" and proposed)
    ]


def returned_parts(report: Report) -> list[dict[str, Any]]:
    """What the last workshop sent back, while the text is being written again."""
    if report.state != S.DRAFTING:
        return []
    workshop = report.workshops.filter(outcomes__isnull=False).order_by("-pk").first()
    if workshop is None:
        return []
    rows = workshop.outcomes.filter(outcome=PartOutcome.Outcome.RETURNED)
    return [{"numeral": ROMAN[row.part], "row": row} for row in rows.order_by("part")]


def stage_context(user: User, report: Report) -> dict[str, Any]:
    """Steps, what is owed, counts and editions: what the page of a report shows."""
    committee = report.committee
    works = can(user, P.READ_WORKING_DRAFT, committee)
    editions = Rendering.objects.visible_to(user).filter(report=report)
    return {
        "steps": steps_for(user, report),
        "owed": gate.owed_for_next(report) if works else [],
        "returned": returned_parts(report) if works else [],
        "unanswered": report.comments.filter(state__in=Comment.OPEN).count(),
        "comment_count": report.comments.count(),
        "reads_comments": can(user, P.READ_COMMENTS, committee),
        "unmade": editions.filter(progress="failed").exclude(edition="draft").exists(),
        "editions": editions.exclude(edition="draft").defer("content"),
        "works": works,
        "others": Report.objects.visible_to(user)
        .filter(committee=committee)
        .exclude(pk=report.pk),
        "differences": differences(report) if works and report.is_editable else None,
        "may_start": report.is_validated
        and can(user, P.EDIT_DOCUMENTS, committee)
        and not committee.reports.filter(edition__gt=report.edition).exists(),
    }


def differences(report: Report) -> dict[str, Any] | None:
    """In how many places the text differs from the validated edition before."""
    before = editions.edition_before(report)
    if before is None:
        return None
    text = editions.as_in(report, before.validation.version.content)
    return {"edition": before, "count": count(text, report.to_text())}
