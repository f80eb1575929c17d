from governance.models.agendas import AgendaItem, GroupFinding, MinuteNote, WorkingGroup
from governance.models.amendments import Amendment, ChangeMade
from governance.models.assignments import Assignment
from governance.models.attendance import AttendanceEvent, Participant
from governance.models.base import Basis
from governance.models.centres import (
    Centre,
    CentreRequest,
    CentreRequestStep,
    CentreService,
)
from governance.models.comments import Comment
from governance.models.committees import Committee, CommitteeAlias, CommitteeLanguage
from governance.models.direction import (
    Statement,
    StrategicDirection,
    StrategicObjective,
    Value,
)
from governance.models.documents import Document
from governance.models.drafts import Draft, Presence, SealedPost, Submission
from governance.models.follow_ups import FollowUp
from governance.models.frameworks import Framework, FrameworkItem
from governance.models.history import Event, HistoryTip
from governance.models.imports import Import
from governance.models.institutions import Institution, Office, OfficeHolding, Seat
from governance.models.instruments import LegalInstrument, LegalStep
from governance.models.joining import Joining
from governance.models.legal import LegalOption, LegalStatus, MandateArticle
from governance.models.messages import Message
from governance.models.paper_signatures import PaperSignature
from governance.models.people import RoleAssignment, User
from governance.models.provisions import Clause, Provision
from governance.models.renderings import Rendering
from governance.models.reports import Report
from governance.models.resolutions import Resolution
from governance.models.responses import Objection, Response
from governance.models.revisions import HeldText, Revision
from governance.models.roadmap import ActionReport, DueRevision, RoadmapAction
from governance.models.rules import DecisionRule, MeetingRule, QuorumRule, ReportingDuty
from governance.models.sign_off_rules import RuleConfirmation, SignOffRule
from governance.models.signoffs import Signature, Validation
from governance.models.structure import Body, Structure
from governance.models.terms import (
    TermsFunction,
    TermsOfReference,
    TermsSeat,
    TermsSection,
)
from governance.models.translations import Translation
from governance.models.versions import Proposal, Version
from governance.models.votes import Reservation, RollCallVote
from governance.models.workshops import Invitation, PartOutcome, Workshop

__all__ = [
    "ActionReport",
    "AgendaItem",
    "Amendment",
    "Assignment",
    "AttendanceEvent",
    "Basis",
    "Body",
    "Centre",
    "CentreRequest",
    "CentreRequestStep",
    "CentreService",
    "ChangeMade",
    "Clause",
    "Comment",
    "Committee",
    "CommitteeAlias",
    "CommitteeLanguage",
    "DecisionRule",
    "Document",
    "Draft",
    "DueRevision",
    "Event",
    "FollowUp",
    "Framework",
    "FrameworkItem",
    "GroupFinding",
    "HeldText",
    "HistoryTip",
    "Import",
    "Institution",
    "Invitation",
    "Joining",
    "LegalInstrument",
    "LegalOption",
    "LegalStatus",
    "LegalStep",
    "MandateArticle",
    "MeetingRule",
    "Message",
    "MinuteNote",
    "Objection",
    "Office",
    "OfficeHolding",
    "PaperSignature",
    "PartOutcome",
    "Participant",
    "Presence",
    "Proposal",
    "Provision",
    "QuorumRule",
    "Rendering",
    "Report",
    "ReportingDuty",
    "Reservation",
    "Resolution",
    "Response",
    "Revision",
    "RoadmapAction",
    "RoleAssignment",
    "RollCallVote",
    "RuleConfirmation",
    "SealedPost",
    "Seat",
    "SignOffRule",
    "Signature",
    "Statement",
    "StrategicDirection",
    "StrategicObjective",
    "Structure",
    "Submission",
    "TermsFunction",
    "TermsOfReference",
    "TermsSeat",
    "TermsSection",
    "Translation",
    "User",
    "Validation",
    "Value",
    "Version",
    "WorkingGroup",
    "Workshop",
]
