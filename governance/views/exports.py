"""Tables as spreadsheets: the same columns go out that come in, and each row's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.actions.import_committee import (
    institutions_aim,
    members_aim,
    people_of,
)
from governance.actions.import_rows import table_aim
from governance.columns import CHOICE, DAY, MONEY, NUMBER, WHOLE, WORDS, Scope
from governance.grid import everything
from governance.models import Committee
from governance.permissions import Permission, can
from governance.sheets import Column as Written
from governance.sheets import workbook
from governance.views.editing import found_table
from governance.views.provisions import found_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from governance.columns import Column
    from governance.http import MemberRequest
    from governance.importing import Aim

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, Any] = {DAY: "date", MONEY: "money", NUMBER: "number", WHOLE: "whole"}
WIDTHS = {WORDS: 50}
KEY_WIDTH = 38


def written(column: Column, currency: str) -> Written:
    title = capfirst(str(column.title))
    if column.kind == MONEY:
        title = f"{title} ({currency})"
    kind = KINDS.get(column.kind, "text")
    return Written(title, WIDTHS.get(column.kind, 18), kind)


def value_of(column: Column, row: Any) -> Any:
    """Numbers and dates as such, everything else as it can be read again."""
    return column.value(row) if column.kind in KINDS else column.cell(row) or None


def cells_of(row: Any, columns: Sequence[Column]) -> list[Any]:
    return [value_of(column, row) for column in columns]


def hints(columns: Iterable[Column]) -> list[str]:
    """What may be written in the columns, for the second sheet."""
    said = []
    for column in columns:
        title = capfirst(str(column.title))
        if column.kind == CHOICE:
            known = ", ".join(str(label) for value, label in column.source.flatchoices)
            said.append(
                _("%(title)s is one of: %(known)s.") % {"title": title, "known": known}
            )
        elif column.help:
            said.append(f"{title}: {column.help}")
    return said


def download(aim: Aim, rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """`rows` have a number first and a key last, around the columns of the table."""
    committee = aim.committee
    layout = [Written(_("No."), 9)]
    layout += [written(column, committee.currency) for column in aim.columns]
    layout += [Written(_("Key"), KEY_WIDTH)]
    note = _(
        "Change what you like and bring the file back with “Paste or upload from Excel”."
        " The column “Key” says which row is which: leave it as it is, and empty in new"
        " rows. Rows that you delete here stay in the portal."
    )
    data = workbook(
        aim.title,
        layout,
        rows,
        created=committee.now(),
        notes=[note, *hints(aim.columns)],
        sheet=aim.title,
    )
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_safe
def table_xlsx(request: MemberRequest, pk: int, table: str) -> HttpResponse:
    """The rows of a table; with `?empty=1` only its headings, to be filled in."""
    document = found_document(request, pk)
    sort = found_table(document, table)
    aim = table_aim(document, sort)
    is_empty = "empty" in request.GET
    scope = Scope(aim.committee, document)
    rows = [] if is_empty else everything(document, sort, scope)
    day = "form" if is_empty else aim.committee.today().isoformat()
    cells = ([row.number, *cells_of(row, aim.columns), str(row.uid)] for row in rows)
    return download(aim, cells, f"{aim.committee.slug}-{sort.name}-{day}.xlsx")


def committee_of(request: MemberRequest, slug: str) -> Committee:
    return get_object_or_404(Committee.objects.visible_to(request.user), slug=slug)


@require_safe
def institutions_xlsx(request: MemberRequest, slug: str) -> HttpResponse:
    committee = committee_of(request, slug)
    aim = institutions_aim(committee)
    rows: Any = (
        [] if "empty" in request.GET else committee.institutions.order_by("code")
    )
    cells = (
        [n, *cells_of(row, aim.columns), row.pk] for n, row in enumerate(rows, start=1)
    )
    return download(aim, cells, f"{slug}-institutions.xlsx")


@require_safe
def members_xlsx(request: MemberRequest, slug: str) -> HttpResponse:
    """Who holds which role; e-mail only for those who invite people."""
    committee = committee_of(request, slug)
    aim = members_aim(
        committee, email=can(request.user, Permission.MANAGE_MEMBERS, committee)
    )
    rows = [] if "empty" in request.GET else people_of(committee)
    cells = (
        [n, *cells_of(each.row, aim.columns), each.key]
        for n, each in enumerate(rows, start=1)
    )
    return download(aim, cells, f"{slug}-members.xlsx")
