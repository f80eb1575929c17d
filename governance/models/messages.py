"""Mail that waits to be sent: written with the act it tells of, sent after it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel


class Message(CommitteeModel):
    """One mail to one person about one event: the same event is told once.

    `sent_at` with an error is when a sending began that has not ended (`mail.claim`).
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages"
    )
    key = models.CharField(_("event"), max_length=120)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], name="message_once_for_an_event"
            )
        ]

    def __str__(self) -> str:
        return self.subject
