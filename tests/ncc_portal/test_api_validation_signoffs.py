"""Sign-off and centre requests over the API."""

import base64
import hashlib

import pytest

from governance.models import Centre, PaperSignature, Report, Signature, User
from tests.ncc_portal.validation import api, get, post, rows, world_at
from tests.world import PASSWORD

signing = world_at("signing")
drafting = world_at("drafting", "drafting")
PNG = b"\x89PNG\r\n\x1a\n scan"


@pytest.fixture
def world(signing, db):
    with signing.on("2022-02-28"):
        yield signing


def sign(world, name, **more):
    candidate = world.candidate
    given = {"password": PASSWORD, "text_digest": candidate.digest} | more
    return post(world, name, f"versions/{candidate.pk}/sign", **given)


def state(world):
    return get(world, "secretary", f"reports/{world.report.pk}")["state"]


def test_a_signature_is_the_answer(world):
    status, data = sign(world, "member_c", place="Maun")

    institution = world.institutions["C"]
    assert (status, data) == (
        201,
        {
            "id": Signature.objects.get().pk,
            "committee": world.committee.pk,
            "candidate": world.candidate.pk,
            "candidate_digest": world.candidate.digest,
            "person_name": "Member C of world",
            "institution": {
                "id": institution.pk,
                "code": "C",
                "name": "Institution C",
            },
            "capacity": "institution",
            "position": "signed",
            "text": "",
            "is_alternate": False,
            "authority": "",
            "mode": "in_app",
            "is_late": False,
            "signed_at": "2022-02-28T07:00:00Z",
            "place": "Maun",
        },
    )
    assert rows(world, "member_d", "signatures") == [data]


def test_signing_twice_gives_the_first_answer(world):
    first = sign(world, "member_c")
    second = sign(world, "member_c")

    assert second == first
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("signed", "declined", "You have signed version 0.4 on"),
        ("declined", "signed", "You have declined to sign version 0.4 on"),
        (
            "reservation",
            "signed",
            "You have signed version 0.4 with a reservation on",
        ),
    ],
)
def test_another_position_is_refused_after_the_first(world, first, second, said):
    words = {"signed": "", "declined": "No.", "reservation": "Not the budget."}
    given = sign(world, "member_c", position=first, text=words[first])
    other = sign(world, "member_c", position=second, text=words[second])

    assert (given[0], other[0], other[1]["detail"]) == (
        201,
        409,
        f"{said} 28 February 2022; what you said of it cannot be changed.",
    )
    assert Signature.objects.get().position == first


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"password": "wrong"}, 409, "The password is not right. Nothing was signed."),
        ({"text_digest": "0" * 64}, 409, "You were shown another text"),
        ({"text_digest": "ab"}, 409, "You were shown another text"),
        ({"position": "reservation"}, 409, "Write the reservation word for word."),
        ({"position": "validates"}, 400, "position"),
        (
            {"capacity": "chair"},
            409,
            "Member C of world does not sign this report in that capacity.",
        ),
        ({"password": ""}, 400, "password"),
        ({"person": "world.chair"}, 400, "person"),
        ({"is_late": False}, 400, "is_late"),
    ],
)
def test_what_is_no_signature_is_not_kept(world, given, status, said):
    found, data = sign(world, "member_c", **given)

    assert found == status
    assert said in (data["detail"] if status == 409 else data["fields"])
    assert Signature.objects.count() == 0


def test_the_last_signature_validates_and_nothing_else_does(world):
    states = [state(world)]
    for name in ("member_c", "member_d", "chair"):
        assert sign(world, name)[0] == 201
        states.append(state(world))

    assert states == ["signing", "signing", "signing", "validated"]
    [validation] = rows(world, "official", "validations")
    assert validation["candidate"] == world.candidate.pk


def test_a_report_being_signed_owes_its_signatures(world):
    sign(world, "chair")

    owed = get(world, "secretary", f"reports/{world.report.pk}")["owed"]

    assert owed == [
        {
            "text": "2 member institutions more must sign: 0 of the 2 needed have.",
            "who": "",
            "url": "",
        }
    ]


def test_an_older_text_is_not_signed(world):
    version = world.report.versions.get(kind="tabled")

    status, data = post(
        world,
        "member_c",
        f"versions/{version.pk}/sign",
        password=PASSWORD,
        text_digest=version.digest,
    )

    assert (status, data["detail"]) == (
        409,
        "This is not the text being signed: there is a newer candidate.",
    )


