"""Part I: the terms of reference: sections, functions, seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.documents import Document
from governance.models.institutions import Seat
from governance.models.provisions import Provision, provision_constraints
from governance.outlines import TERMS_OF_REFERENCE
from governance.quorum import needed_of

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot


class TermsOfReference(Document):
    stem = "governance/terms_of_reference"
    part = 1
    outline = TERMS_OF_REFERENCE

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
        needed = [needed_of(rule, voting) for rule in rules]
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
                violation_error_message=_(
                    "Only the chair, the vice-chair and members have a vote."
                ),
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
