import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from governance import clock
from governance.actions import joining, people
from governance.actions.joining import ALPHABET, Wanted
from governance.errors import Refused
from governance.models import Event, Joining, RoleAssignment, User
from governance.permissions import Role
from tests import world as worlds

WANTED = Wanted(name="'Mamello Thabane", role=Role.OFFICIAL, email="m@example.org")


@pytest.fixture
def alone(committee, secretary):
    """A committee in which one person manages."""
    return committee, secretary


@pytest.fixture
def world(db):
    return worlds.build()


def code_for(committee, by, wanted=WANTED):
    [issued] = joining.invite(committee, [wanted], on_paper=True, by=by)
    return issued.code


def joined(code, username="new.person"):
    found = joining.found(code)
    return joining.join_as_new(
        found,
        username=username,
        email=found.email,
        name=found.name,
        password=worlds.PASSWORD,
    )


def lines(committee):
    events = Event.objects.filter(committee=committee).order_by("seq")
    return [(event.verb, event.by_name) for event in events]


@given(st.integers(0, 20))
def test_a_code_has_sixty_bits_in_letters_nobody_confuses(_again):
    groups = joining.new_code().split("-")

    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert (len(ALPHABET), set(ALPHABET) & set("01OI")) == (32, set())


def test_the_code_itself_is_stored_nowhere(alone):
    code = code_for(*alone)

    stored = str(list(Joining.objects.values()) + list(Event.objects.values()))
    assert code not in stored
    assert code.replace("-", "") not in stored


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " ")])
def test_a_code_is_found_however_it_is_typed(alone, typed):
    code = code_for(*alone)

    assert joining.found(typed(code)) == Joining.objects.get()


def test_alone_an_invitation_works_at_once_and_leaves_a_trace(alone):
    committee, secretary = alone

    user = joined(code_for(*alone))

    assert [(a.role, a.user_id) for a in user.assignments] == [(Role.OFFICIAL, user.pk)]
    assert lines(committee)[-4:] == [
        ("invited", secretary.name),
        ("registered", "the portal"),
        ("role given", "the portal"),
        ("joined", "'Mamello Thabane"),
    ]


def test_a_slip_works_for_thirty_days_and_a_mail_for_seven(alone):
    committee, secretary = alone
    other = Wanted(name="Other", role=Role.OFFICIAL)

    joining.invite(committee, [WANTED], on_paper=False, by=secretary)
    joining.invite(committee, [other], on_paper=True, by=secretary)
    no_address = Wanted(name="Third", role=Role.OFFICIAL)
    joining.invite(committee, [no_address], on_paper=False, by=secretary)

    rows = Joining.objects.order_by("pk")
    assert [(row.expires_at - row.at).days for row in rows] == [7, 30, 30]


def test_with_two_managers_an_invitation_waits_for_the_second(world):
    secretary, officer = world.person("secretary"), world.person("officer")

    issued = joining.invite(world.committee, [WANTED], on_paper=True, by=secretary)

    waiting = joining.waiting(world.committee)
    assert (issued, [j.name for j in waiting]) == ([], [WANTED.name])
    assert not Joining.objects.open_at(clock.now()).exists()
    with pytest.raises(Refused, match="another person confirms"):
        joining.confirm(waiting, world.committee, on_paper=True, by=secretary)
    [confirmed] = joining.confirm(waiting, world.committee, on_paper=True, by=officer)
    assert joining.found(confirmed.code) == confirmed.joining
    assert not joining.waiting(world.committee).exists()


def test_a_member_neither_invites_nor_confirms(world):
    member = world.person("member_c")

    with pytest.raises(PermissionDenied):
        joining.invite(world.committee, [WANTED], on_paper=True, by=member)
    with pytest.raises(PermissionDenied):
        joining.confirm([], world.committee, on_paper=True, by=member)


