"""Nothing typed is lost, in a real Chromium: the line tells the truth all the way."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from governance.models import Comment, Draft, SealedPost
from tests import world as worlds
from tests.browser.conftest import ONE_AT_A_TIME
from tests.browser.fit import faults
from tests.governance.views.test_comments import add_url, plenary

pytestmark = [pytest.mark.browser]
WORDS = "The plenary should also decide on returns. Ts'eliso, 'Mamakopoi."
SAVED = re.compile(r"^All changes saved \d\d:\d\d$")


@pytest.fixture
def world(transactional_db):
    return worlds.at_stage("circulated")


@pytest.fixture
def address(world):
    return add_url(world, plenary(world))


@pytest.fixture
def writing(open_as, world, address):
    """A page on which a member has typed a comment."""

    def write(name="member_b", words=WORDS, **options):
        page = open_as(f"world.{name}", empty=True, **options)
        page.goto(address)
        page.get_by_label("Comment", exact=True).fill(words)
        return page

    return write


def line(page):
    return page.locator("[data-line]")


def saved(page):
    expect(line(page)).to_have_text(SAVED)


def wait_for(condition):
    for _attempt in range(100):
        if condition():
            return
        time.sleep(0.1)


def sign_in(page, name):
    page.get_by_label("User name or e-mail").fill(f"world.{name}")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def post(page):
    page.get_by_role("button", name="Post comment").click()


def done(page):
    """The comment is posted, and its author is back at the document."""
    page.wait_for_url(lambda url: "/comment/" not in url)


def end_sessions():
    with ONE_AT_A_TIME:
        Session.objects.all().delete()


def bodies():
    return list(Comment.objects.values_list("body", flat=True))


def test_what_is_typed_is_saved_by_itself(writing):
    page = writing()

    expect(line(page)).to_have_text("Saving…")
    saved(page)

    assert [draft.values["body"] for draft in Draft.objects.all()] == [[WORDS]]
    expect(
        page.get_by_text("As your draft, until you press the button.")
    ).to_be_visible()


def test_without_a_network_the_line_says_so_and_saves_when_it_is_back(writing):
    page = writing()
    saved(page)
    page.context.set_offline(True)
    page.get_by_label("Comment", exact=True).press_sequentially(" More.")

    expect(line(page)).to_have_text(
        "Not saved yet: no connection. Kept on this computer."
    )
    assert Draft.objects.get().values["body"] == [WORDS]
    page.context.set_offline(False)
    saved(page)

    assert Draft.objects.get().values["body"][0].replace(" More.", "") == WORDS


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 200, "content_type": "text/html", "body": "<h1>Welcome</h1>"},
        {"status": 200, "content_type": "application/json", "body": "{}"},
        {"status": 503, "content_type": "text/html", "body": "away"},
    ],
)
def test_an_answer_that_is_not_ours_is_not_saved(open_as, world, address, answer):
    """A hotel's page that wants a sign-in answers 200 to everything."""
    page = open_as("world.member_b", empty=True)
    page.goto(address)
    page.route("**/drafts/", lambda route: route.fulfill(**answer))
    page.get_by_label("Comment", exact=True).fill(WORDS)

    expect(line(page)).to_have_text(
        "Not saved yet: no connection. Kept on this computer."
    )


def test_after_a_reload_the_draft_is_offered(writing):
    page = writing()
    saved(page)

    page.reload()
    page.get_by_role("link", name="Continue with it").click()

    expect(page.get_by_label("Comment", exact=True)).to_have_value(WORDS)


def test_leaving_the_page_keeps_what_was_typed_a_moment_before(writing):
    page = writing()

    page.goto("/account/")
    wait_for(Draft.objects.exists)
    page.goto("/kept/")

    expect(page.locator("textarea").first).to_have_value(WORDS)


def test_a_session_that_ended_gives_the_text_back_after_sign_in(writing):
    page = writing()
    saved(page)
    end_sessions()

    post(page)
    expect(page.get_by_text("Your text is kept")).to_be_visible()
    sign_in(page, "member_b")
    expect(page.get_by_text("We kept your text from")).to_be_visible()
    assert bodies() == []
    page.get_by_role("link", name="Look at it and save it").click()
    expect(page.get_by_label("Comment", exact=True)).to_have_value(WORDS)
    post(page)
    done(page)

    assert bodies() == [WORDS]
    assert (Draft.objects.count(), SealedPost.objects.count()) == (0, 0)


def test_without_a_network_the_button_keeps_the_page(writing):
    page = writing()
    page.context.set_offline(True)

    post(page)

    expect(line(page)).to_have_text(
        "Not saved yet: no connection. Kept on this computer."
    )
    expect(page.get_by_label("Comment", exact=True)).to_have_value(WORDS)
    page.context.set_offline(False)
    post(page)
    done(page)
    assert bodies() == [WORDS]


def test_typing_on_without_a_session_is_kept_and_said(writing):
    page = writing()
    saved(page)
    end_sessions()

    page.get_by_label("Comment", exact=True).press_sequentially(" More.")

    expect(line(page)).to_have_text("Not saved: you are signed out. Your text is kept.")
    assert SealedPost.objects.count() == 1


def test_another_person_who_signs_in_there_is_offered_nothing(writing):
    page = writing()
    saved(page)
    end_sessions()

    post(page)
    sign_in(page, "member_c")

    expect(page.get_by_role("button", name="Post comment")).to_be_visible()
    expect(page.get_by_text("We kept your text")).to_have_count(0)
    expect(page.get_by_role("link", name="Continue with it")).to_have_count(0)
    assert WORDS not in page.content()
    assert SealedPost.objects.count() == 1


def test_a_double_click_has_one_effect(writing):
    page = writing()

    page.get_by_role("button", name="Post comment").dblclick()
    done(page)

    assert bodies() == [WORDS]
    assert Draft.objects.count() == 0


def test_without_javascript_a_draft_is_kept_by_its_button(writing):
    page = writing(javascript=False, width=360)

    page.get_by_role("button", name="Save as my draft").click()
    expect(page.get_by_text("Only you see it.")).to_be_visible()
    expect(page.get_by_label("Comment", exact=True)).to_have_value(WORDS)
    post(page)
    done(page)

    assert (bodies(), Draft.objects.count()) == ([WORDS], 0)


def test_the_pages_of_drafts_are_accessible_and_fit(writing, address):
    page = writing(width=360)
    saved(page)

    assert {a: faults(page, a) for a in (address, "/kept/", "/")} == {
        address: [],
        "/kept/": [],
        "/": [],
    }
