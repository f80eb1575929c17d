"""Every URL of the portal, tried by a stranger, a neighbour and every role."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.actions import releases, renderings
from governance.files import store
from governance.models import Centre, Committee, Document, Rendering, Report
from governance.pdf import Printed
from strategy.models import Activity, ActivityPlan, StrategicPlan
from tests import test_roles
from tests import world as worlds
from tests.tampering import unguarded

pytestmark = pytest.mark.once

# Pages about Lesotho's committee, by name; the rest of the URLs are listed below.
PAGES = {
    "governance:committee": "slug",
    "governance:documents": "slug",
    "governance:report": "report",
    "governance:document": "document",
    "governance:members": "slug",
    "governance:institutions": "slug",
    "governance:institution": "institution",
    "governance:frameworks": "slug",
    "governance:framework": "own_framework",
    "governance:centres": "slug",
    "strategy:plan": "slug",
    "strategy:coverage": "slug",
    "strategy:results": "strategic_plan",
    "strategy:activity-plan": "activity_plan",
    "strategy:timeline": "activity_plan",
    "strategy:budget": "activity_plan",
    "strategy:activity": "activity",
}
# Only for those who may make a PDF of the draft.
PDF_PAGES = {
    "governance:report-pdf",
    "governance:rendering",
    "governance:rendering-file",
}
# Answer to every person who is signed in, with what that person may see.
PERSONAL = {"governance:my-work", "governance:search", "governance:kept", "account"}
# What a form's script sends, and a person's own drafts: in
# tests.governance.views.keeping.
KEPT = {
    "governance:drafts",
    "governance:presence",
    "governance:draft-delete",
    "governance:sealed-delete",
}
# Answer to everybody: sign-in and its helpers, the monitor's page.
PUBLIC = {
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "healthz",
}
# A released report and the check of a copy: open to everybody; before the release
# the address of a report does not exist.
RELEASED = {
    "governance:public-report",
    "governance:public-report-pdf",
    "governance:public-report-part",
}
VERIFY = {"governance:verify"}
# Set-up is there for nobody once there is a committee; a code opens the way to join:
# tests.governance.views.test_setup and test_joining.
ENTRANCES = {
    "governance:setup",
    "governance:join",
    "governance:join-code",
    "governance:join-new",
}
# The rest stands, role by role, in the table of tests.test_roles.
TABLE = {test_roles.full(name) for name in (*test_roles.DOORS, *test_roles.PAGES)}
SESSION = {"account_logout", "account_change_password"}
# Seen by anybody with a role: no committee's own.
COMMON = {"governance:centre": "centre"}

READERS = {
    "focal.mole": "member",
    "secretariat.records": "rapporteur",
    "secretariat.officer": "secretariat",
    "ncc.chair": "chair",
    "minister.office": "official",
    "observer.iom": "observer",
    "au.reviewer": "reviewer",
}


def named_urls(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from named_urls(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"


@pytest.fixture
def addresses(lesotho, db):
    """A real address of Lesotho's committee for every page."""
    committee = Committee.objects.get(slug="lesotho")
    values = {
        "slug": committee.slug,
        "report": Report.objects.get(committee=committee).pk,
        "document": Document.objects.filter(committee=committee).first().pk,
        "institution": committee.institutions.first().pk,
        "own_framework": committee.frameworks.first().pk,
        "strategic_plan": StrategicPlan.objects.get(committee=committee).pk,
        "activity_plan": ActivityPlan.objects.get(committee=committee).pk,
        "activity": Activity.objects.first().uid,
    }
    return {name: reverse(name, args=[values[key]]) for name, key in PAGES.items()}


