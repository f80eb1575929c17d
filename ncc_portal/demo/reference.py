"""Frameworks and laws, and the three centres with what is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.actions import frameworks
from governance.models import (
    Centre,
    CentreRequest,
    CentreService,
    Framework,
    FrameworkItem,
)
from ncc_portal.demo.fields import YES_NO, choice
from ncc_portal.demo.seeding import located

if TYPE_CHECKING:
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

FRAMEWORK = "code short_name title kind version note measured valid_from valid_to"
CENTRE = "code name other_names seat established description note"


def load_frameworks(seeding: Seeding, file: Entry) -> None:
    file.known({"frameworks"})
    for entry in file.entries("frameworks"):
        framework = load_framework(seeding, entry)
        for item in framework.items.select_related("framework"):
            seeding.register.add(item, str(item))


def load_framework(seeding: Seeding, entry: Entry) -> Framework:
    """A framework of the committee's own, or, with `common: yes`, of everybody's."""
    fields = seeding.values(entry, Framework, FRAMEWORK, extra="common items")
    common = (
        "common" in entry
        and YES_NO[choice(entry, "common", YES_NO, entry.text("common"))]
    )
    committee = None if common else seeding.committee
    found = Framework.objects.filter(
        committee=committee, code=fields["code"], version=fields["version"]
    ).first()
    if found:
        return found
    items = [
        seeding.values(item, FrameworkItem, "code title")
        for item in entry.entries("items")
    ]
    with located(entry):
        return seeding.count(
            frameworks.add_framework(
                committee, items=items, by=seeding.by if committee else None, **fields
            )
        )


def load_centres(seeding: Seeding, file: Entry) -> None:
    file.known({"centres"})
    for entry in file.entries("centres"):
        centre = load_centre(seeding, entry)
        seeding.register.add(centre, centre.code)
        for request in entry.entries("requests"):
            load_request(seeding, request, centre)


def load_centre(seeding: Seeding, entry: Entry) -> Centre:
    fields = seeding.values(entry, Centre, CENTRE, extra="services requests")
    found = Centre.objects.filter(code=fields["code"]).first()
    if found:
        return found
    services = [
        seeding.values(service, CentreService, "name")
        for service in entry.entries("services")
    ]
    with located(entry):
        return seeding.count(frameworks.add_centre(services=services, **fields))


def load_request(seeding: Seeding, entry: Entry, centre: Centre) -> None:
    fields = seeding.values(entry, CentreRequest, "purpose lead support needed_by")
    own = CentreRequest.objects.filter(committee=seeding.committee, centre=centre)
    if own.filter(lead=fields["lead"]).exists():
        return
    with located(entry):
        seeding.count(
            frameworks.plan_request(
                seeding.committee, centre=centre, by=seeding.by, **fields
            )
        )
