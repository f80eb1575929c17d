"""Every list of the API: who sees what, in how many queries, in which order."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from governance.models import Centre
from governance.permissions import Role
from ncc_portal.api import router
from tests.ncc_portal.world import World, list_of

ALL = [prefix for prefix, _viewset, _basename in router.registry]
# Lists of validation, which tests of their own fill.
VALIDATION = {
    "action-reports",
    "agenda-items",
    "attendance",
    "centre-requests",
    "comments",
    "invitations",
    "minute-notes",
    "paper-signatures",
    "part-outcomes",
    "participants",
    "renderings",
    "resolutions",
    "revisions",
    "roadmap-actions",
    "sign-off-rules",
    "signatures",
    "translations",
    "validations",
    "versions",
    "working-groups",
    "workshops",
}
LISTS = [prefix for prefix in ALL if prefix not in VALIDATION]
# Kinds of which a document has one row at the most, or one among few kinds.
SINGLE = {
    "statements",
    "meeting-rules",
    "quorum-rules",
    "decision-rules",
    "advocacy-statements",
}
PER_COMMITTEE = {"committees", "reports", "documents", "strategic-plans"} | {
    "activity-plans"
}


def queries_of(api, capture, address):
    with capture as queries:
        answer = api.get(address)
    return answer.json()["count"], len(queries)


@pytest.fixture
def capture(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(14)


@pytest.mark.parametrize("prefix", LISTS)
def test_a_list_costs_the_same_queries_for_one_row_and_for_three(
    world, api, capture, prefix
):
    one = queries_of(api, capture(), f"/api/{prefix}/")

    world.grow(2)
    three = queries_of(api, capture(), f"/api/{prefix}/")

    grows = prefix not in SINGLE | PER_COMMITTEE
    assert three == (one[0] * 3 if grows else one[0], one[1])


@pytest.mark.parametrize("prefix", sorted(PER_COMMITTEE))
def test_a_list_costs_the_same_queries_for_three_committees(world, capture, prefix):
    user = world.person("neo")
    api = APIClient()
    api.force_login(user)
    one = queries_of(api, capture(), f"/api/{prefix}/")

    for slug in ("ghana", "kenya"):
        other = World(slug)
        user.role_assignments.create(
            committee=other.committee, role=Role.SECRETARIAT, starts_on="2022-01-01"
        )
    three = queries_of(api, capture(), f"/api/{prefix}/")

    assert three == (one[0] * 3, one[1])


@pytest.mark.parametrize("prefix", [p for p in LISTS if p != "centres"])
def test_a_member_of_another_committee_finds_nothing(world, prefix):
    stranger = APIClient()
    stranger.force_login(World("ghana").person())
    member = APIClient()
    member.force_login(world.person())
    rows = member.get(f"/api/{prefix}/").json()["results"]
    row = rows[0].get("uid") or rows[0]["id"]

    seen = [r.get("uid") or r["id"] for r in list_of(stranger, prefix)]
    answer = stranger.get(f"/api/{prefix}/{row}/")

    assert row not in seen
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])
    detail = member.get(f"/api/{prefix}/{row}/").json()
    assert detail == detail | rows[0]


def test_an_official_reads_documents_only_when_they_are_shared(world):
    official = APIClient()
    official.force_login(world.person("lineo", Role.OFFICIAL))
    closed = [len(list_of(official, p)) for p in ("reports", "clauses", "indicators")]

    world.report.shared_with_officials = True
    world.report.save()

    opened = [len(list_of(official, p)) for p in ("reports", "clauses", "indicators")]
    assert (closed, opened) == ([0, 0, 0], [1, 3, 1])


def test_who_has_no_role_sees_no_centre(world):
    user = world.person("neo", Role.ADMINISTRATOR)
    api = APIClient()
    api.force_login(user)

    assert (list_of(api, "centres"), Centre.objects.count()) == ([], 1)


@pytest.mark.parametrize("address", ["/api/", "/api/clauses/", "/api/nothing/"])
def test_nobody_signed_in_is_401_in_json(client, db, address):
    answer = client.get(address)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    assert answer.json() == {"detail": "Authentication credentials were not provided."}


def test_an_address_that_no_route_knows_is_404_in_json(api):
    answer = api.get("/api/a/b%00c/%0A/")

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_what_no_action_adds_cannot_be_added(api):
    for prefix, viewset, _basename in router.registry:
        if getattr(viewset, "makes", None):
            continue
        answer = api.post(f"/api/{prefix}/", {}, format="json")
        assert answer.json() == {"detail": 'Method "POST" not allowed.'}


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ("page=-1", 404),
        ("page=0", 404),
        ("page=x%00", 404),
        (f"page={'9' * 5000}", 404),
        ("page_size=0", 400),
        ("page_size=201", 400),
        ("page_size=x", 400),
        ("page_size=%00", 400),
        ("document=1.5", 400),
        ("document=1.0", 400),
        ("page_size=5.0", 400),
        ("document=%00", 400),
        (f"document={'9' * 5000}", 400),
    ],
)
def test_bad_numbers_are_refused_with_a_sentence(api, params, status):
    answer = api.get(f"/api/clauses/?{params}")

    name = params.partition("=")[0]
    assert answer.status_code == status
    if status == 400:
        assert list(answer.json()["fields"]) == [name]
        assert answer.json()["fields"][name][0].endswith((".", "number."))
    else:
        assert answer.json() == {"detail": "Invalid page."}


@pytest.mark.parametrize(
    "params",
    [f"document={'9' * 30}", f"committee=-{'9' * 30}", "document=-1", "document=0"],
)
def test_an_id_that_no_row_has_gives_an_empty_list(api, params):
    answer = api.get(f"/api/clauses/?{params}")

    assert (answer.status_code, answer.json()["results"]) == (200, [])


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "%00", "9" * 5000])
@pytest.mark.parametrize("prefix", ["institutions", "documents", "clauses"])
def test_a_key_that_no_row_has_is_404(api, prefix, key):
    answer = api.get(f"/api/{prefix}/{key}/")

    assert (answer.status_code, list(answer.json())) == (404, ["detail"])


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        (
            {"ordering": "password,committee__id"},
            {
                "ordering": [
                    "The list can be ordered by: code, name, category, valid_from,"
                    " valid_to, id."
                ]
            },
        ),
        (
            {"conutry": "BW"},
            {
                "conutry": [
                    "There is no filter of this name here. There are: as_of,"
                    " category, code, committee, ordering, page, page_size."
                ]
            },
        ),
    ],
)
def test_an_order_or_a_filter_that_is_not_offered_is_refused(api, world, asked, fields):
    answer = api.get("/api/institutions/", asked)

    assert (answer.status_code, answer.json()["fields"]) == (400, fields)


def test_rows_come_in_the_order_asked_for(api, world):
    world.grow(2)

    rows = list_of(api, "institutions", ordering="-code")

    assert [row["code"] for row in rows] == ["I3", "I2", "I1"]


def test_pages_have_the_size_asked_for(api, world):
    world.grow(2)

    second = api.get("/api/institutions/?page_size=2&page=2").json()

    assert [row["code"] for row in second["results"]] == ["I3"]
    assert (second["count"], second["next"]) == (3, None)


def test_the_root_names_every_list(api):
    answer = api.get(reverse("api:api-root"))

    assert list(answer.json()) == ALL
