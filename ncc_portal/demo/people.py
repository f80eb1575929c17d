"""The people of a committee, as offices: their sign-ins, roles and letters."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from governance.actions import institutions, people
from governance.models import (
    Institution,
    Office,
    OfficeHolding,
    RoleAssignment,
    Seat,
    User,
)
from governance.permissions import Role
from ncc_portal.demo.fields import choice
from ncc_portal.demo.located import located

if TYPE_CHECKING:
    from governance.models import Committee
    from ncc_portal.demo.reading import Entry, Scalar
    from ncc_portal.demo.seeding import Seeding

PASSWORD = "Maseru-2021-demo"  # noqa: S105 -- everybody's, and the command prints it
PERSON = {"username", "name", "institution", "office", "roles"}
MEMBER = {"username", "office", "roles", "capacity", "designation"}


@functools.cache
def encoded() -> str:
    """The password, hashed once for all: one hash takes a tenth of a second."""
    return make_password(PASSWORD)


def load_people(seeding: Seeding, file: Entry) -> None:
    file.known({"first", "people", "members"})
    file.entry("first").known(PERSON | {"starts_on"})
    load_person(seeding, file.entry("first"))
    for entry in file.entries("people"):
        entry.known(PERSON)
        load_person(seeding, entry)
    seats = Seat.objects.filter(committee=seeding.committee, is_voting=True)
    for entry in file.entries("members"):
        entry.known(MEMBER)
        for seat in seats.select_related("institution"):
            load_person(seeding, entry, seat.institution)


def load_person(
    seeding: Seeding, entry: Entry, member: Institution | None = None
) -> None:
    """A sign-in, its roles and its office; an entry of `members` is read for each."""
    of, username = member, str(entry.text("username"))
    if member:
        username = username.replace("CODE", member.code.lower())
    elif "institution" in entry:
        code = entry.text("institution")
        of = seeding.register.find(entry, "institution", Institution, code)
    seeding.once(entry, "username", f"person {username}", username)
    user = User.objects.filter(username=username).first()
    if user is None:
        name = f"{entry.text('office')}, {of.name}" if of else entry.text("name")
        user = register_person(seeding.committee, entry, username, name, by=seeding.by)
        seeding.count(user)
    for role in entry.texts("roles"):
        load_role(seeding, entry, user, role, of)
    if of:
        load_office(seeding, entry, user, of)


def register_person(
    committee: Committee, entry: Entry, username: str, name: str, *, by: User | None
) -> User:
    with located(entry):
        return people.register(
            committee, username=username, name=name, encoded=encoded(), by=by
        )


def load_role(
    seeding: Seeding, entry: Entry, user: User, code: Scalar, of: Institution | None
) -> None:
    role = Role(choice(entry, "roles", Role.values, code))
    held = RoleAssignment.objects.filter(committee=seeding.committee, user=user)
    if held.filter(role=role).exists():
        return
    with located(entry):
        people.give_role(
            user,
            seeding.committee,
            role,
            starts_on=seeding.first_day,
            institution=of,
            by=seeding.by,
        )


def load_office(seeding: Seeding, entry: Entry, user: User, of: Institution) -> None:
    """The office and who holds it; an alternate's letter is its `designation`."""
    title = str(entry.text("office"))
    office = Office.objects.filter(institution=of, title=title).first()
    if office is None:
        with located(entry):
            office = institutions.add_office(of, title, by=seeding.by)
        seeding.count(office)
    if OfficeHolding.objects.filter(office=office, user=user).exists():
        return
    kinds, held_as = OfficeHolding.Capacity, OfficeHolding.Capacity.OFFICE_HOLDER
    if "capacity" in entry:
        held_as = kinds(choice(entry, "capacity", kinds.values, entry.text("capacity")))
    with located(entry):
        institutions.appoint(
            office,
            user,
            by=seeding.by,
            capacity=held_as,
            designation=str(entry.get("designation", "")).replace("CODE", of.code),
            starts_on=seeding.first_day,
        )
