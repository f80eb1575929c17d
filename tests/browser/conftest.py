import threading

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from playwright.sync_api import expect, sync_playwright

from governance.models import User

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PATIENCE = 60_000  # milliseconds, on a machine that is busy with something else
expect.set_options(timeout=PATIENCE)

# The threads of the live server share one connection to a database in memory, and so
# does the test: what writes does it alone.
ONE_AT_A_TIME = threading.RLock()


@pytest.fixture(scope="session", autouse=True)
def _one_request_at_a_time():
    answer = WSGIHandler.get_response

    def alone(handler, request):
        with ONE_AT_A_TIME:
            return answer(handler, request)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(WSGIHandler, "get_response", alone)
        yield


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium, live_server, settings, transactional_db, put_lesotho):
    """A page of the live server, in a window of a width, for a person or a stranger.

    Lesotho is loaded with the first page, unless it is asked for `empty`.
    """
    contexts = []

    def open_page(username=None, width=1366, javascript=True, empty=False):
        if not empty and not User.objects.exists():
            put_lesotho()
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            bypass_csp=True,
            base_url=live_server.url,
        )
        contexts.append(context)
        if username:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
            context.add_cookies([cookie | {"value": session_of(username)}])
        return context.new_page()

    yield open_page
    for context in contexts:
        for page in context.pages:
            # A page that is closed sends its draft: not while the database is emptied.
            page.evaluate("() => { window.fetch = () => Promise.reject(); }")
        context.close()
    with ONE_AT_A_TIME:
        pass


def follow(page, target):
    """Press a link or a button, and wait until the page it leads to is whole.

    A click by itself comes back while the new page is still being read.
    """
    with page.expect_navigation(timeout=PATIENCE):
        target.click(timeout=PATIENCE)


def session_of(username):
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "governance.accounts.Backend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
