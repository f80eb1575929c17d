"""Several people on one text, at random; the oracle looks after every step."""

import copy
import datetime as dt
import random

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from governance import clock
from governance.actions import documents, writing
from governance.errors import Refused
from governance.models import Body, Clause, CommitteeLanguage, Report
from tests.environment import TIMES
from tests.stateful import editing_acts as acts
from tests.stateful import editing_oracle as o
from tests.stateful import starts
from tests.stateful.acts import Nothing

SAID_NO = (Refused, PermissionDenied, ValidationError, Nothing)
WRITERS = ["rapporteur", "rapporteur", "secretary", "member_a", "member_b"]
OTHERS = ["chair", "observer", "admin", "official", "member_c", "neighbour"]


def world_with_words():
    """Two bodies with a comment each, two clauses, one assigned; a second language."""
    world, moment = starts.at("consolidating")
    secretary = world.person("secretary")
    CommitteeLanguage.objects.create(
        committee=world.committee, code="st-LS", name="Sesotho"
    )
    for heading in ("Background", "Purpose"):
        facts = {"heading": heading, "body": f"The {heading.lower()} is this."}
        row = documents.add_provision(Clause, world.document, by=secretary, **facts)
    writing.assign(world.document, world.institutions["B"], row.uid, by=secretary)
    body = Body.objects.filter(document=world.document).first()
    writing.assign(world.document, world.institutions["B"], body.uid, by=secretary)
    return world, moment


class Editing(RuleBasedStateMachine):
    """`world`, `moment` and `only` are set by the test; every run is rolled back."""

    world = None
    moment = None
    only = acts.EVERY

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world, self.now = copy.copy(type(self).world), type(self).moment
        self.document, self.book = self.world.document, o.Book()
        self.seed = self.steps = self.count = 0
        self.name = self.by = self.dice = None
        self.before = self.look()

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def look(self):
        report = Report.objects.get(pk=self.world.report.pk)
        return o.read(report, type(self.document).objects.get(pk=self.document.pk))

    def pick(self, values):
        return self.dice.choice(list(values))

    def one(self, found):
        found = list(found)
        return self.pick(found) if found else self.nothing()

    def nothing(self):
        raise Nothing

    def flip(self):
        """True one time in four."""
        return self.dice.randrange(4) == 3

    def upto(self, most):
        return self.dice.randint(1, most)

    def words(self, stem):
        self.count += 1
        return f"{stem} {self.count}"

    def attempt(self, act, name):
        self.name, self.by = name, self.world.people[name]
        self.now += dt.timedelta(minutes=1)
        with clock.standing_at(self.now):
            try:
                act(self)
                note(f"{name}: {act.__name__}")
            except SAID_NO as no:
                note(f"{name} could not {act.__name__}: {no}")
        after = self.look()
        o.check_step(name, act.__name__, self.before, after)
        self.before = after

    @initialize(seed=st.integers(0, 2**32))
    def throw_the_dice(self, seed):
        self.seed = seed

    def throw(self):
        self.steps += 1
        self.dice = random.Random(f"{self.seed} {self.steps}")

    @rule()
    def write(self):
        """Somebody who writes tries something, or somebody else what is not theirs.

        A closed text soon opens again.
        """
        self.throw()
        if self.before.stage == "circulated" and self.dice.randrange(2):
            acts.thaw(self)
            self.before = self.look()
        if self.dice.randrange(8):
            self.attempt(self.pick(self.only), self.pick(WRITERS))
        else:
            own = {acts.set_aside, acts.freeze}  # what the views keep to those who edit
            tried = [act for act in self.only if act not in own]
            self.attempt(self.pick(tried or self.only), self.pick(OTHERS))

    @invariant()
    def all_holds(self):
        o.check_places(self.before)
        o.check_chains(self.before)
        o.check_normal(self.before)
        o.check_promises(self.book, self.before)


def run(*, examples, steps, only=None, shrink=True, before=lambda: None):
    """Build the world once; every run starts from it and is rolled back."""
    world, moment = world_with_words()
    before()
    facts = {"world": world, "moment": moment, "only": only or acts.EVERY}
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(
        type("Editing", (Editing,), facts),
        settings=settings(
            database=None,
            max_examples=examples * TIMES,
            stateful_step_count=steps,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )
