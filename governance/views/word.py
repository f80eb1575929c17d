"""The report, a Part and a document as Word files: the same texts as in the PDFs, for
the same people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from governance.models import Document, Rendering, Report
from governance.permissions import Permission, require
from governance.word import CONTENT_TYPE, document_docx, part_docx, report_docx
from governance.word_excerpt import part_numbers

if TYPE_CHECKING:
    from governance.http import MemberRequest
    from governance.snapshot import Snapshot

OFFICIAL = {Rendering.Edition.PUBLIC, Rendering.Edition.INTERNAL}


def report_of(request: MemberRequest, pk: int) -> Report:
    return get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )


def text_of(request: MemberRequest, report: Report) -> Snapshot:
    """The working text; of a validated report the edition that was asked for, frozen."""
    if not report.is_validated:
        require(request.user, Permission.MAKE_DRAFT_PDF, report.committee)
        return report.to_snapshot()
    edition = request.GET.get("edition", Rendering.Edition.PUBLIC)
    if edition not in OFFICIAL:
        raise Http404
    rendering = get_object_or_404(
        Rendering.objects.visible_to(request.user), report=report, edition=edition
    )
    return rendering.content


def download(report: Report, content: Snapshot, data: bytes, what: str) -> HttpResponse:
    """`LS-NCC-2021-001-public.docx`, or `lesotho-part-2-draft-0.1.docx`."""
    if report.is_validated:
        stem = "-".join(
            filter(None, [report.reference, what, content["print_edition"]])
        )
    else:
        stem = f"{report.committee.slug}-{what or 'report'}-draft-{content['version']}"
    answer = HttpResponse(data, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{stem}.docx"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_safe
def report_word(request: MemberRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    content = text_of(request, report)
    return download(report, content, report_docx(content), "")


@require_safe
def report_part_word(request: MemberRequest, pk: int, part: int) -> HttpResponse:
    report = report_of(request, pk)
    content = text_of(request, report)
    if part not in part_numbers(content):
        raise Http404
    return download(report, content, part_docx(content, part), f"part-{part}")


@require_safe
def document_word(request: MemberRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(
        Document.objects.visible_to(request.user).with_kinds(), pk=pk
    ).specific
    content = text_of(request, document.report)
    data = document_docx(content, document.kind)
    name = document.stem.rpartition("/")[2].replace("_", "-")
    return download(document.report, content, data, name)
