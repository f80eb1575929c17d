"""Search over what a person may read: provisions of documents, people, references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.models import Centre, Document, Framework, Institution
from governance.permissions import Permission, committees_where
from governance.snapshot import walk
from governance.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from governance.models import User
    from governance.snapshot import Node

LONGEST_QUERY = 200
MOST_RESULTS = 200
KINDS = ("provision", "institution", "framework", "centre")


@dataclass(frozen=True)
class Found:
    """One hit: where it stands, and the words around the match in three pieces."""

    kind: str
    url: str
    number: str
    title: str
    path: str
    before: str
    match: str
    after: str
    rank: int


def anchor(uid: str) -> str:
    """The fragment under which a provision stands on its reading page."""
    return f"p{uid[:8]}"


def texts(value: Any) -> Iterator[str]:
    """Every text a person can read in the fields of a node."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in {"type", "uid", "sources", "basis", "kind", "level"}:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def excerpt(text: str, words: str, width: int = 80) -> tuple[str, str, str]:
    """Text before, at and after the first place where folded `words` stand."""
    for match in re.finditer(r"\S+", text):
        start = match.start()
        if not fold(text[start:]).startswith(words):
            continue
        end = start + len(words)
        while end < len(text) and len(fold(text[start:end])) < len(words):
            end += 1
        return before(text, start, width), text[start:end], text[end:][:width]
    return "", "", text[: 2 * width]


def before(text: str, start: int, width: int) -> str:
    """The words ahead of a match, beginning with a whole one."""
    words = text[max(0, start - width) : start]
    if start > width:
        words = words.partition(" ")[2]
    return words.lstrip(" ·")


def rank_of(words: str, number: str, title: str, text: str) -> int | None:
    """0 for the number itself, 1 in the title, 2 in the text, None where nowhere."""
    if words in (fold(number), fold(number.removeprefix("Art. "))):
        return 0
    if words in fold(title):
        return 1
    terms = words.split()
    whole = fold(f"{number} {title} {text}")
    return 2 if terms and all(term in whole for term in terms) else None


def found(
    words: str, *, kind: str, url: str, number: str, title: str, path: str, text: str
) -> Found | None:
    rank = rank_of(words, number, title, text)
    if rank is None:
        return None
    before, match, after = excerpt(text, words)
    return Found(kind, url, number, title, path, before, match, after, rank)


def in_documents(user: User, words: str) -> Iterator[Found | None]:
    documents = Document.objects.visible_to(user).with_kinds()
    for document in documents:
        url = document.get_absolute_url()
        for node, _depth in walk(document.specific.to_snapshot()["provisions"]):
            yield found(
                words,
                kind="provision",
                url=f"{url}#{anchor(node['uid'])}",
                number=node["number"],
                title=node["heading"] or node["body"][:100],
                path=f"{document.committee.short_name} › {document}",
                text=node_text(node),
            )


def node_text(node: Node) -> str:
    return " · ".join(dict.fromkeys([node["body"], *texts(node["fields"])]))


def in_institutions(user: User, words: str) -> Iterator[Found | None]:
    rows = Institution.objects.visible_to(user).select_related("committee")
    for row in rows.prefetch_related("offices"):
        yield found(
            words,
            kind="institution",
            url=row.get_absolute_url(),
            number=row.code,
            title=row.name,
            path=f"{row.committee.short_name} › {_('Institutions')}",
            text=" · ".join(office.title for office in row.offices.all()),
        )


def in_references(user: User, words: str) -> Iterator[Found | None]:
    own = committees_where(user, Permission.READ_COMMITTEE)
    if not own:
        return
    rows = Framework.objects.filter(Q(committee=None) | Q(committee__in=own))
    for row in rows.prefetch_related("items"):
        items = " · ".join(f"{item.code} {item.title}" for item in row.items.all())
        yield found(
            words,
            kind="framework",
            url=row.get_absolute_url(),
            number=row.short_name,
            title=row.title,
            path=_("Frameworks and laws"),
            text=f"{row.note} {items}".strip(),
        )
    for centre in Centre.objects.prefetch_related("services"):
        services = " · ".join(service.name for service in centre.services.all())
        yield found(
            words,
            kind="centre",
            url=centre.get_absolute_url(),
            number=centre.code,
            title=centre.name,
            path=_("Migration centres"),
            text=f"{centre.description} {centre.seat} {services}",
        )


def search(user: User, query: str, kind: str = "") -> list[Found]:
    """What `user` may read and what holds the words, the closest first."""
    words = " ".join(fold(query[:LONGEST_QUERY]).split())
    if not words:
        return []
    sources = {
        "provision": in_documents,
        "institution": in_institutions,
    }
    hits: list[Found | None] = []
    for name, look in sources.items():
        if kind in ("", name):
            hits += look(user, words)
    if kind in ("", "framework", "centre"):
        hits += in_references(user, words)
    kept = [hit for hit in hits if hit and kind in ("", hit.kind)]
    return sorted(kept, key=lambda hit: hit.rank)[:MOST_RESULTS]
