"""The resolutions as they were tabled and adopted, each with its actions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from governance.actions import adoption, resolutions
from governance.models import FollowUp, Institution, Resolution
from ncc_portal.demo.fields import whole
from ncc_portal.demo.story.workshop import the_workshop

if TYPE_CHECKING:
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

RESOLUTION = (
    "verb text lead lead_as support_as deliverable due_on means_of_verification"
    " linked_to"
)
FOLLOW_UP = "number phase title lead lead_as starts_on due_on deliverable"


def load_resolutions(seeding: Seeding, file: Entry) -> None:
    file.known({"proposed", "adopted", "resolutions"})
    proposed, adopted = file.entry("proposed"), file.entry("adopted")
    for entry in file.entries("resolutions"):
        extra = "serial support rests_on comment actions"
        fields = seeding.values(entry, Resolution, RESOLUTION, extra=extra)
        seeding.at(proposed, partial(propose, seeding, proposed, entry, fields))
        seeding.at(adopted, partial(adopt, seeding, adopted, entry))


def resolution_of(seeding: Seeding, entry: Entry) -> Resolution | None:
    found: Resolution | None = seeding.report.resolutions.filter(
        serial=whole(entry, "serial")
    ).first()
    return found


def propose(
    seeding: Seeding, proposed: Entry, entry: Entry, fields: dict[str, Any]
) -> None:
    if resolution_of(seeding, entry):
        return
    by = seeding.person(proposed)
    find = seeding.register.find
    support = [
        find(entry, "support", Institution, code) for code in entry.texts("support")
    ]
    if "rests_on" in entry:
        fields |= {"provision_uid": seeding.uid_of(entry.text("rests_on"))}
    if "comment" in entry:
        number = whole(entry, "comment")
        fields |= {"comment": seeding.report.comments.get(number=number)}
    resolution = resolutions.propose(
        the_workshop(seeding, entry),
        by=by,
        support=support,
        serial=whole(entry, "serial"),
        **fields,
    )
    rows = [
        seeding.values(action, FollowUp, FOLLOW_UP)
        for action in entry.entries("actions")
    ]
    resolutions.set_follow_ups(resolution, rows, by=by)
    seeding.count(resolution)


def adopt(seeding: Seeding, adopted: Entry, entry: Entry) -> None:
    resolution = resolution_of(seeding, entry)
    if resolution is None or not resolution.is_open:
        return
    by = seeding.person(adopted)
    mode = Resolution.Mode.CONSENSUS
    for action in adoption.adopt(resolution, mode=mode, by=by).actions.all():
        seeding.count(action)
