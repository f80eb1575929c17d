"""Comments over the API: given, changed, answered, contested, in the text."""

import uuid

import pytest

from governance.actions import circulation, editing
from governance.models import Comment
from tests.ncc_portal.validation import (
    api,
    comment_facts,
    get,
    post,
    rows,
    world_at,
)

circulated = world_at("circulated")


@pytest.fixture
def world(circulated, db):
    with circulated.on("2021-11-15"):
        yield circulated


@pytest.fixture
def comment(world):
    status, data = post(world, "member_c", "comments", **comment_facts(world))
    assert status == 201
    return data


def answer(world, comment, who="rapporteur", **given):
    return post(world, who, f"comments/{comment['id']}/respond", **given)


def test_a_comment_is_entered_and_is_the_answer(world):
    body = world.document.bodies.first()

    status, data = post(
        world,
        "member_c",
        "comments",
        **comment_facts(world, suggested_wording="It meets monthly."),
    )

    version = world.report.last_version
    assert (status, data) == (
        201,
        {
            "id": data["id"],
            "code": "C01",
            "number": 1,
            "committee": world.committee.pk,
            "report": world.report.pk,
            "document": world.document.pk,
            "version": version.pk,
            "provision_uid": str(body.uid),
            "section": data["section"],
            "provision_text": "The plenary meets and writes.",
            "quote": "",
            "institution": {
                "id": world.institutions["C"].pk,
                "code": "C",
                "name": "Institution C",
            },
            "author_name": "Member C of world",
            "on_behalf": False,
            "type": "technical",
            "severity": "substantive",
            "channel": "written",
            "body": "Say how often it meets.",
            "suggested_wording": "It meets monthly.",
            "received_on": "2021-11-15",
            "is_late": False,
            "assigned_to": None,
            "state": "received",
            "responses": [],
            "objection": None,
            "changes": [],
            "owes_change": False,
            "basis": "",
            "sources": [],
            "open_moves": ["change", "withdraw"],
        },
    )
    assert data == get(world, "member_c", f"comments/{data['id']}")


def test_a_comment_on_a_document_as_a_whole_names_no_provision(world):
    facts = comment_facts(world)
    del facts["provision_uid"]

    status, data = post(world, "member_c", "comments", **facts)

    assert (status, data["provision_uid"], data["section"]) == (201, None, "Structure")


def test_nobody_comments_for_another_institution(world):
    facts = comment_facts(world, institution=world.institutions["D"].pk)

    assert post(world, "member_c", "comments", **facts) == (
        403,
        {"detail": "This is done by: Rapporteur, Secretariat."},
    )
    assert Comment.objects.count() == 0


def test_the_secretariat_enters_a_comment_on_behalf(world):
    status, data = post(
        world, "secretary", "comments", **comment_facts(world, number=7)
    )

    assert (status, data["code"], data["on_behalf"]) == (201, "C07", True)


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("provision_uid", str(uuid.UUID(int=0)), 409),
        ("provision_uid", "x", 400),
        ("document", 0, 400),
        ("document", 1.5, 400),
        ("document", True, 400),
        ("document", 10**30, 400),
        ("institution", "1", 400),
        ("type", "loud", 400),
        ("body", "", 400),
        ("body", 7, 400),
        ("severity", None, 400),
        ("number", 10**9, 400),
        ("author", 1, 400),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(world, field, value, status):
    given = post(
        world, "secretary", "comments", **comment_facts(world, **{field: value})
    )

    assert given[0] == status
    if status == 400:
        assert list(given[1]["fields"]) == [field]
    assert Comment.objects.count() == 0


def test_own_comment_is_changed_until_it_is_answered(world, comment):
    path = f"comments/{comment['id']}/change"

    changed = post(world, "member_c", path, body="Say where it meets.")
    others = post(world, "member_d", path, body="No")
    answer(world, comment, disposition="noted")
    late = post(world, "member_c", path, body="Too late")

    assert (changed[0], changed[1]) == (200, comment | {"body": "Say where it meets."})
    assert (others[0], others[1]["detail"]) == (
        403,
        "C01 is a comment of Institution C: only they do this.",
    )
    assert (late[0], late[1]["detail"]) == (
        409,
        "C01 was answered; it cannot be changed any more.",
    )


