"""The canonical form of a text and its digest: the identity of what people agree on.

JSON after RFC 8785 (sorted keys, no spaces, UTF-8), restricted to text, whole numbers,
true/false, null, lists and objects. Dates are ISO 8601 text, money whole cents.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = 1
CLAUSE = "clause"  # the type of a node that is running text
REPORT_CONTEXT = b"ncc-report-v1\n"

Node = dict[str, Any]
Snapshot = dict[str, Any]


def canonical(value: Any) -> Any:
    """Return `value` with every text in NFC and LF; refuse what has no one spelling."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", text)
    if isinstance(value, dict):
        return {canonical(str(key)): canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def canonical_json(content: Any) -> bytes:
    return json.dumps(
        canonical(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def digest(content: Any) -> str:
    """The SHA-256 of a report's content, 64 hexadecimal digits."""
    return hashlib.sha256(REPORT_CONTEXT + canonical_json(content)).hexdigest()


def cents(amount: Any) -> int | None:
    """Whole cents of a Decimal amount of money."""
    return None if amount is None else int(amount * 100)


def exact(number: Any) -> str | None:
    """A Decimal as its shortest exact text: `16`, `3.5`, `0`."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tree(rows: Iterable[Any]) -> list[Node]:
    """The nodes of `rows` in their order, each below its parent, without a query."""
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def nodes(parent: Any | None) -> list[Node]:
        found = below.get(parent.pk if parent else None, [])
        for row in found:
            row.parent = parent
        return [row.to_node(nodes(row)) for row in found]

    return nodes(None)


def walk(nodes: list[Node], depth: int = 0) -> Any:
    """Yield (node, depth) for every provision below `nodes`, in reading order."""
    for node in nodes:
        yield node, depth
        yield from walk(node["children"], depth + 1)
