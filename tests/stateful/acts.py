"""What people can do, and a plain table of who may do it when: nothing of the portal's.

Each act draws what it needs from the machine `m` and calls one action. `people` and
`stages` are what the committee's rules say; a success outside them is a broken rule.
"""

from dataclasses import dataclass
from typing import Any

SECRETARIAT = {"secretary", "officer"}
CHAIR = {"chair", "double"}
MEMBERS = {"member_a", "member_b", "member_c", "member_d", "member_e", "double"}
WRITERS = SECRETARIAT | {"rapporteur"}
LEADERS = SECRETARIAT | CHAIR
PROPOSERS = LEADERS | MEMBERS | {"rapporteur"}
COMMENTERS = PROPOSERS | {"observer"}

EVERY = {
    "drafting",
    "circulated",
    "consolidating",
    "tabled",
    "amending",
    "signing",
    "validated",
    "released",
}
EDITABLE = {"drafting", "consolidating", "amending"}
PLANNING = {"planned", "approved", "convened", "postponed"}
SESSION = {"in_session"}


class Nothing(Exception):
    """There is no row yet on which this could be done."""


@dataclass(frozen=True)
class Act:
    name: str
    do: Any
    people: frozenset[str]
    stages: frozenset[str]
    rooms: frozenset[str] | None

    def __repr__(self):
        return self.name

    def may(self, who, stage, room):
        return (
            who in self.people
            and stage in self.stages
            and (self.rooms is None or room in self.rooms)
        )

    def is_open(self, stage, room):
        return any(self.may(who, stage, room) for who in self.people)


ACTS: dict[str, Act] = {}


def act(people, stages=frozenset(EVERY), rooms=None):
    """Enter a function into the table; `rooms` are states of the workshop."""

    def enter(function):
        name = function.__name__.rstrip("_")
        assert name not in ACTS
        ACTS[name] = Act(
            name,
            function,
            frozenset(people),
            frozenset(stages),
            frozenset(rooms) if rooms else None,
        )
        return function

    return enter
