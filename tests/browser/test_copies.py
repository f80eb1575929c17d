"""What the portal does not have yet stays on the computer, locked, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from governance.models import Comment, Draft
from tests import world as worlds
from tests.browser.conftest import session_of
from tests.browser.fit import faults
from tests.browser.test_draft import WORDS, done, line, post, saved, wait_for
from tests.governance.views.test_comments import add_url, plenary

pytestmark = [pytest.mark.browser]
HERE = "Not saved yet: no connection. Kept on this computer."
SIGN_OUT = "/sign-out/"
OPEN = "Not saved yet: no connection. Keep this page open."
SENT = "A text of yours that was only on this computer is with your drafts now."
LEFT = "A text of yours is on this computer, and the portal does not have it yet."
READ = """async () => {
  const opening = indexedDB.open('ncc', 1);
  const database = await new Promise((resolve) => {
    opening.onsuccess = () => resolve(opening.result);
  });
  const asked = database.transaction('texts').objectStore('texts').getAll();
  const rows = await new Promise((resolve) => {
    asked.onsuccess = () => resolve(asked.result);
  });
  return rows.map((row) => new TextDecoder('latin1').decode(row.data));
}"""


@pytest.fixture
def world(transactional_db):
    return worlds.at_stage("circulated")


@pytest.fixture
def address(world):
    return add_url(world, plenary(world))


@pytest.fixture
def cut_off(open_as, address):
    """A computer on which a member typed a comment without a connection."""
    page = open_as("world.member_b", empty=True)
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("Comment", exact=True).fill(WORDS)
    expect(line(page)).to_have_text(HERE)
    return page


@pytest.fixture
def after_the_cut(cut_off):
    """The same computer after the power cut: the page is gone, nobody has looked yet."""
    computer = cut_off.context
    cut_off.close()
    computer.set_offline(False)
    return computer


def sit_down(computer, name, settings, live_server):
    """Somebody signs in on the computer."""
    computer.clear_cookies()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    value = session_of(f"world.{name}")
    computer.add_cookies([cookie | {"value": value}])
    return computer.new_page()


def kept_on(page):
    return page.evaluate(READ)


def test_after_a_power_cut_the_text_is_with_the_drafts(after_the_cut, address):
    page = after_the_cut.new_page()
    page.goto("/")

    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("link", name="Continue with it").click()

    expect(page.get_by_label("Comment", exact=True)).to_have_value(WORDS)
    assert [draft.address for draft in Draft.objects.all()] == [address]
    assert kept_on(page) == []


def test_the_form_itself_finds_it_too(after_the_cut, address):
    page = after_the_cut.new_page()
    page.goto(address)

    expect(page.get_by_text(SENT)).to_be_visible()
    assert Draft.objects.get().values["body"] == [WORDS]


def test_the_copy_is_not_to_be_read(cut_off):
    (data,) = kept_on(cut_off)

    assert "plenary" not in data
    assert "body" not in data
    assert cut_off.locator("[data-lock]").count() == 0


def test_the_next_person_finds_nothing(after_the_cut, settings, live_server, address):
    page = sit_down(after_the_cut, "member_c", settings, live_server)
    for place in ("/", "/kept/", address, SIGN_OUT):
        page.goto(place)
        page.wait_for_load_state("networkidle")
        assert WORDS not in page.content()
        expect(page.get_by_text(SENT)).to_be_hidden()
    assert (len(kept_on(page)), Draft.objects.count()) == (1, 0)

    again = sit_down(after_the_cut, "member_b", settings, live_server)
    again.goto("/")
    expect(again.get_by_text(SENT)).to_be_visible()
    assert [draft.user.username for draft in Draft.objects.all()] == ["world.member_b"]


def test_what_was_saved_after_all_is_no_draft(cut_off):
    cut_off.context.set_offline(False)
    post(cut_off)
    done(cut_off)
    cut_off.goto("/")
    cut_off.wait_for_load_state("networkidle")

    expect(cut_off.get_by_text(SENT)).to_be_hidden()
    assert kept_on(cut_off) == []
    assert [comment.body for comment in Comment.objects.all()] == [WORDS]
    assert Draft.objects.count() == 0


def test_a_saved_draft_leaves_no_copy(open_as, world, address):
    page = open_as("world.member_b", empty=True)
    page.goto(address)
    page.get_by_label("Comment", exact=True).fill(WORDS)
    saved(page)

    wait_for(lambda: kept_on(page) == [])

    assert kept_on(page) == []


def test_where_the_browser_keeps_nothing_the_line_says_so(open_as, world, address):
    page = open_as("world.member_b", empty=True)
    page.add_init_script("IDBFactory.prototype.open = () => { throw Error(); };")
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("Comment", exact=True).fill(WORDS)

    expect(line(page)).to_have_text(OPEN)


def test_signing_out_asks_about_what_is_only_here(after_the_cut):
    page = after_the_cut.new_page()
    page.route("**/drafts/", lambda route: route.abort())
    page.goto(SIGN_OUT)

    expect(page.get_by_text(LEFT)).to_be_visible()
    assert faults(page, SIGN_OUT) == []
    page.unroute("**/drafts/")
    page.goto(SIGN_OUT)

    expect(page.get_by_text(SENT)).to_be_visible()


def test_what_is_only_here_can_be_deleted(after_the_cut):
    page = after_the_cut.new_page()
    page.route("**/drafts/", lambda route: route.abort())
    page.goto(SIGN_OUT)
    page.get_by_role("button", name="Delete it from this computer").click()

    expect(page.get_by_text(LEFT)).to_be_hidden()
    assert kept_on(page) == []


def test_it_can_be_sent_from_there(after_the_cut):
    page = after_the_cut.new_page()
    page.route("**/drafts/", lambda route: route.abort())
    page.goto(SIGN_OUT)
    expect(page.get_by_text(LEFT)).to_be_visible()
    page.unroute("**/drafts/")
    page.get_by_role("button", name="Send it now").click()

    expect(page.get_by_text(SENT)).to_be_visible()
    assert Draft.objects.get().values["body"] == [WORDS]
