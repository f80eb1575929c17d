"""The comment-response matrix, as a page, in print and as a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import editing
from governance.models import Comment
from tests import world as w
from tests.governance.test_sheets import cells
from tests.governance.views.test_comments import (
    NEW_TEXT,
    answer,
    enter,
    give,
    page,
    plenary,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return w.at_stage("circulated")


def matrix(world):
    return url("comments", world.report.pk)


def codes(response):
    return [comment.code for comment in response.context["page"].object_list]


def fill(world):
    """Four comments: open and blocking, refused, on the whole, withdrawn."""
    give(world, severity="blocking", suggested_wording=NEW_TEXT, body="Decide.")
    answer(world, give(world, by="member_c"), "not_accepted", reason="By the Act.")
    give(world, by="member_d", row=None, severity="editorial", type="editorial")
    w.consolidate(world)
    give(world, by="member_e", on="2021-12-01", body="Sorry, late.")


def test_the_counts_say_what_is_without_an_answer_blocking_and_late(client, world):
    fill(world)

    response = enter(client, world, "member_b").get(matrix(world))

    assert response.context["counts"] == {
        "total": 4,
        "unanswered": 3,
        "blocking": 1,
        "late": 1,
    }
    assert "3 without an answer" in page(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "unanswered"}, ["C01", "C03", "C04"]),
        ({"state": "responded"}, ["C02"]),
        ({"severity": "blocking"}, ["C01"]),
        ({"disposition": "not_accepted"}, ["C02"]),
        ({"disposition": "accepted"}, []),
        ({"late": "yes"}, ["C04"]),
        ({"late": "no"}, ["C01", "C02", "C03"]),
        ({"channel": "plenary"}, []),
        ({"q": "by the act"}, ["C02"]),
        ({"q": "sorry"}, ["C04"]),
        ({"severity": "nonsense"}, ["C01", "C02", "C03", "C04"]),
        ({"sort": "-number"}, ["C04", "C03", "C02", "C01"]),
        ({"sort": "severity"}, ["C01", "C02", "C04", "C03"]),
        ({"sort": "nonsense"}, ["C01", "C02", "C03", "C04"]),
    ],
)
def test_it_is_filtered_and_sorted(client, world, query, found):
    fill(world)

    response = enter(client, world, "member_b").get(matrix(world), query)

    assert codes(response) == found


def test_it_is_filtered_by_institution_and_document(client, world):
    fill(world)
    enter(client, world, "member_b")
    institution = world.institutions["C"].pk

    assert codes(client.get(matrix(world), {"institution": institution})) == ["C02"]
    assert len(codes(client.get(matrix(world), {"document": world.document.pk}))) == 4


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("member_b", 200),
        ("rapporteur", 200),
        ("chair", 200),
        ("secretary", 200),
        ("official", 403),
        ("observer", 403),
        ("admin", 404),
    ],
)
def test_who_reads_it(client, name, status):
    world = w.at_stage("validated")
    world.report.shared_with_observers = True
    world.report.save()
    enter(client, world, name)

    statuses = [
        client.get(address).status_code
        for address in (
            matrix(world),
            url("comments-xlsx", world.report.pk),
            url("suggestions", world.report.pk),
        )
    ]

    assert statuses == [status] * 3


def test_another_committee_finds_nothing(client, world):
    other = w.build(slug="other", country_code="LS")

    response = enter(client, other, "chair").get(matrix(world))

    assert response.status_code == 404


def test_while_it_is_empty_it_says_who_does_the_next_step(client):
    world = w.at_stage("drafting")

    shown = page(enter(client, world, "member_b").get(matrix(world)))

    assert "the secretariat circulates the report for comment first" in shown


def test_the_rows_cost_no_queries(client, world, django_assert_num_queries):
    answer(world, give(world), "not_accepted", reason="No.")
    enter(client, world, "member_b")
    client.get(matrix(world))
    with CaptureQueriesContext(connection) as one:
        client.get(matrix(world))
    give(world, by="member_c")
    answer(world, give(world, by="member_d"), "not_accepted", reason="No.")

    with django_assert_num_queries(len(one)):
        client.get(matrix(world))


def test_25_on_a_page_and_all_to_print(client, world):
    for _ in range(27):
        give(world)
    enter(client, world, "member_b")

    first = client.get(matrix(world))
    second = client.get(matrix(world), {"page": 2})
    whole = client.get(matrix(world), {"all": 1})

    assert [len(codes(r)) for r in (first, second, whole)] == [25, 2, 27]
    assert 'class="stack cmts"' in page(whole)


def sheet(response):
    """The rows of the file by column letter, the heading first."""
    rows = {}
    for place, value in cells(response.content).items():
        rows.setdefault(int(place[1:]), {})[place[0]] = value
    return [rows[number] for number in sorted(rows)]


def test_the_file_holds_the_columns_of_the_register(client, world):
    comment = give(
        world, severity="blocking", suggested_wording=NEW_TEXT, quote="writes"
    )
    answer(world, comment, reason="It does.")
    w.consolidate(world)
    with world.on("2021-12-01"):
        editing.edit_provision(
            plenary(world),
            base=0,
            by=world.person("rapporteur"),
            answers=[Comment.objects.get()],
            where_changed="Article 1",
            mandate=NEW_TEXT,
        )
    w.plan(world)
    w.table(world)

    response = enter(client, world, "member_c").get(
        url("comments-xlsx", world.report.pk)
    )

    head, *rows = sheet(response)
    assert [{name: row.get(at) for at, name in head.items()} for row in rows] == [
        {
            "Number": "C01",
            "Reviewer": "Member B of world",
            "Institution": "B",
            "Report version": "0.2",
            "Part": "I",
            "Section": "1 Plenary",
            "Type": "Technical",
            "Severity": "Substantive, blocking",
            "Channel": "Written",
            "Comment": "Say it.",
            "Quoted words": "writes",
            "Suggested text": NEW_TEXT,
            "Response": "It does.",
            "Disposition": "Accepted",
            "Change made": "Article 1",
            "Version of the change": "0.3",
            "Decided by": "Rapporteur of world",
            "Received": (44510.0, "d mmm yyyy"),
            "Late": "",
            "State": "Answered",
        }
    ]
    assert response["Content-Disposition"] == (
        f'attachment; filename="{world.report.reference}-comments.xlsx"'
    )


def test_the_file_is_filtered_like_the_page(client, world):
    fill(world)

    response = enter(client, world, "member_b").get(
        url("comments-xlsx", world.report.pk), {"late": "yes"}
    )

    assert [row["A"] for row in sheet(response)[1:]] == ["C04"]
