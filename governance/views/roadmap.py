"""The roadmap: whether what was resolved is done, as a list and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from governance.actions.roadmap import claimants, may_report
from governance.forms.roadmap_filter import RoadmapFilter
from governance.forms.verify import words_of
from governance.models import ActionReport, Committee, Report, RoadmapAction
from governance.permissions import Permission, can
from governance.sheets import Column, workbook
from governance.views.resolutions import shown_action

if TYPE_CHECKING:
    from governance.http import MemberRequest
    from governance.models import User

PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
S = RoadmapAction.State
OWN = {"start", "claim_done", "block"}


def filter_of(request: MemberRequest, committee: Committee) -> RoadmapFilter:
    rows = RoadmapAction.objects.filter(committee=committee).with_due()
    span = rows.aggregate(
        first=Min("due_now"),
        last=Max("due_now"),
        reports=Count("report", distinct=True),
    )
    return RoadmapFilter(request.GET, rows=rows, committee=committee, span=span)


@require_safe
def roadmap(request: MemberRequest, slug: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    form = filter_of(request, committee)
    rows = form.ordered()
    page = Paginator(rows.complete(), PAGE).get_page(request.GET.get("page"))
    may_add = can(request.user, Permission.CREATE_ROADMAP_ACTION, committee)
    reports = Report.objects.filter(committee=committee)
    context = {
        "section": "roadmap",
        "committee": committee,
        "form": form,
        "page": page,
        "rows": [shown_action(action) for action in page.object_list],
        "by_phase": form.chosen_order == "phase",
        "headline": headline(rows, committee),
        "report": reports.order_by("-edition").first() if may_add else None,
    }
    return render(request, "governance/roadmap.html", context)


def headline(rows: Any, committee: Committee) -> str:
    """`20 actions: 12 verified, 1 overdue, …`; each action is counted once."""
    late = Q(due_now__lt=committee.today()) & ~Q(state__in=RoadmapAction.NEVER_OVERDUE)
    counts = {"total": Count("pk"), "overdue": Count("pk", filter=late)}
    counts |= {s: Count("pk", filter=Q(state=s) & ~late) for s in S.values}
    found = rows.order_by().aggregate(**counts)
    total = found["total"]
    words = [
        (found["verified"], _("%d verified")),
        (found["overdue"], _("%d overdue")),
        (found["done_claimed"], _("%d to verify")),
        (found["in_progress"], _("%d in progress")),
        (found["not_started"], _("%d not started")),
        (found["blocked"], _("%d blocked")),
        (found["carried_forward"], _("%d carried forward")),
        (found["cancelled"], _("%d cancelled")),
        (found["transferred"], _("%d transferred")),
    ]
    said = ", ".join(text % count for count, text in words if count)
    head = ngettext("%d action", "%d actions", total) % total
    return f"{head}: {said}." if said else f"{head}."


def columns() -> list[Column]:
    return [
        Column(_("No."), 8),
        Column(_("Resolution"), 14),
        Column(_("Phase"), 14),
        Column(_("Action"), 44),
        Column(_("Lead"), 14),
        Column(_("Start"), 13, "date"),
        Column(_("Due (original)"), 13, "date"),
        Column(_("Revised due"), 13, "date"),
        Column(_("Reason"), 30),
        Column(_("Status"), 18),
        Column(_("Overdue days"), 10, "whole"),
        Column(_("Deliverable"), 34),
        Column(_("Evidence"), 34),
    ]


def status_of(action: RoadmapAction) -> str:
    if action.state == S.BLOCKED and action.blocked_by:
        return _("Blocked by %s") % action.blocked_by.number
    return str(action.get_state_display())


def cells(action: RoadmapAction) -> list[Any]:
    """One row of the file, in the order of `columns`."""
    revision = action.due_revision
    return [
        action.number,
        action.resolution.number if action.resolution else "",
        str(action.get_phase_display()),
        action.title,
        action.lead_name,
        action.starts_on,
        action.due_on,
        revision.due_on if revision else None,
        revision.reason if revision else action.reason,
        status_of(action),
        action.days_late(action.committee.today()) or None,
        action.deliverable,
        action.evidence,
    ]


@require_safe
def roadmap_xlsx(request: MemberRequest, slug: str) -> HttpResponse:
    """The rows that pass the filters of the page, as a spreadsheet."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    form = filter_of(request, committee)
    notes = [_("Overdue is counted on %s.") % committee.today().isoformat()]
    data = workbook(
        _("Roadmap of %s") % committee.short_name,
        columns(),
        (cells(action) for action in form.ordered().complete()),
        created=committee.now(),
        notes=notes + ([_("Filtered.")] if form.is_narrowed else []),
        sheet=_("Roadmap"),
    )
    name = f"{committee.slug}-roadmap-{committee.today().isoformat()}.xlsx"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=XLSX, headers=disposition)


