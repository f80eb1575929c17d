"""Message pages, the monitor's page, and a database that is away."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from django.urls import reverse

from governance.errors import Refused
from governance.http import RefusedMiddleware
from governance.views import errors
from tests import world as worlds
from tests.governance.test_accounts import SIGN_IN


def test_healthz_tells_that_all_is_well(client, db):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok"},
    )


@pytest.fixture
def database_away(django_db_blocker):
    """PostgreSQL at a port where nothing listens, for the whole stack."""
    here = connections["default"]
    nowhere = here.settings_dict | {
        "NAME": "ncc",
        "USER": "ncc",
        "PASSWORD": "",
        "HOST": "127.0.0.1",
        "PORT": "9",
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        connections["default"] = DatabaseWrapper(nowhere, "default")
        yield
        connections["default"] = here


@pytest.mark.parametrize("path", ["/", "/healthz", "/sign-in/", "/api/committees/"])
def test_a_database_that_is_away_gives_a_static_page(database_away, caplog, path):
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    response = client.get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "The portal is away for a moment" in response.content.decode()
    assert [r.levelname for r in caplog.records if r.exc_info] == []
    assert caplog.messages[0].startswith("The database cannot be reached: connection")


def test_a_sign_in_without_database_is_told_to_wait(database_away):
    client = Client(raise_request_exception=False)

    response = client.post(SIGN_IN, {"login": "a", "password": "b", "device": "own"})

    assert response.status_code == 503


def test_healthz_without_a_session_tells_that_the_database_is_away(database_away):
    response = Client().get("/healthz")

    assert (response.status_code, response.json()) == (
        503,
        {"status": "down", "database": "unreachable"},
    )


def test_a_query_that_fails_is_not_a_database_that_is_away(db, rf):
    try:
        raise OperationalError("disk full")
    except OperationalError:
        response = errors.server_error(rf.get("/"))

    assert response.status_code == 500


def test_a_missing_page_says_what_to_do(client, secretary):
    client.force_login(secretary)

    response = client.get("/documents/999999/")

    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


def test_a_number_no_database_holds_is_a_missing_page(client, secretary):
    client.force_login(secretary)

    assert client.get(f"/documents/{10**30}/").status_code == 404


def test_a_refused_right_gives_the_reason(rf, secretary):
    request = rf.get("/")
    request.user = secretary
    request.session = {}

    response = errors.permission_denied(request, PermissionDenied("Only the chair."))

    assert response.status_code == 403
    assert "Only the chair." in response.content.decode()


@pytest.mark.parametrize("status", [400, 500])
def test_a_broken_page_asks_nothing_of_the_database(rf, status):
    page = errors.plain(rf.get("/"), status)

    assert page.status_code == status


def test_the_handlers_answer_with_their_status(rf, secretary):
    request = rf.get("/")
    request.user = secretary

    assert [
        errors.bad_request(request, ValueError()).status_code,
        errors.server_error(request).status_code,
        errors.too_many_requests(request).status_code,
        errors.csrf_failure(request).status_code,
    ] == [400, 500, 429, 403]


@pytest.mark.parametrize(
    ("referer", "target"),
    [
        ("http://testserver/account/", "http://testserver/account/"),
        ("http://evil/", "/"),
    ],
)
def test_a_refusal_is_shown_where_the_person_was(rf, referer, target, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "governance.http.messages.error", lambda request, text: shown.append(text)
    )
    request = rf.post("/", headers={"Referer": referer})

    response = RefusedMiddleware(lambda r: None).process_exception(
        request, Refused("Not now.")
    )

    assert (response.status_code, response.url, shown) == (302, target, ["Not now."])


def test_other_errors_are_not_refusals(rf):
    middleware = RefusedMiddleware(lambda r: None)

    assert middleware.process_exception(rf.get("/"), ValueError()) is None


def test_a_form_without_its_token_is_refused_with_a_remedy(secretary):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)

    response = client.post(reverse("account_logout"))

    assert response.status_code == 403
    assert "reload the page" in response.content.decode()


def test_who_pressed_a_button_without_a_session_comes_back_to_its_page(client, db):
    world = worlds.at_stage("drafting")
    page = f"http://testserver{world.report.get_absolute_url()}"
    press = reverse("governance:report-propose-release", args=[world.report.pk])

    answer = client.post(press, headers={"referer": page})
    shown = client.get(answer.url).content.decode()

    assert answer.url == f"{SIGN_IN}?next={quote(page, safe='/')}"
    assert "what you pressed was not carried out" in shown


@pytest.mark.parametrize("referer", ["", "https://evil.example/"])
def test_it_comes_back_to_no_other_site(client, db, referer):
    world = worlds.at_stage("drafting")
    press = reverse("governance:report-propose-release", args=[world.report.pk])

    answer = client.post(press, headers={"referer": referer})

    assert answer.url == f"{SIGN_IN}?next=/"


def test_an_address_that_is_for_a_button_says_so(client, db):
    world = worlds.at_stage("drafting")
    client.force_login(world.person("secretary"))

    answer = client.get(
        reverse("governance:report-propose-release", args=[world.report.pk])
    )

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<h1>Nothing was done</h1>" in answer.content.decode()
