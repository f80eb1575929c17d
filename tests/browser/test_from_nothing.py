"""The pages of set-up, settings and joining, from an empty portal, on a phone and a desk."""

import re

import pytest

from tests.browser.conftest import follow
from tests.browser.fit import faults
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser]

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
INSTITUTIONS = "MoLE; Ministry of Labour; Ministry\nIOM; A partner; Development partner"
PEOPLE = "'Mamello; ; Chair; MoLE\nThabo; thabo@example.org; Member; MoLE"
COMMITTEE = "/committees/lesotho"
PAGES = [
    "setup",
    "settings",
    "settings/facts",
    "settings/languages",
    "settings/calendar",
    "settings/colour",
    "institutions",
    "institutions/add",
    "institutions/paste",
    "seats",
    "members",
    "people",
    "people/invite",
    "people/invite-list",
    "people/confirm",
    "reports/start",
]


class Visitor:
    """Presses buttons, and keeps what each page on the way is at fault for."""

    def __init__(self, page):
        self.page, self.found = page, {}

    def look(self, address=""):
        found = faults(self.page, address or self.page.url)
        if found:
            self.found[address or self.page.url] = found

    def fill(self, **fields):
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def press(self, name):
        follow(self.page, self.page.get_by_role("button", name=name))


def sign_in_fields(name):
    return {
        "User_name": name,
        "Password": PASSWORD,
        "The_same_password_again": PASSWORD,
    }


def set_up(visitor):
    page = visitor.page
    page.goto("/")
    visitor.look()
    page.get_by_label("Country").select_option("LS")
    visitor.press("Continue")
    visitor.look()
    page.get_by_label("First month of the fiscal year").select_option("4")
    visitor.fill(Your_name="Secretary", **sign_in_fields("secretary"))
    visitor.press("Set up the committee")
    visitor.look()


def paste_institutions(visitor):
    page = visitor.page
    follow(page, page.get_by_role("link", name="3. Institutions"))
    page.get_by_label("Rows").fill(INSTITUTIONS)
    visitor.press("Check the rows")
    visitor.press("Add these 2 rows")
    page.goto(f"{COMMITTEE}/seats/")
    page.get_by_label("Seat of Ministry of Labour").select_option("chair")
    visitor.press("Save the seats")


def invite(visitor):
    page = visitor.page
    page.goto(f"{COMMITTEE}/people/invite-list/")
    page.get_by_label("Rows").fill(PEOPLE)
    page.get_by_label("On a printed slip").check()
    visitor.press("Check the rows")
    visitor.press("Add these 2 rows")
    return CODE.findall(page.content())


def join(visitor, code, name):
    page = visitor.page
    for address in ("/join/", "/join/AAAA-BBBB-CCCC/", f"/join/{code}/"):
        visitor.look(address)
    page.goto("/join/")
    visitor.fill(Code=code.lower())
    visitor.press("Continue")
    visitor.press("Join")
    visitor.look()
    visitor.fill(**sign_in_fields(name))
    visitor.press("Join the committee")


def test_from_an_empty_portal_to_a_report_every_page_is_accessible_and_fits(
    open_as,
):
    secretary = Visitor(open_as(width=360, empty=True))
    set_up(secretary)
    paste_institutions(secretary)
    codes = invite(secretary)
    chair = Visitor(open_as(width=360, empty=True))
    join(chair, codes[0], "the.chair")
    for name in PAGES:
        secretary.look(f"{COMMITTEE}/{name}/")
    secretary.press("Start the report")
    secretary.look(f"{COMMITTEE}/setup/")

    assert chair.page.get_by_role("heading", level=1).inner_text() == (
        "What is waiting for you"
    )
    tasks = secretary.page.locator("ol.tasks > li > .when").all_inner_texts()
    assert tasks == [
        *["Completed"] * 4,
        "Not yet started",
        *["Completed"] * 2,
        "7 documents to complete",
        "Cannot start yet",
    ]
    assert (secretary.found, chair.found) == ({}, {})
