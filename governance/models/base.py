from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.history import Event, EventQuerySet
from governance.permissions import Actor, Permission, committees_where
from governance.snapshot import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class CommitteeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Actor) -> Self:
        """What `user` may know of: the rest does not exist (404)."""
        return self.filter(
            committee_id__in=committees_where(user, Permission.READ_COMMITTEE)
        )


def facts_of(row: models.Model, *names: str) -> dict[str, Any]:
    """Columns of a row that was just read (all, or those named) as plain data."""
    columns = names or [field.attname for field in row._meta.concrete_fields]
    return {name: plain(getattr(row, name)) for name in columns}


def facts_in(rows: Iterable[models.Model], *names: str) -> list[dict[str, Any]]:
    """The same of several rows, in the order in which they were entered."""
    return [facts_of(row, *names) for row in sorted(rows, key=lambda row: row.pk)]


def plain(value: Any) -> Any:
    """A stored value as JSON holds it, the same wherever and whenever it is read."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return str(value) if isinstance(value, dt.date | Decimal | UUID) else value


class Recorded(models.Model):
    """What has a history in the committee it belongs to."""

    # For a verb that makes something final: the method that reads what it made so.
    sealed_by: ClassVar[Mapping[str, str]] = {}

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The same for a Document and for the StrategicPlan that it is."""
        return self._meta.label

    @property
    def committee_pk(self) -> int:
        return self.committee_id  # type: ignore[attr-defined]  # the subclass's field

    @property
    def events(self) -> EventQuerySet:
        return Event.objects.about(self)

    def own_committee(self) -> Any:
        return self.committee  # type: ignore[attr-defined]  # the subclass's field

    @classmethod
    def as_sealed(cls) -> models.QuerySet[Any]:
        """The rows with all that the methods of `sealed_by` read."""
        return cls._base_manager.all()

    def own_facts(self) -> Any:
        """The row itself, where a verb makes all of it final."""
        return facts_of(self)

    def seal_of(self, verb: str) -> str:
        """The digest of what a verb made final, of a row read `as_sealed()`."""
        return digest(getattr(self, self.sealed_by[verb])())

    def stored_seal_of(self, verb: str) -> str:
        """The same of the row as it is stored; empty for a verb that seals nothing."""
        if verb not in self.sealed_by:
            return ""
        return self.as_sealed().get(pk=self.pk).seal_of(verb)

    def record(self, verb: str, *, by: Any, note: str = "") -> None:
        """Append one line to the history, with the office `by` holds that day."""
        standing = by.standing_in(self.committee_pk) if by else None
        Event.objects.append(
            committee_id=self.committee_pk,
            at=self.own_committee().now(),
            subject=self.label,
            subject_pk=self.pk,
            subject_name=str(self)[:300],
            verb=verb,
            by=by,
            by_name=by.name if by else str(_("the portal")),
            roles=standing.roles if standing else "",
            institution=standing.institution if standing else "",
            note=note,
            seal=partial(self.stored_seal_of, verb),
        )


class CommitteeModel(Recorded):
    """What belongs to one committee, is seen by its members and has a history."""

    committee = models.ForeignKey(
        "governance.Committee", on_delete=models.PROTECT, related_name="%(class)ss"
    )

    objects: ClassVar[Any] = CommitteeQuerySet.as_manager()

    class Meta:
        abstract = True


class Basis(models.TextChoices):
    FACT = "fact", _("Fact with a source")
    DEMONSTRATION = "demonstration", _("Demonstration data")


class Sourced(models.Model):
    """A statement that says what it rests on: a source, or invention for a demo."""

    basis = models.CharField(
        _("basis"), max_length=13, choices=Basis.choices, blank=True
    )
    source = models.TextField(
        _("sources"), blank=True, help_text=_("One web address or citation a line.")
    )

    class Meta:
        abstract = True

    @property
    def sources(self) -> list[str]:
        return self.source.splitlines()


def fact_has_source(name: str) -> models.CheckConstraint:
    """A row that claims to be a fact names where the fact comes from."""
    return models.CheckConstraint(
        condition=~models.Q(basis=Basis.FACT, source=""), name=f"{name}_fact_has_source"
    )


def ends_after_start(
    name: str, start: str = "starts_on", end: str = "ends_on"
) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{end}__isnull": True})
        | models.Q(**{f"{end}__gte": models.F(start)}),
        name=f"{name}_ends_after_start",
        violation_error_message=_("The end is before the start."),
    )


def one_of(name: str, field: str, choices: Iterable[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": list(choices)}), name=name
    )
