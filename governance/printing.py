"""The printed report as one HTML text, made from its snapshot and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acronyms import acronyms_in
from governance.outline import outline
from governance.snapshot import digest

if TYPE_CHECKING:
    from governance.snapshot import Node, Snapshot

PARTS = {
    1: ("I", gettext_lazy("Governance framework")),
    2: ("II", gettext_lazy("Strategic planning")),
    3: ("III", gettext_lazy("Annual implementation")),
    4: ("IV", gettext_lazy("Advocacy and communication")),
}
VALIDATED = {"validated", "released", "superseded"}


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
        part = parts.setdefault(number, {"refs": References(number), "chapters": []})
        marked = document | {
            "provisions": part["refs"].mark(document["provisions"]),
        }
        html = print_chapter(marked, content["committee"])
        part["chapters"].append({"title": document["title"], "html": html})
    context = [
        {
            "number": PARTS[number][0],
            "title": PARTS[number][1],
            "chapters": part["chapters"],
            "sources": part["refs"].listed(),
        }
        for number, part in sorted(parts.items())
    ]
    return render_to_string("report/_parts.html", {"parts": context})


def status_line(content: Snapshot) -> str:
    if content["state"] in VALIDATED:
        return _("Version %(version)s – validated") % {"version": content["version"]}
    return _("Draft %(version)s – not validated") % {"version": content["version"]}


def report_html(content: Snapshot, stylesheet: str) -> str:
    """The whole report: cover, contents, acronyms and Parts; the same every time."""
    body, entries = outline(print_parts(content))
    context = {
        "stylesheet": stylesheet,
        "content": content,
        "committee": content["committee"],
        "status_line": status_line(content),
        "is_draft": content["state"] not in VALIDATED,
        "digest": digest(content),
        "entries": entries,
        "acronyms": acronyms_in(body, content),
        "body": body,
    }
    return render_to_string("report/report.html", context)
