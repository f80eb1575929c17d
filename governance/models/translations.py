"""A provision's text in the committee's other languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.documents import Document


class Translation(models.Model):
    """The words of one provision in one language, and the words they translate.

    A provision without a row is not translated. `source` is the text in the prevailing
    language as the translator read it: where that has moved on, the source changed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKED = "checked", _("Checked")

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="translations"
    )
    provision_uid = models.UUIDField()
    language = models.CharField(_("language (BCP 47)"), max_length=12)
    values = models.JSONField(_("text"), default=dict)
    source = models.JSONField(_("text that was translated"), default=dict)
    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.DRAFT
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "provision_uid", "language"],
                name="translation_once_a_language",
            ),
            one_of("translation_state_known", "state", ["draft", "checked"]),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.language}"