def test_own_comment_is_withdrawn_and_stays(world, comment):
    status, data = post(
        world, "member_c", f"comments/{comment['id']}/withdraw", reason="Settled"
    )

    assert (status, data) == (200, comment | {"state": "withdrawn", "open_moves": []})


def test_a_comment_is_assigned_to_who_answers(world, comment):
    path = f"comments/{comment['id']}/assign"

    to_member = post(world, "secretary", path, to="world.member_a")
    unknown = post(world, "secretary", path, to="nobody")
    done = post(world, "secretary", path, to="world.rapporteur")

    assert (to_member[0], unknown[0]) == (409, 400)
    assert (done[0], done[1]["state"], done[1]["assigned_to"]) == (
        200,
        "assigned",
        "Rapporteur of world",
    )


def test_an_answer_is_kept_with_its_reason(world, comment):
    without = answer(world, comment, disposition="not_accepted")
    status, data = answer(
        world, comment, disposition="not_accepted", reason="It is said in Part II."
    )

    assert without == (
        409,
        {"detail": "Say why the comment is not accepted.", "owed": []},
    )
    assert status == 200
    assert (data["state"], data["responses"]) == (
        "responded",
        [
            {
                "disposition": "not_accepted",
                "reason": "It is said in Part II.",
                "duplicate_of": None,
                "at": "2021-11-15T07:00:00Z",
                "by_name": "Rapporteur of world",
            }
        ],
    )
    assert data["open_moves"] == ["close"]


def test_a_member_answers_nothing(world, comment):
    status, data = answer(world, comment, who="member_d", disposition="noted")

    assert (status, data) == (
        403,
        {"detail": "This is done by: Rapporteur, Secretariat."},
    )


def test_a_comment_is_referred_to_plenary(world, comment):
    status, data = answer(world, comment, disposition="referred")

    assert (status, data["state"]) == (200, "plenary")


def test_a_duplicate_names_the_other(world, comment):
    other = post(world, "member_c", "comments", **comment_facts(world))[1]

    status, data = answer(
        world, other, disposition="duplicate", duplicate_of=comment["id"]
    )

    assert (status, data["responses"][0]["duplicate_of"]) == (200, comment["id"])


def test_its_institution_says_once_that_it_is_not_satisfied(world, comment):
    answer(world, comment, disposition="noted")
    path = f"comments/{comment['id']}/contest"

    first = post(world, "member_c", path, text="It is not enough.")
    answer(world, comment, disposition="noted")
    second = post(world, "member_c", path, text="Still not.")

    assert (first[0], first[1]["state"], first[1]["objection"]) == (
        200,
        "contested",
        {
            "text": "It is not enough.",
            "at": "2021-11-15T07:00:00Z",
            "by_name": "Member C of world",
        },
    )
    assert (second[0], second[1]["detail"]) == (
        409,
        "This was said of C01 already; it is said once.",
    )


def test_an_accepted_suggestion_is_applied_to_the_text(world):
    facts = comment_facts(world, suggested_wording="The plenary meets monthly.")
    comment = post(world, "member_c", "comments", **facts)[1]
    with world.on("2021-11-29"):
        post(world, "secretary", f"reports/{world.report.pk}/close_comments")
        accepted = answer(world, comment, disposition="accepted")[1]
        status, data = post(
            world, "rapporteur", f"comments/{comment['id']}/apply_suggestion"
        )

    body = world.document.bodies.first()
    assert (accepted["owes_change"], accepted["open_moves"]) == (
        True,
        ["apply_suggestion", "map_change"],
    )
    assert (status, data["state"], body.mandate) == (
        200,
        "incorporated",
        "The plenary meets monthly.",
    )
    [change] = data["changes"]
    assert change == {
        "document": world.document.pk,
        "provision_uid": str(body.uid),
        "revision": change["revision"],
        "note": change["note"],
        "at": "2021-11-29T07:00:00Z",
    }
    closed = post(world, "secretary", f"comments/{comment['id']}/close")
    assert (closed[0], closed[1]["state"]) == (200, "closed")


def test_what_owes_a_change_is_neither_incorporated_nor_closed(world, comment):
    answer(world, comment, disposition="accepted")

    refused = {
        name: post(world, "rapporteur", f"comments/{comment['id']}/{name}")[0]
        for name in ("incorporate", "close", "apply_suggestion")
    }

    assert refused == {"incorporate": 409, "close": 409, "apply_suggestion": 409}


