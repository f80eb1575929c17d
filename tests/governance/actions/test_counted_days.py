"""What was counted stays as it was: the rule and the seats of a day that is over."""

import datetime as dt

import pytest

from governance.actions import institutions, sign_off_rules, signoffs
from governance.actions.institutions import Place
from governance.errors import Refused
from governance.models import Event, Seat, SignOffRule
from governance.models.sign_off_rules import rule_of
from tests import world as worlds

pytestmark = pytest.mark.django_db
SIGNING = "A report is being signed: its rule and the seats do not change meanwhile."
DECIDING = "A workshop is in session: seats and rules do not change meanwhile."
PAST = "A changed rule begins today or later: what was counted stays as it was."


def at(stage):
    return worlds.at_stage(stage)


def propose(world, name="secretary", day="2022-03-01", number=1):
    return sign_off_rules.set_rule(
        world.committee,
        by=world.person(name),
        starts_on=dt.date.fromisoformat(day),
        seats=[],
        threshold="number",
        fixed_number=number,
    )


def unseat(world, since):
    places = [Place(world.institutions["B"])]
    return institutions.set_seats(
        world.committee, places, since=since, by=world.person("secretary")
    )


def counted(world, day):
    return rule_of(world.committee, dt.date.fromisoformat(day)).fixed_number


def test_a_changed_rule_counts_when_a_second_person_has_confirmed_it():
    world = at("drafting")
    with world.on("2022-02-01"):
        rule = propose(world)
        before = counted(world, "2022-03-01")
        sign_off_rules.confirm_rule(rule, by=world.person("chair"))

    assert (before, counted(world, "2022-03-01")) == (2, 1)
    assert counted(world, "2022-02-28") == 2
    verbs = Event.objects.about(rule).order_by("seq").values_list("verb", "by_name")
    assert list(verbs) == [
        ("proposed", "Secretary of world"),
        ("confirmed", "Chair of world"),
    ]


def test_nobody_confirms_the_own_rule_or_one_twice():
    world = at("drafting")
    with world.on("2022-02-01"):
        rule = propose(world)
        with pytest.raises(Refused, match="You proposed this rule"):
            sign_off_rules.confirm_rule(rule, by=world.person("secretary"))
        sign_off_rules.confirm_rule(rule, by=world.person("officer"))
        rule = SignOffRule.objects.get(pk=rule.pk)
        with pytest.raises(Refused, match="confirmed already"):
            sign_off_rules.confirm_rule(rule, by=world.person("chair"))


def test_a_changed_rule_does_not_begin_in_the_past():
    world = at("drafting")
    with world.on("2022-03-02"), pytest.raises(Refused) as refusal:
        propose(world, day="2022-03-01")
    with world.on("2022-02-01"):
        rule = propose(world)
    with world.on("2022-03-02"), pytest.raises(Refused) as late:
        sign_off_rules.confirm_rule(rule, by=world.person("chair"))

    assert (str(refusal.value), str(late.value)) == (PAST, PAST)


@pytest.mark.parametrize(
    ("stage", "sentence"), [("signing", SIGNING), ("session", DECIDING)]
)
def test_neither_rule_nor_seats_change_while_something_is_counted(stage, sentence):
    world = at(stage)
    day = "2022-02-28" if stage == "signing" else "2021-12-07"
    waiting = SignOffRule(
        committee=world.committee,
        starts_on=dt.date(2022, 3, 1),
        threshold="two_thirds",
        set_by=world.person("secretary"),
    )
    waiting.save()

    refusals = []
    for act in (
        lambda: propose(world),
        lambda: sign_off_rules.confirm_rule(waiting, by=world.person("chair")),
        lambda: unseat(world, dt.date(2022, 3, 1)),
    ):
        with world.on(day, "10:00"), pytest.raises(Refused) as refusal:
            act()
        refusals.append(str(refusal.value))

    assert refusals == [sentence] * 3


def test_seats_do_not_change_on_a_day_that_was_counted():
    world = at("signing")
    with world.on("2022-02-02"):
        signoffs.withdraw(world.report, by=world.person("secretary"), reason="A gap.")
    worlds.conclude(world)
    frozen = world.candidate.frozen_at.astimezone(world.committee.zone).date()

    for since in (frozen - dt.timedelta(days=60), frozen):
        with world.on("2022-03-02"), pytest.raises(Refused, match="were counted"):
            unseat(world, since)
    with world.on("2022-03-02"):
        changes = unseat(world, frozen + dt.timedelta(days=1))

    assert changes == 1
    assert Seat.objects.get(institution=world.institutions["B"]).ends_on == frozen
