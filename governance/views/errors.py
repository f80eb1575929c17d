"""Message pages: what happened, what happened to the text, what to do, whom to call."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)


def reference(request: HttpRequest, status: int) -> str:
    """A short number that stands on the page and in the log."""
    number = secrets.token_hex(3).upper()
    logger.warning("%s on %s, reference %s", status, request.path, number)
    return number


def page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    context = {"reason": reason, "reference": reference(request, status)}
    return render(request, f"{status}.html", context, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain(request, 400)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403, str(exception))


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error of any layer; a database that is away is 503, not 500.

    Here and not in a middleware: Django turns what a middleware raises into a response
    before the next one sees it, and session and user are read in middlewares.
    """
    error = sys.exception()
    if isinstance(error, OperationalError) and not is_connected():
        return unavailable(request, error)
    return plain(request, 500)


@login_not_required
def too_many_requests(request: HttpRequest, exception: object = None) -> HttpResponse:
    return page(request, 429)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    expired = _("The form was too old. Go back, reload the page and send it again.")
    return page(request, 403, expired)


def is_connected() -> bool:
    """Tell a lost database from a refused query, without waiting for it once more."""
    return connection.connection is not None and connection.is_usable()


def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    logger.error("The database cannot be reached: %s", " ".join(str(error).split()))
    response = plain(request, 503)
    response["Retry-After"] = "60"
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 -- Django's own mark: no traceback for every visitor
    return response


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """A page that asks neither the session nor the database for anything."""
    context = {
        "reference": reference(request, status),
        "help_contact": settings.HELP_CONTACT,
    }
    return HttpResponse(get_template(f"{status}.html").render(context), status=status)
