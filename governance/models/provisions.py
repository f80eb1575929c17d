"""What a document consists of: anything in it that a person can point at."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import Basis, Sourced, fact_has_source
from governance.models.documents import Document
from governance.snapshot import CLAUSE, Node

if TYPE_CHECKING:
    from governance.permissions import Actor


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

    def clean(self) -> None:
        """What it stands below is a provision of the same document."""
        super().clean()
        above = getattr(self, "parent", None)
        if above and above.owner_document.pk != self.owner_document.pk:
            raise ValidationError(
                {"parent": _("Choose a provision of the same document.")}
            )

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

    def let_know(self, document: Document) -> None:
        """Let the row know the document at hand: asking for it then costs no query."""
        row: Any = self
        if self.document_path == "document":
            row.document = document

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


def provision_constraints(name: str, *siblings: str) -> list[Any]:
    """The constraints that every provision has: its place, and its sources."""
    place = models.UniqueConstraint(
        fields=[*siblings, "position"], name=f"{name}_placed_once"
    )
    return [place, fact_has_source(name)]


class Clause(Provision):
    """Running text in restricted Markdown: bold, italic, lists and links."""

    type = CLAUSE
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
