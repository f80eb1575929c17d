"""The room run from one page: what is now, what was said, what is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from governance.actions import agenda as agenda_actions
from governance.actions import decisions, notes
from governance.forms.decisions import DecideForm
from governance.forms.workshops import FindingForm, GroupForm, NoteForm
from governance.models import Comment, Report, Resolution, WorkingGroup, Workshop
from governance.models.attendance import presence_at
from governance.permissions import Permission, can, require
from governance.views.acting import act, carry_out
from governance.views.workshop_page import days_of, owed_of
from governance.views.workshops import FORM, about, item_of, workshop_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import User
    from governance.quorum import Presence

FILL_IN, CHECK = "governance/decide.html", "governance/decide_check.html"


def address(workshop: Workshop, place: str = "now") -> str:
    return f"{reverse('governance:live', args=[workshop.pk])}#{place}"


@require_safe
def live(request: MemberRequest, pk: int) -> HttpResponse:
    """Now, next and done, with the quorum always in view."""
    workshop = workshop_of(request, pk)
    require(request.user, Permission.RECORD_WORKSHOP, workshop.committee)
    context = live_facts(workshop, request.user)
    return render(request, "governance/live.html", context)


def live_facts(workshop: Workshop, user: User) -> dict[str, Any]:
    items = list(workshop.agenda.prefetch_related("notes__by"))
    now = next((item for item in items if item.state == "now"), None)
    after = items[items.index(now) + 1 :] if now else items
    resolutions = list(workshop.resolutions.select_related("lead"))
    raised = Comment.objects.visible_to(user).filter(report=workshop.report_id)
    raised = raised.select_related("institution").order_by("number")
    return about(workshop) | {
        "workshop": workshop,
        "presence": presence_at(workshop, workshop.committee.now()),
        "clock": workshop.committee.now(),
        "items": items,
        "days": days_of(workshop, items),
        "now": now,
        "next": next((item for item in after if item.state == "next"), None),
        "loose": workshop.notes.filter(item=None),
        "form": NoteForm(workshop=workshop, initial={"item": now}),
        "referred": raised.filter(state=Comment.State.PLENARY),
        "contested": raised.filter(state=Comment.State.CONTESTED),
        "groups": workshop.groups.prefetch_related("findings"),
        "resolutions": resolutions,
        "proposed": [r for r in resolutions if r.state in Resolution.UNDECIDED],
        "outcomes": workshop.outcomes.all(),
        "owed": owed_of(workshop),
        "opens": can(user, Permission.PRESIDE, workshop.committee),
        "decides": can(user, Permission.DECIDE, workshop.committee),
        "to_decide": workshop.report.state == Report.State.TABLED,
    }


@require_POST
def agenda_item_go(request: MemberRequest, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    agenda_actions.go_to(item, by=request.user)
    return redirect(address(item.workshop))


@require_POST
def agenda_item_finish(request: MemberRequest, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    agenda_actions.finish_item(item, by=request.user)
    return redirect(address(item.workshop))


@require_http_methods(FORM)
def note_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a note; the live page has this form too, under the present item."""
    workshop = workshop_of(request, pk)
    require(request.user, Permission.RECORD_WORKSHOP, workshop.committee)
    return act(
        request,
        NoteForm(request.POST or None, workshop=workshop),
        lambda data: notes.take_note(
            workshop, data["text"], item=data["item"], by=request.user
        ),
        done=address(workshop),
        title=_("Write a note"),
        button=_("Keep the note"),
        **about(workshop),
    )


@require_http_methods(FORM)
def group_add(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.RECORD_WORKSHOP, workshop.committee)
    return act(
        request,
        GroupForm(request.POST or None),
        lambda data: notes.add_group(workshop, by=request.user, **data),
        done=f"{workshop.get_absolute_url()}#groups",
        title=_("Add a working group"),
        button=_("Add the group"),
        **about(workshop),
    )


@require_http_methods(FORM)
def finding_add(request: MemberRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(
        WorkingGroup.objects.filter(
            workshop__in=Workshop.objects.visible_to(request.user)
        ).select_related("workshop__committee", "workshop__report"),
        pk=pk,
    )
    require(request.user, Permission.RECORD_WORKSHOP, group.workshop.committee)
    return act(
        request,
        FindingForm(request.POST or None),
        lambda data: notes.add_finding(group, data["text"], by=request.user),
        done=address(group.workshop, "groups"),
        title=_("Finding of %s") % group,
        button=_("Keep the finding"),
        **about(group.workshop),
    )


@require_http_methods(FORM)
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """The outcome of every Part: typed, checked with those present, recorded."""
    workshop = workshop_of(request, pk)
    require(request.user, Permission.DECIDE, workshop.committee)
    form = DecideForm(request.POST or None, report=workshop.report)
    step = request.POST.get("step", "")
    answer = step == "record" and carry_out(
        request,
        form,
        lambda _data: decisions.decide(workshop, form.decided(), by=request.user),
        address(workshop),
    )
    if answer:
        messages.success(request, _("The decision is recorded."))
        return redirect(answer)
    presence = presence_at(workshop, workshop.committee.now())
    return render(request, **decide_page(workshop, form, step, presence))


def decide_page(
    workshop: Workshop, form: DecideForm, step: str, presence: Presence
) -> dict[str, Any]:
    """The check page once everything is filled in, else the form with what was typed."""
    checked = step == "check" and form.is_valid()
    status = 200
    if form.is_bound and not checked and step != "change":
        status = 409 if form.refused else 422
    return {
        "template_name": CHECK if checked else FILL_IN,
        "status": status,
        "context": about(workshop)
        | {
            "workshop": workshop,
            "form": form,
            "presence": presence,
            "owed": form.owed,
            "back": address(workshop),
            "to_decide": workshop.report.state == Report.State.TABLED,
        },
    }
