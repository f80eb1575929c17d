from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from governance.actions import reports
from governance.models import Rendering, Report
from governance.permissions import Permission, can, require
from governance.views.serving import stored_file

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest


@require_POST
def report_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the draft's PDF; the next page shows how far it is."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    require(request.user, Permission.MAKE_DRAFT_PDF, report.committee)
    return redirect(reports.request_rendering(report, by=request.user))


@require_safe
def rendering(request: MemberRequest, pk: int) -> HttpResponse:
    rendering = get_object_or_404(
        Rendering.objects.visible_to(request.user)
        .select_related("report", "committee")
        .defer("content"),
        pk=pk,
    )
    done = rendering.progress == Rendering.State.DONE
    context = {
        "section": "documents",
        "committee": rendering.committee,
        "report": rendering.report,
        "rendering": rendering,
        "states": Rendering.State,
        "size": rendering.file.size if done else None,
        "may_make_pdf": can(
            request.user, Permission.MAKE_DRAFT_PDF, rendering.committee
        ),
    }
    return render(request, "governance/rendering.html", context)


@require_safe
def rendering_file(request: MemberRequest, pk: int) -> HttpResponse | FileResponse:
    """The stored bytes; an official edition only while they are those that were made."""
    rendering = get_object_or_404(
        Rendering.objects.visible_to(request.user)
        .filter(progress=Rendering.State.DONE)
        .select_related("report", "committee"),
        pk=pk,
    )
    if rendering.edition != Rendering.Edition.DRAFT:
        return stored_file(
            request, rendering.file, rendering.sha256, rendering.download_name
        )
    try:
        file = rendering.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        as_attachment=True,
        filename=rendering.download_name,
        content_type="application/pdf",
    )
