"""Filters of lists in the API and on pages: what one may not see selects nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django_filters import rest_framework as filters

if TYPE_CHECKING:
    from django.db import models

    Queryset = models.QuerySet[Any]

NOBODY = -1  # a primary key that no row has


class RowField(forms.ModelChoiceField):
    """A row by its key. One that is not among the choices is a row of nobody."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "invalid_choice":
                raise
        rows: Queryset = self.queryset  # type: ignore[assignment]  # RowFilter gives one
        model = rows.model
        model._meta.get_field(self.to_field_name or "pk").to_python(value)
        return model(pk=NOBODY)


class RowFilter(filters.ModelChoiceFilter):
    """Choose a row that the rows of the list refer to by `path`.

    As the choices are taken from the list itself, they show nothing that the list
    does not. `key` is the field that stands in the address: the row's id or uid.
    """

    field_class = RowField

    def __init__(self, rows: Queryset, path: str, *, key: str = "id", **extra: Any):
        self.rows = rows
        self.path = path
        extra = {"to_field_name": key, "empty_label": extra.pop("empty", "")} | extra
        super().__init__(field_name=path, queryset=rows, **extra)

    def get_queryset(self, request: Any) -> Queryset:
        named = self.parent.queryset.order_by().values(self.path)
        return self.rows.filter(pk__in=named)


class WholeNumberField(forms.IntegerField):
    """A whole number as programs write it: 3, and not 3.0."""

    re_decimal = re.compile(r"(?!)")  # Django cuts off what this finds: nothing


class IdFilter(filters.Filter):
    """Rows that belong to the row with this id; an unknown id gives an empty list."""

    field_class = WholeNumberField

    def filter(self, qs: Queryset, value: int | None) -> Queryset:
        known = value is None or abs(value) < 2**63  # what a database can hold
        return super().filter(qs, value if known else NOBODY)


class DayFilter(filters.DateFilter):
    """A day in ISO 8601, `2022-12-31`, and in no other spelling."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **extra)
