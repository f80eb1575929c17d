"""Provisions of every kind, by one serializer and one viewset: see `Kind`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from rest_framework import serializers

from governance.api.base import Described, Reading, meaning
from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db import models

    from governance.models import Provision

COMMON = ("uid", "document", "number", "position")


@dataclass(frozen=True)
class Kind:
    """One kind of provision in the API: `path` is where it lives, `rows` what it needs.

    `fields` are columns; `extra` are serializer fields that are no columns. `choices`
    can be filtered by; `filterset` replaces the filters made of them.
    """

    path: str
    rows: Any
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    extra: Mapping[str, serializers.Field] = field(default_factory=dict)
    filterset: type[filters.FilterSet] | None = None
    ordering: tuple[str, ...] = ()

    @property
    def model(self) -> type[Provision]:
        return self.rows.model


def is_tree(model: type[models.Model]) -> bool:
    return any(field.name == "parent" for field in model._meta.fields)


def columns(kind: Kind) -> tuple[str, ...]:
    """What a list of this kind can be ordered by."""
    names = ("position", *kind.fields)
    plain = {f.name for f in kind.model._meta.concrete_fields if not f.is_relation}
    return tuple(name for name in names if name in plain)


def serializer_of(kind: Kind) -> type[Described]:
    path = kind.model.document_path
    extra: dict[str, Any] = {"read_only": True, "help_text": DESCRIPTIONS["document"]}
    if path != "document":
        extra["source"] = path.replace("__", ".")
    document: serializers.Field = serializers.PrimaryKeyRelatedField(**extra)
    parent = ("parent",) if is_tree(kind.model) else ()
    fields = [*COMMON, *parent, *kind.fields, *kind.extra, "basis", "sources"]
    meta = type("Meta", (), {"model": kind.model, "fields": fields})
    name = f"{kind.model.__name__}Serializer"
    return type(name, (Described,), {"Meta": meta, "document": document, **kind.extra})


def filterset_of(kind: Kind) -> type[filters.FilterSet]:
    path = kind.model.document_path
    members: dict[str, Any] = {
        "document": IdFilter(field_name=path, label=DESCRIPTIONS["document"]),
        "committee": IdFilter(
            field_name=f"{path}__committee", label=DESCRIPTIONS["committee"]
        ),
    }
    for name in kind.choices:
        column: Any = kind.model._meta.get_field(name)
        members[name] = filters.ChoiceFilter(
            choices=column.choices, label=column.verbose_name
        )
    base = kind.filterset or filters.FilterSet
    return type(f"{kind.model.__name__}Filter", (base,), members)


class ProvisionViewSet(Reading):
    lookup_field = "uid"
    lookup_value_regex = "[0-9A-Fa-f-]+"

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset)
        return with_ancestors(rows or [])

    def get_object(self) -> Any:
        return with_ancestors([super().get_object()])[0]


def with_ancestors(rows: Sequence[Any]) -> Sequence[Any]:
    """Give rows of a tree all their parents, from one query however deep it is."""
    if not rows or not is_tree(type(rows[0])):
        return rows
    documents = {row.document_id for row in rows}
    tree = type(rows[0])._default_manager.filter(document__in=documents)
    known = {row.pk: row for row in tree}
    for row in [*known.values(), *rows]:
        row.parent = known.get(row.parent_id)
    return rows


def viewset_of(kind: Kind) -> type[ProvisionViewSet]:
    path = kind.model.document_path
    usual: Any = kind.model._meta.ordering
    order = kind.ordering or tuple(usual)
    members = {
        "__doc__": meaning(kind.model),
        "queryset": kind.rows,
        "serializer_class": serializer_of(kind),
        "filterset_class": filterset_of(kind),
        "ordering": (path, *order),
        "ordering_fields": columns(kind),
    }
    return type(f"{kind.model.__name__}ViewSet", (ProvisionViewSet,), members)
