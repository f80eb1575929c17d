"""A new edition has the text of the one before, and rows of its own."""

import pytest

from governance.actions import editing
from governance.actions.editions import as_in, start_edition
from governance.diff import compare, count, differing
from governance.errors import Refused
from governance.models import Report, User
from tests import world as worlds

pytestmark = pytest.mark.django_db


def test_the_new_edition_says_the_same_with_uids_of_its_own():
    world = worlds.at_stage("validated")

    with world.on("2022-06-01"):
        following = start_edition(world.report, by=world.person("secretary"))

    before = world.report.validation.version.content
    assert (following.edition, following.state, following.reference) == (
        2,
        "drafting",
        "BW-NCC-2022-002",
    )
    assert count(as_in(following, before), following.to_text()) == 0
    uids = {str(b.uid) for b in world.document.bodies.all()}
    assert uids.isdisjoint(
        str(b.uid) for d in following.chapters() for b in d.bodies.all()
    )


def test_an_edit_of_the_new_edition_leaves_the_old_one_as_it_is():
    world = worlds.at_stage("validated")
    following = start_edition(world.report, by=world.person("secretary"))
    [document] = following.chapters()
    body = document.bodies.get(name="Plenary")

    editing.edit_provision(
        body, base=0, by=world.person("rapporteur"), mandate="Another task."
    )

    before = as_in(following, world.report.validation.version.content)
    [change] = differing(compare(before, following.to_text()))
    assert (change.label, change.kind) == ("1 Plenary", "changed")
    assert world.report.text_digest() == world.report.validation.version.digest


@pytest.mark.parametrize("stage", ["drafting", "signing"])
def test_a_new_edition_starts_from_a_validated_one(stage):
    world = worlds.at_stage(stage)

    with pytest.raises(Refused):
        start_edition(world.report, by=world.person("secretary"))

    assert world.committee.reports.count() == 1


def test_a_second_new_edition_is_refused():
    world = worlds.at_stage("validated")
    start_edition(world.report, by=world.person("secretary"))

    with pytest.raises(Refused, match="newer edition"):
        start_edition(world.report, by=world.person("secretary"))


def test_lesotho_is_copied_whole(lesotho):
    report = Report.objects.get(committee__slug="lesotho")
    following = start_edition(
        report, by=User.objects.get(username="secretariat.officer")
    )

    working = as_in(following, report.to_text())
    assert count(working, following.to_text()) == 0
    assert [d.problems() for d in following.chapters()] == [[]] * 7
