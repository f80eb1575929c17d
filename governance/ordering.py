"""The rows of a document in their order, and the ways each can be moved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from governance.actions.revising import label_of
from governance.snapshot import walk
from governance.tables import tables_in

if TYPE_CHECKING:
    from governance.models import Document
    from governance.tables import Table


@dataclass(frozen=True)
class Place:
    """One row: how deep it stands, what it was called when last frozen, what it can do."""

    row: Any
    label: str
    depth: int
    was: str
    ways: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return str(self.row.uid)[:8]


@dataclass
class Group:
    table: Table
    places: list[Place] = field(default_factory=list)


def numbers_when_frozen(document: Document) -> dict[str, str]:
    """The numbers of the provisions in the last version, by uid."""
    version = document.report.versions.order_by("-pk").first()
    found = version.content.get("documents", []) if version else []
    return {
        node["uid"]: node["number"]
        for each in found
        if each["kind"] == document.kind
        for node, _depth in walk(each["provisions"])
    }


def ordering_of(document: Document) -> list[Group]:
    then = numbers_when_frozen(document)
    groups = []
    for table in tables_in(document):
        rows = list(table.rows(document))
        group = Group(table)
        for row, depth, ways in ranked(rows, nests=table.nests):
            was = then.get(str(row.uid), "")
            shown = was if was and was != row.number else ""
            group.places.append(Place(row, label_of(row), depth, shown, ways))
        if rows:
            groups.append(group)
    return groups


def siblings_key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(n).attname) for n in row.siblings)


def ranked(rows: list[Any], *, nests: bool) -> list[tuple[Any, int, tuple[str, ...]]]:
    """Every row with its depth and its ways, in the order in which they are read."""
    families: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        families.setdefault(siblings_key(row), []).append(row)
    found: list[tuple[Any, int, tuple[str, ...]]] = []

    def below(parent: Any, depth: int) -> None:
        family = [r for r in rows if r.parent_id == (parent.pk if parent else None)]
        for place, row in enumerate(sorted(family, key=lambda r: r.position)):
            found.append((row, depth, ways_of(row, place, len(family), nests=True)))
            below(row, depth + 1)

    if nests:
        below(None, 0)
        return found
    for family in families.values():
        family.sort(key=lambda r: r.position)
        for place, row in enumerate(family):
            found.append((row, 0, ways_of(row, place, len(family), nests=False)))
    return found


def ways_of(row: Any, place: int, many: int, *, nests: bool) -> tuple[str, ...]:
    ways = []
    if place:
        ways.append("up")
    if place + 1 < many:
        ways.append("down")
    if nests and place:
        ways.append("in")
    if nests and row.parent_id:
        ways.append("out")
    return tuple(ways)


def order_seen(groups: list[Group]) -> str:
    """The order that a page shows, in few letters."""
    text = " ".join(
        f"{place.row.pk}:{place.depth}" for group in groups for place in group.places
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