def test_who_may_sign_is_told_so(world):
    path = f"versions/{world.candidate.pk}"

    found = {
        name: get(world, name, path)["open_moves"]
        for name in ("member_c", "secretary", "chair")
    }

    assert found == {
        "member_c": ["sign"],
        "secretary": ["sign", "record_paper"],
        "chair": ["sign"],
    }


def test_who_does_not_read_the_text_does_not_sign_it(world):
    assert sign(world, "official")[0] == 404
    assert sign(world, "admin")[0] == 404


def test_the_eleventh_attempt_in_a_minute_waits_even_with_the_password(world):
    tries = [sign(world, "member_c", password=f"guess {n}")[0] for n in range(10)]

    assert tries == [409] * 10
    assert sign(world, "member_c")[0] == 429
    assert sign(world, "member_d")[0] == 201
    assert Signature.objects.count() == 1


def paper(world, **more):
    scan = {"name": "page.png", "content": base64.b64encode(PNG).decode()}
    given = {"person": "world.member_e", "scan": scan, "signed_on": "2022-02-20"}
    path = f"versions/{world.candidate.pk}/record_paper"
    return post(world, "secretary", path, **given | more)


def test_a_paper_signature_counts_when_a_second_person_confirms(world):
    status, data = paper(world)
    key = data["id"]
    alone = post(world, "secretary", f"paper-signatures/{key}/confirm")
    member = post(world, "member_c", f"paper-signatures/{key}/confirm")
    before = Signature.objects.count()
    confirmed = post(world, "officer", f"paper-signatures/{key}/confirm")

    assert (status, data) == (
        201,
        {
            "id": key,
            "committee": world.committee.pk,
            "candidate": world.candidate.pk,
            "person": "Member E of world",
            "capacity": "institution",
            "position": "signed",
            "text": "",
            "authority": "",
            "signed_on": "2022-02-20",
            "scan_sha256": hashlib.sha256(PNG).hexdigest(),
            "recorded_at": "2022-02-28T07:00:00Z",
            "recorded_by": "Secretary of world",
            "confirmed_by": None,
            "signature": None,
            "state": "recorded",
            "open_moves": [],
        },
    )
    assert alone[1]["detail"] == "A second person confirms what you entered."
    assert (member[0], before) == (404, 0)
    signature = Signature.objects.get()
    assert confirmed == (
        200,
        data
        | {
            "state": "confirmed",
            "confirmed_by": "Officer of world",
            "signature": signature.pk,
        },
    )
    assert signature.mode == "wet_ink"


def test_a_paper_that_does_not_show_it_is_refused(world):
    key = paper(world)[1]["id"]

    status, data = post(
        world, "officer", f"paper-signatures/{key}/refuse", reason="No signature on it"
    )

    assert (status, data["state"], Signature.objects.count()) == (200, "refused", 0)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scan": {"name": "page.png"}}, "scan.content"),
        ({"scan": "page.png"}, "scan.non_field_errors"),
        ({"person": "nobody"}, "person"),
        ({"person": "admin"}, "person"),
        ({"signed_on": "20 February"}, "signed_on"),
        ({"confirmed_by": "officer"}, "confirmed_by"),
    ],
)
def test_a_paper_without_its_facts_is_400(world, given, field):
    status, data = paper(world, **given)

    assert (status, list(data["fields"])) == (400, [field])
    assert PaperSignature.objects.count() == 0


def test_signatures_are_found_by_each_filter(world):
    sign(world, "member_c")
    sign(world, "member_d", position="reservation", text="Not the budget")

    def found(**params):
        return [
            row["person_name"][7]
            for row in rows(world, "chair", "signatures", **params)
        ]

    assert {
        "candidate": found(candidate=world.candidate.pk),
        "report": found(report=world.report.pk),
        "institution": found(institution=world.institutions["D"].pk),
        "position": found(position="reservation"),
        "mode": found(mode="wet_ink"),
        "capacity": found(capacity="institution"),
        "late": found(is_late="true"),
    } == {
        "candidate": ["C", "D"],
        "report": ["C", "D"],
        "institution": ["D"],
        "position": ["D"],
        "mode": [],
        "capacity": ["C", "D"],
        "late": [],
    }


