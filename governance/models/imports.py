"""Rows that came in one go from a spreadsheet, so that they can be taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.formats import day
from governance.models.base import CommitteeModel, CommitteeQuerySet
from governance.models.documents import Document


class Import(CommitteeModel):
    """One import: every row it added or changed, with what the row said before.

    `rows` is a list of {"key", "label", "action", "before", "after", "revision"}: what
    was added or changed, cell by cell, and the revision of the row after it.
    """

    document = models.ForeignKey(
        Document,
        on_delete=models.CASCADE,
        related_name="imports",
        null=True,
        blank=True,
    )
    table = models.CharField(_("table"), max_length=40)
    source = models.CharField(_("file or paste"), max_length=200)
    rows = models.JSONField(default=list)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[Any] = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="import_taken_back_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {day(self.at)}"
