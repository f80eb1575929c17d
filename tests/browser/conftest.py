import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from playwright.sync_api import sync_playwright

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


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def demo(transactional_db):
    call_command("seed_demo", verbosity=0)


@pytest.fixture
def open_as(chromium, live_server, settings, demo):
    """A page of the live server, in a window of a width, for a person or a stranger."""
    contexts = []

    def open_page(username=None, width=1366, javascript=True):
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
        context.close()


def session_of(username):
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "governance.accounts.Backend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
