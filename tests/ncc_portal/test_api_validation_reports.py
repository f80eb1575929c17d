"""The life of a report over the API: from circulated to released, versions, PDFs."""

import datetime as dt
import hashlib

import pytest

from governance.actions import renderings as printing
from governance.actions.editing import edit_provision
from governance.files import store
from governance.models import Rendering, Report, Version
from governance.proceedings import without_names
from governance.signing import sign_off_sheet
from tests.ncc_portal.validation import api, get, post, rows, world_at
from tests.world import at_stage

drafting = world_at("drafting", "drafting")
consolidating = world_at("consolidating", "consolidating")
validated = world_at("validated")


def address(world, *parts):
    return "/".join(["reports", str(world.report.pk), *parts])


def test_a_report_goes_from_drafting_to_signing_by_posts(db):
    world = at_stage("drafting", slug="posted")
    told = []

    def move(day, who, name, **given):
        with world.on(day):
            status, data = post(world, who, address(world, name), **given)
            assert data == get(world, who, address(world))
        told.append((name, status, data["state"], data["version"]))

    move("2021-11-08", "secretary", "circulate", comments_due_on="2021-11-26")
    move("2021-11-20", "chair", "close_comments", reason="All have answered.")
    move("2021-12-06", "secretary", "table", note="For the workshop")

    assert told == [
        ("circulate", 200, "circulated", "0.2"),
        ("close_comments", 200, "consolidating", "0.2"),
        ("table", 200, "tabled", "0.3"),
    ]
    assert get(world, "secretary", address(world))["comments_closed_on"] == "2021-11-20"


def test_amendments_are_confirmed_and_submitted_by_two_people(db):
    world = at_stage("amending", slug="amended")
    with world.on("2022-01-31"):
        owed = get(world, "secretary", address(world))["owed"]
        early = post(world, "secretary", address(world, "submit_for_signature"))
        confirmed = post(world, "rapporteur", address(world, "confirm_amendments"))
        submitted = post(world, "secretary", address(world, "submit_for_signature"))
        back = post(
            world, "secretary", address(world, "withdraw"), reason="A number is wrong."
        )

    assert (early[0], early[1]["owed"]) == (409, owed)
    assert owed[0]["text"] == (
        "The rapporteur has not confirmed that the amendments are in this text."
    )
    assert (confirmed[0], confirmed[1]["state"]) == (200, "amending")
    assert (submitted[0], submitted[1]["state"]) == (200, "signing")
    assert (back[0], back[1]["state"], back[1]["version"]) == (200, "amending", "0.4")


def test_a_release_is_proposed_and_made_by_two_people(validated, db):
    world = validated
    with world.on("2022-03-15"):
        proposed = post(world, "secretary", address(world, "propose_release"))
        early = post(world, "chair", address(world, "release"))
        print_public(world)
        released = post(world, "chair", address(world, "release"))

    assert (proposed[0], proposed[1]["state"]) == (200, "validated")
    assert (early[0], [o["text"] for o in early[1]["owed"]]) == (
        409,
        ["The PDF of the public edition is not there."],
    )
    assert (released[0], released[1]["state"], released[1]["released_at"]) == (
        200,
        "released",
        "2022-03-15T07:00:00Z",
    )


def print_public(world, data=b"%PDF-1.7 public"):
    rendering = Rendering.objects.get(report=world.report, edition="public")
    name = store(f"drafts/{rendering.pk}.pdf", data)
    printed = type("Printed", (), {"data": data, "pages": 3})
    printing.finish(rendering, name, printed)
    return rendering


def test_a_draft_is_kept_and_is_the_answer(drafting, db):
    with drafting.on("2021-10-05"):
        status, data = post(
            drafting, "rapporteur", address(drafting, "keep_draft"), note="First"
        )

    version = Version.objects.get(report=drafting.report)
    assert (status, data) == (
        201,
        {
            "id": version.pk,
            "committee": drafting.committee.pk,
            "report": drafting.report.pk,
            "number": "0.1",
            "kind": "draft",
            "digest": version.digest,
            "read_aloud": data["read_aloud"],
            "frozen_at": "2021-10-05T07:00:00Z",
            "frozen_by": "Rapporteur of drafting",
            "note": "First",
            "open_moves": [],
        },
    )
    assert len(data["read_aloud"]) == 8


