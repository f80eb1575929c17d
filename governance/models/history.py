"""What happened: append-only, and each entry carries the hash of the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from django.conf import settings
from django.db import connections, models, transaction
from django.utils.translation import gettext_lazy as _

from governance import clock
from governance.errors import Refused
from governance.snapshot import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

# One number for this lock among all advisory locks of the database.
HISTORY_LOCK = 7_012_021


class Subject(Protocol):
    """What history tells of: the name of its model, and its number there."""

    @property
    def label(self) -> str: ...

    @property
    def pk(self) -> int: ...


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: Subject) -> Self:
        return self.filter(subject=subject.label, subject_pk=subject.pk)

    @transaction.atomic
    def append(
        self,
        *,
        committee_id: int,
        at: dt.datetime | None = None,
        seal: Callable[[], str] = str,
        **facts: Any,
    ) -> Event:
        """Add the next entry of a committee's chain; one writer at a time.

        `seal` reads what the entry makes final when nobody else writes any more.
        """
        connection = connections[self.db]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_xact_lock(%s, %s)", [HISTORY_LOCK, committee_id]
                )
        last = self.filter(committee_id=committee_id).order_by("-seq").first()
        event = Event(
            committee_id=committee_id,
            seq=last.seq + 1 if last else 1,
            previous_hash=last.hash if last else "",
            at=(at or clock.now()).astimezone(dt.UTC),
            seal=seal(),
            **facts,
        )
        event.hash = event.computed_hash()
        event.save(force_insert=True)
        tip = {"seq": event.seq, "hash": event.hash}
        if not HistoryTip.objects.filter(committee_id=committee_id).update(**tip):
            HistoryTip.objects.create(committee_id=committee_id, **tip)
        return event


class Event(models.Model):
    """One line of history: text, not references, so it outlives what it tells of."""

    committee = models.ForeignKey(
        "governance.Committee", on_delete=models.PROTECT, related_name="events"
    )
    seq = models.PositiveBigIntegerField(_("number in the committee's history"))
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
    )
    by_name = models.CharField(_("who"), max_length=200)
    roles = models.CharField(_("in which roles"), max_length=120, blank=True)
    institution = models.CharField(
        _("for which institution"), max_length=250, blank=True
    )
    subject = models.CharField(max_length=60)
    subject_pk = models.BigIntegerField()
    subject_name = models.CharField(_("about"), max_length=300)
    verb = models.CharField(_("what"), max_length=40)
    note = models.TextField(_("why"), blank=True)
    seal = models.CharField(
        _("digest of what it made final"), max_length=64, blank=True, editable=False
    )
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "-seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "seq"], name="event_seq_once_per_committee"
            )
        ]
        indexes = [models.Index(fields=["subject", "subject_pk"])]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verb} {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused("History is added to, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused("History is added to, never removed.")

    def computed_hash(self) -> str:
        """SHA-256 over this entry's facts and the hash of the one before."""
        facts = {
            "committee": self.committee_id,
            "seq": self.seq,
            "at": self.at.astimezone(dt.UTC).isoformat(),
            "by": self.by_id,
            "by_name": self.by_name,
            "roles": self.roles,
            "institution": self.institution,
            "subject": self.subject,
            "subject_pk": self.subject_pk,
            "subject_name": self.subject_name,
            "verb": self.verb,
            "note": self.note,
            "previous": self.previous_hash,
        }
        if self.seal:
            facts["seal"] = self.seal
        return hashlib.sha256(canonical_json(facts)).hexdigest()


class HistoryTip(models.Model):
    """The last entry of a committee's history: a chain cut off at its end is seen."""

    committee = models.OneToOneField(
        "governance.Committee",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="history_tip",
    )
    seq = models.PositiveBigIntegerField(_("number of the last entry"))
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:16]}"
