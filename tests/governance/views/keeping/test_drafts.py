"""Drafts that the page sends by itself, and how they are offered."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from governance import clock
from governance.actions import drafts as actions
from governance.models import Draft, SealedPost
from tests.governance.views.keeping.common import DRAFTS, KEPT, NOON, texts_of
from tests.governance.views.test_acting import shown
from tests.governance.views.test_comments import enter, typed

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_at_a_time_of_the_committee(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world, body="Half a sen")

    response = client.post(DRAFTS, sent)

    draft = Draft.objects.get()
    assert (response.status_code, response.json()) == (
        200,
        {"state": "saved", "at": "14:02"},
    )
    assert (draft.user, draft.address, draft.values["body"]) == (
        world.person("member_b"),
        address,
        ["Half a sen"],
    )
    assert draft.title.startswith("Comment on")


def test_a_window_has_one_draft_and_two_windows_two(client, world, address):
    enter(client, world, "member_b")
    here, there = shown(client, address), shown(client, address)

    client.post(DRAFTS, here | {"body": "one"})
    client.post(DRAFTS, here | {"body": "two"})
    client.post(DRAFTS, there | {"body": "three"})

    bodies = [draft.values["body"] for draft in Draft.objects.order_by("pk")]
    assert bodies == [["two"], ["three"]]


@pytest.mark.parametrize("seal", ["", "made up", "a:b:c"])
def test_without_a_ticket_of_ours_nothing_is_kept(client, world, address, seal):
    enter(client, world, "member_b")

    response = client.post(DRAFTS, shown(client, address) | {"seal": seal})

    assert response.status_code == 400
    assert not Draft.objects.exists()


def test_a_window_that_is_none_keeps_nothing(client, world, address):
    enter(client, world, "member_b")

    response = client.post(DRAFTS, shown(client, address) | {"window": "x"})

    assert response.status_code == 400


def test_more_than_a_form_can_hold_is_refused(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | {"body": "x" * 300_000}

    response = client.post(DRAFTS, sent)

    assert (response.status_code, response.json()) == (413, {"state": "long"})


def test_a_script_needs_no_token_of_the_session(world, address):
    """The ticket stands for it; a new sign-in would have changed the other one."""
    client = Client(enforce_csrf_checks=True)
    enter(client, world, "member_b")

    response = client.post(DRAFTS, shown(client, address) | {"body": "x"})

    assert response.json()["state"] == "saved"


def test_signed_out_the_script_seals_and_says_so(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | {"body": "x"}
    client.logout()

    answers = [client.post(DRAFTS, sent | {"body": body}) for body in ("x", "xy")]

    assert [(r.status_code, r.json()) for r in answers] == [
        (401, {"state": "out", "at": "14:02"})
    ] * 2
    [post] = SealedPost.objects.all()
    assert actions.opened(post)["values"] == {"body": ["xy"]}


def test_signed_out_with_an_old_ticket_the_script_is_told_the_truth(
    client, world, address
):
    enter(client, world, "member_b")
    with time_machine.travel("2021-11-24T12:00:00Z", tick=False):
        sent = shown(client, address) | {"body": "x"}
    client.logout()

    response = client.post(DRAFTS, sent)

    assert (response.status_code, response.json()) == (401, {"state": "lost"})
    assert not SealedPost.objects.exists()


def test_a_draft_under_way_does_not_come_back_after_saving(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)
    client.post(DRAFTS, sent)
    client.post(address, sent)

    response = client.post(DRAFTS, sent)

    assert response.json() == {"state": "sent"}
    assert not Draft.objects.exists()


def offered(client, world, address, **values):
    """A draft that was typed, and the form opened again."""
    enter(client, world, "member_b")
    client.post(DRAFTS, shown(client, address) | typed(world, **values))
    return client.get(address)


def test_an_unsaved_draft_is_offered_with_its_time(client, world, address):
    response = offered(client, world, address)

    assert texts_of(response) == [
        "You wrote this on 24 November 2021 at 14:02 and did not save it."
    ]
    assert "Continue with it" in response.content.decode()


def test_continuing_fills_the_form(client, world, address):
    response = offered(client, world, address, body="Half a sen", severity="editorial")
    [offer] = response.context["keep"].offers

    page = client.get(offer.url)

    form = page.context["form"]
    assert (form["body"].value(), form["severity"].value()) == (
        "Half a sen",
        "editorial",
    )
    assert texts_of(page) == []


def test_another_person_is_offered_nothing(client, world, address):
    response = offered(client, world, address, body="Confidential words")
    [offer] = response.context["keep"].offers

    enter(client, world, "member_c")
    page = client.get(offer.url)

    assert (texts_of(page), page.context["form"]["body"].value()) == ([], None)
    assert client.post(offer.delete_url).status_code == 404


def test_saving_ends_the_draft_and_those_that_it_continued(client, world, address):
    enter(client, world, "member_b")
    other = shown(client, address)
    client.post(DRAFTS, other | {"body": "in another window"})
    client.post(DRAFTS, shown(client, address) | {"body": "one"})
    first = Draft.objects.order_by("pk").last()
    with clock.standing_at(NOON + dt.timedelta(minutes=1)):
        again = shown(client, f"{address}&draft={first.pk}")
        client.post(DRAFTS, again | {"body": "one two"})
        second = Draft.objects.order_by("pk").last()
    with clock.standing_at(NOON + dt.timedelta(minutes=2)):
        last = shown(client, f"{address}&draft={second.pk}")
        client.post(DRAFTS, last | {"body": "one two three"})

        client.post(f"{address}&draft={second.pk}", last | typed(world))

    assert [draft.values["body"] for draft in Draft.objects.all()] == [
        ["in another window"]
    ]


def test_a_draft_is_deleted_by_its_button(client, world, address):
    [offer] = offered(client, world, address).context["keep"].offers

    response = client.post(offer.delete_url)

    assert response.url == address
    assert not Draft.objects.exists()


def test_a_copy_of_a_deleted_draft_does_not_bring_it_back(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)
    client.post(DRAFTS, sent)
    [offer] = client.get(address).context["keep"].offers
    client.post(offer.delete_url)

    response = client.post(DRAFTS, sent)

    assert response.json() == {"state": "sent"}
    assert not Draft.objects.exists()


def test_the_same_text_again_leaves_the_draft_as_old_as_it_is(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)
    client.post(DRAFTS, sent)

    with clock.standing_at(NOON + dt.timedelta(hours=3)):
        response = client.post(DRAFTS, sent)

    assert response.json() == {"state": "saved", "at": "14:02"}
    assert [draft.at for draft in Draft.objects.all()] == [NOON]


def test_a_number_no_draft_has_fills_nothing(client, world, address):
    enter(client, world, "member_b")

    for number in ("0", "x", "9" * 30):
        response = client.get(f"{address}&draft={number}&kept={number}")

        assert response.status_code == 200


def test_what_a_draft_holds_is_inert(client, world, address):
    response = offered(client, world, address, body="<script>alert(1)</script>")
    [offer] = response.context["keep"].offers

    for page in (client.get(offer.url), client.get(KEPT)):
        assert "<script>alert(1)" not in page.content.decode()
