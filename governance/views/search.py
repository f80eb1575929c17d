from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.forms.lists import SearchForm
from governance.search import LONGEST_QUERY
from governance.search import search as find

if TYPE_CHECKING:
    from django.http import HttpResponse

    from governance.http import MemberRequest

PAGE = 25


@require_safe
def search(request: MemberRequest) -> HttpResponse:
    """Find a provision, institution, framework or centre by words or by number."""
    kinds = [
        ("provision", _("Documents")),
        ("institution", _("Institutions")),
        ("framework", _("Frameworks and laws")),
        ("centre", _("Migration centres")),
    ]
    form = SearchForm(request.GET, kinds=kinds)
    query = request.GET.get("q", "").replace("\x00", "").strip()
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    hits = find(request.user, query, kind)
    context = {
        "section": "search",
        "form": form,
        "query": query[:LONGEST_QUERY],
        "was_cut": len(query) > LONGEST_QUERY,
        "page": Paginator(hits, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "governance/search.html", context)
