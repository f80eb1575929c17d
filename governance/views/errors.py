"""Message pages: what happened, what happened to the text, what to do, whom to call."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from governance.contention import BUSY, TAKEN, TRY_AGAIN_AFTER, is_busy, is_taken
from governance.http import SIGNED_OUT
from governance.keeping import (
    LONGEST_ADDRESS,
    address_of,
    open_with,
    rescue,
    ticket_of,
    told_at,
    zone_of,
)
from governance.models import Draft

if TYPE_CHECKING:
    from django.http import HttpRequest

    from governance.http import GetResponse
    from governance.models import SealedPost

logger = logging.getLogger(__name__)


def reference(request: HttpRequest, status: int) -> str:
    """A short number that stands on the page and in the log."""
    number = secrets.token_hex(3).upper()
    logger.warning("%s on %s, reference %s", status, request.path, number)
    return number


def page(
    request: HttpRequest,
    status: int,
    reason: object = "",
    template: str = "",
    **context: Any,
) -> HttpResponse:
    context |= {"reason": reason, "reference": reference(request, status)}
    return render(request, template or f"{status}.html", context, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what cannot be read; what is only too much has a page of its own, 413."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return page(request, 413, **latest_draft(request))
    return plain(request, 400)


def latest_draft(request: HttpRequest) -> dict[str, Any]:
    """What the server last heard of the form that was too much to take."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    address = address_of(request)[:LONGEST_ADDRESS]
    draft = Draft.objects.filter(user=user, address=address).first()
    if draft is None:
        return {}
    at = told_at(draft.at, zone_of(user))
    return {"kept_at": at, "kept_url": open_with(address, "draft", draft.pk)}


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403, str(exception))


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error of any layer; a database that is away is 503, not 500.

    So is one that waited in vain for somebody else; what is unique and taken is 409.

    Here and not in a middleware: Django turns what a middleware raises into a response
    before the next one sees it, and session and user are read in middlewares.
    """
    error = sys.exception()
    if error is not None and (is_busy(error) or is_taken(error)):
        return at_once(request, error)
    if isinstance(error, OperationalError) and not is_connected():
        return unavailable(request, error)
    return plain(request, 500)


@login_not_required
def too_many_requests(request: HttpRequest, exception: object = None) -> HttpResponse:
    return page(request, 429)


class NotAllowedMiddleware:
    """Say on a page that an address is for a button: Django's own answer is empty."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        shown = page(request, 405)
        shown["Allow"] = response["Allow"]
        return shown


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is too old: its text is sealed for the person it was made for."""
    post = rescue(request)
    if post is not None and not request.user.is_authenticated:
        messages.warning(request, SIGNED_OUT)
        return redirect_to_login(request.get_full_path())
    if post is not None and post.user_id == request.user.pk:
        old = _("The form was too old to be taken as it came.")
        return page(request, 403, old, **link_to(post))
    expired = _("The form was too old. Go back, reload the page and send it again.")
    return page(request, 403, expired, is_other=post is not None)


def link_to(post: SealedPost) -> dict[str, str]:
    """What a page says of a text that was kept: since when, and where it is."""
    at = told_at(post.at, zone_of(post.user))
    return {"kept_at": at, "kept_url": open_with(post.address, "kept", post.key)}


def kept_text(request: HttpRequest) -> dict[str, Any]:
    """Keep what was sent to the address of its own form, and say where it is.

    Not what the script of a table sends: that still has it, and sends it again.
    """
    ticket = ticket_of(request, fresh=True) if request.method == "POST" else None
    if ticket is None or ticket.address != address_of(request):
        return {}
    post = rescue(request)
    if post is None or post.user_id != request.user.pk:
        return {"is_other": post is not None}
    return link_to(post)


def at_once(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Two wanted the same at once: nothing was changed, and what was typed is kept."""
    logger.warning("Two at once: %s", " ".join(str(error).split()))
    status, reason = (503, BUSY) if is_busy(error) else (409, TAKEN)
    try:
        kept = kept_text(request)
        response = page(request, status, reason, "at_once.html", **kept)
    except DatabaseError:
        response = plain(request, 503)
    if response.status_code == 503:
        response["Retry-After"] = TRY_AGAIN_AFTER
    return without_traceback(response)


def is_connected() -> bool:
    """Tell a lost database from a refused query, without waiting for it once more."""
    return connection.connection is not None and connection.is_usable()


def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    logger.error("The database cannot be reached: %s", " ".join(str(error).split()))
    response = plain(request, 503)
    response["Retry-After"] = "60"
    return without_traceback(response)


def without_traceback(response: HttpResponse) -> HttpResponse:
    """Django's own mark: what is no fault of ours is one line in the log."""
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 -- has no other name
    return response


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """A page that asks neither the session nor the database for anything."""
    context = {
        "reference": reference(request, status),
        "help_contact": settings.HELP_CONTACT,
    }
    return HttpResponse(get_template(f"{status}.html").render(context), status=status)
