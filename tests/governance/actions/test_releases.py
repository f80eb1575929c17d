"""The two editions, and the release that takes two people."""

import pytest
from django.core.exceptions import PermissionDenied

from governance.actions import releases, renderings
from governance.errors import Refused
from governance.files import store
from governance.models import Rendering
from governance.pdf import Printed
from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.at_stage("validated")


def print_editions():
    for row in Rendering.objects.all():
        data = f"%PDF-1.7 {row.edition}".encode()
        renderings.finish(row, store(f"{row.pk}.pdf", data), Printed(data, 1))


def propose(world, by="secretary"):
    with world.on("2022-03-02"):
        return releases.propose_release(world.report, by=world.person(by))


def release(world, by="chair"):
    with world.on("2022-03-03"):
        releases.release(world.report, by=world.person(by))


def test_a_validated_report_is_printed_in_two_editions():
    world = worlds.at_stage("validated")

    rows = Rendering.objects.filter(report=world.report).order_by("edition")

    assert [(r.edition, r.content["version"]) for r in rows] == [
        ("internal", "1.0"),
        ("public", "1.0"),
    ]
    assert len({r.digest for r in rows}) == 2


def test_while_the_session_is_open_nothing_is_released():
    world = worlds.at_stage("signing")
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)

    with pytest.raises(Refused) as refused:
        release(world.fresh())

    assert refused.value.owed[0].text == (
        "The session of “Validation workshop” is not concluded."
    )


def test_the_chair_releases_what_the_secretariat_proposed(world):
    print_editions()
    propose(world)

    release(world)

    report = world.fresh().report
    assert (report.state, report.is_public) == ("released", True)
    assert report.released_at.date().isoformat() == "2022-03-03"


def test_without_a_pdf_and_a_proposal_nothing_is_released(world):
    with pytest.raises(Refused) as refused:
        release(world)

    assert [o.text for o in refused.value.owed] == [
        "The PDF of the public edition is not there.",
        "The secretariat has not proposed the release.",
    ]
    assert world.fresh().report.state == "validated"


def test_a_pdf_that_was_altered_is_not_released(world):
    print_editions()
    propose(world)
    row = Rendering.objects.get(edition="public")
    store(row.file.name, b"%PDF-1.7 Public")

    with pytest.raises(Refused, match="not there"):
        release(world)


def test_it_is_proposed_once(world):
    propose(world)
    with pytest.raises(Refused, match="already"):
        propose(world, "officer")


def test_only_a_validated_report_is_proposed():
    with pytest.raises(Refused, match="Being signed"):
        propose(worlds.at_stage("signing"))


@pytest.mark.parametrize("name", ["secretary", "rapporteur", "member_a", "admin"])
def test_only_the_chair_releases(world, name):
    print_editions()
    propose(world)
    with pytest.raises(PermissionDenied):
        release(world, by=name)


def test_nothing_is_released_twice(world):
    print_editions()
    propose(world)
    release(world)
    with pytest.raises(Refused, match="is not possible there"):
        release(world)
