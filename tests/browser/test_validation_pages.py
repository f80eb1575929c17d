"""Every page on the way to a validated report: accessible, and no wider than a phone."""

import pytest
from django.urls import reverse

from governance.models import Report
from tests import roles_world, test_roles
from tests.browser.conftest import session_of
from tests.browser.fit import faults

pytestmark = [pytest.mark.browser]

# Answers that are files, not pages.
FILES = ("-pdf", "-xlsx", "-docx", "-file", "-scan")


def pages():
    """The name, the argument and the first role that may see it, of every page."""
    for name, (argument, cells) in {**test_roles.DOORS, **test_roles.PAGES}.items():
        if name.endswith(FILES) or name in test_roles.POST_ONLY:
            continue
        seen_by = [role for role, cell in cells.items() if cell == "yes"]
        yield name, argument, seen_by[0]


@pytest.fixture
def window(chromium, live_server, settings, transactional_db):
    contexts = {}

    def open_window(world, role):
        if role not in contexts:
            context = chromium.new_context(
                bypass_csp=True,
                base_url=live_server.url,
            )
            user = world.people[roles_world.ROLES[role]]
            cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
            context.add_cookies([cookie | {"value": session_of(user.username)}])
            contexts[role] = context.new_page()
        return contexts[role]

    yield open_window
    for page in contexts.values():
        page.context.close()


def test_every_page_of_the_way_is_accessible_and_fits(window):
    world, objects = roles_world.build()

    found = {
        name: faults(
            window(world, role),
            reverse(test_roles.full(name), args=objects[argument]),
        )
        for name, argument, role in pages()
    }

    assert {name: list_ for name, list_ in found.items() if list_} == {}


def test_the_pages_of_the_told_story_are_accessible_and_fit(open_as):
    page = open_as("secretariat.officer")
    report = Report.objects.get(committee__slug="lesotho")
    workshop = report.workshops.get()
    addresses = [
        reverse("governance:comments", args=[report.pk]),
        reverse("governance:suggestions", args=[report.pk]),
        reverse("governance:versions", args=[report.pk]),
        reverse("governance:sign-off", args=[report.pk]),
        reverse("governance:public-report", args=[report.reference]),
        reverse("governance:public-report-part", args=[report.reference, 1]),
        reverse("governance:verify"),
        workshop.get_absolute_url(),
        reverse("governance:attendance", args=[workshop.pk]),
        reverse("governance:resolutions", args=["lesotho"]),
        reverse("governance:roadmap", args=["lesotho"]),
        reverse("governance:history", args=["lesotho"]),
        report.comments.get(number=4).get_absolute_url(),
        report.resolutions.first().get_absolute_url(),
        report.actions.get(serial=15).get_absolute_url(),
        *(version.get_absolute_url() for version in report.versions.all()[:1]),
    ]

    found = {address: faults(page, address) for address in addresses}

    assert {address: list_ for address, list_ in found.items() if list_} == {}
