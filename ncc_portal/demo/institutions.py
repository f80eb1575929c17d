"""The institutions, their seats from the first day, and what continues them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.actions import institutions
from governance.models import Institution, Seat
from ncc_portal.demo.fields import day
from ncc_portal.demo.located import located

if TYPE_CHECKING:
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

INSTITUTION = "code name category valid_from"
INSTITUTION_EXTRA = "seat valid_to successor"
SEAT = "kind is_voting note"


def load_institutions(seeding: Seeding, file: Entry) -> None:
    file.known({"institutions"})
    for row in file.entries("institutions"):
        if row.get("valid_from"):
            load = partial(load_institution, seeding, row)
            seeding.later(day(row, "valid_from"), row, load, hour=8)
            continue
        institution = load_institution(seeding, row)
        if row.get("seat"):
            load_seat(seeding, row.entry("seat"), institution)
    for row in file.entries("institutions"):
        if row.get("successor"):
            after = day(row, "valid_to") + dt.timedelta(days=1)
            seeding.later(after, row, partial(continue_as, seeding, row))


def load_institution(seeding: Seeding, row: Entry) -> Institution:
    fields = seeding.values(row, Institution, INSTITUTION, extra=INSTITUTION_EXTRA)
    code = fields["code"]
    seeding.once(row, "code", f"institution {code}", code)
    of = Institution.objects.filter(committee=seeding.committee)
    institution = of.filter(code=code).first()
    if institution is None:
        with located(row):
            institution = seeding.count(
                institutions.add_institution(seeding.committee, by=seeding.by, **fields)
            )
    seeding.register.add(institution, institution.code)
    return institution


def load_seat(seeding: Seeding, entry: Entry, institution: Institution) -> None:
    fields = seeding.values(entry, Seat, SEAT)
    if institution.seats.filter(starts_on=seeding.first_day).exists():
        return
    with located(entry):
        seeding.count(
            institutions.seat(
                institution, by=seeding.by, starts_on=seeding.first_day, **fields
            )
        )


def continue_as(seeding: Seeding, row: Entry) -> None:
    """Let an institution end and be continued: told when its last day is over."""
    find, code = seeding.register.find, row.text("code")
    institution = find(row, "code", Institution, code)
    if institution.successor_id:
        return
    successor = find(row, "successor", Institution, row.text("successor"))
    last_day = day(row, "valid_to")
    institutions.continue_as(institution, successor, until=last_day, by=seeding.by)
    seeding.added[str(_("successions"))] += 1
