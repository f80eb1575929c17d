"""The frozen versions of a report: one to read, two to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.actions.editions import as_in, edition_before
from governance.diff import compare as compare_texts
from governance.diff import differing
from governance.differences import label, readable
from governance.fingerprint import hex16, words
from governance.forms.versions import CompareForm
from governance.models import Report, Version
from governance.permissions import Permission, can
from governance.translating import translation_changes

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.snapshot import Node, Snapshot

WORKING = "now"
BEFORE = "before"


def report_of(request: MemberRequest, pk: int) -> Report:
    return get_object_or_404(
        Report.objects.visible_to(request.user).select_related("committee"), pk=pk
    )


@require_safe
def versions(request: MemberRequest, pk: int) -> HttpResponse:
    """All versions of a report, and the form that compares any two."""
    report = report_of(request, pk)
    rows = list(
        report.versions.select_related("frozen_by", "committee")
        .defer("content")
        .order_by("-major", "-minor")
    )
    for row in rows:
        row.fingerprint = hex16(row.digest)
    context = {
        "section": "documents",
        "committee": report.committee,
        "report": report,
        "versions": rows,
        "form": CompareForm(choices=choices(report, rows), initial=usual(report, rows)),
        "may_keep": can(request.user, Permission.EDIT_DOCUMENTS, report.committee),
    }
    return render(request, "governance/versions.html", context)


def choices(report: Report, rows: list[Version]) -> list[tuple[str, str]]:
    found = [(str(row.pk), f"{row.number} – {row.get_kind_display()}") for row in rows]
    if not report.is_validated:
        found.insert(0, (WORKING, _("the text as it stands now")))
    before = edition_before(report)
    if before:
        name = _("the validated edition %s") % before.reference
        found.append((BEFORE, name))
    return found


def usual(report: Report, rows: list[Version]) -> dict[str, str]:
    """The pair that is asked for most: the last two texts, the older first."""
    values = [value for value, _name in choices(report, rows)]
    after = values[0] if values else WORKING
    return {"a": values[1] if len(values) > 1 else after, "b": after}


@require_safe
def version(request: MemberRequest, pk: int) -> HttpResponse:
    """The exact text of a version, as it was frozen."""
    version = get_object_or_404(
        Version.objects.visible_to(request.user).select_related("report", "committee"),
        pk=pk,
    )
    context = {
        "section": "documents",
        "committee": version.committee,
        "report": version.report,
        "version": version,
        "fingerprint": hex16(version.digest),
        "read_aloud": words(version.digest),
        "is_intact": version.is_intact,
        "documents": [
            document | {"nodes": [shown(node) for node in document["provisions"]]}
            for document in version.content["documents"]
        ],
    }
    return render(request, "governance/version.html", context)


def shown(node: Node) -> dict[str, Any]:
    """A provision with its facts as a reader names them."""
    facts = [
        (label(name), readable(value, name))
        for name, value in node["fields"].items()
        if name not in HIDDEN
        and value not in (None, "", [], {})
        and f"{name}_name" not in node["fields"]
    ]
    return node | {
        "facts": facts,
        "said": translation_changes({}, node.get("translations", {})),
        "nodes": [shown(child) for child in node["children"]],
    }


HIDDEN = {"type", "sources", "basis", "as_of"}


@require_safe
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    """What changed between two texts of a report, provision by provision."""
    report = report_of(request, pk)
    rows = list(
        report.versions.select_related("committee").order_by("-major", "-minor")
    )
    form = CompareForm(
        request.GET or None, choices=choices(report, rows), initial=usual(report, rows)
    )
    context: dict[str, Any] = {
        "section": "documents",
        "committee": report.committee,
        "report": report,
        "form": form,
        "versions": rows,
    }
    if form.is_valid():
        context |= compared(report, rows, form.cleaned_data)
    return render(request, "governance/compare.html", context)


def compared(
    report: Report, rows: list[Version], chosen: dict[str, str]
) -> dict[str, Any]:
    texts = {str(row.pk): row.content for row in rows}
    names = dict(choices(report, rows))
    before, after = (text_of(report, texts, chosen[key]) for key in ("a", "b"))
    changes = differing(compare_texts(before, after))
    return {
        "changes": changes,
        "view": chosen["view"] or "inline",
        "before_name": names[chosen["a"]],
        "after_name": names[chosen["b"]],
        "kinds": KINDS,
    }


def text_of(report: Report, texts: dict[str, Snapshot], key: str) -> Snapshot:
    if key == WORKING:
        return report.to_text()
    before = edition_before(report) if key == BEFORE else None
    return as_in(report, before.validation.version.content) if before else texts[key]


KINDS = {"added": "ok", "removed": "bad", "changed": "info", "moved": "warn"}
