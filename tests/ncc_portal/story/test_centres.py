"""The story of Lesotho, section 12: the centres, and the history as a whole."""

import datetime as dt

import pytest

from governance.models import CentreRequest, Event, Version

pytestmark = pytest.mark.once


def test_the_three_requests_stand_as_the_centres_answered():
    rows = CentreRequest.objects.filter(committee__slug="lesotho")

    assert {
        row.centre.code: [(step.state, step.on.isoformat()) for step in row.steps.all()]
        for row in rows
    } == {
        "AMO": [
            ("sent", "2022-03-31"),
            ("acknowledged", "2022-04-20"),
            ("accepted", "2022-11-25"),
        ],
        "ACSRM": [
            ("sent", "2022-03-31"),
            ("acknowledged", "2022-04-14"),
            ("accepted", "2022-05-12"),
            ("delivered", "2022-08-26"),
        ],
        "COC": [("sent", "2022-03-31"), ("acknowledged", "2022-05-02")],
    }


def test_the_history_is_told_in_the_order_of_time():
    moments = list(
        Event.objects.filter(committee__slug="lesotho")
        .order_by("seq")
        .values_list("at", flat=True)
    )

    assert moments == sorted(moments)
    assert (moments[0].date(), moments[-1].date()) == (
        dt.date(2021, 9, 6),
        dt.date(2022, 12, 31),
    )


def test_every_version_has_the_digest_it_was_frozen_with():
    assert all(version.is_intact for version in Version.objects.all())
