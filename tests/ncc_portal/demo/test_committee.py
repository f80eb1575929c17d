"""What `seed_demo` loads: the committee, its people, and reference data."""

import datetime as dt

import pytest

from governance.models import (
    Centre,
    CentreRequest,
    Committee,
    CommitteeLanguage,
    Event,
    Framework,
    Institution,
    OfficeHolding,
    QuorumRule,
    RoleAssignment,
    Seat,
    User,
)
from governance.models.base import Basis
from tests.ncc_portal.demo.common import in_document, ours

pytestmark = [pytest.mark.usefixtures("lesotho", "db"), pytest.mark.once]


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
