"""Who has a row open, and what goes when it is too old."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.management import call_command

from governance import clock
from governance.actions import drafts as actions
from governance.forms.follow_ups import FollowUpsForm
from governance.models import Draft, Institution, Presence, Report, Submission
from governance.sealing import Ticket
from tests.governance.views.keeping.common import (
    DRAFTS,
    KEPT,
    NOON,
    PRESENCE,
    SIGN_IN,
    sign_in_as,
)
from tests.governance.views.test_acting import shown
from tests.governance.views.test_comments import enter, plenary, url

pytestmark = pytest.mark.django_db


def be_at(client, world, name, uid=None, document=None):
    enter(client, world, name)
    data = {
        "document": document or world.document.pk,
        "uid": str(uid or plenary(world).uid),
    }
    return client.post(PRESENCE, data)


def test_the_others_are_named_with_their_institution(client, world):
    be_at(client, world, "member_b")
    be_at(client, world, "member_b")

    response = be_at(client, world, "rapporteur")

    assert response.json() == ["Member B of world (B) has this open."]
    assert Presence.objects.count() == 2


def test_one_is_not_told_of_oneself(client, world):
    be_at(client, world, "member_b")

    assert be_at(client, world, "member_b").json() == []


def test_a_minute_later_nobody_is_there(client, world):
    be_at(client, world, "member_b")

    with clock.standing_at(NOON + dt.timedelta(seconds=61)):
        assert be_at(client, world, "rapporteur").json() == []


def test_who_is_at_another_provision_is_not_named(client, world):
    be_at(client, world, "member_b", uid=uuid.uuid4())

    assert be_at(client, world, "rapporteur").json() == []


@pytest.mark.parametrize(
    ("name", "facts", "status"),
    [
        ("admin", {}, 404),
        ("member_b", {"document": 10**30}, 404),
        ("member_b", {"uid": "x"}, 400),
    ],
)
def test_nobody_is_present_where_there_is_nothing(client, world, name, facts, status):
    assert be_at(client, world, name, **facts).status_code == status


def test_a_page_left_open_does_not_keep_a_session_alive(client, world, settings):
    settings.SHARED_COMPUTER_IDLE_SECONDS = 60
    with time_machine.travel("2021-11-24T12:00:00Z", tick=False):
        sign_in_as(client, world, "member_b")
        client.get(KEPT)
    data = {"document": world.document.pk, "uid": str(plenary(world).uid)}

    with time_machine.travel("2021-11-24T12:00:59Z", tick=False):
        there = client.post(PRESENCE, data)
    with time_machine.travel("2021-11-24T12:01:30Z", tick=False):
        gone = client.post(PRESENCE, data)

    assert (there.status_code, gone.status_code) == (200, 302)


def test_clearing_removes_only_what_is_old(world, address, capsys):
    user = world.person("member_b")
    ticket = Ticket(user.pk, address)

    def leave():
        actions.keep_draft(ticket, uuid.uuid4(), {}, by=user)
        actions.seal_post(ticket, "", {})
        actions.be_present(world.document, uuid.uuid4(), by=user)

    leave()
    Submission.objects.create(user=user, key=uuid.uuid4())
    Submission.objects.update(at=NOON)
    with clock.standing_at(NOON + dt.timedelta(days=31)):
        other = world.person("member_c")
        actions.keep_draft(Ticket(other.pk, address), uuid.uuid4(), {}, by=other)

        call_command("clear_drafts")

    assert capsys.readouterr().out.strip() == (
        "Removed: 1 drafts, 1 sealed texts, 1 keys of forms, 1 presences."
    )
    assert [draft.user for draft in Draft.objects.all()] == [other]


def test_a_person_s_own_old_drafts_go_with_the_next(world, address):
    user = world.person("member_b")
    actions.keep_draft(Ticket(user.pk, address), uuid.uuid4(), {}, by=user)

    with clock.standing_at(NOON + dt.timedelta(days=31)):
        actions.keep_draft(Ticket(user.pk, address), uuid.uuid4(), {}, by=user)

    assert Draft.objects.count() == 1


@pytest.mark.parametrize("address", [DRAFTS, PRESENCE])
def test_scripts_only_post(client, world, address):
    assert enter(client, world, "member_b").get(address).status_code == 405


def test_a_stranger_is_nowhere_present(client, db):
    response = client.post(PRESENCE, {"document": "1", "uid": str(uuid.uuid4())})

    assert response.url.startswith(SIGN_IN)


def test_rows_of_a_form_are_filled_as_they_were_typed(world):
    form = FollowUpsForm(None, rows=[], institutions=Institution.objects.all())
    typed = {"rows-TOTAL_FORMS": ["5"], "rows-2-title": ["A register"], "x": ["y"]}

    form.fill(typed)

    assert [row["title"].value() for row in form.rows] == ["A register", None]


def test_the_page_of_a_provision_names_who_has_it_open(client, world):
    Report.objects.update(state="drafting")
    be_at(client, world, "member_b")
    row = plenary(world)

    enter(client, world, "rapporteur")
    page = client.get(url("provision-edit", world.document.pk, row.uid))

    assert "Member B of world (B) has this open." in page.content.decode()


def test_the_draft_of_a_provision_somebody_saved_says_that_it_changed(client, world):
    Report.objects.update(state="drafting")
    row = plenary(world)
    enter(client, world, "rapporteur")
    sent = shown(client, url("provision-edit", world.document.pk, row.uid))
    read = {"base": str(row.revision), "mandate": "Mine."}
    type(row).objects.filter(pk=row.pk).update(revision=row.revision + 1)

    response = client.post(DRAFTS, sent | read)

    assert (response.status_code, response.json()) == (
        409,
        {"state": "changed", "at": "14:02"},
    )
    assert Draft.objects.get().values["mandate"] == ["Mine."]
