"""Making a PDF in the background: claim, print apart, keep."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.files import store
from governance.models import Rendering
from governance.pdf import render_pdf_apart

if TYPE_CHECKING:
    from governance.pdf import Printed

logger = logging.getLogger(__name__)

# A worker that has not finished by then has died; the next may begin again.
GIVEN_UP_AFTER = dt.timedelta(minutes=10)


def given_up() -> Q:
    return Q(
        progress=Rendering.State.RENDERING,
        started_at__lt=timezone.now() - GIVEN_UP_AFTER,
    )


def claim(pk: int) -> Rendering | None:
    """Take a waiting rendering; of two workers one gets it, the other None."""
    waiting = Q(progress=Rendering.State.QUEUED) | given_up()
    taken = Rendering.objects.filter(waiting, pk=pk).update(
        progress=Rendering.State.RENDERING, started_at=timezone.now()
    )
    if not taken:
        return None
    return Rendering.objects.select_related("report", "committee").get(pk=pk)


def make_pdf(pk: int) -> None:
    """Print the content of a rendering and keep the file; say so in the row."""
    rendering = claim(pk)
    if rendering is None:
        return
    try:
        printed = render_pdf_apart(rendering.content)
        folder = "drafts" if rendering.edition == rendering.Edition.DRAFT else "reports"
        name = store(
            f"{folder}/{rendering.digest[:16]}-{rendering.pk}.pdf", printed.data
        )
    except Exception:  # whatever it was, the person is told what to do
        reference = secrets.token_hex(4)
        logger.exception("PDF %s: rendering %s failed", reference, pk)
        fail(rendering, reference)
    else:
        finish(rendering, name, printed)


@transaction.atomic
def finish(rendering: Rendering, name: str, printed: Printed) -> None:
    checksum = hashlib.sha256(printed.data).hexdigest()
    Rendering.objects.filter(pk=rendering.pk).update(
        progress=Rendering.State.DONE,
        finished_at=timezone.now(),
        file=name,
        sha256=checksum,
        pages=printed.pages,
        reference="",
    )
    note = _("%(pages)s pages, SHA-256 %(checksum)s") % {
        "pages": printed.pages,
        "checksum": checksum,
    }
    rendering.record("PDF made", by=None, note=note)


@transaction.atomic
def fail(rendering: Rendering, reference: str) -> None:
    """Tell the person a reference under which the log has the error."""
    Rendering.objects.filter(pk=rendering.pk).update(
        progress=Rendering.State.FAILED,
        finished_at=timezone.now(),
        reference=reference,
    )
    rendering.record("PDF failed", by=None, note=reference)
