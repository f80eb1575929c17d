"""Three sign at the same instant, each pressing twice: two hundred times over."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections

from governance.actions import signoffs
from governance.models import (
    Rendering,
    Report,
    Signature,
    User,
    Validation,
    Version,
)
from tests import world as worlds
from tests.tampering import unguarded

REPEATS = 200

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


@pytest.fixture(autouse=True)
def _signatures_can_be_taken_back(transactional_db):
    with unguarded():
        yield


def unsign(report):
    """Back to a candidate that nobody has signed: only a test can do that."""
    Rendering.objects.filter(report=report).delete()
    for model in (Validation, Signature):
        model.objects.all()._raw_delete("default")
    Version.objects.filter(report=report, kind="validated")._raw_delete("default")
    Report.objects.filter(pk=report.pk).update(state="signing", validated_at=None)


class Signatory(threading.Thread):
    """Signs each time the barrier opens, on one connection."""

    def __init__(self, user, candidate, barrier):
        super().__init__()
        self.user, self.candidate, self.barrier = user, candidate, barrier
        self.ends = []

    def run(self):
        for number in range(REPEATS):
            self.barrier.wait()
            try:
                given = signoffs.sign(
                    self.candidate,
                    by=self.user,
                    password=worlds.PASSWORD,
                    text_digest=self.candidate.digest,
                    nonce=f"{self.user.pk} {number}",
                )
                self.ends.append(given.pk)
            except Exception as error:  # noqa: BLE001 -- the test tells
                self.ends.append(repr(error))
            self.barrier.wait()
        connections.close_all()


def found(report):
    """People who signed, how often each, validations, versions 1.0, and the stage."""
    people = Counter(Signature.objects.values_list("person__username", flat=True))
    return (
        dict(people),
        Validation.objects.count(),
        Version.objects.filter(report=report, major=1, minor=0).count(),
        Report.objects.get(pk=report.pk).state,
    )


def test_three_who_press_twice_at_once_validate_once_each_time():
    world = worlds.at_stage("signing", "race")
    User.objects.update(email="")
    names = ["member_c", "member_d", "chair"]
    barrier = threading.Barrier(2 * len(names) + 1)
    threads = [
        Signatory(world.person(name), world.candidate, barrier) for name in names * 2
    ]
    for thread in threads:
        thread.start()
    outcomes = Counter()
    for _number in range(REPEATS):
        barrier.wait()
        barrier.wait()
        people, validations, versions, state = found(world.report)
        outcomes[tuple(sorted(people.items())), validations, versions, state] += 1
        unsign(world.report)
    for thread in threads:
        thread.join()

    once = tuple(sorted((f"race.{name}", 1) for name in names))
    assert outcomes == {(once, 1, 1, "validated"): REPEATS}
    for first, second in zip(threads[:3], threads[3:], strict=True):
        assert first.ends == second.ends, "a repeat is the same signature"
        assert all(isinstance(end, int) for end in first.ends)
