"""A small committee in which a report can go all the way, told in days.

Five institutions with a vote (A has the chair, B the vice-chair), one observer; a
report with one short document; a person for every role.
"""

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field

from governance import clock
from governance.actions import (
    agenda,
    attendance,
    circulation,
    committees,
    decisions,
    documents,
    institutions,
    people,
    sign_off_rules,
    signoffs,
    workshops,
)
from governance.actions.decisions import Decided
from governance.models import (
    Body,
    Committee,
    Institution,
    Report,
    Structure,
    User,
    Version,
    Workshop,
)
from governance.permissions import Role
from tests.remembered import made_once

SINCE = dt.date(2021, 1, 1)
PASSWORD = "Gaborone-2021-test"
CODES = ["A", "B", "C", "D", "E"]
STAGES = [
    "drafting",
    "circulated",
    "consolidating",
    "tabled",
    "session",
    "amending",
    "signing",
    "validated",
]


@dataclass
class World:
    committee: Committee
    people: dict[str, User]
    institutions: dict[str, Institution]
    report: Report = None
    document: Structure = None
    workshop: Workshop = None
    moment: dt.datetime = field(
        default_factory=lambda: dt.datetime(2021, 11, 1, 8, tzinfo=dt.UTC)
    )

    def person(self, name):
        """Read anew: rights are those of this moment."""
        return User.objects.get(pk=self.people[name].pk)

    def fresh(self):
        self.report = Report.objects.select_related("committee").get(pk=self.report.pk)
        if self.workshop:
            self.workshop = Workshop.objects.select_related(
                "committee", "report", "papers"
            ).get(pk=self.workshop.pk)
        return self

    @contextmanager
    def on(self, day, time="09:00"):
        """Let what is inside happen on an ISO day, at a time of the committee's clock."""
        at = dt.datetime.fromisoformat(f"{day}T{time}").replace(
            tzinfo=self.committee.zone
        )
        with clock.standing_at(at):
            yield

    @property
    def candidate(self) -> Version:
        return self.fresh().report.candidate


@made_once
def build(slug="world", country_code="BW") -> World:
    committee = committees.establish(
        name=f"National Consultative Committee of {slug.title()}",
        short_name="NCC",
        slug=slug,
        country="Botswana",
        country_code=country_code,
        currency="BWP",
        currency_symbol="P",
        time_zone="Africa/Gaborone",
        fiscal_year_starts=4,
        languages=[{"code": "en", "name": "English", "prevails": True}],
        aliases=[],
    )
    made = {
        code: institutions.add_institution(
            committee,
            code=code,
            name=f"Institution {code}",
            category="ministry",
            by=None,
        )
        for code in [*CODES, "OBS"]
    }
    world = World(committee, {}, made)
    roles = {
        "secretary": (Role.SECRETARIAT, None),
        "officer": (Role.SECRETARIAT, None),
        "rapporteur": (Role.RAPPORTEUR, None),
        "chair": (Role.CHAIR, "A"),
        "official": (Role.OFFICIAL, None),
        "observer": (Role.OBSERVER, "OBS"),
        "admin": (Role.ADMINISTRATOR, None),
    } | {f"member_{code.lower()}": (Role.MEMBER, code) for code in CODES}
    for name, (role, code) in roles.items():
        user = people.register(
            committee,
            username=f"{slug}.{name}",
            name=f"{name.replace('_', ' ').title()} of {slug}",
            email=f"{name}@{slug}.example.org",
            password=PASSWORD,
            by=None,
        )
        people.give_role(
            user,
            committee,
            role,
            institution=made.get(code) if code else None,
            starts_on=SINCE,
            by=None,
        )
        world.people[name] = User.objects.get(pk=user.pk)
    secretary = world.person("secretary")
    kinds = {"A": "chair", "B": "vice_chair"}
    for code in CODES:
        institutions.seat(
            made[code],
            by=secretary,
            kind=kinds.get(code, "member"),
            is_voting=True,
            starts_on=SINCE,
        )
    institutions.seat(
        made["OBS"], by=secretary, kind="observer", is_voting=False, starts_on=SINCE
    )
    with world.on("2021-10-01"):
        sign_off_rules.set_rule(
            committee,
            by=world.person("chair"),
            starts_on=dt.date(2021, 10, 1),
            seats=["chair"],
            threshold="number",
            fixed_number=2,
        )
        world.report = documents.open_report(
            committee, by=secretary, title="A report", dated_on=dt.date(2021, 10, 1)
        )
        world.document = documents.add_document(
            Structure, world.report, by=secretary, title="Structure"
        )
        for level, name in [("plenary", "Plenary"), ("secretariat", "Secretariat")]:
            documents.add_provision(
                Body,
                world.document,
                by=secretary,
                name=name,
                level=level,
                lead=made["A"],
                mandate=f"The {name.lower()} meets and writes.",
                meeting_frequency="Four times a year",
            )
    return world