def test_a_draft_is_shared_with_those_who_are_named(drafting, db):
    before = rows(drafting, "observer", "reports")

    status, data = post(
        drafting,
        "secretary",
        address(drafting, "share"),
        officials=False,
        observers=True,
        reviewers=False,
    )

    assert (before, status, data["shared_with_observers"]) == ([], 200, True)
    assert [r["id"] for r in rows(drafting, "observer", "reports")] == [data["id"]]
    assert rows(drafting, "official", "reports") == []


def test_bad_parameters_are_named(drafting, db):
    status, data = post(
        drafting, "secretary", address(drafting, "circulate"), comments_due_on="soon"
    )
    missing = post(drafting, "secretary", address(drafting, "circulate"))

    assert (status, list(data["fields"])) == (400, ["comments_due_on"])
    assert missing[1]["fields"] == {"comments_due_on": ["This field is required."]}


@pytest.fixture
def edited(consolidating, db):
    """A version before and one after a change of one provision."""
    world = consolidating
    body = world.document.bodies.first()
    with world.on("2021-12-01"):
        edit_provision(
            body,
            base=body.revision,
            by=world.person("rapporteur"),
            mandate="The plenary meets and decides.",
        )
        status, after = post(world, "rapporteur", address(world, "keep_draft"))
    assert status == 201
    before = Version.objects.get(report=world.report, kind="circulated")
    return world, before, after, body


def test_two_versions_are_compared_as_data(edited):
    world, before, after, body = edited

    found = get(
        world,
        "member_c",
        address(world, "compare"),
        before=before.pk,
        after=after["id"],
    )

    assert found == {
        "before": {"id": before.pk, "number": "0.2", "digest": before.digest},
        "after": {"id": after["id"], "number": "0.3", "digest": after["digest"]},
        "changes": [
            {
                "uid": str(body.uid),
                "kind": "changed",
                "document_kind": "governance.Structure",
                "document_title": "Structure",
                "label": found["changes"][0]["label"],
                "moved_from": "",
                "heading": [{"kind": "same", "text": "Plenary"}],
                "body": [
                    {"kind": "same", "text": "The plenary meets and "},
                    {"kind": "del", "text": "writes"},
                    {"kind": "ins", "text": "decides"},
                    {"kind": "same", "text": "."},
                ],
                "fields": [],
            }
        ],
    }
    assert found["changes"][0]["label"].endswith("Plenary")


def test_a_version_compared_with_itself_has_no_changes(edited):
    world, before, _after, _body = edited

    found = get(
        world, "chair", address(world, "compare"), before=before.pk, after=before.pk
    )

    assert found["changes"] == []


@pytest.mark.parametrize("value", ["x", "", "1.5", "9" * 5000])
def test_what_is_no_version_id_is_400(edited, value):
    world, before, _after, _body = edited

    answer = api(world, "chair").get(
        f"/api/{address(world, 'compare')}/", {"before": before.pk, "after": value}
    )

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["after"])


@pytest.mark.parametrize("value", ["0", "-1", "9" * 30])
def test_a_version_of_another_report_is_404(edited, value):
    world, before, _after, _body = edited

    answer = api(world, "chair").get(
        f"/api/{address(world, 'compare')}/", {"before": before.pk, "after": value}
    )

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_a_stranger_compares_nothing(edited):
    world, before, after, _body = edited

    answer = api(world, "official").get(
        f"/api/{address(world, 'compare')}/",
        {"before": before.pk, "after": after["id"]},
    )

    assert answer.status_code == 404


def test_a_version_shows_its_text_and_a_list_does_not(validated, db):
    listed = rows(validated, "member_c", "versions", kind="validated")
    [row] = listed

    detail = get(validated, "member_c", f"versions/{row['id']}")

    version = Version.objects.get(pk=row["id"])
    assert detail == row | {"is_intact": True, "content": version.content}
    assert (row["number"], row["frozen_by"]) == ("1.0", None)


