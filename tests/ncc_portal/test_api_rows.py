"""What a row of the API holds, and how rows are found."""

import pytest

from governance.models import Document, Institution, StrategicObjective
from governance.snapshot import digest
from tests.ncc_portal.world import list_of


def test_numbers_of_nested_clauses_are_computed(api, world):
    world.grow()

    rows = list_of(api, "clauses", document=world.legal.pk)

    assert sorted(row["number"] for row in rows) == [
        "1",
        "1.1",
        "1.1.1",
        "2",
        "2.1",
        "2.1.1",
    ]


def test_a_clause_has_these_fields(api, world):
    clause = world.legal.clauses.get(parent__parent__isnull=False)

    answer = api.get(f"/api/clauses/{clause.uid}/")

    assert answer.json() == {
        "uid": str(clause.uid),
        "document": world.legal.pk,
        "number": "1.1.1",
        "position": 1,
        "parent": {"uid": str(clause.parent.uid), "number": "1.1", "title": "Below."},
        "heading": "",
        "body": "Lowest.",
        "basis": "",
        "sources": [],
    }


def test_an_institution_has_these_fields(api, world):
    [row] = list_of(api, "institutions")

    assert row == {
        "id": world.institution.pk,
        "committee": world.committee.pk,
        "code": "I1",
        "name": "Institution 1",
        "category": "ministry",
        "valid_from": None,
        "valid_to": None,
        "successor": None,
        "seats": [
            {
                "kind": "member",
                "is_voting": False,
                "note": "",
                "starts_on": "2021-01-01",
                "ends_on": "2022-12-31",
                "basis": "",
                "sources": [],
            }
        ],
        "basis": "",
        "sources": [],
    }


@pytest.mark.parametrize(
    ("day", "seats"), [("2020-12-31", 0), ("2021-01-01", 1), ("2023-01-01", 0)]
)
def test_seats_are_those_of_the_day_asked_for(api, world, day, seats):
    [row] = list_of(api, "institutions", as_of=day)

    assert len(row["seats"]) == seats


@pytest.mark.parametrize("day", ["2022-13-01", "01/02/2022", "\0", "9" * 99])
def test_what_is_no_day_is_refused(api, day):
    answer = api.get("/api/institutions/", {"as_of": day})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["as_of"]


def test_institutions_are_found_by_category_and_code(api, world):
    world.grow()
    Institution.objects.filter(code="I2").update(category="academia")

    found = [
        [row["code"] for row in list_of(api, "institutions", **params)]
        for params in ({"category": "academia"}, {"code": "I1"}, {"code": "I9"})
    ]

    assert found == [["I2"], ["I1"], []]


def test_documents_are_found_by_kind_and_report(api, world):
    kind = "strategy.ActivityPlan"

    rows = list_of(api, "documents", kind=kind, report=world.report.pk)

    assert rows == [
        {
            "id": world.activity_plan.pk,
            "committee": world.committee.pk,
            "report": world.report.pk,
            "kind": kind,
            "part": 3,
            "title": "Activity plan",
            "revision": 0,
        }
    ]


def test_the_snapshot_is_the_canonical_content_with_its_digest(api, world):
    for document in Document.objects.all():
        content = document.specific.to_snapshot()

        answer = api.get(f"/api/documents/{document.pk}/snapshot/")

        assert answer.json() == {"content": content, "digest": digest(content)}


def test_an_objective_names_its_owner_and_what_it_is_aligned_to(api, world):
    objective = StrategicObjective.objects.get()

    row = api.get(f"/api/strategic-objectives/{objective.uid}/").json()

    assert row["owner"] == {
        "id": world.institution.pk,
        "code": "I1",
        "name": "Institution 1",
    }
    assert row["alignments"] == [
        {"framework": "F1", "version": "2018", "code": "1", "title": "Item"}
    ]
