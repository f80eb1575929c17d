"""What somebody is writing and has not saved: drafts, sealed posts, who is at what."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.documents import Document


class Draft(models.Model):
    """What a person has typed into a form and not sent, as the server last heard it.

    Two windows on the same form keep a draft each, so that neither overwrites the
    other; the newest is offered first.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    address = models.CharField(_("address of the form"), max_length=300)
    window = models.UUIDField(_("window in which it is typed"))
    title = models.CharField(_("what the form is for"), max_length=300, blank=True)
    values = models.JSONField(default=dict)
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address", "window"], name="draft_once_a_window"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.address


class Submission(models.Model):
    """A form that was sent and carried out: sent again, it has the same answer."""

    KEPT = dt.timedelta(days=2)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions"
    )
    key = models.UUIDField(_("key of the form as it was shown"))
    answer = models.CharField(_("where it led"), max_length=500, blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="submission_once")
        ]

    def __str__(self) -> str:
        return str(self.key)


class SealedPost(models.Model):
    """What was sent when its author was no longer signed in: for that person only."""

    KEPT = dt.timedelta(hours=24)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sealed_posts"
    )
    address = models.CharField(_("address of the form"), max_length=300)
    sealed = models.TextField(_("encrypted text"))
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.address


class PresenceQuerySet(models.QuerySet["Presence"]):
    def fresh(self, now: dt.datetime) -> PresenceQuerySet:
        return self.filter(seen_at__gte=now - Presence.LASTS)


class Presence(models.Model):
    """Who has a provision open for editing; told to others, and never in their way."""

    LASTS = dt.timedelta(seconds=60)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="presences"
    )
    provision_uid = models.UUIDField()
    seen_at = models.DateTimeField(_("last heard of"))

    objects: ClassVar[Any] = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "provision_uid"], name="presence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.provision_uid}"
