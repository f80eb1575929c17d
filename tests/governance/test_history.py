"""History: one chain a committee, added to and never changed."""

import threading

import pytest
from django.db import connection, connections

from governance.errors import Refused
from governance.models import Committee, Event, User


def test_every_entry_carries_the_hash_of_the_one_before(secretary, committee):
    committee.record("noted", by=secretary, note="why")

    entries = list(Event.objects.filter(committee=committee).order_by("seq"))
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    assert [e.previous_hash for e in entries] == ["", *(e.hash for e in entries[:-1])]
    assert [e.hash for e in entries] == [e.computed_hash() for e in entries]
    last = entries[-1]
    assert (last.by_name, last.roles, last.verb, last.note) == (
        "Secretary",
        "Secretariat",
        "noted",
        "why",
    )
    assert str(last) == f"Secretary noted {committee}"


def test_history_is_neither_changed_nor_removed(secretary, committee):
    entry = Event.objects.first()

    with pytest.raises(Refused, match="never changed"):
        entry.save()
    with pytest.raises(Refused, match="never removed"):
        entry.delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
def test_eight_writers_make_one_chain(committee, secretary):
    start = threading.Barrier(8)

    def write():
        start.wait()
        try:
            user = User.objects.get(pk=secretary.pk)
            for _ in range(5):
                Committee.objects.get(pk=committee.pk).record("noted", by=user)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    entries = list(Event.objects.filter(committee=committee).order_by("seq"))
    assert [e.previous_hash for e in entries] == ["", *(e.hash for e in entries[:-1])]
