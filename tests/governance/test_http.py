"""Message pages, the monitor's page, and a database that is away."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.urls import reverse

from governance.errors import Refused
from governance.http import DatabaseDownMiddleware, RefusedMiddleware
from governance.views import errors


def test_healthz_tells_that_all_is_well(client, db):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok"},
    )


def test_healthz_tells_that_the_database_is_away(client, monkeypatch, settings):
    settings.MIDDLEWARE = []

    def away(*args):
        raise OperationalError("no route")

    monkeypatch.setattr("governance.views.health.connection.cursor", away)
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (
        503,
        {"status": "down", "database": "unreachable"},
    )


def test_a_database_that_is_away_gives_a_static_page(rf, caplog):
    def view(request):
        raise OperationalError("connection refused")

    response = DatabaseDownMiddleware(view)(rf.get("/"))

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "The portal is away for a moment" in response.content.decode()
    assert caplog.messages == ["The database cannot be reached: connection refused"]


def test_an_error_met_in_a_view_is_recognised(rf, monkeypatch):
    monkeypatch.setattr("governance.http.database_answers", lambda: False)

    def get_response(request):
        middleware.process_exception(request, OperationalError("gone"))
        return errors.plain(request, 500)

    middleware = DatabaseDownMiddleware(get_response)

    assert middleware(rf.get("/")).status_code == 503


def test_another_error_is_left_alone(rf):
    request = rf.get("/")
    DatabaseDownMiddleware(lambda r: None).process_exception(request, ValueError())

    assert not hasattr(request, "database_error")


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
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)

    response = client.post(reverse("account_logout"))

    assert response.status_code == 403
    assert "reload the page" in response.content.decode()
