"""Tokens, the schema, its page, and what the API says when it refuses."""

import pytest
from django.urls import path
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient
from rest_framework.views import APIView

from governance.api.base import describe
from governance.errors import Refused
from governance.models import Committee
from ncc_portal.rest import exception_handler
from ncc_portal.schema import chapters

PASSWORD = "correct horse battery staple"


class Refusing(APIView):
    def get(self, request):
        raise Refused("The report is being signed.")


urlpatterns = [path("refusing/", Refusing.as_view())]


@pytest.fixture
def person(world):
    user = world.person("neo")
    user.email = "neo@example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


def ask(client, **fields):
    return client.post("/api/token/", fields, format="json")


@pytest.mark.parametrize("name", ["neo-lesotho", "neo@example.org"])
def test_the_password_gives_a_token_that_stands_for_it(person, name):
    client = APIClient()

    token = ask(client, username=name, password=PASSWORD).json()["token"]

    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    [row] = client.get("/api/committees/").json()["results"]
    assert (row["slug"], Token.objects.get().user) == ("lesotho", person)


def test_asking_again_gives_the_same_token(person):
    answers = [
        ask(APIClient(), username=person.username, password=PASSWORD) for _ in "ab"
    ]

    assert answers[0].json() == answers[1].json()


def test_a_token_given_back_is_not_accepted(person):
    client = APIClient()
    token = ask(client, username=person.username, password=PASSWORD).json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    given_back = client.delete("/api/token/")

    after = client.get("/api/committees/")
    assert (given_back.status_code, after.status_code) == (204, 401)
    assert after.json() == {"detail": "Invalid token."}


def test_nobody_gives_back_a_token(db):
    assert APIClient().delete("/api/token/").status_code == 401


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_says_the_same_of_known_and_unknown_people(person, known):
    name = person.username if known else "nobody"

    answer = ask(APIClient(), username=name, password="wrong")

    assert answer.status_code == 401
    assert answer.json() == {"detail": "The user name or the password is not right."}
    assert Token.objects.count() == 0


def test_who_may_not_sign_in_gets_no_token(person):
    person.is_active = False
    person.save()

    answer = ask(APIClient(), username=person.username, password=PASSWORD)

    assert (answer.status_code, Token.objects.count()) == (401, 0)


def test_a_field_that_does_not_exist_is_refused_by_name(person):
    answer = ask(
        APIClient(), username=person.username, password=PASSWORD, is_staff=True
    )

    assert answer.status_code == 400
    assert answer.json()["fields"] == {"is_staff": ["There is no such field."]}
    assert Token.objects.count() == 0


@pytest.mark.parametrize("body", ["[]", "{", '{"username": "\\u0000"}', '"x"'])
def test_what_is_no_sign_in_is_refused(db, body):
    answer = APIClient().post("/api/token/", body, content_type="application/json")

    assert (answer.status_code, "detail" in answer.json()) == (400, True)


def test_the_sixth_guess_at_one_name_waits_even_with_the_right_password(person):
    client = APIClient()
    for _ in range(5):
        ask(client, username=person.username, password="wrong")

    answer = ask(client, username=person.username, password=PASSWORD)

    assert (answer.status_code, Token.objects.count()) == (429, 0)


def test_the_eleventh_attempt_from_one_address_waits_whatever_it_claims(db):
    client = APIClient()
    statuses = [
        client.post(
            "/api/token/",
            {},
            format="json",
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        ).status_code
        for n in range(11)
    ]

    assert statuses == [400] * 10 + [429]


@pytest.mark.urls("tests.ncc_portal.test_api_access")
def test_a_refusal_of_the_rules_is_409_with_its_sentence(world, client):
    client.force_login(world.person())

    answer = client.get("/refusing/")

    assert answer.status_code == 409
    assert answer.json() == {"detail": "The report is being signed.", "owed": []}


def test_what_the_api_does_not_know_is_left_to_django():
    assert exception_handler(KeyError("x"), {}) is None


@pytest.fixture(scope="module")
def schema():
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(request=None, public=True)


def test_every_field_and_parameter_says_what_it_means(schema):
    silent = [
        f"{name}.{key}"
        for name, form in schema["components"]["schemas"].items()
        if not name.startswith("Paginated")
        for key, field in form["properties"].items()
        if len(field.get("description", "")) < 4
    ]
    silent += [
        f"{address}?{parameter['name']}"
        for address, methods in schema["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if not (parameter["schema"].get("type") and parameter.get("description"))
        if parameter["in"] == "query"
    ]

    assert silent == []


def test_a_field_that_nobody_described_cannot_be_shown():
    with pytest.raises(LookupError, match=r"Committee\.is_demonstration"):
        describe(Committee, "is_demonstration")


def test_every_operation_declares_its_refusals(schema):
    declared = {
        address: sorted(operation["responses"])
        for address, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method == "get"
    }

    lists = {a: ["200", "400", "401", "404"] for a in declared if "{" not in a}
    rows = {a: ["200", "401", "404"] for a in declared if "{" in a}
    asked = {
        "/api/reports/{id}/compare/": ["200", "400", "401", "404"],
        "/api/workshops/{id}/presence/": ["200", "400", "401", "404"],
    }
    assert declared == lists | rows | asked


def test_every_move_declares_its_refusals(schema):
    declared = {
        address: sorted(set(operation["responses"]) - {"200", "201", "204"})
        for address, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method == "post" and address != "/api/token/"
    }

    every = ["400", "401", "403", "409", "503"]
    moves = {a: sorted([*every, "404"]) for a in declared if "{" in a}
    moves["/api/versions/{id}/sign/"].insert(-1, "429")
    lists = {a: every for a in declared if "{" not in a}
    assert declared == moves | lists
    assert len(declared) > 70


def test_what_is_sent_holds_no_other_fields(schema):
    sent = {
        name: form.get("additionalProperties")
        for name, form in schema["components"]["schemas"].items()
        if name.endswith("Request")
    }

    assert set(sent.values()) == {False}


def test_the_schema_is_public_and_the_root_is_not(client, db):
    schema = client.get("/api/schema/?format=json")

    assert (schema.status_code, schema.json()["info"]["title"]) == (200, "NCC portal")


def test_the_manual_shows_every_operation_and_field(client, world):
    client.force_login(world.person())

    overview = client.get("/api/docs/").content.decode()
    missing, operations, whole = [], 0, ""
    for chapter in chapters("en"):
        address = f"/api/docs/{chapter['name']}/"
        page = client.get(address).content.decode()
        parts = [f"<code>{o['path']}</code>" for o in chapter["operations"]]
        missing += [part for part in parts if part not in page]
        missing += [address] if f'href="{address}"' not in overview else []
        operations, whole = operations + len(parts), whole + page

    assert (missing, operations > 70) == ([], True)
    assert '<th scope="row"><code>baseline_due</code></th>' in whole
    assert ("<script" in whole, "style=" in whole) == (False, False)


def test_of_what_the_api_does_not_have_there_is_no_manual(client, world):
    client.force_login(world.person())

    assert client.get("/api/docs/nothing/").status_code == 404
