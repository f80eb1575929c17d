"""Drafts, texts that arrived without a session, the list of both, and presence."""

import datetime as dt
import uuid
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from governance import clock, keeping, sealing
from governance.actions import drafts as actions
from governance.forms.follow_ups import FollowUpsForm
from governance.kept_work import kept_work
from governance.models import (
    Comment,
    Draft,
    HeldText,
    Institution,
    Presence,
    Report,
    SealedPost,
    Submission,
)
from governance.sealing import Ticket
from tests.governance.views.test_acting import fields_of, shown
from tests.governance.views.test_comments import add_url, enter, plenary, typed, url
from tests.governance.views.test_comments import world as circulated
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
world = circulated
DRAFTS, PRESENCE = reverse("governance:drafts"), reverse("governance:presence")
KEPT, SIGN_IN = reverse("governance:kept"), reverse("account_login")
FORM_ENCODED = "application/x-www-form-urlencoded"
NOON = dt.datetime(2021, 11, 24, 12, 2, tzinfo=dt.UTC)  # 14:02 in Gaborone


@pytest.fixture(autouse=True)
def _november():
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def address(world):
    return add_url(world, plenary(world))


def sign_in_as(client, world, name):
    user = world.person(name)
    data = {"login": user.username, "password": PASSWORD, "device": "shared"}
    return client.post(SIGN_IN, data)


def texts_of(response):
    return [offer.text for offer in response.context["keep"].offers]


# Drafts by script


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


# Drafts offered


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


# Texts without a session


def lost(client, world, address, **values):
    """A form sent after its session was ended on the server."""
    enter(client, world, "member_b")
    sent = shown(client, address) | typed(world, **values)
    client.session.flush()
    return client.post(address, sent)


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


# A form whose token is too old


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


# Too much


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


# The list


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


# Whether it can still be saved


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


# Presence


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


# What is too old


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
