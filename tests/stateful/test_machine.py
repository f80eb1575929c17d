"""People × moves from every stage. HYPOTHESIS_STEPS multiplies the runs, for a night."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.environment import TIMES
from tests.stateful import starts
from tests.stateful.machine import Committee

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def run(start, *, examples, steps, shrink=True, only=None, before=lambda: None):
    """Build the world once; every run starts from it and is rolled back.

    `before` is called between the two; `only` names the acts, for a short run.
    """
    world, moment = starts.at(start)
    before()
    facts = {"world": world, "moment": moment}
    if only:
        facts["only"] = frozenset(only)
    machine = type("Committee", (Committee,), facts)
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(
        machine,
        settings=settings(
            database=None,
            max_examples=examples,
            stateful_step_count=steps,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )


@pytest.mark.parametrize("start", starts.STEPS)
def test_the_invariants_hold_whatever_people_try(start):
    run(start, examples=6 * TIMES, steps=20)
