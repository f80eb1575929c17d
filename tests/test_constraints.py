"""Every constraint of the database, tried by breaking it on Lesotho's rows."""

import copy
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from governance.models import (
    AgendaItem,
    Amendment,
    Assignment,
    ChangeMade,
    Committee,
    Draft,
    Framework,
    HeldText,
    Import,
    Joining,
    Message,
    Objection,
    Presence,
    Rendering,
    Report,
    Reservation,
    Resolution,
    RoadmapAction,
    RollCallVote,
    Submission,
    Translation,
    User,
)
from strategy.models import CostEstimate, FundingSource
from tests.tampering import unguarded

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
MOMENT = "2022-01-01T00:00Z"
# What breaks each other check: the column values, and the rows on which they are tried.
BREAKS = {
    "committee_fiscal_year_starts_in_a_month": ({"fiscal_year_starts": 13}, {}),
    "report_state_known": ({"state": "approved"}, {}),
    "rendering_progress_known": ({"progress": "lost"}, {}),
    "rendering_done_has_file": ({"progress": "done"}, {}),
    "report_validated_has_its_moment": ({"validated_at": None}, {"state": "validated"}),
    "report_released_has_its_moment": ({"released_at": MOMENT}, {"state": "validated"}),
    "report_circulated_has_a_deadline": (
        {"comments_due_on": None, "state": "circulated"},
        {"state": "drafting"},
    ),
    "rendering_edition_known": ({"edition": "deluxe"}, {}),
    "version_kind_known": ({"kind": "final"}, {}),
    "proposal_act_known": ({"act": "sign"}, {}),
    "workshop_ends_after_start": ({"ends_on": "2000-01-01"}, {}),
    "workshop_state_known": ({"state": "lunch"}, {}),
    "workshop_in_session_has_papers": ({"papers": None}, {"state": "closed"}),
    "invitation_part_known": ({"invited_as": "guest"}, {}),
    "agenda_item_type_known": ({"type": "tea"}, {}),
    "agenda_item_state_known": ({"state": "late"}, {}),
    "agenda_item_on_a_day": ({"day": 0}, {}),
    "part_outcome_known": ({"outcome": "liked"}, {}),
    "part_outcome_of_a_part": ({"part": 5}, {}),
    "participant_alternate_is_designated": (
        {"is_alternate": True, "designation": ""},
        {"is_alternate": False},
    ),
    "participant_is_named": ({"name": ""}, {}),
    "participant_sex_known": ({"sex": "x"}, {}),
    "participant_mode_known": ({"mode": "by_post"}, {}),
    "attendance_event_kind_known": ({"kind": "slept"}, {"kind": "arrived"}),
    "attendance_event_is_of_somebody": ({"participant": None}, {"kind": "arrived"}),
    "attendance_event_strikes_an_entry": ({"kind": "struck"}, {"kind": "arrived"}),
    "centre_request_state_known": ({"state": "lost"}, {}),
    "centre_request_step_decline_has_reason": ({"state": "declined", "note": ""}, {}),
    "revision_action_known": ({"action": "blessed"}, {}),
    "held_text_reason_known": ({"reason": "mood"}, {}),
    "translation_state_known": ({"state": "fluent"}, {}),
    "import_taken_back_by_somebody": ({"undone_at": MOMENT}, {}),
    "joining_role_known": ({"role": "friend"}, {}),
    "joining_member_acts_for_institution": ({"institution": None}, {"role": "member"}),
    "joining_used_by_somebody": ({"used_at": MOMENT}, {}),
    "comment_state_known": ({"state": "lost"}, {}),
    "comment_type_known": ({"type": "praise"}, {}),
    "comment_severity_known": ({"severity": "mild"}, {}),
    "comment_channel_known": ({"channel": "dream"}, {}),
    "comment_says_something": ({"body": ""}, {}),
    "response_disposition_known": ({"disposition": "maybe"}, {"duplicate_of": None}),
    "response_refusal_has_reason": (
        {"reason": ""},
        {"disposition": "not_accepted"},
    ),
    "response_duplicate_names_the_other": (
        {"duplicate_of": None},
        {"disposition": "duplicate"},
    ),
    "change_made_for_one_thing": ({"comment": None}, {"amendment": None}),
    "resolution_state_known": ({"state": "wished"}, {}),
    "resolution_mode_known": ({"mode": "shouting"}, {}),
    "resolution_adopted_is_complete": ({"lead": None}, {"state": "adopted"}),
    "resolution_says_what_it_does_to_the_earlier": (
        {"relation": "amends"},
        {"earlier": None},
    ),
    "follow_up_phase_known": ({"phase": "someday"}, {}),
    "follow_up_ends_after_start": (
        {"starts_on": "2040-01-01"},
        {"starts_on__isnull": False},
    ),
    "reservation_says_something": ({"text": ""}, {}),
    "roll_call_vote_known": ({"vote": "both"}, {}),
    "roadmap_action_state_known": ({"state": "lost"}, {}),
    "roadmap_action_phase_known": ({"phase": "someday"}, {}),
    "roadmap_action_ends_after_start": (
        {"starts_on": "2040-01-01"},
        {"starts_on__isnull": False},
    ),
    "roadmap_action_rests_on_something": ({"resolution": None}, {"reason": ""}),
    "roadmap_action_transferred_is_continued": (
        {"state": "transferred"},
        {"continued_by": None},
    ),
    "due_revision_has_reason": ({"reason": ""}, {}),
    "action_report_done_has_evidence": ({"evidence": ""}, {"state": "done_claimed"}),
    "sign_off_rule_threshold_known": ({"threshold": "some"}, {"fixed_number": None}),
    "sign_off_rule_number_given_when_fixed": ({"threshold": "number"}, {}),
    "signature_capacity_known": ({"capacity": "king"}, {}),
    "signature_position_known": ({"position": "perhaps", "text": "x"}, {}),
    "signature_mode_known": ({"mode": "phone"}, {}),
    "signature_reservation_has_words": ({"text": ""}, {"position": "reservation"}),
    "signature_alternate_has_authority": ({"authority": ""}, {"is_alternate": True}),
    "signature_for_an_institution_names_it": (
        {"institution": None},
        {"capacity": "institution"},
    ),
    "paper_signature_state_known": ({"state": "lost"}, {}),
    "paper_signature_confirmed_by_somebody": (
        {"signature": None},
        {"state": "confirmed"},
    ),
    "paper_signature_takes_two_people": (
        {"confirmed_by": F("recorded_by")},
        {"state": "confirmed"},
    ),
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
    "clause_says_something": ({"heading": "", "body": ""}, {}),
    "mandate_article_says_something": (
        {"heading": "", "body": ""},
        {"parent__isnull": False},
    ),
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
    rows_of_a_workshop(report)
    rows_of_writing(report)
    with unguarded():
        yield


def rows_of_a_workshop(report):
    """What the story's workshop did not need: a vote, a reservation, an item that is now."""
    workshop = report.workshops.get()
    resolution = Resolution.objects.first()
    institution = report.committee.institutions.first()
    Reservation(resolution=resolution, institution=institution, text="but").save()
    RollCallVote(resolution=resolution, institution=institution, vote="for").save()
    AgendaItem.objects.filter(pk=workshop.agenda.first().pk).update(state="now")
    agreed = Amendment(
        outcome=workshop.outcomes.first(),
        position=1,
        document=report.documents.first(),
        text="Agreed.",
    )
    agreed.save()
    made = ChangeMade.objects.first()
    ChangeMade(
        amendment=agreed, revision=made.revision, note="x", at=made.at, by=made.by
    ).save()
    Message.objects.create(
        committee=report.committee, recipient=made.by, key="x", subject="x", body="x"
    )
    comment = made.comment
    Objection(comment=comment, text="No.", at=made.at, by=made.by, by_name="x").save()
    actions = list(RoadmapAction.objects.all()[:2])
    RoadmapAction.objects.filter(pk=actions[0].pk).update(continued_by=actions[1])


def rows_of_writing(report):
    """What is kept while somebody writes: nothing of it is in the demonstration."""
    user, document = User.objects.first(), report.documents.first()
    institution, uid = report.committee.institutions.first(), uuid.uuid4()
    Draft.objects.create(user=user, address="/x/", window=uid, at=MOMENT)
    Submission.objects.create(user=user, key=uid)
    Presence.objects.create(
        user=user, document=document, provision_uid=uid, seen_at=MOMENT
    )
    Translation.objects.create(document=document, provision_uid=uid, language="st-LS")
    for part in (uid, None):
        Assignment.objects.create(
            document=document,
            provision_uid=part,
            institution=institution,
            by=user,
            at=MOMENT,
        )
    HeldText(document=document, base_revision=0, values={}, by=user, at=MOMENT).save()
    Import.objects.create(
        committee=report.committee, table="activity", source="x", by=user, at=MOMENT
    )
    Joining.objects.create(
        committee=report.committee,
        name="Somebody",
        role="member",
        institution=institution,
        code_digest="x",
        by=user,
        at=MOMENT,
        expires_at=MOMENT,
    )


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
        elif isinstance(field, models.IntegerField):
            setattr(twin, name, 30_000)
        elif field.related_model is User:
            setattr(twin, name, User.objects.order_by("-pk").first())


def other_value(field):
    if field.is_relation:
        return None
    return uuid.uuid4() if isinstance(field, models.UUIDField) else "another"


def test_committees_and_frameworks_are_there_to_be_tried(rows):
    assert Committee.objects.count() == 2
    assert Framework.objects.filter(committee=None).exists()
