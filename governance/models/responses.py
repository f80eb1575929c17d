"""What is answered to a comment, and that its author is not satisfied."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import one_of
from governance.models.versions import Frozen


class Response(Frozen):
    """What was answered, with the reason; a second answer is a second row."""

    class Disposition(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        MODIFIED = "accepted_modified", _("Accepted with changes")
        NOT_ACCEPTED = "not_accepted", _("Not accepted")
        NOTED = "noted", _("Noted")
        DUPLICATE = "duplicate", _("Duplicate")
        OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
        REFERRED = "referred", _("Referred to plenary")

    ACCEPTED = (Disposition.ACCEPTED, Disposition.MODIFIED)

    comment = models.ForeignKey(
        "Comment", on_delete=models.PROTECT, related_name="responses"
    )
    disposition = models.CharField(
        _("answer"), max_length=17, choices=Disposition.choices
    )
    reason = models.TextField(_("reason"), blank=True, max_length=20_000)
    duplicate_of = models.ForeignKey(
        "Comment",
        on_delete=models.PROTECT,
        related_name="duplicates",
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(_("answered by"), max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of(
                "response_disposition_known",
                "disposition",
                [
                    "accepted",
                    "accepted_modified",
                    "not_accepted",
                    "noted",
                    "duplicate",
                    "out_of_scope",
                    "referred",
                ],
            ),
            models.CheckConstraint(
                condition=~models.Q(disposition="not_accepted", reason=""),
                name="response_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(disposition="duplicate", duplicate_of__isnull=False)
                | ~models.Q(disposition="duplicate") & models.Q(duplicate_of=None),
                name="response_duplicate_names_the_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_disposition_display()}"


class Objection(Frozen):
    """The author institution is not satisfied with an answer: said once."""

    comment = models.OneToOneField(
        "Comment", on_delete=models.PROTECT, related_name="objection"
    )
    text = models.TextField(_("why not satisfied"), max_length=20_000)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(_("said by"), max_length=200)

    def __str__(self) -> str:
        return f"{self.comment}: {self.text}"[:100]
