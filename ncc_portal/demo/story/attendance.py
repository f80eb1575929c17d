"""Who came to the workshop, by office and group, and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from governance.actions import attendance
from governance.models import AttendanceEvent, Institution, Participant, User
from ncc_portal.demo.fields import moment
from ncc_portal.demo.story.workshop import the_workshop
from ncc_portal.demo.telling import Act

if TYPE_CHECKING:
    import datetime as dt

    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

PARTICIPANT = "office sex mode is_alternate designation"
EXTRA = "user came"


def load_attendance(seeding: Seeding, file: Entry) -> None:
    file.known({"by", "came", "groups", "apologies"})
    for group in file.entries("groups"):
        group.known({"group", "institutions"})
        for institution in group.entries("institutions"):
            institution.known({"code", "people"})
            for entry in institution.entries("people"):
                load_participant(seeding, file, group, institution, entry)
    for entry in file.entries("apologies"):
        entry.known({"at", "institution", "note"})
        seeding.at(entry, partial(apologise, seeding, file, entry))


def load_participant(
    seeding: Seeding, file: Entry, group: Entry, institution: Entry, entry: Entry
) -> None:
    """A person by office, who comes at the usual times or at `came`."""
    fields = seeding.values(entry, Participant, PARTICIPANT, extra=EXTRA)
    code = institution.text("code")
    of = seeding.register.find(institution, "code", Institution, code)
    fields |= {
        "group": str(group.text("group")),
        "name": f"{fields['office']}, {of.name}",
    }
    times = entry if "came" in entry else file
    for value in times.texts("came"):
        once = times.with_text("at", value)
        at = moment(once, "at").replace(tzinfo=seeding.committee.zone)
        come = partial(arrive, seeding, file, entry, of, fields, at)
        seeding.acts.append(Act(at, entry, come))


def arrive(
    seeding: Seeding,
    file: Entry,
    entry: Entry,
    of: Institution,
    fields: dict[str, Any],
    at: dt.datetime,
) -> None:
    workshop, by = the_workshop(seeding, entry), seeding.person(file)
    person = workshop.participants.filter(name=fields["name"]).first()
    if person is None:
        user: User | None = seeding.person(entry, "user") if "user" in entry else None
        person = seeding.count(
            attendance.register(workshop, of, user=user, by=by, **fields)
        )
    if not person.entries.filter(at=at).exists():
        person.workshop = workshop
        seeding.count(attendance.arrive(person, by=by, at=at))


def apologise(seeding: Seeding, file: Entry, entry: Entry) -> None:
    workshop = the_workshop(seeding, entry)
    code = entry.text("institution")
    of = seeding.register.find(entry, "institution", Institution, code)
    given = workshop.attendance.filter(
        institution=of, kind=AttendanceEvent.Kind.APOLOGY
    )
    if not given.exists():
        by, note = seeding.person(file), str(entry.get("note", ""))
        seeding.count(attendance.apologise(workshop, of, by=by, note=note))
