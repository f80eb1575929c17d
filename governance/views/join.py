"""How somebody who holds a code joins a committee. No mail scanner uses a code up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.accounts import begin_session
from governance.actions import joining as actions
from governance.forms.base import ActionForm, acted
from governance.forms.joining import CodeForm, NewSignInForm
from governance.guesses import opened_by

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from governance.models import Joining

FORM = ["GET", "HEAD", "POST"]


def opened(request: HttpRequest, code: str) -> Joining | None:
    return opened_by(request, lambda: actions.found(code))


def gone(request: HttpRequest) -> HttpResponse:
    """The one answer for a code that does not work, whatever the cause."""
    context = {"said": actions.no_longer()}
    return render(request, "governance/join_gone.html", context, status=404)


@login_not_required
@require_http_methods(FORM)
def join(request: HttpRequest) -> HttpResponse:
    """Where the code of a printed slip is typed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if opened(request, code) is None:
            return gone(request)
        return redirect("governance:join-code", code)
    status = 422 if form.errors else 200
    return render(request, "governance/join.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(FORM)
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Who invites whom to what; only the button below goes on."""
    joining = opened(request, code)
    if joining is None:
        return gone(request)
    form = ActionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect("governance:join-new", code)
    if request.method == "POST" and acted(form, used_by(request, joining)):
        messages.success(request, _("You have joined %s.") % joining.committee.name)
        return redirect("governance:my-work")
    context = {"joining": joining, "code": code, "form": form}
    status = 409 if form.errors else 200
    return render(request, "governance/join_code.html", context, status=status)


def used_by(request: HttpRequest, joining: Joining) -> Any:
    return lambda _data: actions.join(joining, request.user)  # type: ignore[arg-type]  # is signed in


@login_not_required
@require_http_methods(FORM)
def join_new(request: HttpRequest, code: str) -> HttpResponse:
    """A user name and a password; with them the invitation is used up."""
    joining = opened(request, code)
    if joining is None:
        return gone(request)
    if request.user.is_authenticated:
        return redirect("governance:join-code", code)
    known = {"name": joining.name, "email": joining.email}
    form, made = NewSignInForm(request.POST or None, initial=known), []

    def make(data: dict[str, Any]) -> None:
        facts = {name: data[name] for name in ("name", "username", "email", "password")}
        made.append(actions.join_as_new(joining, **facts))

    if request.method == "POST" and acted(form, make):
        begin_session(request, made[0])
        messages.success(request, _("You have joined %s.") % joining.committee.name)
        return redirect("governance:my-work")
    context = {"joining": joining, "code": code, "form": form}
    status = 200 if not form.is_bound else 409 if form.refused else 422
    return render(request, "governance/join_new.html", context, status=status)
