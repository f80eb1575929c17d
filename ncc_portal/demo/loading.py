"""Load a folder of seed files in the order in which one rests on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions import documents
from governance.models import Report
from ncc_portal.demo.advocacy import load_advocacy
from ncc_portal.demo.committee import begin
from ncc_portal.demo.institutions import load_institutions
from ncc_portal.demo.part_one import (
    load_direction,
    load_legal,
    load_structure,
    load_terms,
)
from ncc_portal.demo.people import load_people
from ncc_portal.demo.plans import load_activities, load_plan
from ncc_portal.demo.reading import SeedError, read_file
from ncc_portal.demo.reference import load_centres, load_frameworks
from ncc_portal.demo.seeding import located

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

NEEDED = ("committee", "institutions", "people")


def load_report(seeding: Seeding, file: Entry) -> None:
    """The report, dated the day of the demonstration and open to every role."""
    entry = file.entry("report")
    fields = seeding.values(entry, Report, "title subtitle")
    found = Report.objects.filter(committee=seeding.committee, **fields).first()
    if found:
        seeding.report = found
        return
    with located(entry):
        seeding.report = seeding.count(
            documents.open_report(
                seeding.committee, by=seeding.by, dated_on=seeding.as_of, **fields
            )
        )
        everybody: dict[str, Any] = dict.fromkeys(
            ("officials", "observers", "reviewers"), True
        )
        documents.share_report(seeding.report, by=seeding.by, **everybody)


STEPS: list[tuple[str, Callable[[Seeding, Entry], None]]] = [
    ("institutions", load_institutions),
    ("people", load_people),
    ("frameworks", load_frameworks),
    ("centres", load_centres),
    ("committee", load_report),
    ("legal", load_legal),
    ("direction", load_direction),
    ("terms", load_terms),
    ("structure", load_structure),
    ("plan", load_plan),
    ("activities", load_activities),
    ("advocacy", load_advocacy),
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


@transaction.atomic
def load(folder: Path, as_of: dt.date | None = None) -> Seeding:
    """Load what is not there yet of a folder, all or nothing."""
    files = read_folder(folder)
    seeding = begin(files, as_of)
    for name, load_file in STEPS:
        if name in files:
            load_file(seeding, files[name])
    return seeding
