"""The text of a document in another language: what there is of it, and writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions.editing import find_provision
from governance.actions.revising import label_of, why_closed
from governance.actions.translations import (
    language_of,
    may_translate,
    translate,
    translation_of,
)
from governance.assigned import not_yours, rights_in
from governance.forms.translations import (
    PREFIX,
    STANDING_NAMES,
    RemovedForm,
    StandingFilter,
    TranslationForm,
    column_name,
)
from governance.models import Document
from governance.permissions import Permission, require
from governance.translating import (
    counted,
    entries_of,
    models_of,
    neighbours,
    rows_of,
    translated_fields,
)
from governance.views.acting import act
from governance.views.comments import FORM_METHODS, posted

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from governance.http import MemberRequest
    from governance.models import CommitteeLanguage, User
    from governance.translating import Entry

PAGE = 25


def translating(
    request: MemberRequest, pk: int, code: str
) -> tuple[Document, CommitteeLanguage]:
    """The document and the language; for those who work on the text."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).with_kinds(), pk=pk
    ).specific
    require(request.user, Permission.READ_WORKING_DRAFT, document.committee)
    language = language_of(document, code)
    if language is None:
        raise Http404
    return document, language


def page_of(document: Document, language: CommitteeLanguage) -> dict[str, Any]:
    """What the list and the editor share."""
    languages = document.committee.languages.all()
    return {
        "section": "documents",
        "report": document.report,
        "committee": document.committee,
        "document": document,
        "language": language,
        "prevailing": next((row for row in languages if row.prevails), None),
        "names": STANDING_NAMES,
        "list": reverse("governance:translate", args=[document.pk, language.code]),
    }


@require_safe
def translate_list(request: MemberRequest, pk: int, language: str) -> HttpResponse:
    """Every provision beside its translation, in reading order."""
    document, chosen = translating(request, pk, language)
    entries = entries_of(document, chosen.code)
    form = StandingFilter(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = [entry for entry in entries if state in ("", entry.standing)]
    size = max(len(rows), 1) if request.GET.get("all") else PAGE
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    context = page_of(document, chosen) | {
        "form": form,
        "page": page,
        "counts": counted(entries),
        "open": open_to(request.user, document, list(page.object_list)),
        "closed": why_closed(document.report),
        "languages": document.committee.languages.filter(prevails=False),
    }
    return render(request, "governance/translate.html", context)


def open_to(user: User, document: Document, entries: list[Entry]) -> set[str]:
    """The uids of those provisions that the reader may translate."""
    rights = rights_in(user, document)
    uids = {entry.uid for entry in entries}
    if rights.everything or not rights.some:
        return uids if rights.everything else set()
    return {str(row.uid) for row in rows_of(document, uids) if rights.covers(row)}


@require_http_methods(FORM_METHODS)
def translate_provision(
    request: MemberRequest, pk: int, language: str, uid: UUID
) -> HttpResponse:
    """One provision side by side; where two save at once the second sees both texts."""
    document, chosen = translating(request, pk, language)
    row = find_provision(document, uid)
    if row is None:
        return gone(request, document, chosen, uid)
    if not may_translate(request.user, document, row):
        raise not_yours()
    form = TranslationForm(posted(request), document=document, row=row, language=chosen)
    before, after = neighbours(entries_of(document, chosen.code), str(uid))
    return act(
        request,
        form,
        lambda _data: form.save(request.user),
        done=lambda: done(document, chosen, row, form, after),
        title=_("Translate %(name)s into %(language)s")
        % {"name": label_of(row), "language": chosen.name},
        button=_("Save the translation"),
        said=_("Saved. It stands in the history of the provision."),
        template="governance/translate_provision.html",
        row=row,
        previous=before,
        next=after,
        closed=why_closed(document.report),
        **page_of(document, chosen),
    )


def done(
    document: Document,
    language: CommitteeLanguage,
    row: Any,
    form: TranslationForm,
    after: Entry | None,
) -> str:
    """On to the next that waits; back to this one where its source moved meanwhile."""
    uid = row.uid if form.source_moved() else after and after.uid
    if uid:
        arguments = [document.pk, language.code, uid]
        return reverse("governance:translate-provision", args=arguments)
    address = reverse("governance:translate", args=[document.pk, language.code])
    return f"{address}#p{str(row.uid)[:8]}"


def gone(
    request: MemberRequest, document: Document, language: CommitteeLanguage, uid: UUID
) -> HttpResponse:
    """It was removed: its translation stays, and what was typed for it is kept."""
    found = translation_of(document, uid, language.code)
    if found is None and not document.revisions.filter(provision_uid=uid).exists():
        raise Http404
    if not rights_in(request.user, document).some:
        raise not_yours()
    typed = {
        name.removeprefix(PREFIX): str(text)
        for name, text in request.POST.items()
        if name.startswith(PREFIX) and text
    }
    page = page_of(document, language)
    return act(
        request,
        RemovedForm(posted(request)),
        lambda _data: translate(
            document, uid, language.code, typed, base=0, read=0, by=request.user
        ),
        done=page["list"],
        title=_("The provision was removed"),
        button="",
        template="governance/translate_gone.html",
        uid=uid,
        typed=[(name_in(document, name), text) for name, text in typed.items()],
        last=found,
        **page,
    )


def name_in(document: Document, column: str) -> str:
    """The name of a column among the sorts of provision that the document may hold."""
    fields = [f for m in models_of(type(document)) for f in translated_fields(m)]
    return next((column_name(f) for f in fields if f.name == column), column)
