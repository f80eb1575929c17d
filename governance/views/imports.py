"""Rows from a spreadsheet: pasted or sent, looked at, entered all or none, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.import_committee import committee_aims
from governance.actions.import_rows import table_aim
from governance.actions.importable import aim_of
from governance.actions.imports import may_take_back, take_back
from governance.assigned import not_yours
from governance.formats import day
from governance.forms.base import ActionForm
from governance.forms.imports import ImportForm, SourceForm, seal_seen
from governance.models import Committee, Import
from governance.permissions import Permission, require
from governance.preview import preview_of
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted
from governance.views.editing import found_table, writing
from governance.views.provisions import found_document, frame_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.importing import Aim
    from governance.models import User

SHOWN = 10  # of the imports before


@require_http_methods(FORM_METHODS)
def table_import(request: MemberRequest, pk: int, table: str) -> HttpResponse:
    """Rows for one table of a document."""
    document, _rights = writing(request, pk)
    sort = found_table(document, table)
    names = [document.pk, sort.name]
    return import_page(
        request,
        table_aim(document, sort),
        here=reverse("governance:table-import", args=names),
        file=reverse("governance:table-xlsx", args=names),
        table_url=reverse("governance:table", args=names),
        table=sort,
        **frame_of(document),
    )


def import_page(
    request: MemberRequest, aim: Aim, *, here: str, file: str, **context: Any
) -> HttpResponse:
    """Where rows begin, or what would become of them; the button enters them."""
    context |= {
        "aim": aim,
        "here": here,
        "file": file,
        "title": _("Paste or upload “%s” from Excel") % aim.title,
    }
    if "sheet" in request.POST:
        return looked_at(
            request, ImportForm(request.POST, aim=aim, by=request.user), context
        )
    form = SourceForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        data = {"sheet": form.cleaned_data["packed"]}
        return looked_at(request, ImportForm(data, aim=aim, by=request.user), context)
    context |= {"form": form, "imports": before(aim, request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "governance/import_start.html", context, status=status)


def committee_import(request: MemberRequest, slug: str, name: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)
    require(request.user, Permission.MANAGE_MEMBERS, committee)
    return import_page(
        request,
        committee_aims()[name](committee),
        here=reverse(f"governance:{name}-import", args=[slug]),
        file=reverse(f"governance:{name}-xlsx", args=[slug]),
        table_url=reverse(f"governance:{name}", args=[slug]),
        committee=committee,
        section="members",
    )


@require_http_methods(FORM_METHODS)
def institutions_import(request: MemberRequest, slug: str) -> HttpResponse:
    return committee_import(request, slug, "institutions")


@require_http_methods(FORM_METHODS)
def members_import(request: MemberRequest, slug: str) -> HttpResponse:
    """People to be invited; who has a role already stays as it is."""
    return committee_import(request, slug, "members")


def looked_at(
    request: MemberRequest, form: ImportForm, context: dict[str, Any]
) -> HttpResponse:
    if "go" in request.POST:
        return act(
            request,
            form,
            lambda _data: entered(request, form),
            done=context["here"],
            button="",
            template="governance/import.html",
            preview=lambda: shown(form),
            **context,
        )
    context |= {"form": form, "preview": shown(form)}
    status = 200 if form.run else 422
    return render(request, "governance/import.html", context, status=status)


def shown(form: ImportForm) -> Any:
    """What would become of the rows now; None where they did not arrive."""
    return preview_of(form, form.run, seal_seen(form.run)) if form.run else None


def entered(request: MemberRequest, form: ImportForm) -> None:
    found = form.carry_out()
    added = sum(row["action"] == "added" for row in found.rows)
    words = {"added": added, "changed": len(found.rows) - added}
    said = _("Done: %(added)d added, %(changed)d changed. It can be taken back below.")
    messages.success(request, said % words)


def before(aim: Aim, user: User) -> list[Any]:
    """The last imports into the table, each with whether the reader may take it back."""
    rows = Import.objects.filter(
        committee=aim.committee, document=aim.document, table=aim.name
    ).select_related("by", "undone_by", "committee", "document")
    return [(row, may_take_back(row, user)) for row in rows[:SHOWN]]


@require_http_methods(FORM_METHODS)
def import_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring back what was there before an import."""
    found = get_object_or_404(
        Import.objects.visible_to(request.user).select_related("committee", "by"), pk=pk
    )
    context: dict[str, Any] = {"committee": found.committee}
    if found.document_id:
        document = found_document(request, found.document_id)
        context = frame_of(document)
    if found.undone_at is None and not may_take_back(found, request.user):
        raise refusal(found)
    aim, here = aim_of(found)
    return act(
        request,
        ActionForm(posted(request)),
        lambda _data: take_back(found, aim, by=request.user),
        done=here,
        title=_("Take back the import of %(n)d rows of %(day)s")
        % {"n": len(found.rows), "day": day(found.at)},
        button=_("Take the import back"),
        said=_("Taken back: everything is as it was before."),
        text=_(
            "Rows that it added are removed, rows that it changed say again what they said"
            " before. Where one was changed since, nothing is done."
        ),
        danger=True,
        **context,
    )


def refusal(found: Import) -> PermissionDenied:
    if found.document_id:
        return not_yours()
    return PermissionDenied(_("An import is taken back by those who manage members."))
