"""The one writer of a state, when eight people press at once."""

import datetime as dt
import threading
from collections import Counter

import pytest
from django.db import connection, connections

from governance.actions import documents, legal
from governance.errors import Refused
from governance.models import Event, LegalInstrument, LegalStatus, LegalStep, User

DAY = dt.date(2022, 9, 5)
PEOPLE = 8

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


@pytest.fixture
def instrument(committee, secretary):
    report = documents.open_report(
        committee, by=secretary, title="Report", dated_on=DAY
    )
    status = documents.add_document(
        LegalStatus, report, by=secretary, title="Legal status"
    )
    return documents.add_provision(
        LegalInstrument, status, by=secretary, route="cabinet_decision", title="Cabinet"
    )


def at_once(states, instrument, secretary):
    """Record each state in a thread of its own; return how each thread ended."""
    start, ends = threading.Barrier(len(states)), []

    def press(state):
        try:
            mine = LegalInstrument.objects.get(pk=instrument.pk)
            by = User.objects.get(pk=secretary.pk)
            start.wait()
            legal.record_step(mine, state, on=DAY, by=by, reference="R", note="why")
            ends.append("passed")
        except Refused:
            ends.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[state]) for state in states]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ends)


def test_of_eight_who_record_one_step_one_passes(instrument, secretary):
    ends = at_once(["recommended"] * PEOPLE, instrument, secretary)

    assert ends == {"passed": 1, "refused": PEOPLE - 1}
    assert [step.state for step in LegalStep.objects.all()] == ["recommended"]
    assert Event.objects.filter(verb="recommended").count() == 1


def test_of_two_ways_out_of_a_state_one_is_taken(instrument, secretary):
    ends = at_once(["recommended", "abandoned"] * 4, instrument, secretary)

    instrument.refresh_from_db()
    steps = list(LegalStep.objects.order_by("pk").values_list("state", flat=True))
    assert ends["passed"] == len(steps)
    assert steps in (["recommended"], ["abandoned"], ["recommended", "abandoned"])
    assert instrument.state == steps[-1]
