"""What every answer of the API has: described fields, references, visible rows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import django_filters.rest_framework as filters
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, viewsets

from governance.api.words import DESCRIPTIONS
from governance.filters import IdFilter
from governance.models import Body, FrameworkItem, Provision

if TYPE_CHECKING:
    from django.db import models


def describe(model: type[models.Model], name: str) -> str:
    """The meaning of a field, with its unit; raises where nobody wrote it down."""
    text = DESCRIPTIONS.get(f"{model.__name__}.{name}") or DESCRIPTIONS.get(name)
    if text:
        return str(text)
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LookupError(f"{model.__name__}.{name} has no description") from error
    return f"{capfirst(str(field.verbose_name))}. {field.help_text}".strip()


def meaning(model: type[models.Model]) -> str:
    """The first sentence on a model, or its name if Django made the sentence up."""
    text = (model.__doc__ or "").partition("\n\n")[0]
    if not text or text.startswith(f"{model.__name__}("):
        text = f"{capfirst(str(model._meta.verbose_name))}."
    return text


class Cents(serializers.DecimalField):
    """Whole cents, shown as amounts are everywhere: `3480000.00`."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(max_digits=16, decimal_places=2, read_only=True, **extra)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(Decimal(value) / 100)


class Described(serializers.ModelSerializer):
    """A row to read: nothing can be written, and every field says what it means."""

    def __init_subclass__(cls, **extra: Any) -> None:
        super().__init_subclass__(**extra)
        cls.__doc__ = cls.__doc__ or meaning(cls.Meta.model)

    def get_extra_kwargs(self) -> dict[str, Any]:
        extra = super().get_extra_kwargs()
        for name in self.Meta.fields:
            if name not in self._declared_fields:
                text = describe(self.Meta.model, name)
                extra[name] = {"read_only": True, "help_text": text}
        return extra

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """A choice that may be empty keeps the empty text among its choices."""
        field, extra = super().build_standard_field(field_name, model_field)
        if model_field.choices and model_field.blank and not model_field.null:
            extra["choices"] = [("", _("none")), *model_field.flatchoices]
        return field, extra

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        reference = reference_to(relation_info.related_model)
        if reference is None:
            return super().build_relational_field(field_name, relation_info)
        many, field = relation_info.to_many, relation_info.model_field
        return reference, {"many": many, "allow_null": not many and field.null}


class Coded(serializers.Serializer):
    """An institution, centre or source of money, in short."""

    id = serializers.IntegerField(help_text=DESCRIPTIONS["id"])
    code = serializers.CharField(help_text=DESCRIPTIONS["code"])
    name = serializers.CharField(help_text=DESCRIPTIONS["name"])


class ProvisionReference(serializers.Serializer):
    """Another provision, in short."""

    uid = serializers.UUIDField(help_text=DESCRIPTIONS["uid"])
    number = serializers.CharField(help_text=DESCRIPTIONS["number"])
    title = serializers.SerializerMethodField(help_text=DESCRIPTIONS["title"])

    def get_title(self, row: Provision) -> str:
        return row.node_heading or row.node_body


class BodyReference(serializers.Serializer):
    """A body of a committee, by name: its number would need all those above it."""

    uid = serializers.UUIDField(help_text=DESCRIPTIONS["uid"])
    short_name = serializers.CharField(help_text=DESCRIPTIONS["Body.short_name"])
    name = serializers.CharField(help_text=DESCRIPTIONS["name"])


class ItemReference(serializers.Serializer):
    """An item of a reference framework, in short."""

    framework = serializers.CharField(
        source="framework.short_name", help_text=DESCRIPTIONS["Framework.short_name"]
    )
    version = serializers.CharField(
        source="framework.version", help_text=DESCRIPTIONS["version"]
    )
    code = serializers.CharField(help_text=DESCRIPTIONS["FrameworkItem.code"])
    title = serializers.CharField(help_text=DESCRIPTIONS["title"])


def reference_to(model: type[models.Model]) -> type[serializers.Serializer] | None:
    """How rows of `model` are named where others refer to them; else by their id."""
    own = {Body: BodyReference, FrameworkItem: ItemReference}
    if model in own:
        return own[model]
    if issubclass(model, Provision):
        return ProvisionReference
    names = {field.name for field in model._meta.get_fields()}
    return Coded if {"code", "name"} <= names else None


class Reading(viewsets.ReadOnlyModelViewSet):
    """Rows the reader may see; all else does not exist (404)."""

    lookup_value_regex = "[0-9]+"  # `int` would also read a number with a line's end
    ordering_fields: tuple[str, ...] = ()

    @property
    def reader(self) -> Any:
        """Who asks; nobody who is not signed in comes this far."""
        return self.request.user

    def get_queryset(self) -> Any:
        rows: Any = type(self).queryset
        return rows.visible_to(self.reader)


class OfProvision(filters.FilterSet):
    """What is kept of each provision of a document, by where it stands."""

    committee = IdFilter(
        field_name="document__committee", label=DESCRIPTIONS["committee"]
    )
    report = IdFilter(field_name="document__report", label=DESCRIPTIONS["report"])
    document = IdFilter(label=DESCRIPTIONS["document"])
    provision = filters.UUIDFilter(
        field_name="provision_uid", label=DESCRIPTIONS["uid"]
    )
