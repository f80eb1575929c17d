"""What stands between a request and its view."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import Committee, User

if TYPE_CHECKING:
    from collections.abc import Callable

    GetResponse = Callable[[HttpRequest], HttpResponse]


class MemberRequest(HttpRequest):
    """What a view receives: SignInRequiredMiddleware has run."""

    user: User


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page asks for a sign-in, except those marked `login_not_required`."""


class IdleSessionMiddleware:
    """End a session on a shared computer after half an hour without a request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time.time())
        if session.get("device") == "shared":
            seen = session.get("seen", now)
            if now - seen > settings.SHARED_COMPUTER_IDLE_SECONDS:
                logout(request)
            elif now - seen >= 60 or "seen" not in session:
                session["seen"] = now
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Keep what signed-in people read out of every cache and out of the back button."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response


class RefusedMiddleware:
    """Show a refusal to the person who met it; views never catch one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        messages.error(request, str(error))
        back = request.headers.get("Referer", "")
        safe = url_has_allowed_host_and_scheme(
            back, {request.get_host()}, request.is_secure()
        )
        return redirect(back if safe else "/")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page's header and footer need; a view may name its own committee."""

    def first() -> Committee | None:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        return Committee.objects.visible_to(user).first()

    navigation = [
        {"label": label, "name": name, "section": name.partition(":")[2]}
        for label, name in settings.NAVIGATION
    ]
    return {
        "committee": SimpleLazyObject(first),
        "navigation": navigation,
        "help_contact": settings.HELP_CONTACT or _("the secretariat of your committee"),
    }