def test_every_url_is_in_one_of_the_lists():
    listed = {*PAGES, *PDF_PAGES, *PERSONAL, *PUBLIC, *SESSION, *COMMON}
    listed |= RELEASED | VERIFY | ENTRANCES | KEPT | TABLE
    named = {
        name
        for name in named_urls(get_resolver().url_patterns)
        if not name.startswith("api")
    }
    assert named == listed


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_sent_to_sign_in(client, addresses, name):
    response = client.get(addresses[name])

    assert (response.status_code, response.url) == (
        302,
        f"{reverse('account_login')}?next={addresses[name]}",
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("username", ["practice.member", "portal.admin"])
def test_a_neighbour_and_the_administrator_find_nothing(
    sign_in, addresses, name, username
):
    client = sign_in(username)

    missing = client.get(addresses[name].replace("lesotho", "no-such-committee"))
    response = client.get(addresses[name])

    assert response.status_code == 404
    if "lesotho" in addresses[name]:
        assert missing.status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("username", READERS)
def test_every_role_reads_every_page_of_a_shared_draft(
    sign_in, addresses, name, username
):
    response = sign_in(username).get(addresses[name], follow=True)

    assert response.status_code == 200
    assert b"<h1>" in response.content


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_changed_by_a_post(sign_in, addresses, name):
    response = sign_in("secretariat.officer").post(addresses[name])

    assert response.status_code == 405


@pytest.mark.parametrize("username", ["minister.office", "observer.iom", "au.reviewer"])
def test_a_draft_that_is_not_shared_does_not_exist(sign_in, addresses, username):
    with unguarded():
        Report.objects.update(
            state="drafting",
            validated_at=None,
            released_at=None,
            shared_with_officials=False,
            shared_with_observers=False,
            shared_with_reviewers=False,
        )
    client = sign_in(username)

    names = [n for n, key in PAGES.items() if key in CLOSED_WITH_THE_DRAFT]
    assert {name: client.get(addresses[name]).status_code for name in names} == (
        dict.fromkeys(names, 404)
    )


CLOSED_WITH_THE_DRAFT = {
    "report",
    "document",
    "strategic_plan",
    "activity_plan",
    "activity",
}


@pytest.mark.parametrize("name", sorted(PERSONAL))
@pytest.mark.parametrize("username", [*READERS, "practice.member", "portal.admin"])
def test_personal_pages_answer_everybody_signed_in(sign_in, lesotho, name, username):
    assert sign_in(username).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_personal_pages_send_a_stranger_to_sign_in(client, db, name):
    response = client.get(reverse(name))

    assert response.url == f"{reverse('account_login')}?next={reverse(name)}"


def test_search_finds_nothing_of_another_committee(sign_in, lesotho):
    response = sign_in("practice.member").get(
        reverse("governance:search"), {"q": "MoLE"}
    )

    assert response.context["page"].paginator.count == 0


def test_the_administrator_sees_no_centre(sign_in, lesotho):
    url = Centre.objects.first().get_absolute_url()
    assert sign_in("portal.admin").get(url).status_code == 404
    assert sign_in("practice.member").get(url).status_code == 200


def public_address(name, world):
    args = [world.report.reference] if name in RELEASED else []
    return reverse(name, args=[*args, 1] if name.endswith("-part") else args)


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_report_that_is_not_released_does_not_exist_for_the_public(client, db, name):
    world = worlds.at_stage("validated")

    assert client.get(public_address(name, world)).status_code == 404


@pytest.mark.parametrize("name", sorted(RELEASED | VERIFY))
def test_a_released_report_needs_no_sign_in(client, db, name):
    world = worlds.at_stage("validated")
    with world.on("2022-03-02"):
        for row in Rendering.objects.all():
            data = b"%PDF-1.7 printed"
            renderings.finish(row, store(f"{row.pk}.pdf", data), Printed(data, 1))
        releases.propose_release(world.report, by=world.person("secretary"))
        releases.release(world.report, by=world.person("chair"))

    response = client.get(public_address(name, world))

    assert response.status_code == 200
    if response.streaming:
        assert b"".join(response.streaming_content) == data
