"""What stands between a request and its view."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from governance.actions.drafts import answer_to
from governance.errors import Refused
from governance.keeping import key_of, rescue
from governance.models import Committee, User

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    GetResponse = Callable[[HttpRequest], HttpResponse]


SIGNED_OUT = _lazy(
    "You were signed out. Your text is kept for 24 hours; sign in to get it back."
)


NOT_DONE = _lazy(
    "You were signed out, and what you pressed was not carried out. Sign in and press"
    " it again."
)


def page_before(request: HttpRequest) -> str:
    """The page of ours on which something was pressed; else where one begins."""
    back = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(back, hosts, request.is_secure())
    return back if safe else "/"


class MemberRequest(HttpRequest):
    """What a view receives: SignInRequiredMiddleware has run."""

    user: User


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page asks for a sign-in, except those marked `login_not_required`.

    A text that was sent without one is sealed for its author, who gets it back later.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if rescue(request):
            messages.warning(request, SIGNED_OUT)
            return super().handle_no_permission(request, view_func)
        messages.warning(request, NOT_DONE)
        return redirect_to_login(page_before(request), self.get_login_url(view_func))


class OnceMiddleware:
    """Answer a form that was carried out already as it was answered the first time.

    Here and not only in `act()`: what the form acted on may be gone by now, so that its
    view would find nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = getattr(request, "once_key", None)
        if key and response.status_code >= 400:
            # The same form may have been carried out while this one was looked at.
            return self.first_answer(request, key) or response
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        exempt = getattr(view, "csrf_exempt", False)  # scripts and the API: no forms
        key = None if exempt or request.method != "POST" else key_of(request)
        request.once_key = key  # type: ignore[attr-defined]  # our own mark
        return self.first_answer(request, key) if key else None

    def first_answer(self, request: HttpRequest, key: UUID) -> HttpResponse | None:
        answer = answer_to(request.user, key)  # type: ignore[arg-type]  # signed in, or no key
        if not answer:
            return None
        messages.success(request, _("This was sent twice; it was saved once."))
        return redirect(answer)


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
            elif request.path != reverse("governance:presence") and (
                now - seen >= 60 or "seen" not in session
            ):
                # A page left open says by itself that it is open: that is no use of it.
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
        return redirect(page_before(request))


def links(named: list[tuple[Any, str]]) -> list[dict[str, str]]:
    return [
        {"label": label, "name": name, "section": name.partition(":")[2]}
        for label, name in named
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page's header and footer need; a view may name its own committee."""

    def first() -> Committee | None:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        return Committee.objects.visible_to(user).first()

    return {
        "committee": SimpleLazyObject(first),
        "navigation": links(settings.NAVIGATION),
        "footer": links(settings.FOOTER),
        "help_contact": settings.HELP_CONTACT or _("the secretariat of your committee"),
    }
