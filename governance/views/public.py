"""The doors without a sign-in: the released report, its PDF, and the check of a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from governance.fingerprint import hex16, words
from governance.forms.verify import (
    MEGABYTES,
    CopyForm,
    FileForm,
    FingerprintForm,
    ReferenceForm,
    too_large,
)
from governance.guesses import may_ask
from governance.models import Rendering, Report, Resolution
from governance.permissions import Permission, can
from governance.reading import read_parts, titled
from governance.signing import counts_of
from governance.verification import newer_edition, validated_on
from governance.views.errors import too_many_requests
from governance.views.serving import stored_file

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from governance.verification import Answer

# The fields of a form with a file are some hundred bytes; this is plenty.
LARGEST_REQUEST = (MEGABYTES + 1) * 1024 * 1024
WAYS: tuple[type[CopyForm], ...] = (ReferenceForm, FileForm, FingerprintForm)


def found(request: HttpRequest, reference: str) -> Report | None:
    """A released report; a validated one for those who read it by right."""
    report = (
        Report.objects.filter(
            reference=reference.upper(), state__in=list(Report.VALIDATED)
        )
        .select_related("committee", "validation__version", "validation__candidate")
        .first()
    )
    if report is None or report.is_public:
        return report
    user: Any = request.user
    by_right = user.is_authenticated and can(
        user, Permission.READ_COMMITTEE, report.committee
    )
    return report if by_right else None


def not_public(request: HttpRequest) -> HttpResponse:
    """The same page for what is not released and for what there is not."""
    return render(request, "governance/public_report_none.html", status=404)


@login_not_required
@require_safe
def public_report(request: HttpRequest, reference: str) -> HttpResponse:
    report = found(request, reference)
    if report is None:
        return not_public(request)
    today = report.committee.today()
    version = report.validation.version
    context = {
        "committee": report.committee,
        "report": report,
        "version": version,
        "day": validated_on(report.validation),
        "hex": hex16(version.digest),
        "words": words(version.digest),
        "newer": newer_edition(report),
        "pdf": public_pdf(report),
        "parts": titled(version.content),
        "resolutions": report.resolutions.filter(state=Resolution.State.ADOPTED)
        .select_related("lead")
        .prefetch_related("actions", "later"),
        "actions": [
            {"action": action, "days_late": action.days_late(today)}
            for action in report.actions.complete()
        ],
    }
    return render(request, "governance/public_report.html", context)


def public_pdf(report: Report) -> Any:
    """The public edition as it is stored; None while it is being made."""
    return (
        report.renderings.filter(
            edition=Rendering.Edition.PUBLIC, progress=Rendering.State.DONE
        )
        .defer("content")
        .first()
    )


@login_not_required
@require_safe
def public_report_part(
    request: HttpRequest, reference: str, number: int
) -> HttpResponse:
    """One Part of the validated text, read on the page."""
    report = found(request, reference)
    if report is None:
        return not_public(request)
    version = report.validation.version
    parts = {part.number: part for part in read_parts(version.content)}
    if number not in parts:
        return not_public(request)
    context = {
        "committee": report.committee,
        "report": report,
        "part": parts[number],
        "parts": titled(version.content),
        "version": version,
        "hex": hex16(version.digest),
    }
    return render(request, "governance/public_report_part.html", context)


@login_not_required
@require_safe
def public_report_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    report = found(request, reference)
    rendering = public_pdf(report) if report else None
    if report is None or rendering is None:
        return not_public(request)
    return stored_file(
        request, rendering.file, rendering.sha256, f"{report.reference}-public.pdf"
    )


# The answer changes nothing and depends on nobody: without the check of the form, a
# file that is too large is not even read.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Is a copy the validated report? By reference, by fingerprint, or by the file."""
    asked = request.method == "POST" or bool(request.GET)
    if asked and not may_ask(request):
        return too_many_requests(request)
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    refused = size > LARGEST_REQUEST
    asked_form = None if refused else asked_of(request)
    answer = asked_form.answer() if asked_form else None
    context = {
        "forms": [
            asked_form if isinstance(asked_form, kind) else kind() for kind in WAYS
        ],
        "too_large": too_large() if refused else "",
        "has_errors": refused or bool(asked_form and asked_form.errors),
        "answer": answer,
        "sheet": signed_by(answer),
    }
    status = 413 if refused else 422 if context["has_errors"] else 200
    return render(request, "governance/verify.html", context, status=status)


def asked_of(request: HttpRequest) -> CopyForm | None:
    """The one of the three forms that was sent; None while nothing is asked."""
    if request.method == "POST":
        return FileForm(request.POST, request.FILES)
    for kind in (ReferenceForm, FingerprintForm):
        if set(kind.base_fields) & set(request.GET):
            return kind(request.GET)
    return None


def signed_by(answer: Answer | None) -> list[tuple[str, int]]:
    """How the institutions signed, in numbers: names stand in the report itself."""
    if answer is None or answer.report is None or not answer.is_confirmed:
        return []
    return counts_of(answer.report.validation.sheet)
