"""A committee with as many rows of every kind as one asks for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from advocacy import models as a
from governance import models as g
from governance.permissions import Role
from strategy import models as s

DAY = dt.date(2022, 12, 31)


class World:
    """Lesotho's committee, its report and documents; `grow` adds a row of each kind."""

    def __init__(self, slug: str = "lesotho") -> None:
        self.slug = slug
        self.committee = g.Committee.objects.create(
            name=f"Committee of {slug}",
            short_name="NCC",
            slug=slug,
            country=slug.title(),
            country_code="LS",
            currency="LSL",
            currency_symbol="M",
            fiscal_year_starts=4,
        )
        g.CommitteeLanguage.objects.create(
            committee=self.committee, code="en", name="English", prevails=True
        )
        g.CommitteeAlias.objects.create(committee=self.committee, name="NCM")
        self.report = g.Report.objects.create(
            committee=self.committee, title="Strengthening Governance", dated_on=DAY
        )
        self.add_documents()
        self.size = 0

    def add_documents(self) -> None:
        own = {"committee": self.committee, "report": self.report}
        self.legal = g.LegalStatus.objects.create(title="Legal status", **own)
        self.direction = g.StrategicDirection.objects.create(title="Direction", **own)
        self.terms = g.TermsOfReference.objects.create(title="Terms", **own)
        self.structure = g.Structure.objects.create(title="Structure", **own)
        self.plan = s.StrategicPlan.objects.create(
            title="Strategic plan", first_year=2022, **own
        )
        self.activity_plan = s.ActivityPlan.objects.create(
            title="Activity plan", plan=self.plan, year=2022, **own
        )
        self.advocacy = a.AdvocacyStrategy.objects.create(
            title="Advocacy", activity_plan=self.activity_plan, **own
        )

    def person(self, name: str = "thabo", role: Role = Role.SECRETARIAT) -> g.User:
        user = g.User.objects.create_user(f"{name}-{self.slug}", name=name)
        g.RoleAssignment.objects.create(
            committee=self.committee, user=user, role=role, starts_on=DAY
        )
        return user

    def grow(self, rows: int = 1) -> World:
        for _ in range(rows):
            self.size += 1
            self.add_institution(self.size)
            self.add_part_one(self.size)
            self.add_plan(self.size)
            self.add_activity(self.size)
            self.add_advocacy(self.size)
        return self

    def add_institution(self, n: int) -> None:
        self.institution = g.Institution.objects.create(
            committee=self.committee,
            code=f"I{n}",
            name=f"Institution {n}",
            category="ministry",
        )
        g.Seat.objects.create(
            committee=self.committee,
            institution=self.institution,
            kind="member",
            starts_on=dt.date(2021, 1, 1),
            ends_on=DAY,
        )
        self.source = s.FundingSource.objects.create(
            committee=self.committee, code=f"S{n}", name=f"Source {n}", position=n
        )
        self.framework = g.Framework.objects.create(
            committee=self.committee,
            code=f"f{n}",
            short_name=f"F{n}",
            title=f"Framework {n}",
            kind="framework",
            version="2018",
            measured=True,
        )
        self.item = g.FrameworkItem.objects.create(
            framework=self.framework, position=1, code="1", title="Item"
        )
        self.centre, new = g.Centre.objects.get_or_create(
            code=f"C{n}", defaults={"name": f"Centre {n}", "seat": "Bamako"}
        )
        if new:
            g.CentreService.objects.create(centre=self.centre, position=1, name="Data")

    def add_part_one(self, n: int) -> None:
        of = {"document": self.legal, "position": n}
        top = g.Clause.objects.create(heading=f"Clause {n}", **of)
        below = g.Clause.objects.create(
            body="Below.", document=self.legal, parent=top, position=1
        )
        g.Clause.objects.create(
            body="Lowest.", document=self.legal, parent=below, position=1
        )
        g.LegalOption.objects.create(route="act", title=f"Option {n}", **of)
        instrument = g.LegalInstrument.objects.create(
            route="act", title=f"Act {n}", **of
        )
        g.LegalStep.objects.create(
            instrument=instrument,
            state="recommended",
            on=DAY,
            recorded_by=g.User.objects.get_or_create(username="clerk")[0],
        )
        article = g.MandateArticle.objects.create(heading=f"Article {n}", **of)
        g.MandateArticle.objects.create(
            document=self.legal, parent=article, position=1, body="paragraph"
        )
        self.add_direction(n)
        self.add_terms(n)

    def add_direction(self, n: int) -> None:
        of = {"document": self.direction, "position": n}
        if n == 1:
            g.Statement.objects.create(kind="vision", body="Well governed", **of)
        g.Value.objects.create(name=f"Value {n}", **of)
        self.objective = g.StrategicObjective.objects.create(
            title=f"Objective {n}", owner=self.institution, **of
        )
        self.objective.alignments.add(self.item)
        of = {"document": self.structure, "level": "working_group"}
        parent = g.Body.objects.create(
            name=f"Group {n}", lead=self.institution, position=n, **of
        )
        self.body = g.Body.objects.create(
            name=f"Team {n}", parent=parent, position=1, **of
        )
        self.body.members.add(self.institution)

    def add_terms(self, n: int) -> None:
        of = {"document": self.terms, "position": n}
        kinds = g.TermsSection.Kind.values
        g.TermsSection.objects.create(kind=kinds[n], body="Text", **of)
        g.TermsFunction.objects.create(body="To advise", **of)
        g.TermsSeat.objects.create(institution=self.institution, kind="member", **of)
        g.ReportingDuty.objects.create(recipient="Cabinet", times_a_year=1, **of)
        if n == 1:
            g.MeetingRule.objects.create(
                ordinary_a_year=4, notice_days=14, papers_days=7, **of
            )
            g.QuorumRule.objects.create(threshold="more_than_half", **of)
            g.DecisionRule.objects.create(majority="simple", **of)

    def add_plan(self, n: int) -> None:
        of = {"document": self.plan, "position": n}
        s.SituationItem.objects.create(factor="strength", statement="Will", **of)
        outcome = s.Result.objects.create(
            level="outcome", objective=self.objective, statement=f"Outcome {n}", **of
        )
        self.output = s.Result.objects.create(
            document=self.plan,
            level="output",
            parent=outcome,
            objective=self.objective,
            statement=f"Output {n}",
            position=1,
        )
        self.output.alignments.add(self.item)
        self.indicator = s.Indicator.objects.create(
            result=self.output,
            statement=f"Indicator {n}",
            unit="number",
            target_type="annual",
            responsible=self.institution,
            position=1,
        )
        s.IndicatorTarget.objects.create(
            indicator=self.indicator, year=2022, value=Decimal(n)
        )
        s.Risk.objects.create(
            statement="Delay", likelihood=2, impact=3, owner_body=self.body, **of
        )
        s.CostEstimate.objects.create(
            objective=self.objective,
            year=2022,
            amount=Decimal("1000.50"),
            source_of_funds=self.source,
            **of,
        )

    def add_activity(self, n: int) -> None:
        self.activity = s.Activity.objects.create(
            document=self.activity_plan,
            output=self.output,
            title=f"Activity {n}",
            lead=self.institution,
            centre=self.centre,
            q1=True,
            position=1,
        )
        self.activity.partners.add(self.institution)
        self.activity.partner_bodies.add(self.body)
        line = s.BudgetLine.objects.create(
            activity=self.activity, position=1, description="Venue", amount=Decimal(300)
        )
        for source, funding, amount in (
            (self.source, "committed", 100),
            (None, "unfunded", 200),
        ):
            s.FundingShare.objects.create(
                line=line, source=source, funding=funding, amount=Decimal(amount)
            )

    def add_advocacy(self, n: int) -> None:
        of = {"document": self.advocacy, "position": n}
        if n == 1:
            a.AdvocacyStatement.objects.create(kind="issue", body="Text", **of)
        a.Evidence.objects.create(statement="One in four", **of)
        objective = a.AdvocacyObjective.objects.create(
            statement="Law passed", serves=self.objective, **of
        )
        audience = a.Audience.objects.create(
            name=f"Audience {n}", tier="primary", messenger=self.institution, **of
        )
        a.Message.objects.create(audience=audience, statement="Act now", position=1)
        a.AdvocacyActivity.objects.create(
            title="Breakfast",
            audience=audience,
            objective=objective,
            plan_activity=self.activity,
            starts_on=DAY,
            ends_on=DAY,
            budget=Decimal(100),
            **of,
        )
        a.Opportunity.objects.create(title="Budget speech", **of)


def report_progress(world: World, status: str, by: g.User) -> s.ProgressEntry:
    return s.ProgressEntry.objects.create(
        activity=world.activity,
        as_of=DAY,
        status=status,
        percent_done=40,
        spent=Decimal("120.25"),
        narrative="Under way",
        recorded_by=by,
    )


def list_of(api, prefix, **params):
    return api.get(f"/api/{prefix}/", params).json()["results"]
