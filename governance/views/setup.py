"""From an empty database to the first report: set-up, its task list, the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.accounts import begin_session
from governance.actions import documents
from governance.actions.setup import establish_first, is_empty
from governance.forms.base import acted
from governance.forms.setup import (
    CountryForm,
    SetupCodeForm,
    SetupForm,
    StartReportForm,
    first_year_after,
    suggested,
)
from governance.guesses import opened_by
from governance.models import Committee
from governance.permissions import Permission, require
from governance.setup_work import setup_tasks as tasks_of
from governance.views.acting import act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from governance.http import MemberRequest
    from governance.models import Report

FORM = ["GET", "HEAD", "POST"]
CODE_GIVEN = "setup code given"


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign-in; while nobody could sign in, the way to set-up."""
    if is_empty():
        return redirect("governance:setup")
    return allauth.login(request)


@login_not_required
@require_http_methods(FORM)
def setup(request: HttpRequest) -> HttpResponse:
    """The committee and its first person; there only while the portal is empty."""
    if not is_empty():
        raise Http404
    if settings.SETUP_CODE and not request.session.get(CODE_GIVEN):
        return setup_code(request)
    country = CountryForm(request.GET or None)
    if request.method == "POST":
        return established(request, SetupForm(request.POST))
    if not country.is_valid():
        return render(request, "governance/setup.html", {"form": country})
    form = SetupForm(initial=suggested(country.cleaned_data["country"]))
    return render(request, "governance/setup_form.html", {"form": form})


def established(request: HttpRequest, form: SetupForm) -> HttpResponse:
    made: list[Any] = []
    if acted(form, lambda _data: made.extend(establish_first(**form.parts()))):
        committee, user = made
        begin_session(request, user)
        messages.success(
            request,
            _(
                "The committee is set up, and you are signed in as on a shared computer."
            ),
        )
        return redirect("governance:setup-tasks", committee.slug)
    status = 409 if form.refused else 422
    return render(request, "governance/setup_form.html", {"form": form}, status=status)


def setup_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands in the server's settings, before anything else."""
    form = SetupCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        right = opened_by(
            request, lambda: constant_time_compare(typed, settings.SETUP_CODE) or None
        )
        if right:
            request.session[CODE_GIVEN] = True
            return redirect("governance:setup")
        form.add_error(
            "code", _("This is not the code. Wait 5 minutes after many tries.")
        )
    status = 422 if form.errors else 200
    return render(request, "governance/setup_code.html", {"form": form}, status=status)


@require_safe
def setup_tasks(request: MemberRequest, slug: str) -> HttpResponse:
    """What is done of the set-up, and what comes next."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.CHANGE_SETTINGS, committee)
    tasks = tasks_of(committee, request.user)
    context = {
        "committee": committee,
        "tasks": tasks,
        "done": sum(task.is_done for task in tasks),
    }
    return render(request, "governance/setup_tasks.html", context)


@require_http_methods(FORM)
def report_start(request: MemberRequest, slug: str) -> HttpResponse:
    """The first report, with every document, its headings and what to write there."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.EDIT_DOCUMENTS, committee)
    today, made = committee.today(), []
    initial = {
        "title": _("Report of the %s") % committee.name,
        "dated_on": today,
        "first_year": first_year_after(today, committee.fiscal_year_starts),
    }

    def start(data: dict[str, Any]) -> None:
        made.append(documents.start_report(committee, by=request.user, **data))

    def opened() -> Report:
        return made[0]

    return act(
        request,
        StartReportForm(request.POST or None, initial=initial),
        start,
        done=opened,
        title=_("Start the report from the template"),
        button=_("Start the report"),
        said=_("The report is there. Open each document and write under its headings."),
        text=_(
            "The template has every document of the report with its headings, and says"
            " under each what to write. It brings no text of its own. What each document"
            " still needs stands on its page."
        ),
        committee=committee,
        section="documents",
    )
