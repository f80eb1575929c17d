"""Who is here, for which institution, and whether that is a quorum."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import minutes
from governance.actions import attendance as actions
from governance.forms.attendance import ApologyForm, ParticipantForm, TimeForm
from governance.forms.base import ReasonForm
from governance.forms.lists import DayForm
from governance.meeting import day_of, roll_of, rule_in_words
from governance.models import AttendanceEvent, Participant, Workshop
from governance.permissions import Permission, can, require
from governance.views.acting import act
from governance.views.workshops import FORM, PAGE, about, workshop_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.http import HttpResponse

    from governance.http import MemberRequest


def address(workshop: Workshop, place: str = "") -> str:
    url = reverse("governance:attendance", args=[workshop.pk])
    return f"{url}#{place}" if place else url


def wished_day(request: MemberRequest, workshop: Workshop) -> dt.date:
    """The day asked for, if the workshop has it; else the one that matters now."""
    form = DayForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else None
    return day if day in workshop.days else day_of(workshop)


@require_safe
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    """The list of a day; names only for the committee's members."""
    workshop = workshop_of(request, pk)
    committee = workshop.committee
    roll = roll_of(workshop, wished_day(request, workshop))
    records = can(request.user, Permission.RECORD_WORKSHOP, committee)
    reads_names = can(request.user, Permission.READ_WORKING_DRAFT, committee)
    context = about(workshop) | {
        "workshop": workshop,
        "roll": roll,
        "own": roll.own(request.user.pk),
        "rule": rule_in_words(workshop),
        "records": records and workshop.state in actions.OPEN,
        "has_begun": roll.day <= committee.today(),
        "reads_names": reads_names,
        "page": Paginator(entries_of(workshop), PAGE).get_page(request.GET.get("page"))
        if reads_names
        else None,
    }
    return render(request, "governance/attendance.html", context)


def entries_of(workshop: Workshop) -> Any:
    """Everything that was entered, with what was struck out, the latest first."""
    return workshop.attendance.select_related(
        "participant__institution", "institution", "recorded_by", "struck_by", "strikes"
    ).order_by("-pk")


@require_http_methods(FORM)
def participant_add(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.RECORD_WORKSHOP, workshop.committee)
    start = {"institution": request.GET.get("institution")}
    made: list[Participant] = []
    return act(
        request,
        ParticipantForm(request.POST or None, workshop=workshop, initial=start),
        lambda data: made.append(actions.register(workshop, by=request.user, **data)),
        done=lambda: address(workshop, f"p{made[0].pk}"),
        title=_("Add a person to the list"),
        button=_("Add the person"),
        back=address(workshop),
        **about(workshop),
    )


@require_http_methods(FORM)
def participant_arrive(request: MemberRequest, pk: int) -> HttpResponse:
    return entered(request, pk, actions.arrive, _("Arrived"))


@require_http_methods(FORM)
def participant_leave(request: MemberRequest, pk: int) -> HttpResponse:
    return entered(request, pk, actions.leave, _("Left"))


def entered(
    request: MemberRequest, pk: int, do: Callable[..., object], word: str
) -> HttpResponse:
    """One tap in the list; the page of its own shows a time that cannot be."""
    people = Participant.objects.filter(
        workshop__in=Workshop.objects.visible_to(request.user)
    )
    person = get_object_or_404(
        people.select_related("workshop__committee", "institution"), pk=pk
    )
    require(request.user, Permission.RECORD_WORKSHOP, person.workshop.committee)
    form = TimeForm(request.POST if request.method == "POST" else None)
    return act(
        request,
        form,
        lambda _data: do(person, by=request.user, at=form.moment(person.workshop)),
        done=address(person.workshop, f"p{pk}"),
        title=f"{word}: {person}",
        button=word,
        **about(person.workshop),
    )


@require_http_methods(FORM)
def apology_add(request: MemberRequest, pk: int) -> HttpResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.RECORD_WORKSHOP, workshop.committee)
    start = {"institution": request.GET.get("institution")}
    return act(
        request,
        ApologyForm(request.POST or None, workshop=workshop, initial=start),
        lambda data: actions.apologise(
            workshop, data["institution"], by=request.user, note=data["note"]
        ),
        done=address(workshop),
        title=_("Record an apology"),
        button=_("Record the apology"),
        **about(workshop),
    )


@require_http_methods(FORM)
def attendance_strike(request: MemberRequest, pk: int) -> HttpResponse:
    entries = AttendanceEvent.objects.filter(
        workshop__in=Workshop.objects.visible_to(request.user)
    )
    entry = get_object_or_404(
        entries.select_related(
            "workshop__committee", "participant__institution", "institution"
        ),
        pk=pk,
    )
    require(request.user, Permission.RECORD_WORKSHOP, entry.workshop.committee)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: actions.strike(entry, by=request.user, reason=data["reason"]),
        done=address(entry.workshop, "entries"),
        title=_("Strike out an entry made by mistake"),
        button=_("Strike out the entry"),
        text=str(entry),
        **about(entry.workshop),
    )


def file_of(request: MemberRequest, pk: int, make: Any, name: str) -> FileResponse:
    workshop = workshop_of(request, pk)
    require(request.user, Permission.READ_WORKING_DRAFT, workshop.committee)
    return FileResponse(
        BytesIO(make(workshop)),
        as_attachment=True,
        filename=f"{workshop.report.reference}-{name}-{workshop.starts_on}.pdf",
        content_type="application/pdf",
    )


@require_safe
def attendance_pdf(request: MemberRequest, pk: int) -> FileResponse:
    return file_of(request, pk, minutes.attendance_list, "attendance")


@require_safe
def minutes_pdf(request: MemberRequest, pk: int) -> FileResponse:
    return file_of(request, pk, minutes.minutes, "minutes")
