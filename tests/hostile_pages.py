"""Every page that shows what people wrote, and what a browser makes of its HTML."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from governance.models import Institution, Report, Revision, RoadmapAction
from governance.tables import tables_in
from strategy.models import ActivityPlan, StrategicPlan
from tests.hostile_world import first_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile_world import Hostile

OWN_ADDRESS = re.compile(r"/(?![/\\])|[?#]|$")
STRANGE_ADDRESS = re.compile(r"https?://[^\s/]|mailto:[^\s]")
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset"}


def pages_of(
    made: Hostile, texts: list[str], only: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """(name, address) of each; `texts` are dealt to what an address can carry.

    Of the pages that a row has, those of the tables named in `only`, or of all.
    """
    said = itertools.cycle(texts)
    yield from pages_of_committee(made)
    yield from pages_of_report(made)
    yield from pages_of_workshop(made)
    for document in made.documents.values():
        for name in ("document", "document-edit", "structure", "assignments"):
            yield name, at(name, document.pk)
        yield "document-facts", at("document-facts", document.pk)
        yield "comment-add", at("comment-add", document.pk)
        yield "translate", at("translate", document.pk, "st-LS")
    for table, document in made.tables():
        if only and table.name not in only:
            continue
        yield "table", at("table", document.pk, table.name)
        column = first_text(table)
        sent = {column.name if column else "why": next(said)}
        yield "row-add", at("row-add", document.pk, table.name) + "?" + urlencode(sent)
        if table.model is tables_in(document)[-1].model:
            sent = {"q": next(said), "sort": next(said)}
            yield "table", at("table", document.pk, table.name) + "?" + urlencode(sent)
        yield from pages_of_row(made, table, document)


def pages_of_row(made: Hostile, table: Any, document: Any) -> Iterator[tuple[str, str]]:
    row = made.rows[f"{table.name} {document.pk}"][0]
    is_first = table.model is tables_in(document)[0].model
    rare = ("provision-move", "provision-remove") if is_first else ()
    for name in ("provision", "provision-edit", *rare):
        yield name, at(name, document.pk, row.uid)
    if first_text(table):
        address = at("translate-provision", document.pk, "st-LS", row.uid)
        yield "translate-provision", address
    if is_first:
        added = Revision.objects.get(provision_uid=row.uid, action="added", language="")
        address = at("provision-restore", document.pk, row.uid, added.number)
        yield "provision-restore", address


def pages_of_committee(made: Hostile) -> Iterator[tuple[str, str]]:
    slug = made.world.committee.slug
    names = """documents members institutions frameworks centres workshops
    resolutions roadmap sign-off-rule history setup-tasks people settings settings-facts
    settings-languages seats institutions-paste joining-add joinings-paste
    institutions-import members-import"""
    for name in names.split():
        yield name, at(name, slug)
    for name in ("plan", "coverage", "funding-sources"):
        yield name, reverse(f"strategy:{name}", args=[slug])
    yield "my-work", at("my-work")
    yield "kept", at("kept")
    for institution in Institution.objects.filter(committee=made.world.committee)[::2]:
        yield "institution", at("institution", institution.pk)
        yield "institution-change", at("institution-change", institution.pk)
    plan = ActivityPlan.objects.get(committee=made.world.committee)
    for name in ("activity-plan", "timeline", "budget"):
        yield name, reverse(f"strategy:{name}", args=[plan.pk])
    results = StrategicPlan.objects.get(committee=made.world.committee)
    yield "results", reverse("strategy:results", args=[results.pk])
    for row in made.rows[f"activity {plan.pk}"]:
        yield "activity", reverse("strategy:activity", args=[row.uid])


def pages_of_report(made: Hostile) -> Iterator[tuple[str, str]]:
    report = Report.objects.get(pk=made.world.report.pk)
    for name in [
        "report",
        "versions",
        "comments",
        "suggestions",
        "sign-off",
        "roadmap-action-add",
    ]:
        yield name, at(name, report.pk)
    versions = list(report.versions.order_by("pk"))
    for version in versions:
        yield "version", at("version", version.pk)
    before, after = versions[-2:]
    for view in ("inline", "side"):
        sent = urlencode({"a": before.pk, "b": after.pk, "view": view})
        yield f"compare {view}", at("compare", report.pk) + "?" + sent
    for comment in made.comments[::2]:
        yield "comment", at("comment", comment.pk)
    yield "comment-map", at("comment-map", made.comments[0].pk)
    for action in RoadmapAction.objects.filter(report=report):
        yield "roadmap-action", at("roadmap-action", action.pk)


def pages_of_workshop(made: Hostile) -> Iterator[tuple[str, str]]:
    workshop = made.world.workshop
    for name in ["workshop", "attendance", "live", "workshop-change"]:
        yield name, at(name, workshop.pk)
    for resolution in workshop.resolutions.all():
        yield "resolution", at("resolution", resolution.pk)


def at(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


class Marks(HTMLParser):
    """Each element with its attributes, and every fault that is a fault on any page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, ...]] = set()
        self.faults: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.elements |= {(tag,), *((tag, name) for name in named)}
        for name, value in named.items():
            if name.startswith("on") or (
                name in ADDRESSES and not may_lead(tag, value)
            ):
                self.faults.append(f"<{tag} {name}={value!r}>")
        if tag == "script" and not str(named.get("src", "")).startswith("/static/"):
            self.faults.append(f"<script {named}>")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.handle_starttag(tag, attrs)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data[:80]}-->")

    def handle_decl(self, decl: str) -> None:
        if decl.casefold() != "doctype html":
            self.faults.append(f"<!{decl[:80]}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data[:80]}]>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data[:80]}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def said(self) -> str:
        return one_line("".join(self.words))


def may_lead(tag: str, value: str | None) -> bool:
    """Our own addresses; a link that somebody wrote may lead out, nothing else may."""
    text = value or ""
    return bool(OWN_ADDRESS.match(text) or (tag == "a" and STRANGE_ADDRESS.match(text)))


def one_line(text: str) -> str:
    return " ".join(text.split())


def marks_of(html: str) -> Marks:
    marks = Marks()
    marks.feed(html)
    marks.close()
    return marks
