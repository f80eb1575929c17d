"""The comment-response matrix of a report, as a page and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from governance.forms.comments import MatrixFilter
from governance.models import Comment, Report, Response
from governance.permissions import Permission, can, require
from governance.sheets import Column, workbook
from governance.views.threads import with_rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.http import MemberRequest

PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WEIGHT = Case(
    When(severity="blocking", then=0), When(severity="substantive", then=1), default=2
)
SORTS: dict[str, list[Any]] = {
    "number": ["number"],
    "place": ["document", "section", "number"],
    "institution": ["institution__code", "number"],
    "severity": [WEIGHT.asc(), "number"],
    "received": ["received_on", "number"],
    "state": ["state", "number"],
}

SORT_NAMES = {
    "number": _lazy("number"),
    "place": _lazy("place"),
    "institution": _lazy("institution"),
    "severity": _lazy("severity"),
    "received": _lazy("day received"),
    "state": _lazy("state"),
}


def report_with_comments(request: MemberRequest, pk: int) -> Report:
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )
    require(request.user, Permission.READ_COMMENTS, report.committee)
    return report


@require_safe
def comments(request: MemberRequest, pk: int) -> HttpResponse:
    """Every comment of the report with its answer and the change it caused."""
    report = report_with_comments(request, pk)
    form = MatrixFilter(request.GET or None, report=report)
    rows = sorted_by(narrowed(report, form), request.GET.get("sort", "number"))
    size = max(rows.count(), 1) if request.GET.get("all") else PAGE
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.object_list = with_rows(page.object_list, report)
    context = {
        "section": "documents",
        "committee": report.committee,
        "report": report,
        "form": form,
        "page": page,
        "sorts": SORT_NAMES.items(),
        "sort": request.GET.get("sort", "number"),
        "counts": counts_of(report),
        "states": Report.State,
        "may_answer": can(request.user, Permission.ANSWER_COMMENTS, report.committee),
    }
    return render(request, "governance/comments.html", context)


def counts_of(report: Report) -> dict[str, int]:
    return report.comments.aggregate(
        total=Count("pk"),
        unanswered=Count("pk", filter=Q(state__in=Comment.OPEN)),
        blocking=Count("pk", filter=Q(state__in=Comment.OPEN, severity="blocking")),
        late=Count("pk", filter=Q(is_late=True)),
    )


def narrowed(report: Report, form: MatrixFilter) -> QuerySet[Comment]:
    """The comments that the filters leave; a filter with a fault leaves all."""
    rows = report.comments.complete()
    if not form.is_valid():
        return rows
    data = form.cleaned_data
    exact = ("document", "institution", "severity", "channel")
    rows = rows.filter(**{name: data[name] for name in exact if data[name]})
    if data["late"]:
        rows = rows.filter(is_late=data["late"] == "yes")
    if data["state"] == "unanswered":
        rows = rows.unanswered()
    elif data["state"]:
        rows = rows.filter(state=data["state"])
    if data["disposition"]:
        given = Response.objects.filter(comment=OuterRef("pk")).order_by("-pk")
        latest = Subquery(given.values("disposition")[:1])
        rows = rows.alias(latest=latest).filter(latest=Value(data["disposition"]))
    return rows.filter(says(data["q"])) if data["q"] else rows


def says(words: str) -> Q:
    """Comments in which these words stand: in what was said, quoted or answered."""
    answers = Response.objects.filter(reason__icontains=words)
    condition = Q(pk__in=answers.values("comment"))
    for name in ("body", "quote", "suggested_wording", "section"):
        condition |= Q(**{f"{name}__icontains": words})
    return condition


def sorted_by(rows: QuerySet[Comment], sort: str) -> QuerySet[Comment]:
    order = SORTS.get(sort.removeprefix("-"), SORTS["number"])
    rows = rows.order_by(*order)
    return rows.reverse() if sort.startswith("-") else rows


def columns() -> list[tuple[Column, str]]:
    """The columns of the file, each with the key of the matrix's row."""
    return [
        (Column(_("Number"), 9), "number"),
        (Column(_("Reviewer"), 22), "author"),
        (Column(_("Institution"), 12), "institution"),
        (Column(_("Report version"), 9), "on_version"),
        (Column(_("Part"), 6), "part_name"),
        (Column(_("Section"), 28), "section"),
        (Column(_("Type"), 13), "type_name"),
        (Column(_("Severity"), 13), "severity_name"),
        (Column(_("Channel"), 10), "channel_name"),
        (Column(_("Comment"), 50), "body"),
        (Column(_("Quoted words"), 30), "quote"),
        (Column(_("Suggested text"), 40), "suggested_wording"),
        (Column(_("Response"), 40), "response"),
        (Column(_("Disposition"), 18), "disposition_name"),
        (Column(_("Change made"), 30), "change"),
        (Column(_("Version of the change"), 9), "change_version"),
        (Column(_("Decided by"), 22), "decided_by"),
        (Column(_("Received"), 13, "date"), "received_on"),
        (Column(_("Late"), 7), "late_name"),
        (Column(_("State"), 18), "state_name"),
    ]


@require_safe
def comments_xlsx(request: MemberRequest, pk: int) -> HttpResponse:
    """The same rows, filtered and sorted alike, as a spreadsheet."""
    report = report_with_comments(request, pk)
    form = MatrixFilter(request.GET or None, report=report)
    rows = sorted_by(narrowed(report, form), request.GET.get("sort", "number"))
    layout = columns()
    file = workbook(
        _("Comments on “%s”") % report,
        [column for column, _key in layout],
        [cells(comment, layout) for comment in with_rows(rows, report)],
        created=report.committee.now(),
        sheet=_("Comments"),
    )
    answer = HttpResponse(file, content_type=XLSX)
    name = f'attachment; filename="{report.reference}-comments.xlsx"'
    answer["Content-Disposition"] = name
    return answer


def cells(comment: Any, layout: list[tuple[Column, str]]) -> list[Any]:
    late = _("late") if comment.is_late else ""
    row = comment.row | {"received_on": comment.received_on, "late_name": late}
    return [row[key] for _column, key in layout]
