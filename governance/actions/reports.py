from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from governance.actions.renderings import GIVEN_UP_AFTER, given_up
from governance.models import Rendering
from governance.permissions import Permission, require
from governance.snapshot import digest
from governance.tasks import make_pdf

if TYPE_CHECKING:
    from governance.models import Report, User

logger = logging.getLogger(__name__)


@transaction.atomic
def request_rendering(report: Report, *, by: User) -> Rendering:
    """Ask for the PDF of the text as it stands: the same text is printed once.

    A rendering that failed, or whose worker died, is put in the queue again. Of a
    validated report only its two editions are printed, from what was frozen.
    """
    require(by, Permission.MAKE_DRAFT_PDF, report.committee)
    if report.is_validated:
        return print_again(report, by=by)
    content = report.to_snapshot()
    rendering, created = Rendering.objects.get_or_create(
        report=report,
        digest=digest(content),
        defaults={
            "committee": report.committee,
            "content": content,
            "requested_by": by,
        },
    )
    if created or requeue(rendering):
        rendering.record("PDF requested", by=by)
        transaction.on_commit(partial(make_pdf.enqueue, rendering.pk))
    return rendering


def print_again(report: Report, *, by: User) -> Rendering:
    """Queue the editions that were not made; answer with the one to look at."""
    editions = report.renderings.exclude(edition=Rendering.Edition.DRAFT)
    for rendering in editions:
        if requeue(rendering):
            rendering.record("PDF requested", by=by)
            transaction.on_commit(partial(make_pdf.enqueue, rendering.pk))
    return editions.get(edition=Rendering.Edition.PUBLIC)


def forgotten() -> Q:
    """What has waited so long that its task may be lost; begun twice, it is made once."""
    return Q(
        progress=Rendering.State.QUEUED,
        requested_at__lt=timezone.now() - GIVEN_UP_AFTER,
    )


@transaction.atomic
def begin_again() -> int:
    """Queue what a worker left unfinished when it died, and say how many these were.

    Not what failed: that tells its reference, and is asked for again by a person.
    """
    left = Rendering.objects.filter(given_up() | forgotten()).order_by("pk")
    again = [rendering.pk for rendering in left if requeue(rendering)]
    for pk in again:
        logger.warning("PDF of rendering %s is begun again", pk)
        transaction.on_commit(partial(make_pdf.enqueue, pk), robust=True)
    return len(again)


def requeue(rendering: Rendering) -> bool:
    """Let a failed or forgotten rendering wait again; False where there is no need."""
    again = Q(progress=Rendering.State.FAILED) | given_up() | forgotten()
    count = Rendering.objects.filter(again, pk=rendering.pk).update(
        progress=Rendering.State.QUEUED,
        requested_at=timezone.now(),
        started_at=None,
        finished_at=None,
        reference="",
    )
    if count:
        rendering.refresh_from_db()
    return bool(count)
