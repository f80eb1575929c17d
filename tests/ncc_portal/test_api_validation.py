"""Moves over the API: who may, what is refused, and that nobody validates."""

import json

import pytest
from rest_framework.test import APIClient

from governance.models import Report, User
from ncc_portal.api import router
from tests.ncc_portal.validation import api, comment_facts, get, post, world_at

world = world_at("circulated")


def moves():
    return {
        (prefix, extra.url_path)
        for prefix, viewset, _basename in router.registry
        for extra in viewset.get_extra_actions()
        if "post" in extra.mapping
    }


def test_nobody_validates_or_replaces_a_report_by_the_api(world, db):
    before = get(world, "secretary", f"reports/{world.report.pk}")
    client = api(world, "chair")
    address = f"/api/reports/{world.report.pk}/"
    answers = [
        client.post(f"{address}{name}/", {}, format="json").status_code
        for name in ("validate", "supersede", "accept", "amend", "return")
    ]

    written = [
        getattr(client, method)(address, {"state": "validated"}, format="json")
        for method in ("put", "patch", "delete")
    ]

    assert answers == [404] * 5
    assert [answer.status_code for answer in written] == [405] * 3
    assert not {name for _p, name in moves()} & {"validate", "supersede"}
    assert get(world, "secretary", f"reports/{world.report.pk}") == before


def test_no_row_is_put_patched_or_deleted(world, db):
    client = api(world, "secretary")

    statuses = {
        (prefix, method): getattr(client, method)(f"/api/{prefix}/1/").status_code
        for prefix, _viewset, _basename in router.registry
        for method in ("put", "patch", "delete")
    }

    assert set(statuses.values()) == {405}


def test_a_stranger_to_the_committee_finds_no_move(world, db):
    stranger = APIClient()
    stranger.force_login(User.objects.create_user("stranger", name="Stranger"))

    for prefix, name in sorted(moves()):
        answer = stranger.post(f"/api/{prefix}/1/{name}/", {}, format="json")
        assert (answer.status_code, list(answer.json())) == (404, ["detail"])


def test_who_is_not_signed_in_moves_nothing(world, db):
    for prefix, name in sorted(moves()):
        answer = APIClient().post(f"/api/{prefix}/1/{name}/", {}, format="json")
        assert answer.status_code == 401


def test_a_role_without_the_right_is_403_with_the_sentence(world, db):
    answer = post(
        world, "member_c", f"reports/{world.report.pk}/close_comments", reason="Done"
    )

    assert answer == (403, {"detail": "This is done by: Secretariat, Chair."})
    assert Report.objects.get(pk=world.report.pk).state == "circulated"


def test_a_refusal_is_409_and_names_what_is_owed_by_whom_and_where(world, db):
    post(world, "member_c", "comments", **comment_facts(world))
    with world.on("2021-12-01"):
        post(world, "secretary", f"reports/{world.report.pk}/close_comments")

    status, data = post(world, "secretary", f"reports/{world.report.pk}/table")

    [comment] = get(world, "secretary", "comments")["results"]
    assert (status, data) == (
        409,
        {
            "detail": "The report cannot be tabled yet. Comment C01 of C has no answer."
            " (Rapporteur)",
            "owed": [
                {
                    "text": "Comment C01 of C has no answer.",
                    "who": "Rapporteur",
                    "url": f"/comments/{comment['id']}/",
                }
            ],
        },
    )
    detail = get(world, "secretary", f"reports/{world.report.pk}")
    assert (detail["state"], detail["owed"]) == ("consolidating", data["owed"])


def test_a_move_from_another_state_is_409(world, db):
    answer = post(world, "secretary", f"reports/{world.report.pk}/table")

    assert answer == (
        409,
        {
            "detail": "“A report” is at “Circulated for comment” now: this step is"
            " not possible there.",
            "owed": [],
        },
    )


@pytest.mark.parametrize(
    "field", ["state", "committee", "by", "validated_at", "x\ud800"]
)
def test_a_field_that_the_move_does_not_have_changes_nothing(world, db, field):
    before = get(world, "secretary", f"reports/{world.report.pk}")
    body = json.dumps({"reason": "Enough", field: "validated"})

    answer = api(world, "chair").post(
        f"/api/reports/{world.report.pk}/close_comments/",
        body,
        content_type="application/json",
    )

    assert answer.status_code == 400
    if "\ud800" not in field:
        assert answer.json() == {
            "detail": "Something in the request cannot be used; see the fields.",
            "fields": {field: ["There is no such field."]},
        }
    assert get(world, "secretary", f"reports/{world.report.pk}") == before


def test_a_move_without_parameters_takes_none(world, db):
    status, data = post(
        world, "secretary", f"reports/{world.report.pk}/release", force=True
    )

    assert (status, data["fields"]) == (400, {"force": ["There is no such field."]})


@pytest.mark.parametrize(
    "body",
    ["[]", "3", '"x"', "{", "[" * 20_000, '{"note": "\\ud800"}', '{"note": "\\u0000"}'],
)
def test_what_is_no_object_of_text_is_400(world, db, body):
    answer = api(world, "secretary").post(
        f"/api/reports/{world.report.pk}/table/", body, content_type="application/json"
    )

    assert (answer.status_code, "detail" in answer.json()) == (400, True)


def test_a_body_above_the_limit_is_400(world, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    status, data = post(
        world, "secretary", f"reports/{world.report.pk}/table", note="x" * 100
    )

    assert (status, data) == (400, {"detail": "The request is too large."})


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, "%00"])
def test_a_move_of_a_row_that_is_not_there_is_404(world, db, key):
    for prefix, name in sorted(moves()):
        answer = api(world, "secretary").post(
            f"/api/{prefix}/{key}/{name}/", {}, format="json"
        )
        assert (answer.status_code, list(answer.json())) == (404, ["detail"])


def test_filters_in_the_address_do_not_hide_the_row_that_moves(world, db):
    address = f"/api/reports/{world.report.pk}/close_comments/?state=circulated"

    with world.on("2021-12-01"):
        answer = api(world, "secretary").post(address, {}, format="json")

    assert (answer.status_code, answer.json()["state"]) == (200, "consolidating")


@pytest.mark.parametrize("name", ["official", "observer", "admin"])
def test_a_draft_that_is_not_shared_cannot_be_moved(world, db, name):
    status, _data = post(world, name, f"reports/{world.report.pk}/table")

    assert status == 404


def test_open_moves_are_those_of_the_person(world, db):
    found = {
        name: get(world, name, f"reports/{world.report.pk}")["open_moves"]
        for name in ("secretary", "chair", "rapporteur", "member_c")
    }

    assert found == {
        "secretary": ["close_comments", "keep_draft", "share", "request_pdf"],
        "chair": ["close_comments", "request_pdf"],
        "rapporteur": ["keep_draft", "request_pdf"],
        "member_c": ["request_pdf"],
    }


def test_every_open_move_is_a_route(world, db):
    named = {
        act.name
        for _prefix, viewset, _basename in router.registry
        for act in getattr(viewset, "acts", ())
    }

    assert named == {name for _prefix, name in moves()}
