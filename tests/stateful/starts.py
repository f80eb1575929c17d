"""Where the runs start: a furnished world at every stage, and three awkward corners."""

import datetime as dt

from governance.actions import (
    adoption,
    answers,
    attendance,
    comments,
    committees,
    editing,
    people,
    resolutions,
    signoffs,
)
from governance.models import Body, User
from governance.permissions import Role
from tests import world as w

MOMENTS = {
    "drafting": "2021-11-01T09:00",
    "circulated": "2021-11-09T09:00",
    "consolidating": "2021-11-30T09:00",
    "tabled": "2021-12-07T09:00",
    "session": "2021-12-07T10:00",
    "thin room": "2021-12-07T10:00",
    "amending": "2021-12-07T15:00",
    "signing": "2022-02-01T09:00",
    "second candidate": "2022-02-20T09:00",
    "validated": "2022-03-01T09:00",
}


def build():
    """The small committee, with somebody of two roles and somebody of another one."""
    world = w.build("stage")
    double = people.register(
        world.committee,
        username="stage.double",
        name="Double of stage",
        password=w.PASSWORD,
        by=None,
    )
    for role in (Role.CHAIR, Role.MEMBER):
        people.give_role(
            double,
            world.committee,
            role,
            institution=world.institutions["D"],
            starts_on=w.SINCE,
            by=None,
        )
    other = committees.establish(
        name="Another committee",
        short_name="NCC",
        slug="another",
        country="Lesotho",
        country_code="LS",
        currency="LSL",
        currency_symbol="M",
        time_zone="Africa/Maseru",
        fiscal_year_starts=4,
        languages=[{"code": "en", "name": "English", "prevails": True}],
        aliases=[],
    )
    neighbour = people.register(
        other,
        username="another.secretary",
        name="Neighbour",
        password=w.PASSWORD,
        by=None,
    )
    people.give_role(neighbour, other, Role.SECRETARIAT, starts_on=w.SINCE, by=None)
    for name, user in {"double": double, "neighbour": neighbour}.items():
        world.people[name] = User.objects.get(pk=user.pk)
    return world


def comment(world, code, position, suggestion=""):
    row = Body.objects.get(document=world.document, position=position)
    with world.on("2021-11-10"):
        return comments.comment_on(
            world.document,
            row.uid,
            institution=world.institutions[code],
            by=world.person(f"member_{code.lower()}"),
            body=f"{code} has read this.",
            type="technical",
            severity="substantive",
            suggested_wording=suggestion,
        )


def circulate(world):
    w.circulate(world)
    comment(world, "C", 1, "The plenary meets, writes and decides.")
    comment(world, "D", 2)


def table(world):
    first, second = world.report.comments.order_by("number")
    by = world.person("rapporteur")
    with world.on("2021-12-01"):
        answers.respond(first, "accepted", by=by)
        answers.apply_suggestion(first, by=by)
        answers.respond(second, "not_accepted", by=by, reason="It is law.")
    w.plan(world)
    w.table(world)


def open_session(world, present="ABCD"):
    w.open_session(world, present)
    secretary = world.person("secretary")
    with world.on("2021-12-07", "09:50"):
        for code in ("B", "OBS"):
            more = attendance.register(
                world.workshop,
                world.institutions[code],
                name=f"Second person of {code}",
                by=secretary,
            )
            attendance.arrive(more, by=secretary)
        for lead in ("B", "C"):
            resolutions.propose(
                world.workshop,
                by=secretary,
                verb="REQUESTS",
                text="a register of returnees.",
                lead=world.institutions[lead],
                due_on=dt.date(2022, 3, 31),
            )


def decide(world):
    resolution = world.workshop.resolutions.first()
    with world.on("2021-12-07", "14:00"):
        adoption.adopt(resolution, mode="consensus", by=world.person("chair"))
    w.decide(world)


def submit(world):
    """The second resolution is deferred, so that the text can go to signature."""
    rest = world.workshop.resolutions.get(state="proposed")
    with world.on("2021-12-07", "15:00"):
        resolutions.defer(rest, reason="Next year.", by=world.person("chair"))
    w.submit(world)


def take_up(world):
    """It is on the table again, while people sign."""
    rest = world.workshop.resolutions.get(state="deferred")
    with world.on("2022-01-31", "10:00"):
        resolutions.take_up(rest, by=world.person("secretary"))


def second_candidate(world):
    """Two have signed a candidate that was withdrawn; nobody its successor."""
    for name in ("member_b", "member_c"):
        sign_on(world, name, "2022-02-01")
    with world.on("2022-02-15"):
        secretary, rapporteur = world.person("secretary"), world.person("rapporteur")
        signoffs.withdraw(world.report, by=secretary, reason="A word is missing.")
        row = Body.objects.get(document=world.document, position=1)
        editing.edit_provision(
            row, base=row.revision, by=rapporteur, mandate="The missing word is here."
        )
        signoffs.confirm_amendments(world.report, by=rapporteur)
        signoffs.submit_for_signature(world.report, by=secretary)


def sign_on(world, name, day, **facts):
    candidate = world.candidate
    with world.on(day):
        return signoffs.sign(
            candidate,
            by=world.person(name),
            password=w.PASSWORD,
            text_digest=candidate.digest,
            **facts,
        )


def validate(world):
    for name in ("member_b", "member_c", "chair"):
        sign_on(world, name, "2022-02-28", nonce=f"form of {name}")


STEPS = {
    "drafting": [],
    "circulated": [circulate],
    "consolidating": [circulate, w.consolidate],
    "tabled": [circulate, w.consolidate, table],
    "session": [circulate, w.consolidate, table, open_session],
}
STEPS["thin room"] = [*STEPS["tabled"], lambda world: open_session(world, "AB")]
STEPS["amending"] = [*STEPS["session"], decide]
STEPS["signing"] = [*STEPS["amending"], submit, take_up]
STEPS["second candidate"] = [*STEPS["amending"], submit, second_candidate]
STEPS["validated"] = [*STEPS["signing"], validate]


def at(start):
    """A furnished world, and the moment at which a run goes on."""
    world = build()
    for step in STEPS[start]:
        step(world)
        world.fresh()
    moment = dt.datetime.fromisoformat(MOMENTS[start])
    return world, moment.replace(tzinfo=world.committee.zone)
