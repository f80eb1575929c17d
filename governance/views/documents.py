from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.assigned import rights_in
from governance.models import Committee, Document, Report
from governance.permissions import Permission, can
from governance.snapshot import walk
from governance.views.stages import stage_context
from governance.views.threads import FILTERS, threads_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.snapshot import Snapshot

PARTS = {1: "I", 2: "II", 3: "III", 4: "IV"}


@require_safe
def documents(request: MemberRequest, slug: str) -> HttpResponse:
    """The committee's current report, or what to do while there is none."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    report = (
        Report.objects.visible_to(request.user)
        .filter(committee=committee)
        .select_related("committee")
        .first()
    )
    return report_page(request, committee, report)


@require_safe
def report(request: MemberRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    return report_page(request, report.committee, report)


def report_page(
    request: MemberRequest, committee: Committee, report: Report | None
) -> HttpResponse:
    may_edit = can(request.user, Permission.EDIT_DOCUMENTS, committee)
    context: dict[str, Any] = {
        "section": "documents",
        "committee": committee,
        "report": report,
        "may_edit": may_edit,
        "may_make_pdf": can(request.user, Permission.MAKE_DRAFT_PDF, committee),
        "states": Report.State,
    }
    if report:
        context["parts"] = chapters_by_part(report)
        context["renderings"] = report.renderings.filter(
            progress="done", edition="draft"
        ).defer("content")[:3]
        context |= stage_context(request.user, report)
    return render(request, "governance/report.html", context)


def chapters_by_part(report: Report) -> list[dict[str, Any]]:
    parts: dict[int, dict[str, Any]] = {}
    for document in report.chapters():
        part = parts.setdefault(
            document.part, {"number": PARTS[document.part], "chapters": []}
        )
        snapshot = document.to_snapshot()
        part["chapters"].append(
            {
                "document": document,
                "problems": document.problems(snapshot) if report.is_editable else [],
                "count": sum(1 for _node in walk(snapshot["provisions"])),
            }
        )
    return list(parts.values())


def committee_facts(committee: Committee) -> dict[str, Any]:
    """The part of a report's snapshot that a chapter needs to print amounts."""
    return {
        "name": committee.name,
        "short_name": committee.short_name,
        "currency": committee.currency,
        "currency_symbol": committee.currency_symbol,
        "fiscal_year_starts": committee.fiscal_year_starts,
    }


def shown_of(document: Document, snapshot: Snapshot) -> dict[str, Any]:
    """What every page about a document needs, read off its snapshot."""
    facts = committee_facts(document.committee)
    return {
        "section": "documents",
        "document": document,
        "report": document.report,
        "committee": document.committee,
        "facts": facts,
        "symbol": facts["currency_symbol"],
        "snapshot": snapshot,
        "shown": document.present(snapshot, facts),
    }


@require_safe
def document(request: MemberRequest, pk: int) -> HttpResponse:
    """The reading page of a document: its provisions in order, each with an anchor."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).with_kinds(), pk=pk
    ).specific
    snapshot = document.to_snapshot()
    may_edit = can(request.user, Permission.EDIT_DOCUMENTS, document.committee)
    chosen = request.GET.get("comments", "all")
    context = shown_of(document, snapshot) | {
        "part": PARTS[document.part],
        "problems": document.problems(snapshot)
        if may_edit and document.report.is_editable
        else [],
        "may_make_pdf": can(
            request.user, Permission.MAKE_DRAFT_PDF, document.committee
        ),
        "may_read_draft": can(
            request.user, Permission.READ_WORKING_DRAFT, document.committee
        ),
        "may_record_step": can(
            request.user, Permission.RECORD_LEGAL_STEP, document.committee
        ),
        "may_write": document.report.is_editable
        and rights_in(request.user, document).some,
        "threads": threads_of(document, snapshot, request.user, chosen),
        "filters": FILTERS,
        "states": Report.State,
        "may_read_matrix": can(
            request.user, Permission.READ_COMMENTS, document.committee
        ),
    }
    return render(request, f"{document.stem}.html", context)
