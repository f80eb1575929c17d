"""Every constraint of the database, tried by breaking it on Lesotho's rows."""

import copy
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from governance.models import Committee, Framework, Rendering, Report, User
from strategy.models import CostEstimate, FundingSource

FLOORS = ["governance", "strategy", "advocacy"]
ALL = {
    constraint.name: (model, constraint)
    for app in FLOORS
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
}
UNIQUE = [n for n, (_m, c) in ALL.items() if isinstance(c, UniqueConstraint)]
CHECKS = [n for n, (_m, c) in ALL.items() if isinstance(c, CheckConstraint)]
SOURCED = [n for n in CHECKS if n.endswith("_fact_has_source")]

F = models.F
# What breaks each other check: the column values, and the rows on which they are tried.
BREAKS = {
    "committee_fiscal_year_starts_in_a_month": ({"fiscal_year_starts": 13}, {}),
    "report_state_known": ({"state": "approved"}, {}),
    "rendering_progress_known": ({"progress": "lost"}, {}),
    "rendering_done_has_file": ({"progress": "done"}, {}),
    "statement_kind_known": ({"kind": "slogan"}, {}),
    "strategic_objective_owners_differ": (
        {"co_owner": F("owner")},
        {"owner__isnull": False},
    ),
    "framework_kind_known": ({"kind": "letter"}, {}),
    "framework_ends_after_start": (
        {"valid_from": "2022-01-02", "valid_to": "2022-01-01"},
        {},
    ),
    "institution_category_known": ({"category": "club"}, {}),
    "institution_ends_after_start": (
        {"valid_from": "2022-01-02", "valid_to": "2022-01-01"},
        {},
    ),
    "institution_with_successor_has_ended": (
        {"valid_to": None},
        {"successor__isnull": False},
    ),
    "seat_kind_known": ({"kind": "guest", "is_voting": False}, {}),
    "seat_only_members_vote": ({"is_voting": True}, {"kind": "observer"}),
    "seat_ends_after_start": ({"ends_on": "2000-01-01"}, {}),
    "office_holding_capacity_known": ({"capacity": "friend"}, {}),
    "office_holding_alternate_is_designated": (
        {"designation": ""},
        {"capacity": "alternate"},
    ),
    "office_holding_ends_after_start": ({"ends_on": "2000-01-01"}, {}),
    "legal_option_route_known": ({"route": "custom", "enabling_provision": ""}, {}),
    "legal_option_verdict_known": ({"verdict": "perhaps"}, {}),
    "legal_option_months_in_order": ({"months_least": 9, "months_most": 8}, {}),
    "legal_option_enabling_provision_for_notice": (
        {"enabling_provision": "s.5"},
        {"route": "act"},
    ),
    "legal_instrument_route_known": ({"route": "custom"}, {}),
    "legal_instrument_gazette_date_has_number": ({"gazette_date": "2022-01-01"}, {}),
    "legal_step_return_has_reason": ({"note": ""}, {"state": "returned"}),
    "mandate_article_has_heading": ({"heading": ""}, {"parent": None}),
    "role_assignment_role_known": ({"role": "king"}, {}),
    "role_assignment_ends_after_start": ({"ends_on": "2000-01-01"}, {}),
    "role_assignment_member_acts_for_institution": (
        {"institution": None},
        {"role": "member"},
    ),
    "body_level_known": ({"level": "moon"}, {}),
    "body_leads_differ": ({"co_lead": F("lead")}, {"lead__isnull": False}),
    "terms_authority_known": ({"authority": "rules"}, {}),
    "terms_seat_only_members_vote": ({"is_voting": True}, {"kind": "observer"}),
    "quorum_rule_threshold_known": ({"threshold": "some"}, {}),
    "quorum_rule_number_given_when_fixed": ({"threshold": "number"}, {}),
    "decision_rule_majority_known": ({"majority": "loudest"}, {}),
    "strategic_plan_lasts_a_year": ({"years": 0}, {}),
    "strategic_plan_reviews_in_order": (
        {"mid_term_review_on": "2024-01-01", "final_review_on": "2023-01-01"},
        {},
    ),
    "situation_item_factor_known": ({"factor": "luck"}, {}),
    "result_level_known": ({"level": "dream"}, {"level": "outcome"}),
    "result_output_has_outcome": ({"parent": None}, {"level": "output"}),
    "result_impact_serves_all_objectives": ({"objective": 1}, {"level": "impact"}),
    "indicator_unit_known": ({"unit": "feet"}, {}),
    "indicator_target_type_known": ({"target_type": "wish"}, {}),
    "indicator_known_baseline_has_value": (
        {"baseline": None},
        {"baseline_status": "known"},
    ),
    "indicator_open_baseline_has_date": (
        {"baseline_due": None},
        {"baseline_status": "to_be_set"},
    ),
    "risk_is_scored": ({"likelihood": 6}, {"kind": "risk"}),
    "risk_has_one_owner": ({"owner": 1}, {"owner_body__isnull": False}),
    "cost_estimate_not_negative": ({"amount": -1}, {}),
    "activity_ends_after_start": (
        {"starts_on": "2022-01-02", "ends_on": "2022-01-01"},
        {},
    ),
    "activity_has_both_dates_or_none": ({"starts_on": "2022-01-02"}, {}),
    "budget_line_not_negative": ({"amount": -1}, {}),
    "funding_share_state_known": ({"funding": "hoped"}, {"source__isnull": False}),
    "funding_share_has_source_unless_unfunded": (
        {"source": None},
        {"funding": "pledged"},
    ),
    "funding_share_not_negative": ({"amount": -1}, {}),
    "progress_status_known": ({"status": "fine"}, {}),
    "progress_spent_not_negative": ({"spent": -1}, {}),
    "progress_percent_at_most_100": ({"percent_done": 101}, {}),
    "advocacy_statement_kind_known": ({"kind": "dream"}, {}),
    "audience_tier_known": ({"tier": "third"}, {}),
    "advocacy_activity_ends_after_start": ({"ends_on": "2000-01-01"}, {}),
    "advocacy_activity_budget_not_negative": ({"budget": -1}, {}),
    "advocacy_progress_status_known": ({"status": "fine"}, {}),
    "opportunity_ends_after_start": (
        {"starts_on": "2022-01-02", "ends_on": "2022-01-01"},
        {},
    ),
}


