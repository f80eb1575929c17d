"""The API: one router for all apps, its schema, its manual and its tokens."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import path, re_path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import exceptions, routers, serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

import advocacy.api
import governance.api
import strategy.api
from governance.api.inputs import Input
from ncc_portal.schema import chapters

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from rest_framework.request import Request

logger = logging.getLogger(__name__)


class CredentialsSerializer(Input):
    username = serializers.CharField(
        max_length=254, help_text=_("User name or e-mail address.")
    )
    password = serializers.CharField(
        max_length=1000, trim_whitespace=False, help_text=_("Password.")
    )


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(
        help_text=_("To be sent as the header: Authorization: Token <token>.")
    )


class TokenView(APIView):
    """A token stands for the password until it is given back."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "token"

    def get_permissions(self) -> Any:
        return [AllowAny()] if self.request.method == "POST" else [IsAuthenticated()]

    @extend_schema(request=CredentialsSerializer, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        """Get your token, for programs; ten attempts a minute from one address."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        user = authenticate(request, **credentials.validated_data)
        token, _created = Token.objects.get_or_create(user=user)
        logger.info("API token given to %s", user.get_username())
        return Response({"token": token.key})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Give your token back: it is not accepted any more."""
        Token.objects.filter(user=request.user.pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def authenticate(request: Request, *, username: str, password: str) -> Any:
    """Sign in by the rules of the sign-in page: the same guesses are counted."""
    login = "email" if "@" in username else "username"
    credentials = {login: username, "password": password}
    try:
        user = get_adapter().authenticate(request._request, **credentials)  # noqa: SLF001 -- allauth wants Django's
    except ValidationError as error:
        raise exceptions.Throttled(detail=error.message) from error
    if user is None or not user.is_active:  # allauth also returns who is not active
        raise exceptions.AuthenticationFailed(
            _("The user name or the password is not right.")
        )
    return user


class NoSuchPage(APIView):
    """What no route knows: 404 in the API's own form, 401 to strangers."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound


def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"chapters": chapters(get_language())})


def docs_of(request: HttpRequest, name: str) -> HttpResponse:
    """The operations and fields of one kind of row."""
    for chapter in chapters(get_language()):
        if chapter["name"] == name:
            return render(request, "api/chapter.html", {"chapter": chapter})
    raise Http404


class Router(routers.DefaultRouter):
    include_format_suffixes = False


router = Router()
for app in (governance, strategy, advocacy):
    for prefix, viewset in app.api.ROUTES:
        router.register(prefix, viewset, basename=prefix)

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("docs/<slug:name>/", docs_of, name="docs-of"),
    path("token/", TokenView.as_view(), name="token"),
    *router.urls,
    re_path(r"^[\s\S]*/\Z", NoSuchPage.as_view(), name="no-such-page"),
]
