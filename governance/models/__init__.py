from governance.models.base import Basis
from governance.models.centres import Centre, CentreRequest, CentreService
from governance.models.committees import Committee, CommitteeAlias, CommitteeLanguage
from governance.models.direction import (
    Statement,
    StrategicDirection,
    StrategicObjective,
    Value,
)
from governance.models.documents import Clause, Document, Provision
from governance.models.frameworks import Framework, FrameworkItem
from governance.models.history import Event
from governance.models.institutions import Institution, Office, OfficeHolding, Seat
from governance.models.instruments import LegalInstrument, LegalStep
from governance.models.legal import LegalOption, LegalStatus, MandateArticle
from governance.models.people import RoleAssignment, User
from governance.models.reports import Rendering, Report
from governance.models.rules import DecisionRule, MeetingRule, QuorumRule, ReportingDuty
from governance.models.structure import Body, Structure
from governance.models.terms import (
    TermsFunction,
    TermsOfReference,
    TermsSeat,
    TermsSection,
)

__all__ = [
    "Basis",
    "Body",
    "Centre",
    "CentreRequest",
    "CentreService",
    "Clause",
    "Committee",
    "CommitteeAlias",
    "CommitteeLanguage",
    "DecisionRule",
    "Document",
    "Event",
    "Framework",
    "FrameworkItem",
    "Institution",
    "LegalInstrument",
    "LegalOption",
    "LegalStatus",
    "LegalStep",
    "MandateArticle",
    "MeetingRule",
    "Office",
    "OfficeHolding",
    "Provision",
    "QuorumRule",
    "Rendering",
    "Report",
    "ReportingDuty",
    "RoleAssignment",
    "Seat",
    "Statement",
    "StrategicDirection",
    "StrategicObjective",
    "Structure",
    "TermsFunction",
    "TermsOfReference",
    "TermsSeat",
    "TermsSection",
    "User",
    "Value",
]