def test_versions_are_found_by_kind_digest_and_day(validated, db):
    digest = Version.objects.get(report=validated.report, kind="tabled").digest

    def numbers(**params):
        return [row["number"] for row in rows(validated, "chair", "versions", **params)]

    assert numbers(report=validated.report.pk) == ["0.2", "0.3", "0.4", "1.0"]
    assert numbers(kind="candidate") == ["0.4"]
    assert numbers(digest=digest[:16].upper()) == ["0.2", "0.3", "0.4", "1.0"]
    assert numbers(digest="0" * 16) == []
    assert numbers(frozen_after="2021-12-01", frozen_before="2022-01-31") == [
        "0.3",
        "0.4",
    ]


def test_the_sheet_of_a_version_is_the_one_that_is_printed(validated, db):
    candidate = validated.candidate

    sheet = get(validated, "member_c", f"versions/{candidate.pk}/sheet")

    assert sheet == sign_off_sheet(candidate)
    assert sum(sheet["counts"].values()) == len(sheet["institutions"]) == 5


@pytest.mark.parametrize("name", ["official", "observer"])
def test_who_is_not_inside_reads_positions_without_the_names(validated, db, name):
    candidate = validated.candidate
    printed = without_names(sign_off_sheet(candidate))

    sheet = get(validated, name, f"versions/{candidate.pk}/sheet")
    [validation] = rows(validated, name, "validations")
    signatures = rows(validated, name, "signatures")

    assert (sheet, validation["sheet"]) == (printed, printed)
    assert [(s["position"], s["person_name"]) for s in signatures] == [
        ("signed", "")
    ] * 3


def test_the_pdf_of_an_edition_is_the_stored_file(validated, db):
    waiting = rows(validated, "official", "renderings")
    answer = api(validated, "official").get(
        f"/api/renderings/{waiting[0]['id']}/file/",
        headers={"Accept": "application/pdf"},
    )
    data = b"%PDF-1.7 public edition"
    rendering = print_public(validated, data)

    made = api(validated, "official").get(
        f"/api/renderings/{rendering.pk}/file/", headers={"Accept": "application/pdf"}
    )

    assert [row["edition"] for row in waiting] == ["public"]
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})
    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert b"".join(made.streaming_content) == data
    [row] = rows(validated, "official", "renderings", progress="done")
    assert row["sha256"] == hashlib.sha256(data).hexdigest()


def test_only_who_works_on_it_finds_the_internal_edition(validated, db):
    found = {
        name: [row["edition"] for row in rows(validated, name, "renderings")]
        for name in ("official", "observer", "member_c")
    }

    assert {name: sorted(e) for name, e in found.items()} == {
        "official": ["public"],
        "observer": ["public"],
        "member_c": ["internal", "public"],
    }


def test_a_pdf_of_the_draft_is_asked_for(drafting, db):
    status, data = post(drafting, "member_c", address(drafting, "request_pdf"))

    row = Rendering.objects.get(report=drafting.report)
    assert (status, data["id"], data["progress"]) == (201, row.pk, "queued")


def test_the_validation_shows_rule_sheet_and_place_in_history(validated, db):
    [row] = rows(validated, "member_c", "validations", report=validated.report.pk)

    kept = Report.objects.get(pk=validated.report.pk).validation
    assert row == {
        "id": kept.pk,
        "committee": validated.committee.pk,
        "report": validated.report.pk,
        "candidate": kept.candidate_id,
        "version": kept.version_id,
        "at": "2022-02-28T07:00:00Z",
        "rule": {
            "seats": ["chair"],
            "threshold": "number",
            "fixed_number": 2,
            "needed": 2,
        },
        "sheet": kept.sheet,
        "history_seq": kept.history_seq,
        "history_hash": kept.history_hash,
    }
    assert kept.at.astimezone(dt.UTC).isoformat() == "2022-02-28T07:00:00+00:00"
