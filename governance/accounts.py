"""How allauth behaves here: nobody signs up, a person is invited."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import Token

from governance.models import RoleAssignment, User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Backend(AuthenticationBackend):
    """Who is signed in, with the roles held today: one query instead of two."""

    def get_user(self, user_id: Any) -> User | None:
        held = RoleAssignment.objects.in_force().filter(user=user_id)
        assignments = list(held.select_related("user", "institution"))
        if not assignments:
            return super().get_user(user_id)
        user = assignments[0].user
        user.assignments = assignments
        return user if self.user_can_authenticate(user) else None


class ClosedAccountAdapter(DefaultAccountAdapter):
    MISMATCH = _(
        "The details do not match. You have some tries left; after that wait 5 minutes."
    )

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "username_email_password_mismatch": MISMATCH,
        "too_many_login_attempts": _(
            "There were too many failed tries. Wait 5 minutes and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """Count guesses for a person and a network: no rival locks a person out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{get_ip(request)}"

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return render(request, "account/inactive.html", status=403)

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends what the old one opened: the tokens of the API too."""
        super().set_password(user, password)
        Token.objects.filter(user=user).delete()


def begin_session(request: HttpRequest, user: User) -> None:
    """Sign in somebody who has just made a sign-in, as on a shared computer."""
    login(request, user, backend=f"{Backend.__module__}.{Backend.__qualname__}")
    request.session["device"] = "shared"
    request.session.set_expiry(
        timezone.now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )
