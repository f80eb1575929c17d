"""How a text became what it is: every accepted change, and what was set aside."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.documents import Document
from governance.models.versions import Frozen
from governance.permissions import Permission, committees_where

if TYPE_CHECKING:
    from governance.permissions import Actor


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: Actor) -> RevisionQuerySet:
        """How a text came about is for those who work on it."""
        return self.filter(
            document__committee_id__in=committees_where(
                user, Permission.READ_WORKING_DRAFT
            )
        )


class Revision(Frozen):
    """One change to one provision; the revisions of a provision form one chain."""

    class Action(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        MOVED = "moved", _("Moved")
        REMOVED = "removed", _("Removed")

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("change of the document"))
    provision_uid = models.UUIDField(db_index=True)
    provision_revision = models.PositiveIntegerField(_("change of the provision"))
    language = models.CharField(
        _("language (BCP 47)"),
        max_length=12,
        blank=True,
        help_text=_("Empty: the text itself; else its translation."),
    )
    action = models.CharField(_("what"), max_length=7, choices=Action.choices)
    label = models.CharField(_("provision"), max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    institution = models.CharField(max_length=250, blank=True)

    objects: ClassVar[Any] = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="revision_number_once"
            ),
            models.UniqueConstraint(
                fields=["provision_uid", "language", "provision_revision"],
                name="revision_of_a_provision_once",
            ),
            one_of(
                "revision_action_known",
                "action",
                ["added", "changed", "moved", "removed"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.get_action_display()}"


class HeldText(Frozen):
    """A text that could not be saved, or that its author set aside for later."""

    KEPT = dt.timedelta(days=30)  # on the list of what was set aside

    class Reason(models.TextChoices):
        CONFLICT = "conflict", _("Somebody else had saved first")
        CLOSED = "closed", _("The text was closed for editing")
        REMOVED = "removed", _("The provision had been removed")
        ASIDE = "aside", _("Set aside for later")

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="held_texts"
    )
    provision_uid = models.UUIDField(null=True, blank=True)
    label = models.CharField(_("provision"), max_length=300, blank=True)
    language = models.CharField(_("language (BCP 47)"), max_length=12, blank=True)
    reason = models.CharField(
        _("why it was kept"),
        max_length=8,
        choices=Reason.choices,
        default=Reason.CONFLICT,
    )
    base_revision = models.PositiveIntegerField(_("the revision its author had read"))
    values = models.JSONField()
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="held_texts"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            one_of(
                "held_text_reason_known",
                "reason",
                ["conflict", "closed", "removed", "aside"],
            )
        ]

    def __str__(self) -> str:
        return self.label or f"{self.document} {self.provision_uid}"


def values_of(row: Any, names: Any) -> dict[str, Any]:
    """The columns `names` of a row as plain text: what a revision keeps."""
    return {
        name: row._meta.get_field(name).value_to_string(row) for name in sorted(names)
    }
