"""Frozen texts: a version of the whole report, and the proposal to act on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.errors import Refused
from governance.models.base import (
    CommitteeModel,
    CommitteeQuerySet,
    facts_of,
    one_of,
)
from governance.models.reports import Report, readable_by
from governance.snapshot import digest

if TYPE_CHECKING:
    import datetime as dt

    from governance.permissions import Actor
    from governance.snapshot import Snapshot

HEX64 = RegexValidator(r"^[0-9a-f]{64}$")


class Frozen(models.Model):
    """What is added and never changed: a correction is a new row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise Refused(
                _("%(name)s is never changed: add a new one.")
                % {"name": self._meta.verbose_name}
            )
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(
            _("%(name)s is never removed.") % {"name": self._meta.verbose_name}
        )


class VersionQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        return self.filter(readable_by(user, "report__"))


class Version(CommitteeModel, Frozen):
    """The whole text as it stood at a milestone, with one digest."""

    sealed_by = {"frozen": "frozen_facts"}

    class Kind(models.TextChoices):
        DRAFT = "draft", _("Draft kept")
        CIRCULATED = "circulated", _("Circulated")
        TABLED = "tabled", _("Tabled")
        CANDIDATE = "candidate", _("Candidate for signature")
        VALIDATED = "validated", _("Validated")

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="versions"
    )
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    kind = models.CharField(_("milestone"), max_length=10, choices=Kind.choices)
    content = models.JSONField(_("text"), editable=False)
    digest = models.CharField(max_length=64, editable=False, validators=[HEX64])
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar[Any] = VersionQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["report", "major", "minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "major", "minor"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(kind="validated"),
                name="version_validated_once",
            ),
            one_of(
                "version_kind_known",
                "kind",
                ["draft", "circulated", "tabled", "candidate", "validated"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("governance:version", args=[self.pk])

    @property
    def number(self) -> str:
        """`0.3`, and `1.0` for the validated text."""
        return f"{self.major}.{self.minor}"

    @classmethod
    def as_sealed(cls) -> models.QuerySet[Any]:
        return cls._base_manager.defer("content")

    def frozen_facts(self) -> Any:
        """All but the text, which its digest stands for."""
        names = [f.attname for f in self._meta.concrete_fields if f.name != "content"]
        return facts_of(self, *names)

    @property
    def is_intact(self) -> bool:
        """Whether the stored text still has the digest it was frozen with."""
        return digest(self.content) == self.digest

    def printed(self, **more: Any) -> Snapshot:
        """The text with what a reader must know of its standing: what is printed."""
        return {
            **self.content,
            "version": self.number,
            "state": Report.State.VALIDATED
            if self.kind == self.Kind.VALIDATED
            else self.kind,
            "date": self.frozen_at.astimezone(self.committee.zone).date().isoformat(),
            "text_digest": self.digest,
            **more,
        }


class Proposal(CommitteeModel, Frozen):
    """Half of an act that takes two people: it names the exact text it is about."""

    class Act(models.TextChoices):
        SUBMIT = "submit_for_signature", _("The amendments are in the text")
        RELEASE = "release", _("Release to the public")

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="proposals"
    )
    act = models.CharField(_("for"), max_length=20, choices=Act.choices)
    digest = models.CharField(max_length=64, editable=False, validators=[HEX64])
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "act", "digest", "made_by"],
                name="proposal_once_by_a_person",
            ),
            one_of("proposal_act_known", "act", ["submit_for_signature", "release"]),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_act_display()}"


def version_after(moment: dt.datetime, versions: list[Version]) -> Version | None:
    """The first version frozen at or after a change: where a reader finds it."""
    later = [v for v in versions if v.frozen_at >= moment]
    return min(later, key=lambda v: v.frozen_at) if later else None
