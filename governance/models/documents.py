from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel, CommitteeQuerySet
from governance.models.reports import Report, readable_by
from governance.snapshot import CLAUSE, SCHEMA, Node, Snapshot, tree, walk
from governance.translating import with_translations

if TYPE_CHECKING:
    from governance.outlines import Outline
    from governance.permissions import Actor


class DocumentQuerySet(CommitteeQuerySet):
    def visible_to(self, user: Actor) -> Self:
        return self.filter(readable_by(user, "report__"))

    def with_kinds(self) -> Self:
        """With report, committee and each document's own kind, in the one query."""
        kinds = [apps.get_model(label) for label in settings.DOCUMENT_KINDS]
        names = [kind._meta.model_name or "" for kind in kinds]
        return self.select_related("report", "committee", *names)


class Document(CommitteeModel):
    """What every paper of the report shares; each kind is a subclass, in its own app.

    A document has no state: the report has. It is complete or it has problems.
    """

    stem: ClassVar[str]  # of its templates: <stem>.html, <stem>_chapter.html
    part: ClassVar[int]  # of the report: 1 to 4
    outline: ClassVar[Outline]  # what it starts from in a first report
    # Fields of its nodes that are progress, and what they are before there is any.
    before_progress: ClassVar[dict[str, Any]] = {}

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=60, editable=False)
    title = models.CharField(_("title"), max_length=200)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind"], name="document_kind_once_per_report"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.kind or self._meta.label
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("governance:document", args=[self.pk])

    @classmethod
    def start(cls, report: Report, first_year: int) -> dict[str, Any]:
        """The columns of this kind in a first report whose plans begin in `first_year`.

        It may look for the documents that come before it in `settings.DOCUMENT_KINDS`.
        """
        return {"title": str(cls.outline.title)}

    @property
    def label(self) -> str:
        return Document._meta.label

    @property
    def specific(self) -> Document:
        """This document as its own kind: a StrategicPlan rather than a Document."""
        kind = apps.get_model(self.kind)
        if isinstance(self, kind):
            return self
        if kind._meta.model_name in self._state.fields_cache:
            found = getattr(self, kind._meta.model_name)
        else:
            found = kind._default_manager.get(pk=self.pk)
        for relation in ("committee", "report"):
            if relation in self._state.fields_cache:
                setattr(found, relation, getattr(self, relation))
        return found

    def document_fields(self) -> dict[str, Any]:
        """The facts of the document itself, such as its period, as plain data."""
        return {}

    def provision_nodes(self) -> list[Node]:
        """The provisions of this kind after the introduction, in reading order."""
        raise NotImplementedError(self.kind)

    def to_snapshot(self) -> Snapshot:
        """The document as plain data: the only thing anything that reads it reads."""
        clauses = self.clauses.select_related("document")
        nodes = tree(clauses) + self.provision_nodes()
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "title": self.title,
            "fields": self.document_fields(),
            "provisions": with_translations(self, nodes),
        }

    def to_text(self) -> Snapshot:
        """The document as it can be validated: its snapshot without progress."""
        return self.without_progress(self.to_snapshot())

    @classmethod
    def without_progress(cls, snapshot: Snapshot) -> Snapshot:
        """As before any progress: what is reported is no part of the text."""
        if not cls.before_progress:
            return snapshot

        def bare(nodes: list[Node]) -> list[Node]:
            return [
                node
                | {
                    "fields": {
                        name: cls.before_progress.get(name, value)
                        for name, value in node["fields"].items()
                    },
                    "children": bare(node["children"]),
                }
                for node in nodes
            ]

        return snapshot | {"provisions": bare(snapshot["provisions"])}

    def problems(self, snapshot: Snapshot | None = None) -> list[str]:
        """What keeps this document from review, in sentences; empty when complete.

        `snapshot` is the document's own, where the caller has made it already.
        """
        return self.find_problems(snapshot or self.to_snapshot())

    @classmethod
    def find_problems(cls, snapshot: Snapshot) -> list[str]:
        """The same of a snapshot; a kind adds its own."""
        if not snapshot["provisions"]:
            return [_now("The document “%s” is empty.") % snapshot["title"]]
        return [
            _now("“%s” has no text yet.") % node["heading"]
            for node, _depth in walk(snapshot["provisions"])
            if node["fields"]["type"] == CLAUSE
            and not (node["body"] or node["children"])
        ]

    @classmethod
    def present(cls, snapshot: Snapshot, committee: dict[str, Any]) -> dict[str, Any]:
        """What the templates of this kind show, computed from the snapshot only.

        `committee` is the part of a report's snapshot of that name. Every type of
        provision is a list under its own name; a kind adds totals and drawings.
        """
        groups: dict[str, Any] = {}
        for node in snapshot["provisions"]:
            groups.setdefault(node["fields"]["type"], []).append(node)
        return groups
