from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHARED, OWN = "shared", "own"


class SignInForm(LoginForm):
    """User name, password, and whose computer it is: a shared one unless said."""

    device = forms.ChoiceField(
        label=_("Is this your own phone or computer?"),
        choices=[(SHARED, _("No, it is shared")), (OWN, _("Yes, only I use it"))],
        initial=SHARED,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("User name or e-mail")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].widget.attrs["class"] = "w-l"

    def login(
        self, request: HttpRequest, redirect_url: str | None = None
    ) -> HttpResponse:
        response = super().login(request, redirect_url)
        own = self.cleaned_data["device"] == OWN
        request.session["device"] = OWN if own else SHARED
        seconds = settings.OWN_DEVICE_SESSION_SECONDS
        # A moment, not a duration: a duration would begin anew whenever it is saved.
        length = dt.timedelta(seconds=seconds if own else settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(timezone.now() + length)
        return response
