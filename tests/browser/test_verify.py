"""The check of a file in a real Chromium: only the digest leaves the browser."""

import hashlib

import pytest

from tests import world as worlds
from tests.browser.fit import faults
from tests.governance.signed import PDFS, release

pytestmark = [pytest.mark.browser]


@pytest.fixture
def released(transactional_db):
    return release(worlds.at_stage("validated"))


@pytest.fixture
def window(chromium, live_server):
    """A stranger's page; nothing of the policy for scripts is lifted."""
    contexts = []

    def open_window(width=1366, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            base_url=live_server.url,
            **options,
        )
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def check(page, data):
    page.goto("/verify/")
    page.set_input_files(
        "input[type=file]",
        {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": data},
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Check the file").click()
    return page.get_by_role("status").first.inner_text()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (PDFS["public"], "This is exactly the report validated on 28 February 2022."),
        (PDFS["public"] + b"!", "This differs from every version we know."),
    ],
)
def test_only_the_digest_is_sent(released, window, live_server, data, sentence):
    page, sent = window(), []
    page.on("request", lambda request: sent.append((request.method, request.url)))

    answer = check(page, data)

    asked = f"{live_server.url}/verify/?fingerprint={hashlib.sha256(data).hexdigest()}"
    assert sentence in answer
    assert ("GET", asked) in sent
    assert {method for method, _url in sent} == {"GET"}


def test_without_a_script_the_file_is_uploaded(released, window):
    page = window(java_script_enabled=False)

    assert "This is exactly the report validated" in check(page, PDFS["public"])
    page.goto("/verify/")
    assert page.get_by_text("The file is sent to the portal").is_visible()


def test_the_page_says_that_the_file_stays_on_the_device(window, db):
    page = window()
    page.goto("/verify/")

    assert page.get_by_text("The file stays on your device").is_visible()
    assert page.get_by_text("The file is sent to the portal").is_hidden()


def test_the_public_doors_are_accessible_and_fit(released, window):
    page = window(bypass_csp=True)
    report = f"/r/{released.report.reference}/"
    addresses = [
        report,
        f"{report}parts/1/",
        "/r/none/",
        "/verify/",
        "/verify/?fingerprint=xyz",
        f"/verify/?reference={released.report.reference}",
        f"/verify/?fingerprint={'0' * 64}",
    ]

    found = {address: faults(page, address) for address in addresses}

    assert {a: f for a, f in found.items() if f} == {}
