from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.errors import Owed
from governance.flow import Flow, Move
from governance.models.base import (
    CommitteeModel,
    CommitteeQuerySet,
    facts_of,
    one_of,
)
from governance.permissions import Actor, Permission, Role, committees_where
from governance.snapshot import SCHEMA, Snapshot, digest

# Roles that read a working draft only where the secretariat opened it to them.
SHARES = {
    Role.OFFICIAL: "shared_with_officials",
    Role.OBSERVER: "shared_with_observers",
    Role.REVIEWER: "shared_with_reviewers",
}


def readable_by(user: Actor, report: str = "") -> models.Q:
    """Reports `user` may read; `report` is the path to the report, `report__`."""
    condition = models.Q(
        committee_id__in=committees_where(user, Permission.READ_WORKING_DRAFT)
    )
    validated = {f"{report}validated_at__isnull": False}
    condition |= models.Q(
        committee_id__in=committees_where(user, Permission.READ_COMMITTEE), **validated
    )
    for role, flag in SHARES.items():
        held = [pk for pk, roles in user.roles.items() if role in roles]
        if held:
            condition |= models.Q(committee_id__in=held, **{f"{report}{flag}": True})
    return condition


class ReportQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        return self.filter(readable_by(user))


class Report(CommitteeModel):
    """One edition that gathers all documents of a committee and moves as a whole."""

    sealed_by = {"validate": "validation_facts", "release": "release_facts"}

    class State(models.TextChoices):
        DRAFTING = "drafting", _("Drafting")
        CIRCULATED = "circulated", _("Circulated for comment")
        CONSOLIDATING = "consolidating", _("Being consolidated")
        TABLED = "tabled", _("Tabled")
        AMENDING = "amending", _("Being amended")
        SIGNING = "signing", _("Being signed")
        VALIDATED = "validated", _("Validated")
        RELEASED = "released", _("Released")
        SUPERSEDED = "superseded", _("Replaced")

    S = State
    EDITABLE = frozenset({S.DRAFTING, S.CONSOLIDATING, S.AMENDING})
    OPEN_TO_COMMENT = frozenset({S.CIRCULATED, S.CONSOLIDATING, S.TABLED})
    VALIDATED = frozenset({S.VALIDATED, S.RELEASED, S.SUPERSEDED})

    flow = Flow(
        Move("circulate", {S.DRAFTING}, S.CIRCULATED, Permission.CIRCULATE),
        Move(
            "close_comments", {S.CIRCULATED}, S.CONSOLIDATING, Permission.CLOSE_COMMENTS
        ),
        Move("table", {S.CONSOLIDATING}, S.TABLED, Permission.TABLE),
        Move("return", {S.TABLED}, S.DRAFTING, Permission.DECIDE),
        Move("amend", {S.TABLED}, S.AMENDING, Permission.DECIDE),
        Move("accept", {S.TABLED}, S.SIGNING, Permission.DECIDE),
        Move(
            "submit_for_signature",
            {S.AMENDING},
            S.SIGNING,
            Permission.SUBMIT_FOR_SIGNATURE,
        ),
        Move("withdraw", {S.SIGNING}, S.AMENDING, Permission.SUBMIT_FOR_SIGNATURE),
        Move("validate", {S.SIGNING}, S.VALIDATED, None, guard="owed_for_validation"),
        Move("release", {S.VALIDATED}, S.RELEASED, Permission.RELEASE),
        Move(
            "supersede", {S.RELEASED}, S.SUPERSEDED, None, guard="owed_for_superseding"
        ),
    )

    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    state = models.CharField(
        _("state"),
        max_length=13,
        choices=State.choices,
        default=State.DRAFTING,
        editable=False,
    )
    dated_on = models.DateField(_("date of the draft"))
    reference = models.CharField(
        _("reference"), max_length=60, unique=True, editable=False
    )
    comments_due_on = models.DateField(
        _("comments due"), null=True, blank=True, editable=False
    )
    comments_closed_on = models.DateField(
        _("comments closed"), null=True, blank=True, editable=False
    )
    validated_at = models.DateTimeField(_("validated"), null=True, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    shared_with_officials = models.BooleanField(_("open to officials"), default=False)
    shared_with_observers = models.BooleanField(_("open to observers"), default=False)
    shared_with_reviewers = models.BooleanField(
        _("open to AU reviewers"), default=False
    )

    objects: ClassVar[Any] = ReportQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["committee", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "edition"],
                name="report_edition_once_per_committee",
            ),
            one_of(
                "report_state_known",
                "state",
                [
                    "drafting",
                    "circulated",
                    "consolidating",
                    "tabled",
                    "amending",
                    "signing",
                    "validated",
                    "released",
                    "superseded",
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["validated", "released", "superseded"],
                    validated_at__isnull=False,
                )
                | ~models.Q(state__in=["validated", "released", "superseded"])
                & models.Q(validated_at=None),
                name="report_validated_has_its_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["released", "superseded"], released_at__isnull=False
                )
                | ~models.Q(state__in=["released", "superseded"])
                & models.Q(released_at=None),
                name="report_released_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="circulated", comments_due_on=None),
                name="report_circulated_has_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:report", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reference = self.reference or self.new_reference()
        super().save(*args, **kwargs)

    def new_reference(self) -> str:
        """`LS-NCC-2021-001`: country, committee, year, and a number that is free."""
        short = "".join(c for c in self.committee.short_name.upper() if c.isalnum())
        stem = f"{self.committee.country_code}-{short}-{self.dated_on.year}"
        number = self.edition
        while Report.objects.filter(reference=f"{stem}-{number:03d}").exists():
            number += 1
        return f"{stem}-{number:03d}"

    @property
    def is_validated(self) -> bool:
        return self.state in self.VALIDATED

    @property
    def is_public(self) -> bool:
        return self.released_at is not None

    def validation_facts(self) -> Any:
        """The validation as it was entered, with the name under which it stands."""
        names = ("reference", "edition", "title", "subtitle", "validated_at")
        own: Any = self.validation
        return {
            "report": facts_of(self, *names),
            "validation": own.own_facts(),
        }

    def release_facts(self) -> Any:
        return facts_of(self, "released_at")

    @cached_property
    def frozen(self) -> list[Any]:
        """The versions from the first to the last, without their texts."""
        return list(self.versions.order_by("major", "minor").defer("content"))

    @property
    def last_version(self) -> Any:
        """The version frozen last, without its text; None before the first."""
        return self.frozen[-1] if self.frozen else None

    @property
    def candidate(self) -> Any:
        """The candidate being signed, or that was signed last; None before."""
        return self.versions.filter(kind="candidate").order_by("-minor").first()

    def owed_for_validation(self) -> list[Owed]:
        """The signatures that the committee's rule still asks for; empty when met."""
        candidate = self.candidate
        if candidate is None:
            return [Owed(_now("There is no candidate to sign."), _now("Secretariat"))]
        return candidate.signatures.missing_for(candidate)

    def owed_for_superseding(self) -> list[Owed]:
        newer = self.committee.reports.filter(
            edition__gt=self.edition, state=self.State.RELEASED
        )
        if newer.exists():
            return []
        return [Owed(_now("No newer edition has been released."))]

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def version(self) -> str:
        """The number of the version frozen last: `0.1` before the first."""
        return self.last_version.number if self.last_version else "0.1"

    def chapters(self) -> list[Any]:
        """The documents as their own kinds, in the order of the report's Parts."""
        order = list(settings.DOCUMENT_KINDS)
        return sorted(
            (document.specific for document in self.documents.with_kinds()),
            key=lambda document: order.index(document.kind),
        )

    def facts(self) -> Snapshot:
        """What the text says of itself, besides its documents."""
        committee = self.committee
        return {
            "schema": SCHEMA,
            "committee": {
                "name": committee.name,
                "short_name": committee.short_name,
                "country": committee.country,
                "currency": committee.currency,
                "currency_symbol": committee.currency_symbol,
                "fiscal_year_starts": committee.fiscal_year_starts,
                "languages": [
                    {"code": lang.code, "name": lang.name, "prevails": lang.prevails}
                    for lang in committee.languages.all()
                ],
            },
            "title": self.title,
            "subtitle": self.subtitle,
            "edition": self.edition,
            "reference": self.reference,
            "demonstration": committee.is_demonstration,
        }

    def to_text(self) -> Snapshot:
        """The whole text and nothing else: what a version freezes and a digest is of.

        Neither the stage nor progress is in it: the candidate that is signed and the
        version 1.0 that it becomes are one text, with one digest.
        """
        return self.facts() | {
            "documents": [document.to_text() for document in self.chapters()]
        }

    def text_digest(self) -> str:
        return digest(self.to_text())

    def to_snapshot(self) -> Snapshot:
        """The working text with its progress and stage: what the draft's PDF prints."""
        return self.facts() | {
            "version": self.version,
            "state": self.state,
            "date": self.dated_on.isoformat(),
            "documents": [document.to_snapshot() for document in self.chapters()],
        }
