"""Importing what a committee has beside its report: institutions, and people."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from governance.actions import institutions, joining
from governance.actions.imports import named
from governance.columns import Scope, column_for
from governance.errors import Refused
from governance.importing import Aim, Known
from governance.models import Committee, Institution, Joining, RoleAssignment
from governance.permissions import Permission, Role, require

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from governance.columns import Column
    from governance.importing import Line
    from governance.models import User

ADDED, CHANGED = "added", "changed"
FIELDS = ("code", "name", "category", "valid_from", "valid_to", "successor")
# Who writes these never meant a plain M: 'M'e, 'Mamakopoi, 'Ma Thabo, 'MaThabo.
LOST = re.compile(r"M['’]\w|Ma(ma|\s+[A-Z]|['’]?[A-Z])")


def committee_aims() -> dict[str, Callable[[Committee], Aim]]:
    return {"institutions": institutions_aim, "members": members_aim}


class CommitteeDesk:
    """What both share: the right, the lock, and what was done so far."""

    def __init__(self, columns: Sequence[Column], committee: Committee, by: User):
        require(by, Permission.MANAGE_MEMBERS, committee)
        Committee.objects.select_for_update().get(pk=committee.pk)
        self.committee, self.by, self.columns = committee, by, columns
        self.at = committee.now()
        self.scope = Scope(committee)
        self.rows: list[dict[str, Any]] = []
        self.known: list[Known] = []

    def done(
        self, row: Any, action: str, before: Mapping[str, str], after: Mapping[str, str]
    ) -> None:
        facts = {"key": str(row.pk), "label": str(row), "action": action}
        self.rows.append(facts | {"before": before, "after": after, "revision": 0})


class InstitutionsDesk(CommitteeDesk):
    """Institutions have no revisions: whether one was changed, its words tell."""

    def __init__(self, columns: Sequence[Column], committee: Committee, by: User):
        super().__init__(columns, committee, by)
        found = committee.institutions.select_related("successor").order_by("code")
        self.known = [
            Known(str(row.pk), row.code, row, self.revision_of(row)) for row in found
        ]

    def cells(self, row: Any) -> dict[str, str]:
        return {column.name: column.cell(row) for column in self.columns}

    def revision_of(self, row: Any) -> int:
        return zlib.crc32(repr(sorted(self.cells(row).items())).encode())

    def add(self, values: Mapping[Column, Any]) -> Any:
        fields = {c.name: value for c, value in values.items()}
        row = institutions.add_institution(self.committee, by=self.by, **fields)
        self.done(row, ADDED, {}, self.cells(row))
        successor = next(c for c in self.columns if c.name == "successor")
        if successor.key in self.scope.lists:
            self.scope.learn(successor, row)
        return row

    def change(self, row: Any, values: Mapping[Column, Any]) -> Any:
        before = self.cells(row)
        fresh = Institution.objects.select_related("committee").get(pk=row.pk)
        fields = {c.name: value for c, value in values.items()}
        institutions.change_institution(fresh, by=self.by, **fields)
        self.done(fresh, CHANGED, before, self.cells(fresh))
        return fresh

    def keep(self, *, why: str) -> list[dict[str, Any]]:
        del why  # each is in the history already
        return self.rows

    def take_back(self, rows: Sequence[Mapping[str, Any]]) -> None:
        here = {each.key: each.row for each in self.known}
        changed = [
            row["label"]
            for row in rows
            if row["key"] not in here or self.cells(here[row["key"]]) != row["after"]
        ]
        if changed:
            raise Refused(since_changed(changed))
        for row in reversed(rows):
            if row["action"] == CHANGED:
                self.change(here[row["key"]], self.as_before(row))
        for row in reversed(rows):
            if row["action"] == ADDED:
                remove(here[row["key"]], by=self.by)

    def as_before(self, row: Mapping[str, Any]) -> dict[Column, Any]:
        try:
            return {c: c.read(row["before"][c.name], self.scope) for c in self.columns}
        except ValidationError as error:
            raise Refused(f"{row['label']}: {' '.join(error.messages)}") from error


def since_changed(labels: Sequence[str]) -> str:
    return _(
        "These were changed since, so that the import cannot be taken back: %s. Nothing is"
        " changed."
    ) % named(labels)


def remove(institution: Institution, *, by: User) -> None:
    """Take an institution out that was entered by mistake and that nothing names."""
    in_use = _("“%s” is in use: others refer to it.") % institution
    pk = institution.pk
    institution.record("removed", by=by)
    try:
        with transaction.atomic():
            count, _gone = Institution.objects.filter(pk=pk).delete()
    except ProtectedError as error:
        raise Refused(in_use) from error
    if count > 1:
        raise Refused(in_use)


def institutions_aim(committee: Committee) -> Aim:
    columns = tuple(column_for(Institution, name) for name in FIELDS)
    return Aim(
        "institutions",
        _("Institutions"),
        committee,
        columns,
        lambda by: InstitutionsDesk(columns, committee, by),
        natural="code",
    )


@dataclass(frozen=True)
class Person:
    """One role of one person, as a row."""

    pk: int
    name: str
    role: str
    institution: Institution | None
    starts_on: dt.date
    email: str


def people_of(committee: Committee) -> list[Known]:
    held = RoleAssignment.objects.in_force().filter(committee=committee)
    rows = held.select_related("user", "institution").order_by("user__name", "role")
    return [
        Known(
            str(row.pk),
            "",
            Person(
                row.pk,
                row.user.name,
                row.role,
                row.institution,
                row.starts_on,
                row.user.email,
            ),
        )
        for row in rows
    ]


class MembersDesk(CommitteeDesk):
    """New rows are invitations; who has a role already is read and not changed."""

    def __init__(self, columns: Sequence[Column], committee: Committee, by: User):
        super().__init__(columns, committee, by)
        self.known = people_of(committee)
        self.issued: list[joining.Issued] = []

    def add(self, values: Mapping[Column, Any]) -> Any:
        said = {c.name: value for c, value in values.items()}
        said.pop("starts_on", None)
        wanted = joining.Wanted(**said)
        if wanted.role == Role.ADMINISTRATOR:
            raise Refused(_("An administrator is entered at the server, not invited."))
        if wanted.role == Role.MEMBER and wanted.institution is None:
            raise ValidationError(
                {"institution": _("A member acts for an institution: name it.")}
            )
        self.issued += joining.invite(
            self.committee, [wanted], on_paper=not wanted.email, by=self.by
        )
        row = self.committee.joinings.latest("pk")
        cells = {c.name: c.cell_of(value) for c, value in values.items()}
        self.done(row, ADDED, {}, cells)
        return row

    def change(self, row: Any, values: Mapping[Column, Any]) -> Any:
        del values
        raise Refused(
            _("%s has this role: it is changed on the page of the people, not here.")
            % row.name
        )

    def keep(self, *, why: str) -> list[dict[str, Any]]:
        """A code by mail, where there is an address; the others are made anew by hand."""
        del why
        issued = self.issued
        transaction.on_commit(lambda: joining.hand_out(issued) and None)
        return self.rows

    def take_back(self, rows: Sequence[Mapping[str, Any]]) -> None:
        keys = [row["key"] for row in rows]
        found = list(Joining.objects.filter(committee=self.committee, pk__in=keys))
        if used := [row.name for row in found if row.used_at]:
            raise Refused(since_changed(used))
        for row in found:
            if row.withdrawn_at is None:
                joining.withdraw(row, by=self.by)


def members_aim(committee: Committee, *, email: bool = True) -> Aim:
    since = replace(
        column_for(RoleAssignment, "starts_on"), is_required=False, also=("from",)
    )
    names = ("name", "role", "institution")
    columns = [*(column_for(Joining, name) for name in names), since]
    if email:
        columns.append(replace(column_for(Joining, "email"), also=("e-mail", "mail")))
    return Aim(
        "members",
        _("Members"),
        committee,
        tuple(columns),
        partial(MembersDesk, columns, committee),
        notes=names_that_lost,
    )


def names_that_lost(lines: Sequence[Line]) -> list[str]:
    """Excel takes an apostrophe at the beginning of a cell for a mark of its own."""
    found = [
        _("row %(row)d: %(name)s") % {"row": line.number, "name": line.texts["name"]}
        for line in lines
        if line.known is None and LOST.match(line.texts.get("name", ""))
    ]
    if not found:
        return []
    return [
        _(
            "Excel may have taken an apostrophe from the beginning of these names (%s). If"
            " so, write it twice in Excel, and bring the file again."
        )
        % named(found)
    ]
