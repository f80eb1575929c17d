"""How allauth behaves here: nobody signs up, a person is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.shortcuts import render
from rest_framework.authtoken.models import Token

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class ClosedAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return render(request, "account/inactive.html", status=403)

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends what the old one opened: the tokens of the API too."""
        super().set_password(user, password)
        Token.objects.filter(user=user).delete()
