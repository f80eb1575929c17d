"""The committee, its first person, and the day on which the demonstration stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from governance.actions import committees, institutions, people
from governance.errors import Refused
from governance.models import (
    Committee,
    CommitteeAlias,
    CommitteeLanguage,
    Institution,
    User,
)
from governance.permissions import Role
from ncc_portal.demo.fields import Register, day, values
from ncc_portal.demo.institutions import INSTITUTION, INSTITUTION_EXTRA
from ncc_portal.demo.located import located
from ncc_portal.demo.people import register_person
from ncc_portal.demo.seeding import Seeding
from ncc_portal.demo.stages import AS_OF, STAGES, until

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ncc_portal.demo.reading import Entry

COMMITTEE = (
    "name short_name slug country country_code established_year currency"
    " currency_symbol time_zone fiscal_year_starts colour"
)
ROWS = {
    "languages": (CommitteeLanguage, "code name prevails"),
    "aliases": (CommitteeAlias, "name"),
}


def begin(
    files: Mapping[str, Entry], as_of: dt.date | None, stage: str | None
) -> Seeding:
    """Find or establish the committee that is told of until a stage, or a day.

    Without either the story is told to its end; a committee that is further stays so.
    """
    entry = files["committee"]
    extra = "first_day report " + " ".join(ROWS)
    fields = values(entry, Committee, COMMITTEE, Register(), extra=extra)
    rows = {
        name: [values(row, model, names, Register()) for row in entry.entries(name)]
        for name, (model, names) in ROWS.items()
    }
    committee = Committee.objects.filter(slug=fields["slug"]).first()
    before = standing(committee, entry) if committee else AS_OF
    as_of = STAGES[stage][0] if stage else as_of or max(before, AS_OF)
    first_day = day(entry, "first_day")
    if as_of < first_day:
        raise Refused(
            _("The demonstration begins on %s; choose no day before it.") % first_day
        )
    if committee and as_of < before:
        raise Refused(
            _("What is loaded stands at %s; choose no day before it.") % before
        )
    if committee:
        require_this_telling(committee, first_day)
        end = until(stage, as_of, committee.zone)
        return Seeding(committee, first_person(files), first_day, as_of, end)
    with located(entry):
        committee = committees.establish(**fields, **rows, demonstration_today=as_of)
    end, by = until(stage, as_of, committee.zone), bootstrap(files, committee)
    seeding = Seeding(committee, by, first_day, as_of, end)
    seeding.count(committee)
    return seeding


def standing(committee: Committee, entry: Entry) -> dt.date:
    """The day at which a demonstration stands; nothing of it can be taken back."""
    if committee.demonstration_today is None:
        problem = _("“%s” is there already, and is no demonstration.") % committee
        raise entry.mistake("slug", problem)
    return committee.demonstration_today


def require_this_telling(committee: Committee, first_day: dt.date) -> None:
    """Refuse to tell on what an earlier version of the portal began otherwise."""
    began = committee.seats.order_by("starts_on").first()
    if began and began.starts_on != first_day:
        raise Refused(
            _(
                "“%s” was loaded by an earlier version of the portal, which told less:"
                " load it into an empty database."
            )
            % committee
        )


def first_person(files: Mapping[str, Entry]) -> User:
    entry = files["people"].entry("first")
    username = entry.text("username")
    user = User.objects.filter(username=username).first()
    if user is None:
        raise entry.mistake("username", _("“%s” is not there any more.") % username)
    return user


def bootstrap(files: Mapping[str, Entry], committee: Committee) -> User:
    """From the server: the institution of the secretariat and its first person."""
    entry = files["people"].entry("first")
    host = host_institution(files, committee, entry)
    name = f"{entry.text('office')}, {host.name}"
    user = register_person(committee, entry, entry.text("username"), name, by=None)
    with located(entry):
        people.give_role(
            user,
            committee,
            Role.SECRETARIAT,
            starts_on=day(entry, "starts_on"),
            institution=host,
            by=None,
        )
    return user


def host_institution(
    files: Mapping[str, Entry], committee: Committee, entry: Entry
) -> Institution:
    code = entry.text("institution")
    rows = files["institutions"].entries("institutions")
    own = next((row for row in rows if row.get("code") == code), None)
    if own is None:
        problem = _("there is no institution “%s”.") % code
        raise entry.mistake("institution", problem, code)
    fields: dict[str, Any] = values(
        own, Institution, INSTITUTION, Register(), extra=INSTITUTION_EXTRA
    )
    with located(own):
        return institutions.add_institution(committee, by=None, **fields)
