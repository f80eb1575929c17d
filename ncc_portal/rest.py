"""How every list and every refusal of the API behaves; named in the settings.

Apart from `ncc_portal.api`, which imports the viewsets: they import these classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import exceptions
from django.utils.translation import gettext_lazy as _
from rest_framework import filters, pagination, serializers, status, views
from rest_framework.response import Response

from governance.errors import Refused
from governance.filters import WholeNumberField

if TYPE_CHECKING:
    from rest_framework.request import Request


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


class StableOrdering(filters.OrderingFilter):
    """Order by what is asked for, then by key: no row is on two pages, or on none."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> list[str]:
        return [*(super().get_ordering(request, queryset, view) or []), "pk"]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        [ordering] = super().get_schema_operation_parameters(view)
        names = [name for name, _label in self.get_valid_fields(view.queryset, view)]
        ordering["description"] = str(
            _("Fields to order by, with commas; a leading - turns it round. One of: ")
        ) + ", ".join(names)
        return [ordering]


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal has a sentence, `detail`; bad input also one a field, `fields`."""
    if isinstance(error, Refused):
        return Response({"detail": str(error)}, status=status.HTTP_409_CONFLICT)
    response = views.exception_handler(error, context)
    if response is not None and isinstance(error, serializers.ValidationError):
        detail = _("Something in the request cannot be used; see the fields.")
        response.data = {"detail": str(detail), "fields": response.data}
    return response
