"""The tables of Part I, and the clauses that every document may have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.models import (
    Body,
    Clause,
    DecisionRule,
    LegalInstrument,
    LegalOption,
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
from governance.quorum_columns import CATEGORIES, write_categories
from governance.tables import Table

TABLES = [
    Table(Clause, _("Introduction"), _("Running text, clause by clause.")),
    Table(
        LegalOption, _("Legal options"), _("The routes weighed on the same criteria.")
    ),
    Table(
        LegalInstrument,
        _("Legal instrument"),
        _("The text that gives the committee its legal status."),
    ),
    Table(MandateArticle, _("Articles of the mandate"), _("Articles and paragraphs.")),
    Table(Statement, _("Vision and mission"), _("One of each.")),
    Table(Value, _("Values"), _("A word, and what it means here.")),
    Table(
        StrategicObjective,
        _("Strategic objectives"),
        _("Each with an owner, aligned to the frameworks it serves."),
        listed_on=((_("Frameworks and laws"), "governance:frameworks"),),
    ),
    Table(TermsSection, _("Sections"), _("Each section once.")),
    Table(TermsFunction, _("Functions"), _("What the committee does, one a row.")),
    Table(TermsSeat, _("Seats"), _("Which institutions sit, and which have a vote.")),
    Table(MeetingRule, _("Meetings"), _("One rule.")),
    Table(
        QuorumRule,
        _("Quorum"),
        _("One rule: when the committee can decide."),
        extras=(CATEGORIES,),
        write=write_categories,
    ),
    Table(DecisionRule, _("Decisions"), _("One rule: how the committee decides.")),
    Table(ReportingDuty, _("Reports"), _("To whom the committee reports, how often.")),
    Table(
        Body,
        _("Bodies"),
        _("The plenary, its bureau, working groups, and what reports to what."),
    ),
]
