"""After the validation: the two editions, and the release to the public."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from governance import gate
from governance.actions.circulation import refuse_while
from governance.actions.messages import people_with, tell
from governance.actions.revising import locked
from governance.errors import Refused
from governance.flow import move
from governance.models import Proposal, Rendering, Report
from governance.permissions import Permission, require
from governance.proceedings import proceedings
from governance.snapshot import digest
from governance.tasks import make_pdf

if TYPE_CHECKING:
    from governance.models import User, Validation

EDITIONS = (Rendering.Edition.PUBLIC, Rendering.Edition.INTERNAL)


def print_editions(report: Report, validation: Validation) -> list[Rendering]:
    """Freeze what the two editions print, and queue their PDFs."""
    rows = []
    for edition in EDITIONS:
        content = validation.version.printed(
            print_edition=edition.value,
            proceedings=proceedings(
                report, validation, internal=edition == Rendering.Edition.INTERNAL
            ),
        )
        rendering = Rendering.objects.create(
            committee=report.committee,
            report=report,
            edition=edition,
            content=content,
            digest=digest(content),
        )
        transaction.on_commit(partial(make_pdf.enqueue, rendering.pk), robust=True)
        rows.append(rendering)
    return rows


@transaction.atomic
def propose_release(report: Report, *, by: User) -> Proposal:
    """The secretariat proposes to make the validated report public."""
    report = locked(report)
    require(by, Permission.PROPOSE_RELEASE, report.committee)
    if report.state != Report.State.VALIDATED:
        raise Refused(_("The report is at “%s”.") % report.get_state_display())
    text = report.validation.version.digest
    if report.proposals.filter(act=Proposal.Act.RELEASE).exists():
        raise Refused(_("The release was proposed already."))
    proposal = Proposal(
        committee=report.committee,
        report=report,
        act=Proposal.Act.RELEASE,
        digest=text,
        made_at=report.committee.now(),
        made_by=by,
    )
    proposal.save()
    report.record("release proposed", by=by)
    return proposal


@transaction.atomic
def release(report: Report, *, by: User) -> None:
    """Open the public page; the edition before it is replaced."""
    report = locked(report)
    require(by, Permission.RELEASE, report.committee)
    if report.state == Report.State.VALIDATED:
        refuse_while(
            gate.owed_to_release(report, by), _("The report cannot be released yet.")
        )
    move(report, "release", by=by, released_at=report.committee.now())
    earlier = report.committee.reports.filter(
        edition__lt=report.edition, state=Report.State.RELEASED
    )
    for edition in earlier:
        move(edition, "supersede", by=None)
    tell(
        report.committee,
        people_with(report.committee, Permission.READ_COMMITTEE),
        "released",
        f"report {report.pk} released",
        _("Released: %s") % report.title,
        report=report,
    )
