"""The list of what is kept, and whether it can still be saved."""

import datetime as dt
import uuid

import pytest

from governance import clock, keeping, sealing
from governance.kept_work import kept_work
from governance.models import Draft, HeldText, Report
from governance.sealing import Ticket
from tests.governance.views.keeping.common import DRAFTS, KEPT, NOON, lost
from tests.governance.views.test_acting import shown
from tests.governance.views.test_comments import enter, plenary

pytestmark = pytest.mark.django_db


def test_an_empty_list_says_what_would_stand_there(client, world):
    response = enter(client, world, "member_b").get(KEPT)

    assert "Nothing of yours waits here." in response.content.decode()


def held(world, by, **facts):
    document = world.document
    return HeldText.objects.create(
        document=document,
        provision_uid=plenary(world).uid,
        label="1 Plenary",
        base_revision=1,
        values={"mandate": "My plenary decides."},
        at=document.committee.now(),
        by=world.person(by),
        **facts,
    )


def test_the_list_has_the_words_of_all_three(client, world, address):
    held(world, "member_b", reason="closed")
    lost(client, world, address, body="Sealed words.")
    enter(client, world, "member_b")
    client.post(DRAFTS, shown(client, address) | {"body": "Draft words."})

    page = client.get(KEPT).content.decode()

    for words in (
        "Sealed words.",
        "Draft words.",
        "My plenary decides.",
        "The text was closed for editing",
    ):
        assert words in page


def test_the_list_is_one_s_own(client, world, address):
    held(world, "member_b")
    enter(client, world, "member_b")
    client.post(DRAFTS, shown(client, address) | {"body": "Draft words."})

    response = enter(client, world, "member_c").get(KEPT)

    assert (response.context["drafts"], response.context["held"]) == ([], [])


def test_a_text_set_aside_is_listed_for_thirty_days(client, world):
    held(world, "member_b")
    user = world.person("member_b")

    with clock.standing_at(NOON + dt.timedelta(days=29)):
        assert len(keeping.held_of(user)) == 1
    with clock.standing_at(NOON + dt.timedelta(days=31)):
        assert keeping.held_of(user) == []


def work(world, name="member_b"):
    return [item.title for item in kept_work(world.person(name), world.committee)]


def test_work_says_nothing_where_all_is_saved(world):
    assert work(world) == []


def test_work_counts_drafts_and_texts_set_aside(client, world, address):
    held(world, "member_b")
    enter(client, world, "member_b")
    client.post(DRAFTS, shown(client, address) | {"body": "x"})

    assert work(world) == ["2 texts of yours are not saved, or set aside"]


def test_work_asks_first_for_what_was_sent_without_a_session(client, world, address):
    lost(client, world, address)

    assert work(world) == ["We kept your text from 14:02. Save it now?"]


def standing(world, base, state="drafting", row=None):
    Report.objects.update(state=state)
    row = row or plenary(world)
    label = f"{row._meta.label_lower}:{row.pk}"
    ticket = Ticket(1, "/", row=label)
    return keeping.standing_of(ticket, {"base": [str(base)]})


def test_a_text_that_nobody_touched_can_be_saved(world):
    assert standing(world, plenary(world).revision) == ""


def test_a_closed_document_is_said_to_be_closed(world):
    assert standing(world, plenary(world).revision, state="tabled") == "closed"


def test_a_text_somebody_saved_is_said_to_be_changed(world):
    assert standing(world, plenary(world).revision - 1) == "changed"


def test_a_text_that_was_removed_is_said_to_be_changed(world):
    row = plenary(world)
    type(row).objects.filter(pk=row.pk).delete()

    assert standing(world, 1, row=row) == "changed"


def test_the_draft_of_a_closed_document_is_kept_and_it_says_so(client, world):
    user, row = world.person("rapporteur"), plenary(world)
    enter(client, world, "rapporteur")
    ticket = Ticket(user.pk, "/x/", row=f"{row._meta.label_lower}:{row.pk}")
    sent = {
        "seal": sealing.sign(ticket),
        "window": str(uuid.uuid4()),
        "base": str(row.revision),
    }

    response = client.post(DRAFTS, sent)

    assert (response.status_code, response.json()) == (
        409,
        {"state": "closed", "at": "12:02"},
    )
    assert Draft.objects.count() == 1
