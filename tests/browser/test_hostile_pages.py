"""Hostile texts in a real Chromium, under the policy that the pages are served with."""

import pytest

from tests import hostile_world
from tests.browser.conftest import session_of
from tests.hostile import CORPUS
from tests.hostile_pages import pages_of
from tests.hostile_world import as_posted

pytestmark = [pytest.mark.browser]

ONLY = frozenset(["clause", "activity", "message"])
SEEN = [
    "documents",
    "institutions",
    "roadmap",
    "report",
    "document",
    "document-edit",
    "structure",
    "table",
    "row-add",
    "provision-edit",
    "translate-provision",
    "comments",
    "comment",
    "workshop",
    "resolution",
    "kept",
    "history",
    "compare",
    "members",
    "funding-sources",
    "timeline",
]
EACH = 3  # pages of one sort


@pytest.fixture
def context(chromium, live_server, settings, transactional_db):
    """A browser of the secretariat that keeps to the policy of the pages."""
    made = hostile_world.build(CORPUS)
    context = chromium.new_context(base_url=live_server.url)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    session = session_of("hostile.secretary")
    context.add_cookies([cookie | {"value": session}])
    yield made, context
    for page in context.pages:
        # A page that is closed sends its draft: not while the database is emptied.
        page.evaluate("() => { window.fetch = () => Promise.reject(); }")
    context.close()


def some(pages):
    """A few addresses of every page in SEEN."""
    seen = dict.fromkeys(SEEN, 0)
    for name, address in pages:
        sort = name.split()[0]
        if seen.get(sort, EACH) < EACH:
            seen[sort] += 1
            yield address


def watch(page, own):
    """What the page does that no page may do."""
    found = []

    def met(request):
        if not request.url.startswith((own, "data:image/svg+xml")):
            found.append(f"request: {request.url}")

    def asked(dialog):
        found.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def said(message):
        if message.type in {"error", "warning"}:
            found.append(f"console: {message.text}")

    page.on("request", met)
    page.on("dialog", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("popup", lambda popup: found.append(f"window: {popup.url}"))
    return found


def test_no_page_asks_calls_out_or_complains(context, live_server):
    made, browser = context
    page = browser.new_page()
    found = watch(page, live_server.url)
    texts = [t for t in map(as_posted, CORPUS.values()) if len(t) < 1_000]

    did = {}
    addresses = list(some(pages_of(made, texts, ONLY)))
    for address in addresses:
        response = page.goto(address, wait_until="load")
        page.wait_for_timeout(50)
        if found or response.status != 200:
            did[address] = [response.status, *found]
            found.clear()

    assert did == {}
    assert len(addresses) > len(SEEN)