@require_safe
def roadmap_action(request: MemberRequest, pk: int) -> HttpResponse:
    """Where it comes from, its deadlines, what was reported, what one may do now."""
    action = get_object_or_404(
        RoadmapAction.objects.visible_to(request.user).complete(), pk=pk
    )
    knows = can(request.user, Permission.READ_HISTORY, action.committee)
    context = shown_action(action) | {
        "section": "roadmap",
        "committee": action.committee,
        "moves": open_moves(request.user, action),
        "blocks": action.blocks.filter(state=S.BLOCKED),
        "continues": RoadmapAction.objects.filter(continued_by=action).first(),
        "events": told(action) if knows else [],
    }
    return render(request, "governance/roadmap_action.html", context)


def told(action: RoadmapAction) -> list[dict[str, Any]]:
    """Its history, oldest first, in words."""
    return [
        {"event": event, "done": words_of(event.verb)}
        for event in action.events.order_by("seq")
    ]


def labels() -> list[tuple[str, str, str]]:
    """The moves in the order of their buttons: name, end of the address, words."""
    return [
        ("verify", "verify", _("Verify the action")),
        ("report", "report", _("Report progress")),
        ("claim_done", "claim-done", _("Report it as done")),
        ("start", "start", _("Start the action")),
        ("send_back", "send-back", _("Send the action back")),
        ("block", "block", _("Report it as blocked")),
        ("revise_due", "revise-due", _("Change the deadline")),
        ("carry_forward", "carry-forward", _("Carry the action forward")),
        ("transfer", "transfer", _("Let another institution lead")),
        ("cancel", "cancel", _("Cancel the action")),
    ]


def open_moves(user: User, action: RoadmapAction) -> list[dict[str, str]]:
    """The buttons of the page: what this person may do with the action now."""
    names = {move.name for move in action.flow.open_to(user, action)}
    going = action.state not in RoadmapAction.ENDED
    if not may_report(action, user):
        names -= OWN
    elif going:
        names.add("report")
    if going and can(user, Permission.CHANGE_DEADLINE, action.committee):
        names.add("revise_due")
    if "verify" in names and user.pk in claimants(action):
        names.remove("verify")
    return [
        {"url": f"governance:roadmap-action-{end}", "label": label}
        for name, end, label in labels()
        if name in names
    ]


@require_safe
def evidence_file(request: MemberRequest, pk: int) -> FileResponse:
    """The stored file, to keep and never to be opened as a page of the portal."""
    seen = RoadmapAction.objects.visible_to(request.user)
    row = get_object_or_404(
        ActionReport.objects.filter(action__in=seen)
        .exclude(file="")
        .select_related("action"),
        pk=pk,
    )
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = str(row.file.name).rpartition(".")[2]
    name = f"{row.action.number}-{row.on.isoformat()}-{row.pk}.{suffix}"
    answer = FileResponse(file, as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