def test_a_code_works_once(alone):
    code = code_for(*alone)
    found = joining.found(code)
    joined(code)

    with pytest.raises(Refused, match="does not work"):
        joining.join(found, alone[1])

    assert joining.found(code) is None
    assert RoleAssignment.objects.filter(role=Role.OFFICIAL).count() == 1


def test_a_code_ends_with_its_time(alone):
    code = code_for(*alone)

    with clock.standing_at(clock.now() + dt.timedelta(days=31)):
        assert joining.found(code) is None


def test_a_new_code_kills_the_old_one(alone):
    old = code_for(*alone)
    row = Joining.objects.get()

    [issued] = joining.reissue(row, on_paper=True, by=alone[1])

    assert (joining.found(old), joining.found(issued.code)) == (None, row)


def test_a_withdrawn_code_does_not_work(alone):
    code = code_for(*alone)

    joining.withdraw(Joining.objects.get(), by=alone[1])

    assert joining.found(code) is None


def test_a_list_is_invited_as_a_whole_or_not_at_all(alone):
    committee, secretary = alone
    without = Wanted(name="Nobody's member", role=Role.MEMBER)

    with pytest.raises(ValidationError):
        joining.invite(committee, [WANTED, without], on_paper=True, by=secretary)

    assert not Joining.objects.exists()


def test_nobody_is_invited_twice_to_one_role(alone):
    code_for(*alone)

    with pytest.raises(Refused, match="is invited as Official already"):
        code_for(*alone)


def test_an_existing_sign_in_gets_the_role_too(alone):
    committee, secretary = alone
    code = code_for(committee, secretary, Wanted("Secretary", Role.RAPPORTEUR))

    joining.join(joining.found(code), secretary)

    held = User.objects.get(pk=secretary.pk).roles[committee.pk]
    assert held == {Role.SECRETARIAT, Role.RAPPORTEUR}


def test_a_role_that_is_held_uses_no_code_up(alone):
    committee, secretary = alone
    code = code_for(committee, secretary, Wanted("Again", Role.SECRETARIAT))

    with pytest.raises(Refused, match="hold this role already"):
        joining.join(joining.found(code), secretary)

    assert joining.found(code) is not None


def test_nobody_gives_up_the_last_role_that_manages(alone):
    _committee, secretary = alone
    role = RoleAssignment.objects.get(user=secretary)

    with pytest.raises(Refused, match="Nobody else could manage"):
        people.end_role(role, ends_on=dt.date(2026, 1, 1), by=secretary)


def test_a_manager_does_not_end_the_own_last_role_that_manages(world):
    officer = world.person("officer")
    role = RoleAssignment.objects.get(user=officer)

    with pytest.raises(Refused, match="your own last role"):
        people.end_role(role, ends_on=dt.date(2026, 1, 1), by=officer)

    people.end_role(role, ends_on=dt.date(2026, 1, 1), by=world.person("secretary"))
    assert world.person("officer").roles == {}


def test_suspending_ends_every_session_at_once(world, client):
    member = world.person("member_c")
    client.force_login(member)

    people.suspend(member, world.committee, by=world.person("secretary"))

    assert client.get("/").status_code == 302
    people.restore(member, world.committee, by=world.person("secretary"))
    assert client.get("/").status_code == 302
    assert User.objects.get(pk=member.pk).is_active


def test_nobody_suspends_the_own_sign_in(world):
    secretary = world.person("secretary")

    with pytest.raises(Refused, match="your own sign-in"):
        people.suspend(secretary, world.committee, by=secretary)


def test_a_sign_in_of_two_committees_is_not_suspended_by_one(world):
    other = worlds.build("other", "LS")
    member = world.person("member_c")
    people.give_role(
        member, other.committee, Role.OFFICIAL, starts_on=worlds.SINCE, by=None
    )

    with pytest.raises(Refused, match="outside this committee"):
        people.suspend(member, world.committee, by=world.person("secretary"))
