"""A demonstration is told in time: what happened, each at its moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from governance import clock
from governance.actions import committees, renderings
from governance.actions.reports import requeue
from governance.models import Rendering
from ncc_portal.demo.located import located

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from governance.models import Report
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding


@dataclass(frozen=True)
class Act:
    """Something that happened at a moment; done a second time, it does nothing.

    What is `after_print` waits for the PDFs, which are made outside a transaction.
    """

    at: dt.datetime
    entry: Entry
    do: Callable[[], object]
    after_print: bool = False


def tell(seeding: Seeding, *, printed: bool = False) -> None:
    """Do what has come by `seeding.until`, in order; stop where the PDFs are needed."""
    acts = sorted(seeding.acts, key=lambda act: act.at)
    while acts and acts[0].at <= seeding.until:
        act = acts[0]
        if act.after_print and not printed and not is_printed(seeding.report):
            break
        with clock.standing_at(act.at), located(act.entry):
            act.do()
        acts.pop(0)
    seeding.acts = acts
    if not seeding.waits_for_print:
        set_clock(seeding)


def set_clock(seeding: Seeding) -> None:
    """Let the committee's pages stand at the last day that was told."""
    committee, as_of = seeding.committee, seeding.as_of
    if committee.demonstration_today != as_of:
        with clock.standing_at(seeding.until):
            committees.set_clock(committee, as_of, by=seeding.by)


def editions(report: Report) -> list[Rendering]:
    return list(report.renderings.exclude(edition=Rendering.Edition.DRAFT))


def is_printed(report: Report) -> bool:
    """Whether the PDFs of a validated report are there; no report is printed before."""
    found = editions(report)
    return bool(found) and all(rendering.is_intact() for rendering in found)


def finish(seeding: Seeding) -> None:
    """Make the PDFs that the rest of the story waits for, and tell it."""
    if not seeding.waits_for_print:
        return
    for rendering in editions(seeding.report):
        requeue(rendering)
        renderings.make_pdf(rendering.pk)
    with transaction.atomic():
        tell(seeding, printed=True)
