"""How every list and every refusal of the API behaves; named in the settings.

Apart from `ncc_portal.api`, which imports the viewsets: they import these classes.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import exceptions
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions as rest_exceptions
from rest_framework import filters, pagination, parsers, serializers, status, views
from rest_framework.response import Response
from rest_framework.settings import api_settings

from governance.contention import BUSY, TAKEN, TRY_AGAIN_AFTER, is_busy, is_taken
from governance.errors import Refused
from governance.filters import WholeNumberField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rest_framework.request import Request


logger = logging.getLogger(__name__)


class Pages(pagination.PageNumberPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        number = WholeNumberField(
            required=False, min_value=1, max_value=self.max_page_size
        )
        name = self.page_size_query_param
        try:
            return number.clean(request.query_params.get(name)) or self.page_size
        except exceptions.ValidationError as error:
            raise serializers.ValidationError({name: error.messages}) from error

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        page, size = super().get_schema_operation_parameters(view)
        page["description"] = str(_("The page, counted from 1."))
        page["schema"] |= {"minimum": 1}
        size["description"] = str(_("Rows on a page: 1 to 200; 50 if not given."))
        size["schema"] |= {"minimum": 1, "maximum": self.max_page_size, "default": 50}
        return [page, size]


class KnownFilters(DjangoFilterBackend):
    """A list filtered by what is asked; a name that is no filter of it is refused.

    Left out in silence, a slip of the pen would answer with every row.
    """

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if view.action == "list":
            filterset = self.get_filterset(request, queryset, view)
            known = [*(filterset.filters if filterset else []), *OF_EVERY_LIST]
            text = _("There is no filter of this name here. There are: %s.")
            known_too = {*known, api_settings.URL_FORMAT_OVERRIDE}
            unknown = sorted(set(request.query_params) - known_too)
            if unknown:
                said = [text % ", ".join(sorted(known))]
                raise serializers.ValidationError(dict.fromkeys(unknown, said))
        return super().filter_queryset(request, queryset, view)


class StableOrdering(filters.OrderingFilter):
    """Order by what is asked for, then by key: no row is on two pages, or on none."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> list[str]:
        return [*(super().get_ordering(request, queryset, view) or []), "pk"]

    def get_valid_fields(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        found = dict(super().get_valid_fields(*args, **kwargs))
        return list((found | {"id": "id"}).items())

    def remove_invalid_fields(
        self, queryset: Any, fields: Iterable[str], view: Any, request: Request
    ) -> list[str]:
        valid = [name for name, _label in self.get_valid_fields(queryset, view)]
        if {name.strip().removeprefix("-") for name in fields} - set(valid):
            text = _("The list can be ordered by: %s.") % ", ".join(valid)
            raise serializers.ValidationError({self.ordering_param: [text]})
        return list(fields)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        [ordering] = super().get_schema_operation_parameters(view)
        names = [name for name, _label in self.get_valid_fields(view.queryset, view)]
        ordering["description"] = str(
            _("Fields to order by, with commas; a leading - turns it round. One of: ")
        ) + ", ".join(names)
        return [ordering]


OF_EVERY_LIST = [
    Pages.page_query_param,
    Pages.page_size_query_param,
    StableOrdering.ordering_param,
]


class Body(parsers.JSONParser):
    """JSON of a size that a form may have, in text that can be stored."""

    def parse(
        self, stream: Any, media_type: Any = None, parser_context: Any = None
    ) -> Any:
        if self.is_too_long(parser_context):
            raise exceptions.RequestDataTooBig
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as error:
            text = _("The request holds text that is not Unicode, or is too deep.")
            raise rest_exceptions.ParseError(text) from error
        return data

    def is_too_long(self, context: Any) -> bool:
        request = (context or {}).get("request")
        size = request.META.get("CONTENT_LENGTH") if request else None
        return int(size or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def sentences(detail: Any, name: str = "") -> dict[str, list[str]]:
    """The messages by field; of rows in a list, by names such as `rows.0.title`."""
    if isinstance(detail, dict):
        inner = {f"{name}.{key}".strip("."): part for key, part in detail.items()}
    elif any(isinstance(part, dict | list) for part in detail):
        inner = {f"{name}.{n}".strip("."): p for n, p in enumerate(detail) if p}
    else:
        return {name: [str(part) for part in detail]}
    found: dict[str, list[str]] = {}
    for key, part in inner.items():
        found |= sentences(part if isinstance(part, dict | list) else [part], key)
    return found


def refusal_of(error: Refused) -> Response:
    """409: the sentence, and who owes what, with addresses from the site's root."""
    owed = [{"text": str(o.text), "who": str(o.who), "url": o.url} for o in error.owed]
    data = {"detail": str(error), "owed": owed}
    return Response(data, status=status.HTTP_409_CONFLICT)


def busy(error: Exception) -> Response:
    """503: somebody else holds what this needs, and the same may be asked again."""
    logger.warning("Two at once: %s", " ".join(str(error).split()))
    data = {"detail": str(BUSY)}
    headers = {"Retry-After": TRY_AGAIN_AFTER}
    return Response(data, status.HTTP_503_SERVICE_UNAVAILABLE, headers=headers)


def as_rest(error: exceptions.ValidationError) -> serializers.ValidationError:
    """What a model says of its fields, in the form of what a serializer says."""
    if hasattr(error, "error_dict"):
        return serializers.ValidationError(error.message_dict)
    return serializers.ValidationError({exceptions.NON_FIELD_ERRORS: error.messages})


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal has a sentence, `detail`; bad input also one a field, `fields`."""
    if is_busy(error):
        return busy(error)
    if is_taken(error):
        logger.warning("Two at once: %s", " ".join(str(error).split()))
        error = Refused(str(TAKEN))
    if isinstance(error, Refused):
        return refusal_of(error)
    if isinstance(error, exceptions.RequestDataTooBig):
        error = rest_exceptions.ParseError(_("The request is too large."))
    if isinstance(error, exceptions.ValidationError):
        error = as_rest(error)
    response = views.exception_handler(error, context)
    if response is not None and isinstance(error, serializers.ValidationError):
        detail = _("Something in the request cannot be used; see the fields.")
        response.data = {"detail": str(detail), "fields": sentences(response.data)}
    return response
