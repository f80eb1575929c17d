"""What the committee says of itself, on one page, each part with a page to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import settings as actions
from governance.forms.settings import (
    CalendarForm,
    ColourForm,
    FactsForm,
    LanguagesForm,
)
from governance.models import Committee, QuorumRule, TermsOfReference
from governance.permissions import Permission, can, require
from governance.views.acting import act

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

FORM = ["GET", "HEAD", "POST"]


@require_safe
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    """Every member reads the settings; those who may change them find the way."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    rules = QuorumRule.objects.visible_to(request.user).filter(
        document__committee=committee
    )
    terms = TermsOfReference.objects.visible_to(request.user).filter(
        committee=committee
    )
    context = {
        "section": "settings",
        "committee": committee,
        "languages": committee.languages.all(),
        "month": MONTHS[committee.fiscal_year_starts],
        "rule": committee.signoffrules.on(committee.today()),
        "quorum": rules.order_by("-pk").first(),
        "terms": terms.order_by("-pk").first(),
        "may_change": can(request.user, Permission.CHANGE_SETTINGS, committee),
        "may_manage": can(request.user, Permission.MANAGE_MEMBERS, committee),
    }
    return render(request, "governance/settings.html", context)


def managed(request: MemberRequest, slug: str) -> Committee:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.CHANGE_SETTINGS, committee)
    return committee


def changed(request: MemberRequest, committee: Any, form: Any, **words: Any) -> Any:
    """The page of one part of the settings; its columns are those of the form."""
    return act(
        request,
        form,
        lambda data: actions.change_facts(committee, by=request.user, **data),
        done=reverse("governance:settings", args=[committee.slug]),
        button=_("Save"),
        said=_("Saved."),
        committee=committee,
        section="settings",
        **words,
    )


@require_http_methods(FORM)
def settings_facts(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug)
    names = {name: getattr(committee, name) for name in FactsForm.NAMES}
    return changed(
        request,
        committee,
        FactsForm(request.POST or None, initial=names),
        title=_("Name, country and money"),
        text=_(
            "Names and money are part of the report's text: they change only while it can"
            " be edited. The country stays once a report has its reference. The name in"
            " addresses never changes, so that links keep working."
        ),
    )


@require_http_methods(FORM)
def settings_calendar(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug)
    names = ("time_zone", "fiscal_year_starts")
    initial = {name: getattr(committee, name) for name in names}
    return changed(
        request,
        committee,
        CalendarForm(request.POST or None, initial=initial),
        title=_("Time zone and fiscal year"),
        text=_(
            "Once a plan is written in fiscal years their first month stays as it is."
        ),
    )


@require_http_methods(FORM)
def settings_colour(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug)
    return changed(
        request,
        committee,
        ColourForm(request.POST or None, initial={"colour": committee.colour}),
        title=_("Colour"),
    )


@require_http_methods(FORM)
def settings_languages(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug)
    rows = list(committee.languages.values("code", "name"))

    def save(data: dict[str, Any]) -> None:
        languages = data["languages"]
        actions.set_languages(
            committee, languages, prevails=languages[0]["code"], by=request.user
        )

    return act(
        request,
        LanguagesForm(request.POST or None, initial={"languages": rows}),
        save,
        done=reverse("governance:settings", args=[committee.slug]),
        title=_("Languages"),
        button=_("Save"),
        said=_("Saved."),
        text=_(
            "Exactly one language prevails. Which one can change only while no report has"
            " left drafting; a language in which something is translated stays."
        ),
        committee=committee,
        section="settings",
    )
