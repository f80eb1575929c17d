"""Who may edit which provision: all, those of a whole document, or one's own rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.errors import Refused
from governance.models import Assignment, Provision
from governance.permissions import Permission, can, roles_with
from governance.snapshot import walk
from governance.tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from governance.models import Document, User
    from governance.snapshot import Node


@dataclass(frozen=True)
class Rights:
    """What one person may edit in one document; asked of many rows without a query."""

    everything: bool = False
    institutions: frozenset[int] = frozenset()
    uids: frozenset[UUID] = frozenset()

    def covers(self, row: Any) -> bool:
        """Whether this row is the person's to edit."""
        if self.everything or self.answers_for(row):
            return True
        return bool(self.uids) and any(each.uid in self.uids for each in upwards(row))

    def answers_for(self, row: Any) -> bool:
        """Whether the row names the person's institution as responsible."""
        named = {getattr(row, f"{name}_id") for name in row.responsible_fields}
        return bool(named & self.institutions)

    def adds(self, model: type[Provision], parent: Any = None) -> bool:
        """Whether the person may add such a row, below `parent` where there is one."""
        if self.everything or (self.institutions and model.responsible_fields):
            return True
        return parent is not None and self.covers(parent)

    def require_add(self, row: Any) -> None:
        """Refuse a new row that is not the person's to add where it is to stand."""
        above = getattr(row, "parent", None)
        if self.adds(type(row), above) and self.covers(row):
            return
        if self.institutions and row.responsible_fields:
            raise Refused(
                _("Name your own institution as the one responsible for this row.")
            )
        raise not_yours()

    def require_kept(self, row: Any) -> None:
        """Refuse a change by which a row would not be the person's own any more."""
        if not self.covers(row):
            raise Refused(
                _("Only these give a row to another institution: %(roles)s.")
                % {"roles": ", ".join(roles_with(Permission.EDIT_DOCUMENTS))}
            )

    @property
    def some(self) -> bool:
        return self.everything or bool(self.institutions)


def upwards(row: Any) -> Iterator[Any]:
    """The row and every provision of its document that it stands under."""
    yield row
    for name in row.siblings:
        value = getattr(row, name)
        if isinstance(value, Provision) and same_document(value, row):
            yield from upwards(value)


def same_document(one: Any, other: Any) -> bool:
    if type(one) is type(other):
        return True
    return one.owner_document.pk == other.owner_document.pk


def rights_in(user: User, document: Document) -> Rights:
    """In one query, and in none for those who edit everything."""
    committee = document.committee
    if can(user, Permission.EDIT_DOCUMENTS, committee):
        return Rights(everything=True)
    if not can(user, Permission.EDIT_ASSIGNED, committee):
        return Rights()
    institutions = user.standing_in(committee.pk).institution_pks
    assigned = Assignment.objects.filter(
        document_id=document.pk, institution_id__in=institutions
    )
    uids = set(assigned.values_list("provision_uid", flat=True))
    own = frozenset(uid for uid in uids if uid is not None)
    return Rights(None in uids, institutions, own)


def not_yours() -> PermissionDenied:
    return PermissionDenied(
        _(
            "This is edited by: %(roles)s; a member edits what is assigned to the"
            " member's institution."
        )
        % {"roles": ", ".join(roles_with(Permission.EDIT_DOCUMENTS))}
    )


def require_edit(user: User, document: Document, row: Any) -> Rights:
    """Raise PermissionDenied (403) unless `row` is the person's to edit."""
    rights = rights_in(user, document)
    if not rights.covers(row):
        raise not_yours()
    return rights


@dataclass(frozen=True)
class Editable:
    """Which provisions of a document somebody may edit, asked by uid."""

    everything: bool = False
    uids: frozenset[str] = frozenset()

    def __contains__(self, uid: object) -> bool:
        return self.everything or str(uid) in self.uids

    def __bool__(self) -> bool:
        return self.everything or bool(self.uids)


def editable_in(user: User, document: Document, nodes: Sequence[Node]) -> Editable:
    """The same for a whole document at once: a query a sort of row, at most.

    `nodes` are the document's own, so that what stands below is known without asking.
    """
    rights = rights_in(user, document)
    if not rights.some or rights.everything:
        return Editable(rights.everything)
    own: set[str] = set()
    for table in tables_in(document):
        named = Q()
        for name in table.model.responsible_fields:
            named |= Q(**{f"{name}__in": rights.institutions})
        if named:
            rows = table.model.objects.filter(
                named, **{table.model.document_path: document.pk}
            )
            own |= {str(uid) for uid in rows.values_list("uid", flat=True)}
    for node, _depth in walk(list(nodes)):
        if node["uid"] in map(str, rights.uids):
            own |= {below["uid"] for below, _depth in walk([node])}
    return Editable(uids=frozenset(own))
