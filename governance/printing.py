"""The printed report as one HTML text, made from its snapshot and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acronyms import acronyms_in
from governance.fingerprint import hex16, words
from governance.formats import day
from governance.outline import outline
from governance.printing_parts import PARTS, shown_proceedings
from governance.snapshot import digest, walk
from governance.translating import in_languages

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot

STANDINGS = {
    "circulated": gettext_lazy("Draft %(version)s, circulated – not validated"),
    "tabled": gettext_lazy("Draft %(version)s, tabled – not validated"),
    "candidate": gettext_lazy("Candidate for signature %(version)s – not validated"),
}
EDITIONS = {
    "public": gettext_lazy("Public edition"),
    "internal": gettext_lazy("Internal edition"),
}


class References:
    """The sources of a Part, numbered in the order in which they are first named."""

    def __init__(self, part: int) -> None:
        self.part = part
        self.numbers: dict[str, int] = {}

    def to(self, source: str) -> dict[str, Any]:
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        return {"number": number, "anchor": f"source-{self.part}-{number}"}

    def mark(self, nodes: list[Node]) -> list[Node]:
        """The nodes again, each with what it rests on."""
        return [
            node
            | {
                "refs": [self.to(s) for s in node["fields"].get("sources", [])],
                "demonstration": node["fields"].get("basis") == "demonstration",
                "children": self.mark(node["children"]),
            }
            for node in nodes
        ]

    def listed(self) -> list[dict[str, Any]]:
        return [self.to(source) | {"source": source} for source in self.numbers]


def print_chapter(document: Snapshot, committee: dict[str, Any]) -> str:
    kind: Any = apps.get_model(document["kind"])
    context = {
        "snapshot": document,
        "shown": kind.present(document, committee),
        "committee": committee,
        "symbol": committee["currency_symbol"],
    }
    return render_to_string(f"{kind.stem}_chapter.html", context)


def print_parts(content: Snapshot) -> str:
    parts: dict[int, dict[str, Any]] = {}
    for document in content["documents"]:
        number = apps.get_model(document["kind"]).part
        new = {"refs": References(number), "chapters": [], "nodes": []}
        part = parts.setdefault(number, new)
        marked = document | {
            "provisions": part["refs"].mark(document["provisions"]),
        }
        html = print_chapter(marked, content["committee"])
        part["chapters"].append({"title": document["title"], "html": html})
        part["nodes"] += document["provisions"]
    context = [
        {
            "number": PARTS[number][0],
            "title": PARTS[number][1],
            "chapters": part["chapters"],
            "sources": part["refs"].listed(),
            "languages": in_languages(part["nodes"]),
            "provisions": sum(1 for _node in walk(part["nodes"])),
        }
        for number, part in sorted(parts.items())
    ]
    shown = {"parts": context, "prevailing": prevailing_in(content)}
    return render_to_string("report/_parts.html", shown)


def prevailing_in(content: Snapshot) -> str:
    """The name of the language whose text decides where there are others; else empty."""
    languages = content["committee"].get("languages", [])
    named = [row["name"] for row in languages if row["prevails"]]
    return named[0] if named and len(languages) > 1 else ""


def print_proceedings(content: Snapshot) -> str:
    """Part V and the annexes, of a validated report."""
    shown = shown_proceedings(content)
    return "".join(
        render_to_string(name, shown)
        for name in ("report/_part_five.html", "report/_annexes.html")
    )


def is_validated(content: Snapshot) -> bool:
    """Only what was frozen when the rule was met; never the text of a working draft,
    whatever the stage of its report."""
    return content["state"] == "validated" and bool(content.get("proceedings"))


def status_line(content: Snapshot) -> str:
    """What the text is, in one line: a reader must not take a draft for the report."""
    words = {"version": content["version"], "day": day(content["date"])}
    if is_validated(content):
        return _("Version %(version)s – validated on %(day)s") % words
    if "text_digest" in content and content["state"] in STANDINGS:
        return STANDINGS[content["state"]] % words
    return _("Draft %(version)s – not validated") % words


def version_line(content: Snapshot) -> str:
    """The status as the foot of every page has room for it."""
    if is_validated(content):
        return _("Version %(version)s") % {"version": content["version"]}
    return status_line(content)


def watermark(content: Snapshot) -> str:
    if is_validated(content):
        return ""
    if "text_digest" in content and content["state"] == "candidate":
        return _("CANDIDATE")
    return _("DRAFT")


def identity(content: Snapshot) -> dict[str, Any] | None:
    """What tells a frozen version from every other text, on its cover and every page."""
    if "text_digest" not in content:
        return None
    return {
        "reference": content["reference"],
        "fingerprint": hex16(content["text_digest"]),
        "read_aloud": words(content["text_digest"]),
        "edition": EDITIONS.get(content.get("print_edition", ""), ""),
    }


def report_html(content: Snapshot, stylesheet: str) -> str:
    """The whole report, from its cover to its annexes; the same every time."""
    parts = print_parts(content)
    if content.get("proceedings"):
        parts += print_proceedings(content)
    body, entries = outline(parts)
    context = {
        "stylesheet": stylesheet,
        "content": content,
        "committee": content["committee"],
        "prevailing": prevailing_in(content),
        "status_line": status_line(content),
        "version_line": version_line(content),
        "watermark": watermark(content),
        "identity": identity(content),
        "digest": content.get("text_digest") or digest(content),
        "entries": entries,
        "acronyms": acronyms_in(body, content),
        "body": body,
    }
    return render_to_string("report/report.html", context)
