"""Sign-in and passwords by allauth, at our addresses; signing up is not offered."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from governance.views import accounts, health, setup

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("sign-in/", login_not_required(setup.sign_in), name="account_login"),
    # allauth asks for this name; nobody signs up, the secretariat invites.
    path(
        "sign-up/",
        login_not_required(RedirectView.as_view(pattern_name="account_login")),
        name="account_signup",
    ),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("account/", accounts.account, name="account"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path(
        "reset-password/",
        login_not_required(allauth.password_reset),
        name="account_reset_password",
    ),
    path(
        "reset-password/sent/",
        login_not_required(allauth.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^reset-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^\0]+)/$",
        login_not_required(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "reset-password/done/",
        login_not_required(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
