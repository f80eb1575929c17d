from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.forms.lists import DayForm, InstitutionForm
from governance.models import (
    Committee,
    Institution,
    OfficeHolding,
    QuorumRule,
    Seat,
)

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from governance.http import MemberRequest

PAGE = 25


@require_safe
def members(request: MemberRequest, slug: str) -> HttpResponse:
    """Who sits in the committee on a day, with which vote, and the quorum it makes."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["on"]) or committee.today()
    holdings = OfficeHolding.objects.on(day).select_related("user", "office")
    seats = list(
        Seat.objects.filter(committee=committee)
        .on(day)
        .select_related("institution__successor")
        .prefetch_related(
            Prefetch("institution__offices__holdings", holdings, to_attr="current")
        )
    )
    voting = sum(seat.is_voting for seat in seats)
    rule = QuorumRule.objects.visible_to(request.user).filter(
        document__committee=committee
    )
    context = {
        "section": "members",
        "committee": committee,
        "form": form,
        "day": day,
        "groups": seat_groups(seats),
        "voting": voting,
        "total": len(seats),
        "quorum": quorum(rule.order_by("-pk").first(), voting),
        "merged": [s for s in seats if has_ended(s.institution, day)],
    }
    return render(request, "governance/members.html", context)


def has_ended(institution: Institution, day: dt.date) -> bool:
    return institution.valid_to is not None and institution.valid_to < day


def quorum(rule: QuorumRule | None, voting: int) -> dict[str, Any] | None:
    if rule is None or not voting:
        return None
    return {"rule": rule, "needed": rule.needed(voting)}


def with_people(seat: Any) -> Any:
    """The seat with those who act for it on the day, the focal point first."""
    holdings = [h for o in seat.institution.offices.all() for h in o.current]
    seat.people = sorted(holdings, key=lambda h: h.capacity != "focal_point")
    return seat


def seat_groups(seats: list[Seat]) -> list[dict[str, Any]]:
    """Voting members first, then the others, with the people who act for each."""
    seats = [with_people(seat) for seat in seats]
    groups = [
        {"title": "voting", "seats": [s for s in seats if s.is_voting]},
        {"title": "other", "seats": [s for s in seats if not s.is_voting]},
    ]
    return [group for group in groups if group["seats"]]


@require_safe
def institutions(request: MemberRequest, slug: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    form = InstitutionForm(request.GET or None)
    rows: Any = Institution.objects.filter(committee=committee).select_related(
        "successor"
    )
    if form.is_valid():
        rows = form.narrow(rows)
    page = Paginator(rows.order_by("code"), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "members",
        "committee": committee,
        "form": form,
        "page": page,
    }
    return render(request, "governance/institutions.html", context)


@require_safe
def institution(request: MemberRequest, pk: int) -> HttpResponse:
    institution = get_object_or_404(
        Institution.objects.visible_to(request.user).select_related(
            "committee", "successor"
        ),
        pk=pk,
    )
    context = {
        "section": "members",
        "committee": institution.committee,
        "institution": institution,
        "seats": institution.seats.order_by("starts_on"),
        "predecessors": institution.predecessors.all(),
        "holdings": OfficeHolding.objects.filter(
            office__institution=institution
        ).select_related("office", "user"),
        "bodies": institution.led_bodies.select_related("document"),
    }
    return render(request, "governance/institution.html", context)
