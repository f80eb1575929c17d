from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from governance.actions import agenda as agenda_actions
from governance.actions import workshops as actions
from governance.forms.base import ActionForm
from governance.forms.workshops import (
    AgendaItemForm,
    InviteForm,
    PlanForm,
    WorkshopForm,
)
from governance.models import AgendaItem, Committee, Report, Workshop
from governance.permissions import Permission, can, require
from governance.views.acting import act
from governance.views.workshop_page import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def workshop_of(request: MemberRequest, pk: int) -> Workshop:
    """The workshop, without the long text of its papers; 404 for a stranger."""
    found = Workshop.objects.visible_to(request.user).select_related(
        "committee", "report", "papers"
    )
    return get_object_or_404(found.defer("papers__content"), pk=pk)


def item_of(request: MemberRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects.filter(
        workshop__in=Workshop.objects.visible_to(request.user)
    )
    return get_object_or_404(
        items.select_related("workshop__committee", "workshop__report"), pk=pk
    )


def about(workshop: Workshop) -> dict[str, Any]:
    """What the page of an act on a workshop shows of it."""
    return {
        "section": "workshops",
        "committee": workshop.committee,
        "crumb": workshop,
    }


@require_safe
def workshops(request: MemberRequest, slug: str) -> HttpResponse:
    """The committee's workshops, the latest first."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    rows = Workshop.objects.filter(committee=committee).select_related("report")
    report = (
        Report.objects.visible_to(request.user)
        .filter(committee=committee)
        .exclude(state__in=Report.VALIDATED)
        .order_by("-edition")
        .first()
    )
    context = {
        "section": "workshops",
        "committee": committee,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "report": report,
        "may_plan": report and can(request.user, Permission.PLAN_WORKSHOP, committee),
    }
    return render(request, "governance/workshops.html", context)


@require_http_methods(FORM)
def workshop_add(request: MemberRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    require(request.user, Permission.PLAN_WORKSHOP, report.committee)
    form = PlanForm(request.POST or None, initial={"title": _("Validation workshop")})
    made: list[Workshop] = []

    @transaction.atomic
    def plan(data: dict[str, Any]) -> None:
        fill = data.pop("from_template")
        made.append(actions.plan_workshop(report, by=request.user, **data))
        if fill:
            agenda_actions.fill_agenda(made[0], by=request.user)

    return act(
        request,
        form,
        plan,
        done=lambda: made[0],
        title=_("Plan a workshop"),
        button=_("Plan the workshop"),
        report=report,
        committee=report.committee,
    )


@require_safe
def workshop(request: MemberRequest, pk: int) -> HttpResponse:
    """The workshop as a list of tasks, its agenda, and what can be done now."""
    context = page_of(workshop_of(request, pk), request.user)
    return render(request, "governance/workshop.html", context)


@require_http_methods(FORM)
def workshop_change(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.PLAN_WORKSHOP, workshop.committee)
    now = {name: getattr(workshop, name) for name in WorkshopForm.FIELDS}
    return act(
        request,
        WorkshopForm(request.POST or None, initial=now),
        lambda data: actions.change_workshop(workshop, by=request.user, **data),
        done=workshop,
        title=_("Change date, place and concept"),
        button=_("Save the changes"),
        said=_("The workshop is changed."),
        **about(workshop),
    )


@require_POST
def agenda_fill(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    agenda_actions.fill_agenda(workshop, by=request.user)
    messages.success(request, _("The agenda is filled from the template."))
    return redirect(f"{workshop.get_absolute_url()}#agenda")


@require_http_methods(FORM)
def agenda_item_add(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.PLAN_WORKSHOP, workshop.committee)
    return act(
        request,
        AgendaItemForm(request.POST or None, workshop=workshop),
        lambda data: agenda_actions.add_item(workshop, by=request.user, **data),
        done=f"{workshop.get_absolute_url()}#agenda",
        title=_("Add an agenda item"),
        button=_("Add the item"),
        **about(workshop),
    )


@require_http_methods(FORM)
def agenda_item_change(request: MemberRequest, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    require(request.user, Permission.PLAN_WORKSHOP, item.committee)
    names = ("day", "starts_at", "title", "type", "presenter", "part")
    now = {name: getattr(item, name) for name in names}
    return act(
        request,
        AgendaItemForm(request.POST or None, workshop=item.workshop, initial=now),
        lambda data: agenda_actions.change_item(item, by=request.user, **data),
        done=f"{item.workshop.get_absolute_url()}#agenda",
        title=_("Change the agenda item"),
        button=_("Save the changes"),
        **about(item.workshop),
    )


@require_http_methods(FORM)
def agenda_item_remove(request: MemberRequest, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    require(request.user, Permission.PLAN_WORKSHOP, item.committee)
    return act(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        lambda _data: agenda_actions.remove_item(item, by=request.user),
        done=f"{item.workshop.get_absolute_url()}#agenda",
        title=_("Remove “%s” from the agenda") % item,
        button=_("Remove the item"),
        **about(item.workshop),
    )


@require_http_methods(FORM)
def workshop_invite(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.PLAN_WORKSHOP, workshop.committee)
    data = request.POST if request.method == "POST" else None
    return act(
        request,
        InviteForm(data, workshop=workshop),
        lambda data: actions.set_invited(
            workshop, [*data["voting"], *data["others"]], by=request.user
        ),
        done=workshop,
        title=_("Who is invited"),
        button=_("Save the list"),
        text=_("Nobody is told before the workshop is convened."),
        said=_("The list of invitations is saved."),
        **about(workshop),
    )
