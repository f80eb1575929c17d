import threading
from collections import Counter

import pytest
from django.db import connection, connections

from governance.actions import people
from governance.errors import Refused
from governance.models import User
from tests import world as worlds


@pytest.fixture
def eight():
    """Give a world eight people of one role."""

    def enlist(world, role):
        found = []
        for number in range(8):
            user = people.register(
                world.committee,
                username=f"{role}.{number}",
                name=f"{role} {number}",
                by=None,
            )
            people.give_role(
                user, world.committee, role, starts_on=worlds.SINCE, by=None
            )
            found.append(User.objects.get(pk=user.pk))
        return found

    return enlist


def at_once(*acts):
    """Do each in a thread with a connection of its own; say how each ended."""
    start, ends = threading.Barrier(len(acts)), []

    def press(act):
        try:
            connection.ensure_connection()
            start.wait()
            act()
            ends.append("passed")
        except Refused:
            ends.append("refused")
        except Exception as error:  # noqa: BLE001 -- the test tells
            ends.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ends)


@pytest.fixture
def together():
    return at_once
