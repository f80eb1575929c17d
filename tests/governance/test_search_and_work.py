"""Search and My work on Lesotho's demonstration."""

import pytest

from governance.actions import documents
from governance.models import (
    Committee,
    Institution,
    Office,
    User,
)
from governance.models.committees import (
    fiscal_year_name,
    known_time_zone,
    quarter_bounds,
    readable_with_white,
)
from governance.search import excerpt, search
from governance.work import work_for
from strategy.coverage import coverage
from strategy.models import ActivityPlan


def user(username):
    return User.objects.get(username=username)


def titles(username):
    return [
        (item.title, item.tag, item.mine)
        for item in work_for(
            user(username), list(Committee.objects.filter(slug="lesotho"))
        )
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("A3.1.1", "A3.1.1"),
        ("Art. 9", "Art. 9"),
        ("9", "Art. 9"),
        ("data-sharing PROTOCOL", "OP3.1"),
        ("MoLE", "MoLE"),
        ("rabat", "AMO"),
        ("GCM", "GCM"),
    ],
)
def test_search_finds_by_number_and_by_words(lesotho, db, query, first):
    assert search(user("focal.mole"), query)[0].number == first


def test_search_is_narrowed_by_kind(lesotho, db):
    hits = search(user("focal.mole"), "labour", "institution")

    assert [hit.number for hit in hits] == ["ILO", "MoLE"]


def test_search_of_nothing_finds_nothing(lesotho, db):
    assert search(user("focal.mole"), "  ") == []
    assert search(user("portal.admin"), "data") == []


def test_search_shows_the_words_around_the_match(lesotho, db):
    hit = search(user("focal.mole"), "whole of government")[0]

    assert hit.match.casefold() == "whole of government"


def test_the_words_before_a_match_begin_with_a_whole_one():
    assert excerpt(
        f"{'long ' * 30}ago the data were kept by hand", "data", width=20
    ) == (
        "long long ago the ",
        "data",
        " were kept by hand",
    )
    assert excerpt(" · the data", "data") == ("the ", "data", "")
    assert excerpt("nothing here", "data") == ("", "", "nothing here")


def test_a_lead_sees_its_own_open_activities(lesotho, db):
    assert titles("focal.mosd") == [
        (
            "Report on A4.1.3 Set the baseline for referral follow-up",
            "Overdue 92 days",
            True,
        ),
        (
            "Set the baseline of OC4-1 Referred vulnerable-migrant cases followed up"
            " within 30 days",
            "Overdue 92 days",
            True,
        ),
    ]


def test_the_secretariat_sees_what_others_are_late_with(lesotho, db):
    late = [tag for _t, tag, mine in titles("secretariat.officer") if not mine]

    assert late
    assert all(tag.startswith(("Overdue", "Due today")) for tag in late)


@pytest.mark.parametrize("username", ["minister.office", "portal.admin"])
def test_readers_have_nothing_to_do(lesotho, db, username):
    assert titles(username) == []


def test_coverage_of_the_global_compact(lesotho, db):
    report = ActivityPlan.objects.get().report
    by_name = {c.framework.short_name: c for c in coverage(report.committee, report)}

    gcm = by_name["GCM"]
    assert {i.item.code: i.status for i in gcm.items if i.status != "left_out"} == {
        "1": "served",
        "2": "served",
        "6": "served",
        "9": "served",
        "10": "served",
        "11": "served",
        "17": "partly",
        "19": "served",
        "23": "served",
    }
    assert (gcm.served, gcm.partly, gcm.left_out) == (8, 1, 14)


def test_a_row_of_another_committee_is_refused(lesotho, db):
    ours, theirs = Committee.objects.order_by("slug")
    foreign = Institution.objects.filter(committee=theirs).first()

    with pytest.raises(Exception, match="belongs to another committee"):
        documents.require_same_committee(ours.pk, [foreign])


@pytest.mark.parametrize("colour", ["#ffdd00", "green", "#GGGGGG"])
def test_a_colour_on_which_white_cannot_be_read_is_refused(colour):
    with pytest.raises(Exception, match=r"colour"):
        readable_with_white(colour)


def test_a_readable_colour_and_a_known_time_zone_pass():
    assert readable_with_white("#0b5a3c") is None
    with pytest.raises(Exception, match="not a time zone"):
        known_time_zone("Maseru")


def test_fiscal_years_and_quarters():
    assert (fiscal_year_name(2022, 4), fiscal_year_name(2022, 1)) == ("2022/23", "2022")
    assert [d.isoformat() for d in quarter_bounds(2022, 4, 4)] == [
        "2023-01-01",
        "2023-03-31",
    ]


def test_an_office_reads_as_people_say_it(lesotho, db):
    assert "Ministry of" in str(Office.objects.filter(institution__code="MoLE").first())
