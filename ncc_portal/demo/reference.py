"""Frameworks and laws, and the three centres with what is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import centres, frameworks
from governance.actions.common import add_common_centres, add_common_frameworks
from governance.models import Centre, CentreRequest, Framework, FrameworkItem
from ncc_portal.demo.fields import choice, day
from ncc_portal.demo.located import located

if TYPE_CHECKING:
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

FRAMEWORK = "code short_name title kind version note measured valid_from valid_to"


def load_frameworks(seeding: Seeding, file: Entry) -> None:
    """The committee's own, beside those common to all."""
    file.known({"frameworks"})
    for framework in add_common_frameworks():
        seeding.count(framework)
    for entry in file.entries("frameworks"):
        load_framework(seeding, entry)
    items = FrameworkItem.objects.select_related("framework")
    ours = Q(framework__committee=None) | Q(framework__committee=seeding.committee)
    for item in items.filter(ours):
        seeding.register.add(item, str(item))


def load_framework(seeding: Seeding, entry: Entry) -> None:
    fields = seeding.values(entry, Framework, FRAMEWORK, extra="items")
    committee, by = seeding.committee, seeding.by
    same = {name: fields[name] for name in ("code", "version")}
    if committee.frameworks.filter(**same).exists():
        return
    items = [
        seeding.values(item, FrameworkItem, "code title")
        for item in entry.entries("items")
    ]
    with located(entry):
        seeding.count(frameworks.add_framework(committee, items=items, by=by, **fields))


def load_centres(seeding: Seeding, file: Entry) -> None:
    """What is asked of each of the centres, which are common to all committees."""
    file.known({"centres"})
    for centre in add_common_centres():
        seeding.count(centre)
    for centre in Centre.objects.all():
        seeding.register.add(centre, centre.code)
    for entry in file.entries("centres"):
        entry.known({"code", "requests"})
        code = entry.text("code")
        known = Centre.objects.filter(code=code).first()
        if known is None:
            raise entry.mistake("code", _("there is no centre “%s”.") % code)
        for request in entry.entries("requests"):
            load_request(seeding, request, known)


def load_request(seeding: Seeding, entry: Entry, centre: Centre) -> None:
    names = "purpose lead support needed_by"
    fields = seeding.values(entry, CentreRequest, names, extra="steps")
    own = CentreRequest.objects.filter(committee=seeding.committee, centre=centre)
    request = own.filter(lead=fields["lead"]).first()
    if request is None:
        with located(entry):
            request = seeding.count(
                centres.plan_request(
                    seeding.committee, centre=centre, by=seeding.by, **fields
                )
            )
    for number, step in enumerate(entry.entries("steps"), start=1):
        load_request_step(seeding, step, request, number)


def load_request_step(
    seeding: Seeding, entry: Entry, request: CentreRequest, number: int
) -> None:
    """What came of a request, told on its day."""
    entry.known({"on", "move", "reference", "note"})
    moves = CentreRequest.flow.moves
    move = choice(entry, "move", moves, entry.text("move"))
    words: dict[str, Any] = {
        name: str(entry.get(name, "")) for name in ("reference", "note")
    }

    def act() -> None:
        if request.steps.count() < number:
            seeding.count(centres.record_step(request, move, by=seeding.by, **words))

    seeding.later(day(entry, "on"), entry, act)