@pytest.fixture
def rows(lesotho, db):
    """Lesotho's rows, and one of each kind that the demonstration does not need."""
    report = Report.objects.get(committee__slug="lesotho")
    Rendering.objects.create(
        committee=report.committee,
        report=report,
        content={},
        requested_by=User.objects.first(),
    )
    CostEstimate.objects.filter(year=2022).update(
        source_of_funds=FundingSource.objects.first()
    )
    User.objects.filter(username="focal.mole").update(email="focal@example.org")


def refused_by(name, change):
    """Carry out `change`; return whether the database refused it, naming the rule."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    return name in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def test_every_check_is_tried():
    assert set(CHECKS) == {*SOURCED, *BREAKS}


@pytest.mark.parametrize("name", SOURCED)
def test_a_fact_without_a_source_is_refused(rows, name):
    model, _constraint = ALL[name]
    row = model._base_manager.first()

    assert refused_by(
        name,
        lambda: model._base_manager.filter(pk=row.pk).update(basis="fact", source=""),
    )


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_check_is_refused(rows, name):
    model, _constraint = ALL[name]
    values, where = BREAKS[name]
    row = model._base_manager.filter(**where).first()

    assert refused_by(
        name, lambda: model._base_manager.filter(pk=row.pk).update(**values)
    )


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_of_what_there_is_once_is_refused(rows, name):
    model, constraint = ALL[name]
    found = model._base_manager.all()
    if constraint.condition is not None:
        found = found.filter(constraint.condition)
    for field in constraint.fields:
        found = found.exclude(**{f"{field}__isnull": True})
    twin = copy.copy(found.first())
    twin.pk = twin.id = None
    for field in model._meta.fields:
        if field.unique and not field.primary_key:
            setattr(twin, field.attname, other_value(field))
    for other in model._meta.constraints:
        if isinstance(other, UniqueConstraint) and other is not constraint:
            set_apart(twin, set(other.fields) - set(constraint.fields))

    assert refused_by(name, lambda: models.Model.save(twin, force_insert=True))


def set_apart(twin, names):
    """Change a column of another rule, so that only the rule on trial is broken."""
    for name in names:
        field = twin._meta.get_field(name)
        if isinstance(field, models.CharField) and not field.choices:
            setattr(twin, name, "another")
        if name == "position":
            twin.position = 30_000


def other_value(field):
    return uuid.uuid4() if isinstance(field, models.UUIDField) else "another"


def test_committees_and_frameworks_are_there_to_be_tried(rows):
    assert Committee.objects.count() == 2
    assert Framework.objects.filter(committee=None).exists()
