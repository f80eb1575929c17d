"""Numbers, dates and ticks as people type and paste them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from governance.typed import (
    Ambiguous,
    read_day,
    read_number,
    read_whole,
    read_year,
    read_yes,
)
from governance.typed import words_of as words

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 500.00", "12500.00"),
        ("12\u00a0500", "12500"),
        ("12\u2009500.5", "12500.5"),
        ("M12 500", "12500"),
        ("LSL 12 500", "12500"),
        ("12 500 LSL", "12500"),
        ("1,234,567", "1234567"),
        ("1,234,567.80", "1234567.80"),
        ("12,500.00", "12500.00"),
        ("12,5", "12.5"),
        ("0,75", "0.75"),
        ("-3", "-3"),
        ("−3", "-3"),
        (" 7 ", "7"),
    ],
)
def test_a_number_is_read_in_the_usual_shapes(text, value):
    assert read_number(text, marks=("M", "LSL")) == Decimal(value)


@pytest.mark.parametrize("text", ["12,500", "12.500", "-1,000"])
def test_one_comma_or_point_before_three_digits_is_asked_about(text):
    with pytest.raises(Ambiguous):
        read_number(text)


def test_the_question_names_both_readings():
    with pytest.raises(Ambiguous) as asked:
        read_number("12,500")

    assert asked.value.messages == [
        "“12,500” can be read in two ways. Write 12500 or 12.5."
    ]


@pytest.mark.parametrize(("comma", "value"), [("thousands", 12500), ("decimal", 12.5)])
def test_the_answer_is_applied(comma, value):
    assert read_number("12,500", comma=comma) == Decimal(str(value))


@pytest.mark.parametrize("text", ["abc", "1e5", "A3", "12 5x", "(500)", "--1", "1.2.3"])
def test_what_is_no_number_is_said_in_a_sentence(text):
    with pytest.raises(ValidationError) as refused:
        read_number(text)

    assert refused.value.messages == [
        f"“{text}” is not a number. Write it like 12 500 or 12 500.50."
    ]


def test_a_part_of_a_whole_is_refused():
    with pytest.raises(ValidationError, match="not a whole number"):
        read_whole("2.5")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("31 March 2022", "2022-03-31", "2022-03-31"),
        ("31/3/22", "2022-03-31", "2022-03-31"),
        ("2022-03-31", "2022-03-31", "2022-03-31"),
        ("March 2022", "2022-03-01", "2022-03-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("03/2022", "2022-03-01", "2022-03-31"),
    ],
)
def test_a_month_is_its_first_day_or_its_last(text, first, last):
    found = read_day(text), read_day(text, is_end=True)

    assert tuple(day.isoformat() for day in found) == (first, last)


def test_what_is_no_date_is_said_in_a_sentence():
    with pytest.raises(ValidationError, match="Write it like 31 March 2022"):
        read_day("soon")


@pytest.mark.parametrize(("text", "value"), [("x", True), ("Yes", True), ("–", False)])
def test_a_tick_is_read(text, value):
    assert read_yes(text) is value


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(ValidationError, match="neither yes nor no"):
        read_yes("perhaps")


@given(st.decimals(-10_000_000, 10_000_000, places=2))
def test_an_amount_reads_as_it_was_written(amount):
    assert read_number(words(amount), comma="decimal") == amount


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_day_reads_as_it_was_written(day):
    assert read_day(words(day)) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.500,00", "12500.00"), ("1.234.567", "1234567"), ("1.234,5", "1234.5")],
)
def test_points_may_stand_between_thousands(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "30-Jun-2022",
        "30-jun-22",
        "30.06.2022",
        "30.6.22",
        "30th June 2022",
        "2022-06-30 00:00:00",
    ],
)
def test_a_day_is_read_as_excel_and_people_write_it(text):
    assert read_day(text) == dt.date(2022, 6, 30)


def test_a_month_that_stands_first_is_pointed_out():
    with pytest.raises(ValidationError) as refused:
        read_day("07/31/2022")

    assert refused.value.messages == [
        "“07/31/2022” seems to have the month first; here the day comes first. Check"
        " every date of the column, or write them like 31 March 2022."
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022/23", 2022),
        ("2022-23", 2022),
        ("22/23", 2022),
        ("FY 2022/2023", 2022),
        ("1999/00", 1999),
        ("2022/25", None),
        ("2022", None),
    ],
)
def test_a_fiscal_year_is_the_year_in_which_it_begins(text, year):
    assert read_year(text) == year
