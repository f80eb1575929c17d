"""Amounts, numbers and dates as every page prints them."""

import datetime as dt

import pytest

from governance.formats import day, money, natural, number, percent_of

pytestmark = pytest.mark.once

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (348_000_000, f"M3{NBSP}480{NBSP}000"),
        (1250, "M12.50"),
        (0, "M0"),
        (-100_000, f"−M1{NBSP}000"),
        (None, ""),
    ],
)
def test_money(cents, text):
    assert money(cents, "M") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("3480000", f"3{NBSP}480{NBSP}000"), ("1234.5", f"1{NBSP}234.5"), ("n/a", "n/a")],
)
def test_number(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2021-12-08", "8 December 2021"),
        (dt.date(2022, 3, 31), "31 March 2022"),
        (None, ""),
    ],
)
def test_day(value, text):
    assert day(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1623, 3480, "46.6"), (1, 8, "12.5"), (1, 2000, "0.1"), (5, 0, "0.0")],
)
def test_percent_of(part, whole, text):
    assert percent_of(part, whole) == text


def test_numbers_are_sorted_as_people_count_them():
    codes = ["SO10", "SO2", "A1.10.1", "A1.2.1", "–", "BOS"]

    assert sorted(codes, key=natural) == [
        "A1.2.1",
        "A1.10.1",
        "BOS",
        "SO2",
        "SO10",
        "–",
    ]
