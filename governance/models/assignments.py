"""Which institution writes which part of the text."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.documents import Document
from governance.models.institutions import Institution


class Assignment(models.Model):
    """An institution may edit a provision and all below it; without one, the document.

    Rows that name an institution as responsible (`Provision.responsible_fields`) are
    assigned to it by that.
    """

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="assignments"
    )
    provision_uid = models.UUIDField(null=True, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="assignments"
    )
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "provision_uid", "institution"],
                name="assignment_once",
            ),
            models.UniqueConstraint(
                fields=["document", "institution"],
                condition=models.Q(provision_uid=None),
                name="assignment_of_document_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code}: {self.document}"

    def record(self, verb: str, *, by: Any, note: str = "") -> None:
        self.document.record(
            verb, by=by, note=f"{self.institution.code} {note}".strip()
        )
