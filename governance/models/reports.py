from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel, CommitteeQuerySet, one_of
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

    EDITABLE = frozenset({State.DRAFTING, State.CONSOLIDATING, State.AMENDING})

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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:report", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def version(self) -> str:
        """The working text before the first frozen version."""
        return "0.1"

    def chapters(self) -> list[Any]:
        """The documents as their own kinds, in the order of the report's Parts."""
        order = list(settings.DOCUMENT_KINDS)
        return sorted(
            (document.specific for document in self.documents.with_kinds()),
            key=lambda document: order.index(document.kind),
        )

    def to_snapshot(self) -> Snapshot:
        """The whole working text as plain data: what a digest, a PDF, a version is of."""
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
            "version": self.version,
            "state": self.state,
            "date": self.dated_on.isoformat(),
            "demonstration": committee.is_demonstration,
            "documents": [document.to_snapshot() for document in self.chapters()],
        }


class RenderingQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        return self.filter(readable_by(user, "report__"))


class Rendering(CommitteeModel):
    """A PDF made, or being made, of one content: the same content is made once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RENDERING = "rendering", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="renderings"
    )
    digest = models.CharField(
        max_length=64, editable=False, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    content = models.JSONField(editable=False)
    progress = models.CharField(
        max_length=9, choices=State.choices, default=State.QUEUED, editable=False
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    file = models.FileField(upload_to="drafts/", blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pages = models.PositiveSmallIntegerField(null=True, editable=False)
    reference = models.CharField(
        _("reference of the error"), max_length=12, blank=True, editable=False
    )

    objects: ClassVar[Any] = RenderingQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "digest"], name="rendering_once_per_content"
            ),
            one_of(
                "rendering_progress_known",
                "progress",
                ["queued", "rendering", "done", "failed"],
            ),
            models.CheckConstraint(
                condition=~models.Q(progress="done")
                | ~models.Q(file="") & ~models.Q(sha256=""),
                name="rendering_done_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.digest[:16]}"

    def get_absolute_url(self) -> str:
        return reverse("governance:rendering", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.progress in {self.State.QUEUED, self.State.RENDERING}

    @property
    def download_name(self) -> str:
        """`lesotho-report-draft-0.1.pdf`, of the version that was printed."""
        return f"{self.committee.slug}-report-draft-{self.content['version']}.pdf"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.digest or digest(self.content)
        super().save(*args, **kwargs)
