"""Load a folder of seed files in the order in which one rests on the other."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from governance import clock
from governance.actions import documents
from governance.models import Report
from ncc_portal.demo.advocacy import load_advocacy
from ncc_portal.demo.assignments import load_assignments
from ncc_portal.demo.committee import begin
from ncc_portal.demo.fields import day
from ncc_portal.demo.institutions import load_institutions
from ncc_portal.demo.located import located
from ncc_portal.demo.part_one import (
    load_direction,
    load_legal,
    load_structure,
    load_terms,
)
from ncc_portal.demo.people import load_people
from ncc_portal.demo.plans import load_activities, load_plan
from ncc_portal.demo.reading import Entry, SeedError, read_file
from ncc_portal.demo.reference import load_centres, load_frameworks
from ncc_portal.demo.story.attendance import load_attendance
from ncc_portal.demo.story.comments import load_comments
from ncc_portal.demo.story.resolutions import load_resolutions
from ncc_portal.demo.story.roadmap import load_roadmap
from ncc_portal.demo.story.signoff import load_signoff
from ncc_portal.demo.story.versions import load_versions
from ncc_portal.demo.story.workshop import load_workshop
from ncc_portal.demo.telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ncc_portal.demo.seeding import Seeding

NEEDED = ("committee", "institutions", "people")


def load_report(seeding: Seeding, file: Entry) -> None:
    """The report, dated the day of the demonstration or its own, open to every role."""
    entry = file.entry("report")
    fields = seeding.values(entry, Report, "title subtitle", extra="dated_on")
    dated_on = day(entry, "dated_on") if "dated_on" in entry else seeding.as_of
    found = Report.objects.filter(committee=seeding.committee, **fields).first()
    if found:
        seeding.report = found
        return
    with located(entry):
        seeding.report = seeding.count(
            documents.open_report(
                seeding.committee, by=seeding.by, dated_on=dated_on, **fields
            )
        )
        everybody: dict[str, Any] = dict.fromkeys(
            ("officials", "observers", "reviewers"), True
        )
        documents.share_report(seeding.report, by=seeding.by, **everybody)


def load_before(seeding: Seeding, file: Entry) -> None:
    seeding.wordings.read(file)


STEPS: list[tuple[str, Callable[[Seeding, Entry], None]]] = [
    ("institutions", load_institutions),
    ("people", load_people),
    ("frameworks", load_frameworks),
    ("centres", load_centres),
    ("committee", load_report),
    ("before", load_before),
    ("legal", load_legal),
    ("direction", load_direction),
    ("terms", load_terms),
    ("structure", load_structure),
    ("plan", load_plan),
    ("activities", load_activities),
    ("advocacy", load_advocacy),
    ("assignments", load_assignments),
    ("versions", load_versions),
    ("comments", load_comments),
    ("workshop", load_workshop),
    ("attendance", load_attendance),
    ("resolutions", load_resolutions),
    ("roadmap", load_roadmap),
    ("signoff", load_signoff),
]


def read_folder(folder: Path) -> dict[str, Entry]:
    """Every seed file of a folder, read before anything is written."""
    files = {path.stem: read_file(path) for path in sorted(folder.glob("*.yaml"))}
    known = [name for name, _load in STEPS]
    for name in files:
        if name not in known:
            problem = _("it is none of the files that are read: %s.")
            raise SeedError(f"{name}.yaml", 1, "", problem % ", ".join(known))
    for name in NEEDED:
        if name not in files:
            problem = _("there is no such file in %s.") % folder
            raise SeedError(f"{name}.yaml", 1, "", problem)
    return files


def written_on(files: Mapping[str, Entry]) -> AbstractContextManager[None]:
    """The morning on which the report was written, where its folder says so."""
    committee = files["committee"]
    report = committee.get("report")
    if not isinstance(report, Entry) or "dated_on" not in report:
        return nullcontext()
    morning = dt.datetime.combine(day(report, "dated_on"), dt.time(9))
    zone = ZoneInfo(committee.text("time_zone"))
    return clock.standing_at(morning.replace(tzinfo=zone))


@transaction.atomic
def load(
    folder: Path,
    as_of: dt.date | None = None,
    *,
    stage: str | None = None,
    release: bool = True,
) -> Seeding:
    """Load what is not there yet of a folder, all or nothing, until a day or stage.

    The story stops before the release of a report, which needs the PDFs: `finish`
    goes on from there. Without `release` it is told to its end, and nothing released.
    """
    files = read_folder(folder)
    with written_on(files):
        seeding = begin(files, as_of, stage)
        for name, load_file in STEPS:
            if name in files:
                load_file(seeding, files[name])
    if not release:
        seeding.acts = [act for act in seeding.acts if not act.after_print]
    tell(seeding)
    return seeding