def circulate(world):
    with world.on("2021-11-08"):
        circulation.circulate(
            world.report,
            comments_due_on=dt.date(2021, 11, 26),
            by=world.person("secretary"),
        )
    return world.fresh()


def consolidate(world):
    with world.on("2021-11-29"):
        circulation.close_comments(world.report, by=world.person("secretary"))
    return world.fresh()


def table(world):
    with world.on("2021-12-06"):
        circulation.table(world.report, by=world.person("secretary"))
    return world.fresh()


def plan(world):
    secretary, chair = world.person("secretary"), world.person("chair")
    with world.on("2021-11-15"):
        world.workshop = workshops.plan_workshop(
            world.report,
            by=secretary,
            title="Validation workshop",
            starts_on=dt.date(2021, 12, 7),
            ends_on=dt.date(2021, 12, 8),
            venue="Gaborone",
        )
        agenda.fill_agenda(world.workshop, by=secretary)
        workshops.invite(world.workshop, world.institutions.values(), by=secretary)
        workshops.approve(world.workshop, by=chair)
        workshops.convene(world.workshop, by=secretary)
    return world.fresh()


def open_session(world, present="ABCD"):
    secretary = world.person("secretary")
    with world.on("2021-12-07", "09:45"):
        for code in present:
            person = attendance.register(
                world.workshop,
                world.institutions[code],
                name=f"Focal point of {code}",
                office=f"Focal point of {code}",
                user=world.person(f"member_{code.lower()}"),
                by=secretary,
            )
            attendance.arrive(person, by=secretary)
        workshops.open_session(world.workshop, by=world.person("chair"))
    return world.fresh()


def decide(world, outcome="amendments"):
    with world.on("2021-12-07", "14:30"):
        decisions.decide(
            world.workshop, {1: Decided(outcome)}, by=world.person("chair")
        )
    return world.fresh()


def conclude(world):
    """The workshop is over; before a report is validated the worlds leave it open."""
    if world.fresh().workshop is None or not world.workshop.is_in_session:
        return world
    with world.on("2021-12-07", "16:00"):
        workshops.conclude(world.fresh().workshop, by=world.person("chair"))
    return world.fresh()


def submit(world):
    with world.on("2022-01-31"):
        signoffs.confirm_amendments(world.report, by=world.person("rapporteur"))
        signoffs.submit_for_signature(world.report, by=world.person("secretary"))
    return world.fresh()


def sign(world, name, **facts):
    candidate = world.candidate
    with world.on("2022-02-28"):
        return signoffs.sign(
            candidate,
            by=world.person(name),
            password=PASSWORD,
            text_digest=candidate.digest,
            **facts,
        )


STEPS = {
    "circulated": [circulate],
    "consolidating": [consolidate],
    "tabled": [plan, table],
    "session": [open_session],
    "amending": [decide],
    "signing": [submit],
    "validated": [
        lambda world: (
            [sign(world, name) for name in ("member_c", "member_d", "chair")]
            and world.fresh()
        ),
        conclude,
    ],
}


@made_once
def at_stage(stage, slug="world") -> World:
    """A world in which the report stands at one of STAGES."""
    if stage == STAGES[0]:
        return build(slug).fresh()
    world = at_stage(STAGES[STAGES.index(stage) - 1], slug)
    for step in STEPS[stage]:
        step(world)
    return world.fresh()