def test_the_rule_is_proposed_by_the_chair_and_not_while_signing(world, drafting):
    given = {
        "starts_on": "2130-01-01",
        "seats": ["chair", "vice_chair"],
        "threshold": "two_thirds",
    }

    during = post(
        world, "chair", "sign-off-rules", committee=world.committee.pk, **given
    )
    other = post(
        world, "chair", "sign-off-rules", committee=drafting.committee.pk, **given
    )
    status, data = post(
        drafting, "chair", "sign-off-rules", committee=drafting.committee.pk, **given
    )
    odd = post(
        drafting,
        "chair",
        "sign-off-rules",
        committee=drafting.committee.pk,
        **given | {"seats": ["king"]},
    )

    assert (during[0], other[0], list(odd[1]["fields"])) == (409, 400, ["seats.0"])
    assert (status, data) == (
        201,
        {
            "id": data["id"],
            "committee": drafting.committee.pk,
            "starts_on": "2130-01-01",
            "seats": ["chair", "vice_chair"],
            "threshold": "two_thirds",
            "fixed_number": None,
            "is_agreed": False,
            "open_moves": [],
        },
    )


def test_another_person_confirms_the_rule(world, drafting):
    given = {"starts_on": "2130-01-01", "seats": [], "threshold": "two_thirds"}
    _status, data = post(
        drafting, "chair", "sign-off-rules", committee=drafting.committee.pk, **given
    )
    path = f"sign-off-rules/{data['id']}"

    own = post(drafting, "chair", f"{path}/confirm")
    [seen] = [
        row
        for row in rows(drafting, "secretary", "sign-off-rules")
        if row["id"] == data["id"]
    ]
    status, confirmed = post(drafting, "secretary", f"{path}/confirm")
    again = post(drafting, "officer", f"{path}/confirm")

    assert (own[0], seen["open_moves"]) == (409, ["confirm"])
    assert (status, confirmed["is_agreed"], confirmed["open_moves"]) == (200, True, [])
    assert again[0] == 409


def test_a_request_to_a_centre_is_planned_sent_and_declined(world):
    centre = Centre.objects.create(code="AIRSO", name="Research", seat="Rabat")
    given = {
        "committee": world.committee.pk,
        "centre": centre.pk,
        "purpose": "Training",
        "lead": world.institutions["A"].pk,
        "needed_by": "2022-06-30",
    }

    member = post(world, "member_c", "centre-requests", **given)
    status, data = post(world, "secretary", "centre-requests", **given)
    path = f"centre-requests/{data['id']}"
    without = post(world, "secretary", f"{path}/send")
    sent = post(world, "secretary", f"{path}/send", reference="NCC/12", on="2022-02-20")
    ended = post(world, "secretary", f"{path}/decline", note="No funds")

    assert (member[0], without[1]["detail"]) == (403, "Cite the letter that was sent.")
    assert (status, data["state"], data["open_moves"]) == (201, "planned", ["send"])
    assert sent == (
        200,
        data
        | {
            "state": "sent",
            "steps": [
                {
                    "state": "sent",
                    "on": "2022-02-20",
                    "reference": "NCC/12",
                    "note": "",
                }
            ],
            "open_moves": ["acknowledge", "accept", "decline"],
        },
    )
    assert (ended[1]["state"], ended[1]["open_moves"]) == ("declined", [])
    found = [
        len(rows(world, "official", "centre-requests", **params))
        for params in (
            {"centre": centre.pk},
            {"state": "sent"},
            {"lead": world.institutions["A"].pk},
            {"needed_before": "2022-06-29"},
            {"needed_after": "2022-06-30"},
        )
    ]
    assert found == [1, 0, 1, 0, 1]


def test_nobody_else_finds_what_was_signed(world):
    sign(world, "member_c")
    paper(world)
    stranger = User.objects.create_user("stranger", name="Stranger")
    world.people["stranger"] = stranger
    [signature] = rows(world, "chair", "signatures")

    seen = {
        (name, prefix): len(rows(world, name, prefix))
        for name in ("stranger", "admin", "official")
        for prefix in ("signatures", "paper-signatures", "versions", "validations")
    }
    answer = api(world, "stranger").get(f"/api/signatures/{signature['id']}/")

    assert set(seen.values()) == {0}
    assert answer.status_code == 404
    assert Report.objects.get(pk=world.report.pk).state == "signing"
