"""Resolutions: drafted, decided with a quorum, and turned into the roadmap or nothing."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from governance.actions import adoption, attendance, resolutions, workshops
from governance.errors import Refused
from governance.models import Event, Message, Resolution, RoadmapAction
from tests import world as worlds
from tests.governance.shared import shared_world

DAY = "2021-12-07"


built, world = shared_world("session")


def draft(world, by="secretary", lead="C", due=dt.date(2022, 3, 31), **fields):
    with world.on(DAY, "10:00"):
        return resolutions.propose(
            world.workshop,
            by=world.person(by),
            verb="REQUESTS",
            text="institution C to write the protocol",
            lead=world.institutions[lead] if lead else None,
            due_on=due,
            **fields,
        )


def row(world, title="Write it", lead="C", due=dt.date(2022, 3, 31), **fields):
    return {"title": title, "lead": world.institutions[lead], "due_on": due, **fields}


def follow(world, resolution, *rows, by="secretary"):
    with world.on(DAY, "10:30"):
        return resolutions.set_follow_ups(resolution, rows, by=world.person(by))


def adopt(world, resolution, by="chair", time="11:00", mode="consensus", **facts):
    with world.on(DAY, time):
        return adoption.adopt(resolution, by=world.person(by), mode=mode, **facts)


def actions():
    return list(
        RoadmapAction.objects.values_list(
            "serial", "title", "lead__code", "phase", "due_on", "state"
        )
    )


def test_numbers_go_on_and_a_withdrawn_one_is_not_used_again(world):
    first, second = draft(world), draft(world)
    with world.on(DAY, "10:15"):
        resolutions.withdraw(second, by=world.person("secretary"), reason="Twice")

    third = draft(world)

    assert [r.number for r in (first, second, third)] == [
        "RES/2021/01",
        "RES/2021/02",
        "RES/2021/03",
    ]


def test_adopting_creates_the_actions_and_keeps_those_present(world):
    resolution = draft(world)
    follow(
        world,
        resolution,
        row(world, due=dt.date(2022, 1, 31)),
        row(world, "Sign it", "D", dt.date(2023, 6, 30)),
    )

    adopt(world, resolution)

    resolution.refresh_from_db()
    assert (
        resolution.state,
        resolution.mode,
        resolution.votes_for,
        resolution.presence["present"],
        resolution.presence["met"],
        resolution.decided_by.username,
        resolution.standing(),
    ) == (
        "adopted",
        "consensus",
        None,
        ["A", "B", "C", "D"],
        True,
        "world.chair",
        "Adopted, not started",
    )
    assert actions() == [
        (1, "Write it", "C", "first", dt.date(2022, 1, 31), "not_started"),
        (2, "Sign it", "D", "third", dt.date(2023, 6, 30), "not_started"),
    ]


def test_without_rows_the_deadline_itself_becomes_the_action(world):
    resolution = draft(world, deliverable="Signed protocol")

    adopt(world, resolution)

    assert actions() == [
        (1, "Signed protocol", "C", "first", dt.date(2022, 3, 31), "not_started")
    ]


def test_a_failure_in_the_second_action_adopts_nothing(world, monkeypatch):
    resolution = draft(world)
    follow(world, resolution, row(world), row(world, "Sign it", "D"))
    full_clean = RoadmapAction.full_clean

    def fail(self, *args, **kwargs):
        if self.title == "Sign it":
            raise ValidationError("broken")
        full_clean(self, *args, **kwargs)

    monkeypatch.setattr(RoadmapAction, "full_clean", fail)
    before = Event.objects.count()

    with pytest.raises(ValidationError):
        adopt(
            world, resolution, mode="hands", votes_for=3, votes_against=1, abstentions=0
        )

    resolution.refresh_from_db()
    assert (resolution.state, resolution.presence, resolution.mode) == (
        "proposed",
        None,
        "",
    )
    assert (actions(), Event.objects.count()) == ([], before)
    assert not Message.objects.filter(key__startswith="resolution").exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"lead": None}, "RES/2021/01 has no lead institution."),
        ({"due": None}, "RES/2021/01 has neither a date nor a trigger."),
        (
            {"due": None, "trigger": "within 60 days of the decision"},
            "RES/2021/01 names no action with a lead and a date.",
        ),
        (
            {"due": dt.date(2021, 12, 8)},
            "An action of RES/2021/01 is due before the meeting ends.",
        ),
    ],
)
def test_what_is_owed_to_adopt_is_said_and_nothing_is_adopted(world, fields, said):
    resolution = draft(world, **fields)

    with pytest.raises(Refused) as refusal:
        adopt(world, resolution)

    assert said in [item.text for item in refusal.value.owed]
    assert Resolution.objects.get().state == "proposed"


def test_a_trigger_with_a_dated_action_is_enough(world):
    resolution = draft(world, lead="C", due=None, trigger="within 60 days")
    follow(world, resolution, row(world, due=dt.date(2022, 12, 1)))

    adopt(world, resolution)

    assert [a[:2] for a in actions()] == [(1, "Write it")]


def test_without_a_quorum_nothing_is_decided(world):
    resolution = draft(world)
    with world.on(DAY, "10:40"):
        for person in world.workshop.participants.all()[:2]:
            attendance.leave(person, by=world.person("secretary"))

    for decide in (
        lambda: adopt(world, resolution),
        lambda: resolutions.defer(resolution, by=world.person("chair"), reason="x"),
        lambda: resolutions.reject(resolution, by=world.person("chair"), reason="x"),
    ):
        with world.on(DAY, "11:00"), pytest.raises(Refused):
            decide()

    assert (Resolution.objects.get().state, actions()) == ("proposed", [])


def test_before_the_session_nothing_is_adopted(db):
    world = worlds.at_stage("tabled", "early")
    resolution = draft(world)

    with pytest.raises(Refused, match="The workshop is not in session"):
        adopt(world, resolution)


@pytest.mark.parametrize(
    "name", ["secretary", "rapporteur", "member_c", "official", "observer", "admin"]
)
def test_only_the_chair_decides(world, name):
    resolution = draft(world)

    with pytest.raises(PermissionDenied):
        adopt(world, resolution, by=name)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"mode": "hands", "votes_for": 5, "votes_against": 0, "abstentions": 0},
            "5 votes were counted, but 4 institutions are present.",
        ),
        (
            {"mode": "hands", "votes_for": 2, "votes_against": 2, "abstentions": 0},
            "2 for and 2 against is not enough to adopt RES/2021/01.",
        ),
        (
            {"mode": "hands", "votes_for": 3},
            "Give the numbers for, against and abstaining.",
        ),
        ({"mode": "consensus", "votes_for": 1}, "A consensus has no counts."),
        (
            {"mode": "acclamation"},
            "Say how it was decided: consensus, show of hands or roll call.",
        ),
    ],
)
def test_counts_that_cannot_be_are_refused(world, facts, said):
    resolution = draft(world)

    with pytest.raises(Refused, match=said.replace(".", r"\.")):
        adopt(world, resolution, **facts)


def test_a_show_of_hands_keeps_no_names(world):
    resolution = draft(world)

    with pytest.raises(Refused, match="A show of hands names nobody"):
        adopt(
            world,
            resolution,
            mode="hands",
            votes_for=3,
            votes_against=0,
            abstentions=0,
            roll_call={world.institutions["A"]: "for"},
        )


def test_a_roll_call_is_counted_and_reservations_stay_word_for_word(world):
    resolution = draft(world)
    i = world.institutions

    adopt(
        world,
        resolution,
        mode="roll_call",
        roll_call={i["A"]: "for", i["B"]: "for", i["C"]: "against", i["D"]: "abstains"},
        reservations={i["C"]: "Subject to budget ceilings."},
    )

    resolution.refresh_from_db()
    assert (
        resolution.votes_for,
        resolution.votes_against,
        resolution.abstentions,
        list(map(str, resolution.roll_call.all())),
        list(map(str, resolution.reservations.all())),
    ) == (
        2,
        1,
        1,
        ["A: For", "B: For", "C: Against", "D: Abstains"],
        ["C: Subject to budget ceilings."],
    )


@pytest.mark.parametrize("code", ["E", "OBS"])
def test_who_is_not_there_with_a_vote_has_no_reservation(world, code):
    resolution = draft(world)

    with pytest.raises(Refused, match="is not present with a vote"):
        adopt(world, resolution, reservations={world.institutions[code]: "No."})


def test_adopted_text_is_never_edited(world):
    resolution = draft(world)
    adopt(world, resolution)

    for change in (
        lambda: resolutions.amend(resolution, by=world.person("chair"), text="other"),
        lambda: follow(world, resolution, row(world), by="chair"),
        lambda: resolutions.withdraw(resolution, by=world.person("chair"), reason="x"),
        lambda: adopt(world, resolution),
    ):
        with pytest.raises(Refused):
            change()

    assert Resolution.objects.get().text == "institution C to write the protocol"
    assert len(actions()) == 1


def test_a_later_resolution_replaces_an_adopted_one(world):
    first = draft(world)
    first = adopt(world, first)

    second = draft(world, earlier=first, relation="replaces")
    second = adopt(world, second)

    first = Resolution.objects.get(pk=first.pk)
    assert (first.standing(), second.standing()) == ("Replaced", "Adopted, not started")


def test_an_earlier_one_must_have_been_adopted(world):
    first = draft(world)

    with pytest.raises(Refused, match="was not adopted"):
        draft(world, earlier=first, relation="replaces")


def test_amending_keeps_the_words_before_in_the_history(world):
    resolution = draft(world)
    with world.on(DAY, "10:20"):
        resolutions.amend(
            resolution, by=world.person("rapporteur"), text="C to sign the protocol"
        )

    event = resolution.events.get(verb="amend")
    assert (Resolution.objects.get().state, event.note) == (
        "amended",
        "before: REQUESTS institution C to write the protocol",
    )


def test_the_lead_does_not_support_itself(world):
    with pytest.raises(Refused, match="does not support itself"):
        draft(world, support=[world.institutions["C"]])


def test_a_deferred_one_is_taken_up_at_a_workshop_to_come(world):
    resolution = draft(world)
    chair, secretary = world.person("chair"), world.person("secretary")
    with world.on(DAY, "11:00"):
        resolutions.defer(resolution, by=chair, reason="No finance note")
    worlds.decide(world)
    with world.on("2021-12-08", "17:00"):
        workshops.conclude(world.workshop, by=chair)
        resolution = Resolution.objects.get()
        with pytest.raises(Refused, match="is over"):
            resolutions.take_up(resolution, by=secretary)
        following = workshops.plan_workshop(
            world.report,
            by=secretary,
            title="Second workshop",
            starts_on=dt.date(2022, 2, 1),
            ends_on=dt.date(2022, 2, 1),
            venue="Maun",
        )
        resolutions.take_up(resolution, by=secretary, workshop=following)

    resolution = Resolution.objects.get()
    assert (resolution.state, resolution.workshop, resolution.decision_note) == (
        "proposed",
        following,
        "No finance note",
    )


def test_another_committees_institution_cannot_lead(world):
    other = worlds.build("other", "ZA")

    with pytest.raises(Refused), world.on(DAY, "10:00"):
        resolutions.propose(
            world.workshop,
            by=world.person("secretary"),
            verb="REQUESTS",
            text="x",
            lead=other.institutions["C"],
        )


def test_leads_are_told_with_what_their_institution_does(world):
    resolution = draft(world)
    follow(world, resolution, row(world, lead="D"), row(world, "Sign it", "D"))

    adopt(world, resolution)

    told = Message.objects.filter(key__startswith=f"resolution {resolution.pk}")
    assert sorted(told.values_list("recipient__username", flat=True)) == [
        "world.member_c",
        "world.member_d",
    ]
    body = told.get(recipient__username="world.member_d").body
    assert [line for line in body.splitlines() if line.startswith("RM")] == [
        "RM01 Write it, by 31 March 2022",
        "RM02 Sign it, by 31 March 2022",
    ]


@pytest.mark.parametrize(
    ("states", "standing"),
    [
        ([], "Adopted, not started"),
        (["not_started", "not_started"], "Adopted, not started"),
        (["verified", "not_started"], "Partly implemented"),
        (["verified", "verified"], "Implemented"),
        (["verified", "cancelled"], "Implemented"),
        (["cancelled", "transferred"], "Overtaken"),
        (["in_progress", "not_started"], "In implementation"),
        (["done_claimed"], "In implementation"),
    ],
)
def test_standing_is_computed_from_the_actions(states, standing):
    from governance.models.resolutions import standing_of

    assert str(standing_of(states)) == standing
