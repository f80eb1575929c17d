"""Who is there, and whether that is enough: rules over plain facts."""

import datetime as dt

import pytest

from governance.quorum import Happening, Voter, needed_of, presence, there_at

DAY = dt.datetime(2021, 12, 7, tzinfo=dt.UTC)
RULE = {"threshold": "more_than_half"}


def at(time):
    return dt.datetime.fromisoformat(f"2021-12-07T{time}+00:00")


def voters(*codes, **facts):
    return [Voter(code, code, "ministry", facts.get(code, "member")) for code in codes]


def came(*entries):
    """`(participant, institution, kind, time)`, in the order in which they were made."""
    return [Happening(p, code, kind, at(time)) for p, code, kind, time in entries]


@pytest.mark.parametrize(
    ("rule", "voting", "needed"),
    [
        ({"threshold": "more_than_half"}, 24, 13),
        ({"threshold": "more_than_half"}, 25, 13),
        ({"threshold": "at_least_half"}, 24, 12),
        ({"threshold": "at_least_half"}, 25, 13),
        ({"threshold": "two_thirds"}, 24, 16),
        ({"threshold": "two_thirds"}, 25, 17),
        ({"threshold": "number", "fixed_number": 7}, 24, 7),
        ({"threshold": "at_least_half"}, 0, 1),
    ],
)
def test_how_many_institutions_a_threshold_asks_for(rule, voting, needed):
    assert needed_of(rule, voting) == needed


def test_institutions_are_counted_and_not_persons():
    happenings = came(
        (1, "A", "arrived", "09:00"),
        (2, "A", "arrived", "09:00"),
        (3, "A", "arrived", "09:00"),
    )

    found = presence(RULE, voters("A", "B", "C"), happenings, at("10:00"))

    assert (found.present, found.needed, found.met) == (["A"], 2, False)
    assert found.missing == [
        "1 of 3 institutions with a vote are present; 2 are needed."
    ]


def test_an_observer_is_never_counted():
    happenings = came((1, "A", "arrived", "09:00"), (2, "OBS", "arrived", "09:00"))

    found = presence(RULE, voters("A", "B"), happenings, at("10:00"))

    assert (found.present, found.met) == (["A"], False)


@pytest.mark.parametrize(
    ("time", "codes"),
    [("08:59", []), ("09:00", ["A"]), ("10:30", ["A", "B"]), ("11:00", ["B"])],
)
def test_those_present_can_be_told_of_any_moment(time, codes):
    happenings = came(
        (1, "A", "arrived", "09:00"),
        (2, "B", "arrived", "10:00"),
        (1, "A", "left", "11:00"),
    )

    assert presence(RULE, voters("A", "B"), happenings, at(time)).present == codes


def test_an_institution_stays_while_one_of_its_persons_is_there():
    happenings = came(
        (1, "A", "arrived", "09:00"),
        (2, "A", "arrived", "09:00"),
        (1, "A", "left", "10:00"),
    )

    assert there_at(happenings, at("11:00")) == {2}
    assert presence(RULE, voters("A"), happenings, at("11:00")).present == ["A"]


def test_an_entry_made_later_for_an_earlier_time_stands_at_its_time():
    happenings = came((1, "A", "arrived", "10:00"), (1, "A", "left", "09:30"))

    assert there_at(happenings, at("11:00")) == {1}


def test_who_came_yesterday_is_not_there_today():
    happenings = came((1, "A", "arrived", "09:00"))

    assert there_at(happenings, at("10:00") + dt.timedelta(days=1)) == set()


@pytest.mark.parametrize(
    ("presiding", "seats", "missing"),
    [
        ("chair", {"A": "chair"}, []),
        ("chair", {"A": "vice_chair"}, ["The Chair is not present."]),
        ("chair_or_vice_chair", {"A": "vice_chair"}, []),
        (
            "chair_or_vice_chair",
            {},
            ["Neither the Chair nor the Vice-Chair is present."],
        ),
        ("", {}, []),
    ],
)
def test_a_required_seat_must_be_there(presiding, seats, missing):
    happenings = came((1, "A", "arrived", "09:00"))
    rule = {"threshold": "at_least_half", "presiding": presiding}

    found = presence(rule, voters("A", **seats), happenings, at("10:00"))

    assert found.missing == missing


def test_the_least_number_of_a_category_must_be_there():
    happenings = came((1, "A", "arrived", "09:00"))
    least = {"category": "social_partner", "name": "Social partner", "minimum": 1}
    rule = {"threshold": "at_least_half", "categories": [least]}

    found = presence(rule, voters("A"), happenings, at("10:00"))

    assert found.missing == [
        "Of the category “Social partner”, 0 are present; 1 are needed."
    ]


def test_what_is_kept_with_a_decision():
    happenings = came((1, "A", "arrived", "09:00"))

    found = presence(RULE, voters("A"), happenings, at("10:00"))

    assert found.frozen() == {
        "at": "2021-12-07T10:00:00+00:00",
        "voting": 1,
        "needed": 1,
        "present": ["A"],
        "missing": [],
        "met": True,
        "count": 1,
    }
