from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models.base import (
    Basis,
    CommitteeModel,
    CommitteeQuerySet,
    Sourced,
    fact_has_source,
)
from governance.models.reports import Report, readable_by
from governance.snapshot import SCHEMA, Node, Snapshot, walk
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
        clauses = list(self.clauses.select_related("document"))
        nodes = clause_nodes(clauses, None) + self.provision_nodes()
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
            if node["fields"]["type"] == Clause.type
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


class ProvisionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Actor) -> Self:
        documents = Document.objects.visible_to(user).values("pk")
        return self.filter(**{f"{self.model.document_path}__in": documents})


class Provision(Sourced):
    """Anything in a document that a person can point at.

    `uid` survives editing, renumbering and moving. `position` is the place among
    siblings, from 1 without gaps; numbers are computed from it and from the parent.
    """

    type: ClassVar[str]
    siblings: ClassVar[tuple[str, ...]] = ("document",)
    # The columns that name the institutions which write this row.
    responsible_fields: ClassVar[tuple[str, ...]] = ()
    document_path: ClassVar[str] = "document"  # from the row to its document
    cites: ClassVar[bool] = False  # whether its sources are typed with the row

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(_("place among its siblings"))
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = ProvisionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]

    @classmethod
    def text_fields(cls) -> list[models.Field]:
        """The columns that hold words, in the order of the model."""
        kept = {"basis", "source"}
        return [
            field
            for field in cls._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.editable
            and field.name not in kept
        ]

    def body_field(self) -> str:
        """The column that a suggested wording replaces; empty where there is none.

        It is the one whose words a reader commented on: the body, else the heading.
        """
        said = self.node_body or self.node_heading
        columns = sorted(
            self.text_fields(), key=lambda f: not isinstance(f, models.TextField)
        )
        for column in columns:
            if said and getattr(self, column.name) == said:
                return column.name
        return ""

    @property
    def family(self) -> dict[str, Any]:
        """What it has in common with its siblings, as a filter finds them."""
        return {name: getattr(self, name) for name in self.siblings}

    def siblings_in_order(self) -> list[Any]:
        """All of the family, itself among them."""
        rows = type(self)._default_manager.filter(**self.family)
        return list(rows.order_by("position"))

    @property
    def owner_document(self) -> Document:
        """The document it stands in, whichever way leads there."""
        found: Any = self
        for name in self.document_path.split("__"):
            found = getattr(found, name)
        return found

    @property
    def number(self) -> str:
        """As printed, computed from order and parent: `Art. 9`, `OP3.1`."""
        return str(self.position)

    @property
    def node_heading(self) -> str:
        return ""

    @property
    def node_body(self) -> str:
        return ""

    def node_fields(self) -> dict[str, Any]:
        return {}

    def to_node(self, children: list[Node] | None = None) -> Node:
        fields = {"type": self.type} | self.node_fields()
        if self.basis or self.source:
            basis = self.basis or Basis.FACT.value
            fields |= {"basis": basis, "sources": self.sources}
        return {
            "uid": str(self.uid),
            "number": self.number,
            "heading": self.node_heading,
            "body": self.node_body,
            "fields": fields,
            "children": children or [],
        }


def placed_once(name: str, *siblings: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[*siblings, "position"], name=f"{name}_placed_once"
    )


def provision_constraints(name: str, *siblings: str) -> list[Any]:
    """The constraints that every provision has: its place, and its sources."""
    return [placed_once(name, *siblings), fact_has_source(name)]


class Clause(Provision):
    """Running text in restricted Markdown: bold, italic, lists and links."""

    type = "clause"
    siblings = ("document", "parent")

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="clauses"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="children", null=True, blank=True
    )
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True, max_length=20_000)
    # What a template says should be written here: shown to its editor, never printed.
    guidance = models.TextField(_("guidance"), blank=True, editable=False)

    class Meta(Provision.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                condition=models.Q(parent=None),
                name="clause_placed_once_at_top",
            ),
            models.UniqueConstraint(
                fields=["parent", "position"], name="clause_placed_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(heading="", body=""),
                name="clause_says_something",
                violation_error_message=_("Write a heading or a text."),
            ),
            fact_has_source("clause"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def number(self) -> str:
        if self.parent is None:
            return str(self.position)
        return f"{self.parent.number}.{self.position}"

    @property
    def node_heading(self) -> str:
        return self.heading

    @property
    def node_body(self) -> str:
        return self.body


def clause_nodes(clauses: list[Any], parent: Any | None) -> list[Node]:
    """The tree below `parent`, without a query: `clauses` holds every row."""
    nodes = []
    for clause in clauses:
        if clause.parent_id == (parent.pk if parent else None):
            if parent:
                clause.parent = parent
            nodes.append(clause.to_node(clause_nodes(clauses, clause)))
    return nodes
