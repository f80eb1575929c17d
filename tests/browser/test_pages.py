"""Every page in a real Chromium: accessible, and no wider than a phone."""

import pytest

from governance.models import Centre, Document, Framework, Institution, Report, User
from strategy.models import Activity, ActivityPlan, StrategicPlan
from tests.browser.fit import faults

pytestmark = [pytest.mark.browser]


def addresses():
    committee = "/committees/lesotho"
    plan = ActivityPlan.objects.get().pk
    return [
        "/",
        "/account/",
        "/account/password/",
        "/sign-out/",
        "/search/?q=data",
        "/search/?q=nothing-of-this-kind",
        "/no-such-page/",
        f"{committee}/members/",
        f"{committee}/institutions/",
        f"{committee}/frameworks/",
        f"{committee}/centres/",
        f"{committee}/plan/",
        f"{committee}/coverage/",
        "/api/docs/",
        "/api/docs/resolutions/",
        f"/activity-plans/{plan}/?lead=BOS",
        f"/activity-plans/{plan}/?lead=nobody",
        f"/activity-plans/{plan}/timeline/",
        f"/activity-plans/{plan}/budget/",
        f"/strategic-plans/{StrategicPlan.objects.get().pk}/results/",
        Activity.objects.first().get_absolute_url(),
        Centre.objects.first().get_absolute_url(),
        Framework.objects.filter(measured=True).first().get_absolute_url(),
        Institution.objects.filter(code="BOS").first().get_absolute_url(),
        Report.objects.get(committee__slug="lesotho").get_absolute_url(),
        *(
            document.get_absolute_url()
            for document in Document.objects.filter(committee__slug="lesotho")
        ),
    ]


def test_every_page_is_accessible_and_fits(open_as):
    page = open_as("secretariat.officer")

    found = {address: faults(page, address) for address in addresses()}

    assert {address: list_ for address, list_ in found.items() if list_} == {}


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/reset-password/", "/reset-password/sent/"]
)
def test_pages_before_sign_in_are_accessible_and_fit(open_as, address):
    User.objects.create_user("somebody")  # without anybody they lead to set-up

    assert faults(open_as(empty=True), address) == []


def test_sign_in_reading_and_filtering_need_no_javascript(open_as):
    page = open_as(javascript=False)
    page.goto("/")
    page.get_by_label("User name or e-mail").fill("focal.mole")
    page.get_by_label("Password").fill("Maseru-2021-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("link", name="Activities").click()
    page.get_by_text("Filter and order").click()
    page.get_by_label("Lead").select_option("MoLE")
    page.get_by_role("button", name="Show").click()

    assert page.get_by_role("status").inner_text() == (
        "1 activity, budget M140\N{NO-BREAK SPACE}000, spent M46\N{NO-BREAK SPACE}000"
        " (32.9%). Filtered."
    )
