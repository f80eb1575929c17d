"""The PDFs of a report: made, or being made, of one content."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import (
    CommitteeModel,
    CommitteeQuerySet,
    facts_of,
    one_of,
)
from governance.models.reports import Report, readable_by
from governance.permissions import Actor, Permission, committees_where
from governance.snapshot import digest


class RenderingQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        """Drafts to those who read the draft; of the validated report, the public
        edition to officials too, the internal one to those who work on it."""
        member_of = committees_where(user, Permission.READ_COMMITTEE)
        inside = committees_where(user, Permission.READ_INTERNAL_EDITION)
        return self.filter(
            models.Q(edition="draft") & readable_by(user, "report__")
            | models.Q(edition="public", committee_id__in=member_of)
            | models.Q(edition="internal", committee_id__in=inside)
        )


class Rendering(CommitteeModel):
    """A PDF made, or being made, of one content: the same content is made once."""

    sealed_by = {"PDF made": "made_facts"}

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RENDERING = "rendering", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")

    class Edition(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLIC = "public", _("Public edition")
        INTERNAL = "internal", _("Internal edition")

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="renderings"
    )
    edition = models.CharField(
        _("edition"), max_length=8, choices=Edition.choices, default=Edition.DRAFT
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
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
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
            models.UniqueConstraint(
                fields=["report", "edition"],
                condition=~models.Q(edition="draft"),
                name="rendering_validated_once_an_edition",
            ),
            one_of(
                "rendering_edition_known", "edition", ["draft", "public", "internal"]
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
        """`lesotho-report-draft-0.1.pdf`, or `LS-NCC-2021-001-public.pdf`."""
        if self.edition == self.Edition.DRAFT:
            return f"{self.committee.slug}-report-draft-{self.content['version']}.pdf"
        return f"{self.report.reference}-{self.edition}.pdf"

    def is_intact(self) -> bool:
        """Whether the stored file still is the one that was made."""
        try:
            with self.file.open("rb") as file:
                return hashlib.sha256(file.read()).hexdigest() == self.sha256
        except (FileNotFoundError, ValueError):
            return False

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.digest or digest(self.content)
        super().save(*args, **kwargs)

    @classmethod
    def as_sealed(cls) -> models.QuerySet[Any]:
        return cls._base_manager.defer("content")

    def made_facts(self) -> Any:
        """What was printed, by its digest, and the file that was made of it."""
        return facts_of(self, "report_id", "edition", "digest", "sha256")
