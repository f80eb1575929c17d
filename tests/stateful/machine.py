"""People and moves, at random, from a given start; the oracle looks after every step."""

import copy
import datetime as dt
import random

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from governance import clock
from governance.errors import Refused
from governance.models import Report, Workshop
from tests.stateful import acts_room, acts_sign, acts_text, facts  # noqa: F401 -- they fill ACTS
from tests.stateful.acts import ACTS, EVERY, Nothing
from tests.stateful.oracle import Oracle, must

ALWAYS = frozenset(EVERY)
SEEDS = st.integers(0, 2**32)
SAID_NO = (Refused, PermissionDenied, ValidationError, Nothing)


class Committee(RuleBasedStateMachine):
    """`world` and `moment` are set by the test; every run is rolled back after it."""

    world = None
    moment = None
    only = frozenset(ACTS)

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world = copy.copy(type(self).world)
        self.now = type(self).moment
        self.oracle = Oracle()
        self.count = self.steps = self.seed = 0
        self.name = self.by = self.dice = None

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @property
    def today(self):
        return self.now.date()

    @property
    def report(self):
        return Report.objects.select_related("committee").get(pk=self.world.report.pk)

    @property
    def workshop(self):
        if self.world.workshop is None:
            self.nothing()
        return Workshop.objects.select_related("committee", "report", "papers").get(
            pk=self.world.workshop.pk
        )

    @property
    def stage(self):
        """Where the report and the workshop are."""
        room = Workshop.objects.filter(
            pk=self.world.workshop.pk if self.world.workshop else 0
        ).values_list("state", flat=True)
        return self.report.state, next(iter(room), None)

    def pick(self, values, what):
        return self.dice.choice(list(values))

    def flip(self, what):
        """True one time in four."""
        return self.dice.randrange(4) == 3

    def upto(self, most):
        return self.dice.randint(1, most)

    def one(self, rows):
        found = list(rows)
        return self.pick(found, "which") if found else self.nothing()

    def nothing(self):
        raise Nothing

    def words(self, stem):
        self.count += 1
        return f"{stem} {self.count}"

    must = staticmethod(must)

    def attempt(self, act, name):
        """Let somebody try; a success must be one that the table allows."""
        stage, room = self.stage
        self.name, self.by = name, self.world.people.get(name)
        self.now += dt.timedelta(minutes=1)
        with clock.standing_at(self.now):
            try:
                act.do(self)
            except SAID_NO as no:
                note(f"{name} could not {act.name}: {no}")
                return False
        note(f"{name}: {act.name}")
        why = f"{name} could {act.name} while {stage}, {room}"
        must(act.may(name, stage, room), "rights", why)
        return True

    @initialize(seed=SEEDS)
    def throw_the_dice(self, seed):
        """One seed a run: Hypothesis prefers small numbers, people do not."""
        self.seed = seed

    def throw(self):
        self.steps += 1
        self.dice = random.Random(f"{self.seed} {self.steps}")

    @rule()
    def do_what_is_to_be_done(self):
        """Somebody who may does what is open now; what belongs to the stage, more often."""
        self.throw()
        if self.dice.randrange(12) == 0:
            self.now += dt.timedelta(days=self.dice.choice([1, 1, 2, 20]))
        for _try in range(4):
            stage, room = self.stage
            acts = [a for a in ACTS.values() if a.name in self.only]
            acts = [a for a in acts if a.is_open(stage, room)]
            weights = [1 if a.stages == ALWAYS and not a.rooms else 5 for a in acts]
            act = self.dice.choices(acts, weights)[0]
            if self.attempt(act, self.dice.choice(sorted(act.people))):
                break

    @rule()
    def do_anything(self):
        """Anybody, whoever it is, tries anything at any time."""
        self.throw()
        acts = [a for a in ACTS.values() if "worker" not in a.people]
        act = self.dice.choice([a for a in acts if a.name in self.only])
        self.attempt(act, self.dice.choice(sorted(self.world.people)))

    @invariant()
    def all_holds(self):
        facts.check(self)
