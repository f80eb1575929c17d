"""Part I: the terms of reference, with rules that are computed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.documents import Document, Provision, provision_constraints
from governance.models.institutions import Seat

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


class TermsOfReference(Document):
    stem = "governance/terms_of_reference"
    part = 1

    class Authority(models.TextChoices):
        ADVISES = "advises", _("Advises")
        DECIDES = "decides", _("Decides")
        REFERS = "refers", _("Refers up")

    authority = models.CharField(
        _("authority"),
        max_length=7,
        choices=Authority.choices,
        default=Authority.ADVISES,
    )
    tenure_years = models.PositiveSmallIntegerField(
        _("term of members, in years"), null=True, blank=True
    )
    review_after_months = models.PositiveSmallIntegerField(
        _("reviewed after, in months"), null=True, blank=True
    )

    class Meta:
        constraints = [
            one_of(
                "terms_authority_known", "authority", ["advises", "decides", "refers"]
            )
        ]

    def document_fields(self) -> dict[str, Any]:
        return {
            "authority": self.authority,
            "authority_name": str(self.get_authority_display()),
            "tenure_years": self.tenure_years,
            "review_after_months": self.review_after_months,
        }

    def provision_nodes(self) -> list[Node]:
        seats = self.seats.select_related("institution")
        rows = [
            *self.sections.all(),
            *self.functions.all(),
            *seats,
            *self.meeting_rules.all(),
            *self.quorum_rules.all(),
            *self.decision_rules.all(),
            *self.reporting_duties.all(),
        ]
        return [row.to_node() for row in rows]

    @classmethod
    def present(cls, snapshot: Snapshot, committee: dict[str, Any]) -> dict[str, Any]:
        groups = super().present(snapshot, committee)
        seats = groups.get("terms_seat", [])
        voting = sum(node["fields"]["is_voting"] for node in seats)
        rules = [node["fields"] for node in groups.get("quorum_rule", [])]
        needed = [
            quorum_needed(rule["threshold"], rule["fixed_number"], voting)
            for rule in rules
        ]
        return groups | {
            "voting": voting,
            "quorum_needed": needed[0] if needed else None,
        }

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        groups = cls.present(snapshot, {})
        required = {
            "terms_function": _now("The terms of reference list no function."),
            "terms_seat": _now("The terms of reference name no member."),
            "meeting_rule": _now("There is no rule on meetings."),
            "quorum_rule": _now("There is no quorum rule."),
            "decision_rule": _now("There is no decision rule."),
            "reporting_duty": _now("Nobody receives a report from the committee."),
        }
        problems = super().find_problems(snapshot)
        problems += [text for kind, text in required.items() if kind not in groups]
        present = {node["fields"]["kind"] for node in groups.get("terms_section", [])}
        problems += [
            _now("The section “%s” is missing.") % label
            for kind, label in TermsSection.Kind.choices
            if kind not in present and kind in TermsSection.REQUIRED
        ]
        if not any(n["fields"]["is_voting"] for n in groups.get("terms_seat", [])):
            problems.append(_now("No member has a vote."))
        return problems


class TermsSection(Provision):
    type = "terms_section"

    class Kind(models.TextChoices):
        BACKGROUND = "background", _("Background")
        PURPOSE = "purpose", _("Purpose")
        SCOPE = "scope", _("Scope and authority")
        TENURE = "tenure", _("Tenure and alternates")
        CONFLICT_OF_INTEREST = "conflict_of_interest", _("Conflict of interest")
        CONFIDENTIALITY = "confidentiality", _("Confidentiality")
        RESOURCES = "resources", _("Resources and allowances")
        REVIEW = "review", _("Review and amendment")

    REQUIRED = frozenset({Kind.PURPOSE, Kind.SCOPE, Kind.RESOURCES, Kind.REVIEW})

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="sections"
    )
    kind = models.CharField(_("section"), max_length=20, choices=Kind.choices)
    body = models.TextField(_("text"), max_length=20_000)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("terms_section", "document"),
            models.UniqueConstraint(
                fields=["document", "kind"], name="terms_section_kind_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def node_heading(self) -> str:
        return str(self.get_kind_display())

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {"kind": self.kind}


class TermsFunction(Provision):
    type = "terms_function"

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="functions"
    )
    body = models.TextField(_("duty"), max_length=2_000)

    class Meta(Provision.Meta):
        constraints = provision_constraints("terms_function", "document")

    def __str__(self) -> str:
        return self.body[:100]

    @property
    def number(self) -> str:
        return f"F{self.position}"

    @property
    def node_body(self) -> str:
        return self.body


class TermsSeat(Provision):
    """A seat as the terms of reference set it; who sits since when is a `Seat`."""

    type = "terms_seat"

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="seats"
    )
    institution = models.ForeignKey(
        "governance.Institution", on_delete=models.PROTECT, related_name="terms_seats"
    )
    kind = models.CharField(_("seat"), max_length=11, choices=Seat.Kind.choices)
    is_voting = models.BooleanField(_("votes"), default=False)
    minimum_grade = models.CharField(_("minimum grade"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("terms_seat", "document"),
            models.UniqueConstraint(
                fields=["document", "institution"], name="terms_seat_once"
            ),
            models.CheckConstraint(
                condition=models.Q(is_voting=False)
                | models.Q(kind__in=["chair", "vice_chair", "member"]),
                name="terms_seat_only_members_vote",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.get_kind_display()}"

    @property
    def number(self) -> str:
        return f"S{self.position}"

    @property
    def node_heading(self) -> str:
        return self.institution.name

    def node_fields(self) -> dict[str, Any]:
        return {
            "institution": self.institution.to_reference(),
            "category": str(self.institution.get_category_display()),
            "kind": self.kind,
            "kind_name": str(self.get_kind_display()),
            "is_voting": self.is_voting,
            "minimum_grade": self.minimum_grade,
            "note": self.note,
        }


class MeetingRule(Provision):
    type = "meeting_rule"

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="meeting_rules"
    )
    ordinary_a_year = models.PositiveSmallIntegerField(
        _("ordinary meetings a year"), validators=[MinValueValidator(1)]
    )
    notice_days = models.PositiveSmallIntegerField(_("notice, in days"))
    papers_days = models.PositiveSmallIntegerField(_("papers ahead, in days"))
    extraordinary_members = models.PositiveSmallIntegerField(
        _("members who can call an extraordinary meeting"), null=True, blank=True
    )
    body = models.TextField(_("in words"), blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("meeting_rule", "document"),
            models.UniqueConstraint(fields=["document"], name="meeting_rule_once"),
        ]

    def __str__(self) -> str:
        return _now("Meetings")

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return _now("Meetings")

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {
            "ordinary_a_year": self.ordinary_a_year,
            "notice_days": self.notice_days,
            "papers_days": self.papers_days,
            "extraordinary_members": self.extraordinary_members,
        }


class QuorumRule(Provision):
    """How many voting institutions, and which seats, must be present to decide."""

    type = "quorum_rule"

    class Threshold(models.TextChoices):
        MORE_THAN_HALF = "more_than_half", _("more than half of the voting members")
        AT_LEAST_HALF = "at_least_half", _("at least half of the voting members")
        TWO_THIRDS = "two_thirds", _("at least two thirds of the voting members")
        NUMBER = "number", _("a fixed number of voting members")

    class Presiding(models.TextChoices):
        NONE = "", _("no particular seat")
        CHAIR = "chair", _("the Chair")
        CHAIR_OR_VICE_CHAIR = "chair_or_vice_chair", _("the Chair or Vice-Chair")

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="quorum_rules"
    )
    threshold = models.CharField(
        _("threshold"), max_length=14, choices=Threshold.choices
    )
    fixed_number = models.PositiveSmallIntegerField(
        _("fixed number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    presiding = models.CharField(
        _("must be present"), max_length=19, choices=Presiding.choices, blank=True
    )
    body = models.TextField(_("in words"), blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("quorum_rule", "document"),
            models.UniqueConstraint(fields=["document"], name="quorum_rule_once"),
            one_of(
                "quorum_rule_threshold_known",
                "threshold",
                ["more_than_half", "at_least_half", "two_thirds", "number"],
            ),
            models.CheckConstraint(
                condition=models.Q(threshold="number", fixed_number__isnull=False)
                | ~models.Q(threshold="number") & models.Q(fixed_number=None),
                name="quorum_rule_number_given_when_fixed",
            ),
        ]

    def __str__(self) -> str:
        return _now("Quorum")

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return _now("Quorum")

    @property
    def node_body(self) -> str:
        return self.body

    def needed(self, voting: int) -> int:
        """How many of `voting` institutions make a quorum: 13 of 24 by more than half."""
        return quorum_needed(self.threshold, self.fixed_number, voting)

    def node_fields(self) -> dict[str, Any]:
        return {
            "threshold": self.threshold,
            "threshold_name": str(self.get_threshold_display()),
            "fixed_number": self.fixed_number,
            "presiding": self.presiding,
            "presiding_name": str(self.get_presiding_display()),
        }


def quorum_needed(threshold: str, fixed_number: int | None, voting: int) -> int:
    """The number of institutions a threshold asks for, of `voting` with a vote."""
    return {
        "more_than_half": voting // 2 + 1,
        "at_least_half": -(-voting // 2),
        "two_thirds": -(-2 * voting // 3),
        "number": fixed_number or 0,
    }[threshold]


class DecisionRule(Provision):
    type = "decision_rule"

    class Majority(models.TextChoices):
        SIMPLE = "simple", _("simple majority of those voting")
        ABSOLUTE = "absolute", _("majority of all voting members")
        TWO_THIRDS = "two_thirds", _("two thirds of those voting")

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="decision_rules"
    )
    consensus_first = models.BooleanField(_("consensus is sought first"), default=True)
    majority = models.CharField(_("otherwise"), max_length=10, choices=Majority.choices)
    chair_has_casting_vote = models.BooleanField(
        _("the Chair has a casting vote"), default=False
    )
    dissent_is_recorded = models.BooleanField(_("dissent is recorded"), default=True)
    body = models.TextField(_("in words"), blank=True)

    class Meta(Provision.Meta):
        constraints = [
            *provision_constraints("decision_rule", "document"),
            models.UniqueConstraint(fields=["document"], name="decision_rule_once"),
            one_of(
                "decision_rule_majority_known",
                "majority",
                ["simple", "absolute", "two_thirds"],
            ),
        ]

    def __str__(self) -> str:
        return _now("Decisions")

    @property
    def number(self) -> str:
        return ""

    @property
    def node_heading(self) -> str:
        return _now("Decisions")

    @property
    def node_body(self) -> str:
        return self.body

    def node_fields(self) -> dict[str, Any]:
        return {
            "consensus_first": self.consensus_first,
            "majority": self.majority,
            "majority_name": str(self.get_majority_display()),
            "chair_has_casting_vote": self.chair_has_casting_vote,
            "dissent_is_recorded": self.dissent_is_recorded,
        }


class ReportingDuty(Provision):
    type = "reporting_duty"

    document = models.ForeignKey(
        TermsOfReference, on_delete=models.CASCADE, related_name="reporting_duties"
    )
    recipient = models.CharField(_("to whom"), max_length=150)
    times_a_year = models.PositiveSmallIntegerField(
        _("times a year"), validators=[MinValueValidator(1)]
    )
    form = models.CharField(_("form"), max_length=150, blank=True)

    class Meta(Provision.Meta):
        constraints = provision_constraints("reporting_duty", "document")

    def __str__(self) -> str:
        return self.recipient

    @property
    def node_heading(self) -> str:
        return self.recipient

    def node_fields(self) -> dict[str, Any]:
        return {"times_a_year": self.times_a_year, "form": self.form}
