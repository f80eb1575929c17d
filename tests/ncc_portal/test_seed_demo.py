"""What `seed_demo` loads: the committee of Lesotho as it is written in its brief."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advocacy.models import AdvocacyActivity, AdvocacyStrategy
from governance.models import (
    Centre,
    CentreRequest,
    Clause,
    Committee,
    CommitteeLanguage,
    Event,
    Framework,
    FrameworkItem,
    Institution,
    LegalInstrument,
    LegalOption,
    LegalStatus,
    MandateArticle,
    OfficeHolding,
    QuorumRule,
    Report,
    RoleAssignment,
    Seat,
    StrategicObjective,
    TermsOfReference,
    User,
    Version,
)
from governance.models.base import Basis
from governance.snapshot import digest, walk
from strategy.models import (
    Activity,
    ActivityPlan,
    FundingSource,
    Indicator,
    Result,
    Risk,
    SituationItem,
    StrategicPlan,
)
from strategy.problems import of_type
from strategy.totals import cost_table, totals

pytestmark = [pytest.mark.usefixtures("lesotho", "db"), pytest.mark.once]


def ours(model):
    return model.objects.filter(committee__slug="lesotho")


def in_document(model, path="document"):
    return model.objects.filter(**{f"{path}__committee__slug": "lesotho"})


@pytest.fixture
def sums():
    return totals(of_type(ActivityPlan.objects.get().to_snapshot(), "activity"))


def run(**options):
    out = StringIO()
    call_command("seed_demo", stdout=out, no_color=True, no_pdf=True, **options)
    return out.getvalue()


def counts():
    models = [Event, User, Clause, Institution, Activity, Report, Framework, Centre]
    return {model.__name__: model.objects.count() for model in models}


# The committee and its people


def test_the_committee_keeps_its_names_languages_and_money():
    committee = Committee.objects.get(slug="lesotho")

    assert (
        committee.name,
        committee.established_year,
        committee.currency,
        committee.currency_symbol,
        committee.time_zone,
        committee.fiscal_year_starts,
        committee.demonstration_today,
    ) == (
        "Lesotho National Consultative Committee on Migration and Development",
        2010,
        "LSL",
        "M",
        "Africa/Maseru",
        4,
        dt.date(2022, 12, 31),
    )
    assert [(a.name, a.basis) for a in committee.aliases.all()] == [
        ("National Coordinating Committee", Basis.FACT),
        ("National Coordination Committee", Basis.FACT),
    ]
    assert list(
        CommitteeLanguage.objects.filter(committee=committee).values_list(
            "code", "name", "prevails"
        )
    ) == [("en", "English", True), ("st-LS", "Sesotho", False)]


def test_24_of_32_institutions_vote_and_13_make_a_quorum():
    seats = ours(Seat)
    rule = in_document(QuorumRule).get()

    kinds = {kind: seats.filter(kind=kind).count() for kind in Seat.Kind.values}

    assert kinds == {
        "chair": 1,
        "vice_chair": 1,
        "member": 22,
        "observer": 5,
        "secretariat": 1,
        "resource": 2,
    }
    assert seats.filter(is_voting=True).count() == 24
    assert rule.needed(24) == 13


def test_three_ministries_are_continued_by_one_since_november_2022():
    ended = ours(Institution).exclude(successor=None).order_by("code")

    assert list(ended.values_list("code", "valid_to", "successor__code")) == [
        ("MoHA", dt.date(2022, 11, 3), "MLGCHAP"),
        ("MoLGC", dt.date(2022, 11, 3), "MLGCHAP"),
        ("MoPPS", dt.date(2022, 11, 3), "MLGCHAP"),
    ]


def test_every_institution_rests_on_a_source_and_every_seat_is_demonstration():
    assert set(ours(Institution).values_list("basis", flat=True)) == {Basis.FACT}
    assert set(ours(Seat).values_list("basis", flat=True)) == {Basis.DEMONSTRATION}


@pytest.mark.parametrize(
    ("username", "name", "roles"),
    [
        (
            "ncc.chair",
            "Principal Secretary, Ministry of Home Affairs",
            [("chair", "MoHA")],
        ),
        ("focal.mof", "Focal point, Ministry of Finance", [("member", "MoF")]),
        (
            "alternate.bos",
            "Alternate focal point, Bureau of Statistics",
            [("member", "BOS")],
        ),
        (
            "secretariat.records",
            "Records officer, Department of Immigration Services (migration coordination)",
            [("rapporteur", "DIS"), ("secretariat", "DIS")],
        ),
        ("au.reviewer", None, [("reviewer", "AUC")]),
        ("observer.iom", None, [("observer", "IOM")]),
        ("minister.office", None, [("official", "MoHA")]),
        ("legal.adviser", None, [("observer", "AGC")]),
        ("twg4.convenor", None, [("member", "MoDP")]),
        ("portal.admin", "Administrator of the portal", [("administrator", None)]),
        ("reader.public", "Reader among the public", [("official", None)]),
    ],
)
def test_people_are_offices_with_roles(username, name, roles):
    user = User.objects.get(username=username)
    held = RoleAssignment.objects.filter(user=user).order_by("role")

    assert list(held.values_list("role", "institution__code")) == roles
    assert name in {None, user.name}


def test_every_voting_member_has_a_focal_point_and_a_designated_alternate():
    holdings = ours(OfficeHolding)

    assert holdings.filter(capacity="focal_point").count() == 24
    assert [
        (h.user.username, h.designation)
        for h in holdings.filter(capacity="alternate", office__institution__code="MoF")
    ] == [("alternate.mof", "Letter NCC/ALT/MoF (illustrative)")]


@pytest.mark.parametrize("username", ["secretariat.officer", "focal.moha"])
def test_everybody_signs_in_with_the_demonstration_password(username):
    assert User.objects.get(username=username).check_password("Maseru-2021-demo")


def test_all_is_done_by_somebody_but_the_first_steps_and_what_is_computed():
    events = Event.objects.filter(committee__slug="lesotho")

    by_server = events.filter(by=None).order_by("seq").values_list("verb", flat=True)

    assert list(by_server) == [
        "established",
        "added",
        "registered",
        "role given",
        "frozen",
        "validate",
    ]


# Reference data


def test_frameworks_are_national_or_common():
    common = Framework.objects.filter(committee=None).order_by("code")

    assert list(common.values_list("code", flat=True)) == [
        "free-movement-protocol",
        "gcm",
        "mgi",
        "mpfa",
        "sdg-10-7",
    ]
    assert ours(Framework).count() == 15


def test_the_measured_frameworks_have_their_items():
    measured = Framework.objects.filter(measured=True)

    assert {f.short_name: f.items.count() for f in measured} == {
        "GCM": 23,
        "MGI": 6,
        "MPFA": 8,
        "NSDP II": 4,
        "SDG": 2,
    }


def test_three_centres_are_asked_for_help():
    assert list(
        ours(CentreRequest)
        .order_by("centre")
        .values_list("centre__code", "lead__code", "support__code", "needed_by")
    ) == [
        ("AMO", "BOS", None, dt.date(2022, 9, 30)),
        ("ACSRM", "NUL", "MoHA", dt.date(2023, 3, 31)),
        ("COC", "MoPPS", None, dt.date(2023, 3, 31)),
    ]
    assert {c.code: c.services.count() for c in Centre.objects.all()} == {
        "AMO": 6,
        "ACSRM": 5,
        "COC": 2,
    }


# Part I


def test_the_report_is_dated_and_open_to_every_role():
    report = ours(Report).get()

    assert (
        report.title,
        report.dated_on,
        report.shared_with_officials,
        report.shared_with_observers,
        report.shared_with_reviewers,
    ) == (
        "Strengthening Migration Governance in Lesotho",
        dt.date(2021, 9, 6),
        True,
        True,
        True,
    )


def test_five_legal_options_are_judged():
    options = in_document(LegalOption)

    assert [
        (o.number, o.route, o.months_least, o.months_most, o.verdict, o.phase)
        for o in options
    ] == [
        ("A", "administrative", 0, 0, "interim", None),
        ("B", "cabinet_decision", 6, 6, "preferred", 1),
        ("C", "legal_notice", 12, 12, "rejected", None),
        ("D", "act", 24, 36, "preferred", 2),
        ("E", "memorandum", 4, 4, "limited", None),
    ]


def test_the_instrument_of_option_b_is_vetted_for_the_second_time():
    instrument = in_document(LegalInstrument).get()

    assert instrument.state == "vetted"
    assert [(step.state, step.on.isoformat()) for step in instrument.steps.all()] == [
        ("recommended", "2021-12-08"),
        ("drafting", "2022-06-30"),
        ("vetted", "2022-09-05"),
        ("cabinet_submitted", "2022-09-20"),
        ("returned", "2022-09-27"),
        ("drafting", "2022-10-03"),
        ("vetted", "2022-12-12"),
    ]


def test_the_mandate_has_14_articles_and_the_fourth_eight_paragraphs():
    articles = in_document(MandateArticle)
    fourth = articles.get(parent=None, position=4)

    assert articles.filter(parent=None).count() == 14
    assert [a.number for a in fourth.children.all()] == [
        f"Art. 4({letter})" for letter in "abcdefgh"
    ]


def test_objectives_have_owners_and_alignments():
    objectives = in_document(StrategicObjective)

    assert {
        o.number: (
            o.owner.code,
            o.co_owner and o.co_owner.code,
            sorted(map(str, o.alignments.all())),
        )
        for o in objectives
    } == {
        "SO1": ("MoHA", None, ["GCM 23", "MPFA 1", "NSDP II KPA IV"]),
        "SO2": ("MoDP", None, ["GCM 2", "GCM 23", "MGI 2", "SDG 10.7"]),
        "SO3": ("BOS", None, ["GCM 1", "MGI 2"]),
        "SO4": (
            "MoPPS",
            "MoLE",
            [
                "Free Movement Protocol",
                "GCM 10",
                "GCM 11",
                "GCM 19",
                "GCM 6",
                "GCM 9",
            ],
        ),
        "SO5": ("MoHA", None, ["GCM 17", "GCM 23", "NSDP II KPA IV"]),
    }
    assert FrameworkItem.objects.get(framework__code="mgi", code="2").title == (
        "Whole of government"
    )


def test_the_structure_is_a_tree():
    [minister] = (
        ours(Report)
        .get()
        .documents.get(kind="governance.Structure")
        .specific.to_snapshot()["provisions"]
    )

    assert [
        (
            depth,
            node["fields"]["short_name"],
            (node["fields"]["lead"] or {}).get("code"),
        )
        for node, depth in walk([minister])
    ] == [
        (0, "Minister", None),
        (1, "Plenary", "MoHA"),
        (2, "Bureau", None),
        (2, "Secretariat", "DIS"),
        (2, "TWG1", "BOS"),
        (2, "TWG2", "MoLE"),
        (2, "TWG3", "MoPPS"),
        (2, "TWG4", "MoDP"),
        (2, "Districts", "MoLGC"),
    ]


def test_the_terms_follow_the_mandate():
    terms = TermsOfReference.objects.get()
    meeting = terms.meeting_rules.get()

    assert (
        meeting.ordinary_a_year,
        meeting.notice_days,
        meeting.papers_days,
        meeting.extraordinary_members,
    ) == (3, 14, 7, 6)
    assert list(terms.reporting_duties.values_list("recipient", "times_a_year")) == [
        ("Minister responsible for home affairs", 2),
        ("Cabinet", 1),
    ]
    assert terms.seats.count() == 32


# Parts II and III


def test_the_plan_has_five_outcomes_and_twelve_outputs():
    levels = in_document(Result).values_list("level", flat=True)

    assert {level: list(levels).count(level) for level in set(levels)} == {
        "impact": 1,
        "outcome": 5,
        "output": 12,
    }


@pytest.mark.parametrize(
    ("number", "unit", "baseline", "targets"),
    [
        ("OC1-1", "stage", "1", ["3", "5", "6"]),
        ("OP1.2-1", "percent", "0", ["50", "75", "100"]),
        ("OP1.3-1", "number", "1", ["3", "3", "3"]),
        ("OP1.3-2", "percent", None, ["50", "65", "80"]),
        ("OC4-1", "points", None, ["10", "20", "30"]),
        ("OP4.1-1", "number", "0", ["4", "10", "16"]),
        ("OP5.2-1", "million", "0.4", ["3", "3.5", "3.8"]),
    ],
)
def test_indicators_have_baselines_and_targets(number, unit, baseline, targets):
    nodes = of_type(StrategicPlan.objects.get().to_snapshot(), "indicator")

    fields = next(n["fields"] for n in nodes if n["number"] == number)

    assert (fields["unit"], fields["baseline"]) == (unit, baseline)
    assert [target["value"] for target in fields["targets"]] == targets


def test_the_baseline_of_oc4_is_to_be_set_by_a_date():
    indicator = Indicator.objects.get(unit="points")

    assert (indicator.baseline_status, indicator.baseline_due) == (
        "to_be_set",
        dt.date(2022, 9, 30),
    )


def test_risk_6_is_owned_by_the_bureau():
    risks = in_document(Risk)

    assert risks.filter(kind="assumption").count() == 3
    assert [(r.number, r.likelihood * r.impact) for r in risks.filter(kind="risk")] == [
        ("R1", 16),
        ("R2", 15),
        ("R3", 12),
        ("R4", 12),
        ("R5", 12),
        ("R6", 9),
        ("R7", 8),
        ("R8", 9),
    ]
    assert risks.get(kind="risk", position=6).owner_body.short_name == "Bureau"


def test_one_finding_of_the_situation_is_demonstration():
    items = in_document(SituationItem)

    assert items.count() == 11
    assert [i.statement for i in items.filter(basis=Basis.DEMONSTRATION)] == [
        "No legal footing or budget line of its own"
    ]


def test_the_year_costs_3_480_000_of_which_1_623_000_is_spent(sums):
    assert (
        sums.overall.count,
        sums.overall.budget,
        sums.overall.spent,
        sums.spent_percent,
    ) == (30, 348_000_000, 162_300_000, "46.6")


def test_sums_by_objective(sums):
    assert [(s.code, s.budget // 100, s.spent // 100) for s in sums.by_objective] == [
        ("SO1", 1_060_000, 797_500),
        ("SO2", 670_000, 278_000),
        ("SO3", 620_000, 311_500),
        ("SO4", 785_000, 86_000),
        ("SO5", 345_000, 150_000),
    ]


def test_sums_by_source(sums):
    assert [(s.code, s.budget // 100, sums.share(s)) for s in sums.by_source] == [
        ("GoL", 600_000, "17.2"),
        ("AUC", 720_000, "20.7"),
        ("IOM fund", 1_185_000, "34.1"),
        ("UNDP", 230_000, "6.6"),
        ("EU", 280_000, "8.0"),
        ("ILO", 140_000, "4.0"),
        ("Unfunded", 325_000, "9.3"),
    ]
    assert ours(FundingSource).count() == 6


def test_the_statuses_of_the_thirty_activities(sums):
    assert sums.by_status == {
        "completed": 11,
        "delayed": 2,
        "in_progress": 9,
        "not_started": 5,
        "blocked": 2,
        "cancelled": 1,
    }


def test_three_years_cost_11_380_000():
    plan = StrategicPlan.objects.get()

    table = cost_table(of_type(plan.to_snapshot(), "cost_estimate"), plan.fiscal_years)

    assert (
        [(row[0]["number"], row[2] // 100) for row in table.rows],
        [total // 100 for total in table.year_totals],
        table.total // 100,
    ) == (
        [
            ("SO1", 2_810_000),
            ("SO2", 2_020_000),
            ("SO3", 2_270_000),
            ("SO4", 3_085_000),
            ("SO5", 1_195_000),
        ],
        [3_480_000, 3_900_000, 4_000_000],
        11_380_000,
    )


@pytest.mark.parametrize(
    ("number", "partners", "quarters"),
    [
        ("A1.1.2", ["AGC", "MoJL"], [1]),
        ("A1.2.4", ["AUC (ACSRM)"], [2]),
        ("A1.3.1", ["all members"], [1, 2, 4]),
        ("A1.3.3", ["leads"], [1, 2, 3, 4]),
        ("A3.1.1", ["TWG1"], [2]),
        ("A4.1.1", ["DIS"], [3, 4]),
    ],
)
def test_activities_have_partners_and_quarters(number, partners, quarters):
    nodes = of_type(ActivityPlan.objects.get().to_snapshot(), "activity")

    fields = next(n["fields"] for n in nodes if n["number"] == number)

    assert (sorted(fields["partners"]), fields["quarters"]) == (partners, quarters)


# Part IV


def test_the_advocacy_budget_ties_out_with_the_plan():
    shown = AdvocacyStrategy.present(AdvocacyStrategy.objects.get().to_snapshot(), {})

    assert [
        (line["number"], line["budget_cents"] // 100, line["used_cents"] // 100)
        for line in shown["tie_out"]
    ] == [
        ("A5.1.1", 85_000, 85_000),
        ("A5.1.2", 165_000, 165_000),
        ("A5.2.1", 95_000, 95_000),
    ]
    assert shown["tie_out_used"] == 34_500_000


def test_advocacy_actions_stand_as_reported():
    actions = AdvocacyActivity.objects.complete()

    assert [(a.number, a.status, a.status_note) for a in actions] == [
        ("V1", "done", ""),
        ("V2", "done", ""),
        ("V3", "cancelled", ""),
        ("V4", "cancelled", ""),
        ("V5", "in_progress", "two done"),
        ("V6", "in_progress", "three done"),
        ("V7", "done", ""),
    ]


# The whole


def test_nothing_keeps_a_document_of_lesotho_from_review():
    chapters = ours(Report).get().chapters()

    assert {c.kind: c.problems() for c in chapters} == {
        "governance.LegalStatus": [],
        "governance.StrategicDirection": [],
        "governance.TermsOfReference": [],
        "governance.Structure": [],
        "strategy.StrategicPlan": [],
        "strategy.ActivityPlan": [],
        "advocacy.AdvocacyStrategy": [],
    }


def test_every_provision_says_what_it_rests_on():
    chapters = ours(Report).get().to_snapshot()["documents"]

    assert {
        node["fields"]["basis"]
        for chapter in chapters
        for node, _depth in walk(chapter["provisions"])
    } == {Basis.FACT, Basis.DEMONSTRATION}


def test_a_provision_has_the_same_uid_in_every_installation():
    first = Activity.objects.get(title__startswith="Prepare options paper")

    assert str(first.uid) == "c5735410-86a7-5b2c-b500-1b2f628bfa6f"


def test_the_practice_committee_shares_nothing_with_lesotho():
    member = User.objects.get(username="practice.member")

    assert list(
        Committee.objects.visible_to(member).values_list("slug", flat=True)
    ) == ["practice"]
    assert [r.title for r in Report.objects.visible_to(member)] == ["Practice report"]


def test_a_second_run_changes_nothing_and_says_so():
    report = ours(Report).get()
    before = counts(), digest(report.to_snapshot())

    out = run()

    assert (counts(), digest(ours(Report).get().to_snapshot())) == before
    assert out.splitlines()[:2] == [
        "Lesotho National Consultative Committee on Migration and Development:"
        " already there, as of 2022-12-31.",
        "Practice committee: already there, as of 2022-12-31.",
    ]


def test_the_command_shows_how_to_sign_in():
    assert [line.split() for line in run().splitlines()[3:]] == [
        ["User", "name", "Role", "Password"],
        ["focal.mole", "Member", "Maseru-2021-demo"],
        ["secretariat.officer", "Secretariat", "Maseru-2021-demo"],
        ["ncc.chair", "Chair", "Maseru-2021-demo"],
        ["minister.office", "Official", "Maseru-2021-demo"],
        ["observer.iom", "Observer", "Maseru-2021-demo"],
        ["au.reviewer", "AU", "reviewer", "Maseru-2021-demo"],
        ["secretariat.records", "Rapporteur,", "Secretariat", "Maseru-2021-demo"],
        ["practice.member", "Member", "Maseru-2021-demo"],
    ]


def test_a_later_day_adds_nothing_to_a_text_that_was_signed():
    before = Version.objects.get(kind="validated").digest

    run(as_of=dt.date(2024, 12, 31))

    assert Version.objects.get(kind="validated").digest == before
    assert Committee.objects.get(slug="lesotho").today() == dt.date(2024, 12, 31)


def test_what_is_loaded_is_not_taken_back():
    with pytest.raises(CommandError) as refused:
        run(as_of=dt.date(2022, 6, 30))

    assert str(refused.value) == (
        "What is loaded stands at 2022-12-31; choose no day before it."
    )


def test_without_demo_nothing_is_loaded(settings):
    settings.DEMO = False

    with pytest.raises(CommandError) as refused:
        run()

    assert str(refused.value) == (
        "Demonstration data needs DEMO=true in the environment or in .env."
    )


def test_legal_status_cites_its_precedents():
    snapshot = LegalStatus.objects.get(committee__slug="lesotho").to_snapshot()

    precedents = next(n for n in snapshot["provisions"] if n["heading"] == "Precedents")

    assert [(n["number"], n["heading"]) for n in precedents["children"]] == [
        ("2.1", "Labour Act 2024"),
        ("2.2", "Refugee Act 1983"),
    ]
