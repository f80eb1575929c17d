from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import institutions as actions
from governance.forms.institutions import (
    InstitutionEditForm,
    PasteInstitutionsForm,
    SeatsForm,
)
from governance.forms.lists import DayForm, InstitutionForm
from governance.models import (
    Committee,
    Institution,
    OfficeHolding,
    QuorumRule,
    Seat,
)
from governance.permissions import Permission, can, require
from governance.views.acting import act

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse

    from governance.http import MemberRequest

PAGE = 25
FORM = ["GET", "HEAD", "POST"]


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
        "may_manage": can(request.user, Permission.MANAGE_MEMBERS, committee),
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
        "may_manage": can(request.user, Permission.MANAGE_MEMBERS, committee),
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
        "may_manage": can(
            request.user, Permission.MANAGE_MEMBERS, institution.committee
        ),
    }
    return render(request, "governance/institution.html", context)


def managed(request: MemberRequest, slug: str) -> Committee:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.MANAGE_MEMBERS, committee)
    return committee


@require_http_methods(FORM)
def institution_add(request: MemberRequest, slug: str) -> HttpResponse:
    committee = managed(request, slug)
    return act(
        request,
        InstitutionEditForm(request.POST or None, committee=committee),
        lambda data: actions.add_institution(committee, by=request.user, **data),
        done=reverse("governance:institutions", args=[slug]),
        title=_("Add an institution"),
        button=_("Add"),
        said=_("Added. It has no seat yet; seats are given on their own page."),
        committee=committee,
        section="members",
    )


@require_http_methods(FORM)
def institution_change(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        Institution.objects.visible_to(request.user).select_related(
            "committee", "successor"
        ),
        pk=pk,
    )
    require(request.user, Permission.MANAGE_MEMBERS, row.committee)
    names = ("code", "name", "category", "valid_from", "valid_to", "successor")
    form = InstitutionEditForm(
        request.POST or None,
        committee=row.committee,
        institution=row,
        initial={name: getattr(row, name) for name in names},
    )
    return act(
        request,
        form,
        lambda data: actions.change_institution(row, by=request.user, **data),
        done=row,
        title=_("Change %s") % row.code,
        button=_("Save"),
        said=_("Saved."),
        committee=row.committee,
        crumb=row,
        section="members",
    )


@require_http_methods(FORM)
def institutions_paste(request: MemberRequest, slug: str) -> HttpResponse:
    """A list of institutions: first looked at, then entered, all rows or none."""
    committee = managed(request, slug)
    form = PasteInstitutionsForm(request.POST or None, committee=committee)
    words: dict[str, Any] = {
        "title": _("Add institutions as a list"),
        "text": _("Every row is right, or none is added. You see them before."),
        "heads": [_("Code"), _("Institution"), _("Category")],
        "committee": committee,
        "section": "members",
    }
    if request.method == "POST" and request.POST.get("step") != "add":
        rows = form.preview() if form.is_valid() else []
        n = len(rows)
        add = ngettext("Add this %d row", "Add these %d rows", n) % n
        shown = words | {"form": form, "preview": rows, "add": add}
        status = 200 if rows else 422
        return render(request, "governance/setup_paste.html", shown, status=status)
    return act(
        request,
        form,
        lambda data: actions.add_institutions(committee, data["rows"], by=request.user),
        done=reverse("governance:institutions", args=[slug]),
        button=_("Check the rows"),
        said=_("The institutions are added. Next: who has a seat, and who votes."),
        template="governance/setup_paste.html",
        **words,
    )


@require_http_methods(FORM)
def seats(request: MemberRequest, slug: str) -> HttpResponse:
    """Every institution with its seat and its vote; one button saves them all."""
    committee = managed(request, slug)
    today = committee.today()
    open_seats = Seat.objects.filter(committee=committee, ends_on=None)
    held = {seat.institution_id: seat for seat in open_seats}
    rows = [
        row
        for row in committee.institutions.order_by("code")
        if row.pk in held or not has_ended(row, today)
    ]
    form = SeatsForm(
        request.POST or None, institutions=rows, held=held, initial={"since": today}
    )
    return act(
        request,
        form,
        lambda data: actions.set_seats(
            committee, form.places(), since=data["since"], by=request.user
        ),
        done=reverse("governance:members", args=[slug]),
        title=_("Seats and votes"),
        button=_("Save the seats"),
        said=_("The seats are saved."),
        template="governance/members_seats.html",
        committee=committee,
        section="members",
        is_first=not held,
    )
