"""The kinds of provision of Part I, as the API shows them."""

from __future__ import annotations

from governance.api.base import Described
from governance.api.provisions import Kind
from governance.models import (
    Body,
    Clause,
    DecisionRule,
    LegalInstrument,
    LegalOption,
    LegalStep,
    MandateArticle,
    MeetingRule,
    QuorumRule,
    ReportingDuty,
    Statement,
    StrategicObjective,
    TermsFunction,
    TermsSeat,
    TermsSection,
    Value,
)


class LegalStepSerializer(Described):
    """One dated step of an instrument; never changed."""

    class Meta:
        model = LegalStep
        fields = ["state", "on", "reference", "note"]


LEGAL_OPTION = (
    "route",
    "title",
    "advantages",
    "disadvantages",
    "cost",
    "months_least",
    "months_most",
    "verdict",
    "phase",
    "rationale",
    "enabling_provision",
)
LEGAL_INSTRUMENT = (
    "route",
    "title",
    "act_number",
    "year",
    "gazette_volume",
    "gazette_number",
    "gazette_date",
    "commencement_date",
    "commencement_mode",
    "cabinet_reference",
    "state",
)
BODY = (
    "name",
    "short_name",
    "level",
    "lead",
    "co_lead",
    "composition",
    "members",
    "mandate",
    "meeting_frequency",
    "output",
)
OBJECTIVE = ("title", "narrative", "owner", "co_owner", "alignments")
MEETING_RULE = (
    "ordinary_a_year",
    "notice_days",
    "papers_days",
    "extraordinary_members",
    "body",
)
DECISION_RULE = (
    "consensus_first",
    "majority",
    "chair_has_casting_vote",
    "dissent_is_recorded",
    "body",
)
TERMS_SEAT = ("institution", "kind", "is_voting", "minimum_grade", "note")

KINDS = [
    Kind("clauses", Clause.objects.all(), ("heading", "body")),
    Kind(
        "legal-options", LegalOption.objects.all(), LEGAL_OPTION, ("route", "verdict")
    ),
    Kind(
        "legal-instruments",
        LegalInstrument.objects.prefetch_related("steps"),
        LEGAL_INSTRUMENT,
        ("route", "state"),
        {
            "steps": LegalStepSerializer(
                many=True, read_only=True, help_text="Steps taken, in order."
            )
        },
    ),
    Kind("mandate-articles", MandateArticle.objects.all(), ("heading", "body")),
    Kind("statements", Statement.objects.all(), ("kind", "body"), ("kind",)),
    Kind("values", Value.objects.all(), ("name", "gloss")),
    Kind(
        "strategic-objectives",
        StrategicObjective.objects.select_related("owner", "co_owner").prefetch_related(
            "alignments__framework"
        ),
        OBJECTIVE,
    ),
    Kind("terms-sections", TermsSection.objects.all(), ("kind", "body"), ("kind",)),
    Kind("terms-functions", TermsFunction.objects.all(), ("body",)),
    Kind(
        "terms-seats",
        TermsSeat.objects.select_related("institution"),
        TERMS_SEAT,
        ("kind",),
    ),
    Kind("meeting-rules", MeetingRule.objects.all(), MEETING_RULE),
    Kind(
        "quorum-rules",
        QuorumRule.objects.all(),
        ("threshold", "fixed_number", "presiding", "body"),
    ),
    Kind("decision-rules", DecisionRule.objects.all(), DECISION_RULE),
    Kind(
        "reporting-duties",
        ReportingDuty.objects.all(),
        ("recipient", "times_a_year", "form"),
    ),
    Kind(
        "bodies",
        Body.objects.select_related("lead", "co_lead").prefetch_related("members"),
        BODY,
        ("level",),
    ),
]
