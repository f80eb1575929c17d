"""What the workshop agreed to change, and the change in the text that it caused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.comments import Comment
from governance.models.documents import Document
from governance.models.revisions import Revision
from governance.models.versions import Frozen

if TYPE_CHECKING:
    import datetime as dt


class Amendment(Frozen):
    """A change to the text agreed in the workshop, beside the comments."""

    outcome = models.ForeignKey(
        "governance.PartOutcome", on_delete=models.PROTECT, related_name="amendments"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="amendments"
    )
    provision_uid = models.UUIDField(null=True, blank=True)
    text = models.TextField(_("agreed amendment"), max_length=20_000)

    class Meta:
        ordering = ["outcome", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "position"], name="amendment_placed_once"
            )
        ]

    @property
    def asked_at(self) -> dt.datetime:
        """When the workshop agreed on it: it led to nothing earlier."""
        return self.outcome.decided_at

    def __str__(self) -> str:
        return self.text[:100]


class ChangeMadeManager(models.Manager["ChangeMade"]):
    def get_queryset(self) -> models.QuerySet[ChangeMade]:
        return super().get_queryset().select_related("revision")


class ChangeMade(Frozen):
    """The change in the text that a comment or an agreed amendment caused."""

    comment = models.ForeignKey(
        Comment,
        on_delete=models.PROTECT,
        related_name="changes",
        null=True,
        blank=True,
    )
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        related_name="changes",
        null=True,
        blank=True,
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="answers"
    )
    note = models.CharField(
        _("change made"), max_length=300, help_text=_("Where the text was changed.")
    )
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ChangeMadeManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment__isnull=False, amendment=None)
                | models.Q(comment=None, amendment__isnull=False),
                name="change_made_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["comment", "revision"], name="change_made_once_for_a_comment"
            ),
            models.UniqueConstraint(
                fields=["amendment", "revision"],
                name="change_made_once_for_an_amendment",
            ),
        ]

    def __str__(self) -> str:
        return self.note