def test_others_see_only_the_comments_of_their_institution(world, comment):
    facts = comment_facts(world, institution=world.institutions["OBS"].pk)
    own = post(world, "secretary", "comments", **facts)[1]

    seen = {
        name: [row["code"] for row in rows(world, name, "comments")]
        for name in ("member_d", "observer", "official", "admin")
    }
    hidden = api(world, "observer").get(f"/api/comments/{comment['id']}/")

    assert seen == {
        "member_d": ["C01", "C02"],
        "observer": ["C02"],
        "official": [],
        "admin": [],
    }
    assert (own["code"], hidden.status_code) == ("C02", 404)


def test_comments_are_found_by_each_filter(world, comment):
    late = comment_facts(
        world, institution=world.institutions["D"].pk, type="editorial"
    )
    post(world, "secretary", "comments", **late | {"severity": "editorial"})
    answer(world, comment, disposition="noted")
    uid = comment["provision_uid"]

    def codes(**params):
        return [row["code"] for row in rows(world, "secretary", "comments", **params)]

    assert {
        "committee": codes(committee=world.committee.pk),
        "report": codes(report=0),
        "document": codes(document=world.document.pk),
        "institution": codes(institution=world.institutions["D"].pk),
        "provision": codes(provision=uid),
        "state": codes(state="responded"),
        "type": codes(type="editorial"),
        "severity": codes(severity="substantive"),
        "disposition": codes(disposition="noted"),
        "unanswered": codes(unanswered="true"),
        "answered": codes(unanswered="false"),
        "late": codes(is_late="true"),
        "after": codes(received_after="2021-11-16"),
        "before": codes(received_before="2021-11-15", ordering="-number"),
    } == {
        "committee": ["C01", "C02"],
        "report": [],
        "document": ["C01", "C02"],
        "institution": ["C02"],
        "provision": ["C01", "C02"],
        "state": ["C01"],
        "type": ["C02"],
        "severity": ["C01"],
        "disposition": ["C01"],
        "unanswered": ["C02"],
        "answered": ["C01"],
        "late": [],
        "after": [],
        "before": ["C02", "C01"],
    }


@pytest.mark.parametrize(
    "params",
    [{"provision": "x"}, {"state": "x"}, {"report": "x"}, {"received_after": "x"}],
)
def test_a_filter_that_means_nothing_is_400(world, params):
    answer = api(world, "secretary").get("/api/comments/", params)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(params))


def test_an_accepted_comment_points_at_the_change_that_it_led_to(world, comment):
    answer(world, comment, disposition="accepted", reason="Agreed.")
    with world.on("2021-11-29"):
        circulation.close_comments(world.report, by=world.person("secretary"))
        body = world.document.bodies.get(name="Plenary")
        editing.edit_provision(
            body, base=body.revision, by=world.person("rapporteur"), mandate="It meets."
        )
        found = rows(world, "member_c", "revisions", provision=str(body.uid))
        revision = next(row for row in found if row["action"] == "changed")

        path = f"comments/{comment['id']}"
        mapped = post(
            world,
            "rapporteur",
            f"{path}/map_change",
            revision=revision["id"],
            note="Task",
        )
        done = post(world, "rapporteur", f"{path}/incorporate")

    assert (revision["action"], revision["before"], revision["after"]) == (
        "changed",
        {"mandate": "The plenary meets and writes."},
        {"mandate": "It meets."},
    )
    assert (mapped[0], [c["note"] for c in mapped[1]["changes"]]) == (200, ["Task"])
    assert (done[0], done[1]["state"]) == (200, "incorporated")


def test_revisions_are_for_those_who_work_on_the_text(world):
    assert get(world, "official", "revisions")["count"] == 0


@pytest.mark.parametrize("address", ["{}%0a", "%0a{}", "{}%20", "+{}", "{}x"])
def test_what_is_almost_an_id_is_not_found(world, comment, address):
    path = f"/api/comments/{address.format(comment['id'])}/"
    client = api(world, "member_c")

    found = client.get(path), client.post(path + "withdraw/", {}, format="json")

    assert [answer.status_code for answer in found] == [404, 404]
    assert Comment.objects.get().state == "received"
