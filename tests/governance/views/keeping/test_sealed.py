"""Texts that arrive without a session, with an old token, or in too great a number."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from governance import clock
from governance.actions import drafts as actions
from governance.models import Comment, Draft, SealedPost
from governance.sealing import Ticket
from tests.governance.views.keeping.common import (
    DRAFTS,
    FORM_ENCODED,
    KEPT,
    NOON,
    SIGN_IN,
    lost,
    sign_in_as,
    texts_of,
)
from tests.governance.views.test_acting import fields_of, shown
from tests.governance.views.test_comments import enter, typed, url

pytestmark = pytest.mark.django_db


def test_an_ended_session_keeps_the_text_and_leads_to_sign_in(client, world, address):
    response = lost(client, world, address)

    page = client.get(response.url)
    assert response.url.startswith(
        f"{SIGN_IN}?next={reverse('governance:comment-add', args=[world.document.pk])}"
    )
    assert [str(message) for message in page.context["messages"]] == [
        "You were signed out. Your text is kept for 24 hours; sign in to get it back."
    ]
    assert Comment.objects.count() == 0


def test_it_is_stored_so_that_nobody_reads_it(client, world, address):
    lost(client, world, address, body="Our position is confidential.")

    [post] = SealedPost.objects.all()
    assert "confidential" not in post.sealed
    assert actions.opened(post)["values"]["body"] == ["Our position is confidential."]


def test_signed_in_again_the_same_person_gets_it_back(client, world, address):
    lost(client, world, address, body="Half a sen")
    sign_in_as(client, world, "member_b")

    [offer] = client.get(address).context["keep"].offers
    page = client.get(offer.url)

    assert offer.text == "We kept your text from 14:02. Save it now?"
    assert page.context["form"]["body"].value() == "Half a sen"
    assert Comment.objects.count() == 0


def test_saved_then_it_is_gone(client, world, address):
    lost(client, world, address)
    sign_in_as(client, world, "member_b")
    [offer] = client.get(address).context["keep"].offers
    page = client.get(offer.url)

    client.post(offer.url, fields_of(page) | typed(world))

    assert (Comment.objects.count(), SealedPost.objects.count()) == (1, 0)


def test_its_draft_is_offered_once_and_ends_with_it(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)
    client.post(DRAFTS, sent)
    client.session.flush()
    client.post(address, sent)
    sign_in_as(client, world, "member_b")

    [offer] = client.get(address).context["keep"].offers
    page = client.get(offer.url)
    client.post(offer.url, fields_of(page) | typed(world))

    assert (Draft.objects.count(), SealedPost.objects.count()) == (0, 0)


def test_another_person_sees_nothing_of_it(client, world, address):
    lost(client, world, address, body="Confidential words")
    post = SealedPost.objects.get()
    sign_in_as(client, world, "member_c")

    form = client.get(address)
    filled = client.get(f"{address}&kept={post.key}")
    pages = [form, filled, client.get(KEPT), client.get("/")]

    assert (texts_of(form), texts_of(filled)) == ([], [])
    assert not any("Confidential words" in page.content.decode() for page in pages)
    assert not any("We kept your text" in page.content.decode() for page in pages)
    assert client.post(url("sealed-delete", post.key)).status_code == 404
    assert SealedPost.objects.count() == 1


def test_after_a_day_it_is_not_offered(client, world, address):
    lost(client, world, address)

    with clock.standing_at(NOON + dt.timedelta(hours=24, minutes=1)):
        enter(client, world, "member_b")

        assert texts_of(client.get(address)) == []


def test_it_is_deleted_by_its_button(client, world, address):
    lost(client, world, address)
    sign_in_as(client, world, "member_b")
    [offer] = client.get(address).context["keep"].offers

    client.post(offer.delete_url)

    assert not SealedPost.objects.exists()


def test_without_a_ticket_a_stranger_s_post_is_sent_to_sign_in(client, world, address):
    response = client.post(address, typed(world))

    assert response.status_code == 302
    assert not SealedPost.objects.exists()


def test_no_more_than_twenty_are_kept_for_one_person(client, world, address):
    ticket = Ticket(world.person("member_b").pk, address)

    for number in range(25):
        actions.seal_post(ticket, "", {"body": [str(number)]})

    held = [actions.opened(p)["values"]["body"] for p in SealedPost.objects.all()]
    assert held == [[str(number)] for number in range(24, 4, -1)]


def test_a_decision_is_never_sealed(client, world):
    """A form that keeps no text has no ticket: nothing of it can be stored."""
    enter(client, world, "secretary")
    page = client.get(url("report-close-comments", world.report.pk))

    assert "once" in page.content.decode()
    assert 'name="seal"' not in page.content.decode()


def strict(world, name=None):
    client = Client(enforce_csrf_checks=True)
    return enter(client, world, name) if name else client


def ticketed(world, address, name="member_b"):
    return shown(enter(Client(), world, name), address)


def test_an_old_token_keeps_the_text_and_links_to_it(world, address):
    client = strict(world, "member_b")
    sent = ticketed(world, address) | typed(world)

    response = client.post(address, sent)

    post = SealedPost.objects.get()
    page = response.content.decode()
    assert response.status_code == 403
    assert "We kept your text from 14:02" in page
    assert f"{address}&amp;kept={post.key}" in page


def test_an_old_token_without_a_session_leads_to_sign_in(world, address):
    response = strict(world).post(address, ticketed(world, address) | typed(world))

    assert response.url.startswith(f"{SIGN_IN}?next=")
    assert SealedPost.objects.get().user == world.person("member_b")


def test_an_old_token_under_another_sign_in_shows_no_link(world, address):
    client = strict(world, "member_c")

    response = client.post(address, ticketed(world, address) | typed(world))

    assert response.status_code == 403
    assert "only that person sees it" in response.content.decode()
    assert "kept=" not in response.content.decode()


def test_a_form_that_is_too_large_says_what_became_of_the_text(client, world, address):
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world)
    client.post(DRAFTS, sent)

    too_long = urlencode(sent | {"body": "x" * 4_000_000})
    response = client.post(address, too_long, content_type=FORM_ENCODED)

    page = response.content.decode()
    assert response.status_code == 413
    assert "Nothing was saved. Your draft of 14:02 is kept." in " ".join(page.split())
    assert f"draft={Draft.objects.get().pk}" in page


def test_too_many_fields_are_too_much_too(client, world, address):
    enter(client, world, "member_b")
    many = {f"field{number}": "x" for number in range(1_100)}

    response = client.post(address, many)

    assert response.status_code == 413
    assert "No draft of it is kept" in response.content.decode()


def test_too_much_of_a_stranger_is_refused_without_a_word_of_drafts(client, db):
    many = {f"field{number}": "x" for number in range(1_100)}

    response = client.post(SIGN_IN, many)

    assert response.status_code == 413
