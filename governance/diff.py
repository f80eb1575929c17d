"""What changed between two snapshots of a report, provision by provision.

Provisions are matched by their uid, documents by their kind; nothing is guessed from
the text. Texts are compared word by word, facts as facts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from governance.differences import FieldChange, Piece, field_changes, words
from governance.snapshot import Node, Snapshot, walk
from governance.translating import translation_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FieldChange",
    "Piece",
    "ProvisionChange",
    "compare",
    "count",
    "differing",
    "find",
    "words",
]

ChangeKind = Literal["added", "removed", "changed", "moved", "same"]


@dataclass(frozen=True)
class ProvisionChange:
    """One provision before and after, or with uid "" a document: title and fields.

    One that is moved may have changed as well: `has_changes`. A number that differs
    because something was put in or taken out before it is no change.
    """

    uid: str
    kind: ChangeKind
    document_kind: str
    document_title: str
    before: Node | None
    after: Node | None
    moved_from: str = ""  # the old number, or its parent's where it has none

    @cached_property
    def pieces(self) -> list[Piece]:
        return words(_text(self.before, "body"), _text(self.after, "body"))

    @cached_property
    def heading_pieces(self) -> list[Piece]:
        return words(_text(self.before, "heading"), _text(self.after, "heading"))

    @cached_property
    def fields(self) -> list[FieldChange]:
        return _field_changes(self.before, self.after)

    @property
    def has_changes(self) -> bool:
        return _differ(self.before, self.after)

    @property
    def number(self) -> str:
        return _text(self.after or self.before, "number")

    @property
    def label(self) -> str:
        """Number and heading; the document's title where it has neither."""
        heading = _text(self.after or self.before, "heading")
        return f"{self.number} {heading}".strip() or self.document_title


def _text(node: Node | None, name: str) -> str:
    return node[name] if node else ""


def _field_changes(before: Node | None, after: Node | None) -> list[FieldChange]:
    """Of one that is added or removed, every fact but what sort of provision it is."""
    sort = {"type": (before or after or {})["fields"].get("type")}
    old, new = (node["fields"] if node else sort for node in (before, after))
    said = ((node or {}).get("translations", {}) for node in (before, after))
    return field_changes(old, new) + translation_changes(*said)


def _differ(before: Node | None, after: Node | None) -> bool:
    for name in ("heading", "body"):
        if _text(before, name) != _text(after, name):
            return True
    return bool(_field_changes(before, after))


@dataclass(frozen=True)
class Place:
    """A provision, or a document as the node above its provisions, in a report."""

    node: Node
    parent: str
    document: Snapshot


@dataclass(frozen=True)
class Tree:
    """A report by key: a provision's is its uid, a document's `kind:` and its kind."""

    places: dict[str, Place] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, content: Snapshot) -> Tree:
        tree = cls()
        for document in content["documents"]:
            node = {"uid": "", "number": "", "heading": document["title"], "body": ""}
            node |= {"fields": document["fields"], "children": document["provisions"]}
            tree.add(f"kind:{document['kind']}", Place(node, "", document))
        return tree

    def add(self, key: str, place: Place) -> None:
        self.places[key] = place
        self.below[place.parent].append(key)
        for child in place.node["children"]:
            self.add(child["uid"], Place(child, key, place.document))

    def parent_of(self, key: str) -> str | None:
        return self.places[key].parent if key in self.places else None


def compare(before: Snapshot, after: Snapshot) -> list[ProvisionChange]:
    """Every provision of both in the reading order of `after`, unchanged ones too.

    A removed one stands after the sibling it followed, or first below its parent. A
    document itself is in the list only where its title or fields differ.
    """
    old, new = Tree.of(before), Tree.of(after)
    stay = _staying(old, new)
    changes = (_change(old, new, key, stay) for key in _reading_order(old, new, stay))
    return [change for change in changes if change.uid or change.kind != "same"]


def _staying(old: Tree, new: Tree) -> set[str]:
    """The most provisions that can be said to be where they were; the rest moved."""
    order = {key: index for index, key in enumerate(old.places)}
    stay: set[str] = set()
    for parent, keys in new.below.items():
        kept = [key for key in keys if old.parent_of(key) == parent]
        rising = set(longest_rising([order[key] for key in kept]))
        stay.update(key for key in kept if order[key] in rising)
    return stay


def longest_rising(numbers: list[int]) -> list[int]:
    """The longest rising subsequence of different numbers, by patience sorting."""
    if all(one < other for one, other in pairwise(numbers)):
        return numbers
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        below[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    rising: list[int] = []
    last: int | None = tops[-1]
    while last is not None:
        rising.append(last)
        last = below[last]
    return rising[::-1]


def _reading_order(old: Tree, new: Tree, stay: set[str]) -> Iterator[str]:
    first: dict[str, list[str]] = defaultdict(list)  # removed, by parent
    following: dict[str, list[str]] = defaultdict(list)  # removed, by sibling
    for parent, keys in old.below.items():
        gone = first[parent]
        for key in keys:
            if key not in new.places:
                gone.append(key)
            elif key in stay:
                gone = following[key]

    def read(keys: list[str]) -> Iterator[str]:
        for key in keys:
            yield key
            yield from read(first.get(key, []))
            yield from read(new.below.get(key, []))
            yield from read(following.get(key, []))

    yield from read(first[""])
    yield from read(new.below.get("", []))


def _change(old: Tree, new: Tree, key: str, stay: set[str]) -> ProvisionChange:
    was, now = old.places.get(key), new.places.get(key)
    before, after = was.node if was else None, now.node if now else None
    place = now or old.places[key]
    kind: ChangeKind = "changed" if _differ(before, after) else "same"
    if was is None or now is None:
        kind = "removed" if was else "added"
    elif key not in stay:
        kind = "moved"
    return ProvisionChange(
        uid=place.node["uid"],
        kind=kind,
        document_kind=place.document["kind"],
        document_title=place.document["title"],
        before=before,
        after=after,
        moved_from=_number_of(old, was) if was and kind == "moved" else "",
    )


def _number_of(tree: Tree, place: Place) -> str:
    parent = tree.places.get(place.parent)
    above = parent.node["number"] if parent else ""
    return place.node["number"] or above or place.document["title"]


def differing(changes: list[ProvisionChange]) -> list[ProvisionChange]:
    return [change for change in changes if change.kind != "same"]


def count(before: Snapshot, after: Snapshot) -> int:
    """At how many places a reader would see a difference."""
    return len(differing(compare(before, after)))


def find(content: Snapshot, uid: str) -> tuple[Snapshot, Node] | None:
    """The provision of that uid, with the document it stands in."""
    for document in content["documents"]:
        for node, _depth in walk(document["provisions"]):
            if node["uid"] == uid:
                return document, node
    return None
