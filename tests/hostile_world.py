"""A committee in which every text of every table and of the proceedings is dealt.

The report has a document of every kind and several rows of every table; it was
circulated, commented on, discussed, and is being amended. `build` is given the texts, so
the same committee can be built of harmless words to compare with.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError

from governance.actions import (
    adoption,
    agenda,
    answers,
    comments,
    documents,
    editing,
    institutions,
    notes,
    people,
    resolutions,
    roadmap,
    translations,
    versions,
    writing,
)
from governance.actions import settings as facts
from governance.columns import (
    CHOICE,
    DAY,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    TEXT,
    WHOLE,
    WORDS,
    Scope,
    columns_of,
)
from governance.diff import find
from governance.errors import Conflict
from governance.models import (
    Centre,
    CommitteeLanguage,
    Institution,
    Structure,
    User,
)
from governance.permissions import Role
from governance.tables import tables, tables_in
from governance.translating import translated_fields
from strategy.models import FundingSource
from tests import world as w
from tests.hostile import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from governance.columns import Column
    from governance.models import Comment, Document
    from governance.tables import Table

ROWS = 6
LONG = 1_000  # a text beyond is dealt once: it says nothing new in a second field
FIXED: dict[str, dict[str, Any]] = {
    # The only route with an enabling provision.
    "legal-option": {"route": "legal_notice"},
    "indicator": {"baseline_status": "not_applicable", "unit": "number"},
    "risk": {"kind": "risk", "likelihood": 3, "impact": 3},
    "quorum-rule": {"threshold": "more_than_half"},
    "terms-seat": {"kind": "member"},
    "legal-instrument": {"year": 2021},
    "activity": {"starts_on": dt.date(2022, 5, 1), "ends_on": dt.date(2022, 6, 1)},
    "cost-estimate": {"amount": 5, "year": 2022},
}
APART = {"co_owner", "co_lead", "co_responsible", "co_messenger", "owner_body"}


# What nobody has to fear, with all that the portal's Markdown knows.
CALM = {
    "words": "Calm *words*, **strong** ones and [a link](https://au.int/).",
    "lists": "- one\n- two\n\n3. three\n4. four\n\nThe end.",
    "line": "The members meet four times a year.",
    "lines": "The members meet.\nThey write.",
    "address": "[mail](mailto:ncc@example.org)",
}


def as_posted(text: str) -> str:
    """What a form field holds of it: no NUL, and UTF-8 has no surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


class Dealer:
    """Deals the texts out, each in its turn, so that every field gets others."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.short = itertools.cycle(
            [text for text in texts.values() if text.strip() and len(text) <= LONG]
        )
        self.long = [text for text in texts.values() if len(text) > LONG]

    def words(self, longest: int) -> str:
        """The next text as a form field takes it, cut to what fits."""
        while True:
            text = as_posted(next(self.short))[:longest].strip()
            if text:
                return text

    def line(self, longest: int) -> str:
        return " ".join(self.words(longest).split())

    def cell(self, column: Column, scope: Scope) -> str:
        """The value of the column for the next text that it takes."""
        while True:
            try:
                text = column.read(self.words(column.longest or 0), scope)
            except ValidationError:
                continue  # nothing that can be seen is left of it
            if text:
                return str(text)


@dataclass
class Hostile:
    world: w.World
    dealer: Dealer
    documents: dict[str, Document] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)

    def person(self, name: str) -> User:
        return self.world.person(name)

    def tables(self) -> Iterator[tuple[Table, Document]]:
        for table in tables():
            for document in self.documents.values():
                if self.rows.get(place(table, document)):
                    yield table, document


def place(table: Table, document: Document) -> str:
    return f"{table.name} {document.pk}"


def build(texts: Mapping[str, str], rows: int = ROWS, slug: str = "hostile") -> Hostile:
    made = Hostile(w.build(slug), Dealer(texts))
    name_everybody(made)
    with made.world.on("2021-10-05"):
        title_the_report(made)
        add_rows(made, made.world.document, rows)
    # With this one document: what is not complete cannot be circulated.
    go_through(made)
    with made.world.on("2021-12-10"):
        add_documents(made, rows)
        keep(made)
        keep_aside(made)
        translate(made)
    return made


def name_everybody(made: Hostile) -> None:
    world, deal = made.world, made.dealer
    secretary = world.person("secretary")
    with world.on("2021-10-02"):
        for institution in world.institutions.values():
            institutions.change_institution(
                institution, by=secretary, name=deal.line(250)
            )
        for number in range(3):
            institutions.add_institution(
                world.committee,
                code=f"{number}{deal.line(11)}",
                name=deal.line(250),
                category="ministry",
                by=secretary,
            )
        for number in range(3):
            user = people.register(
                world.committee,
                username=f"{world.committee.slug}.{number}",
                name=deal.line(200),
                by=None,
            )
            people.give_role(
                user, world.committee, Role.OFFICIAL, starts_on=w.SINCE, by=None
            )
        facts.change_facts(
            world.committee,
            by=secretary,
            name=deal.line(200),
        )
    world.committee.refresh_from_db()
    # As the committee may have been established: a reference stands on them already.
    world.committee.short_name = deal.line(40)
    world.committee.country = deal.line(80)
    world.committee.save()
    CommitteeLanguage.objects.create(
        committee=world.committee, code="st-LS", name=deal.line(40)
    )
    for number in range(3):
        FundingSource.objects.create(
            committee=world.committee,
            code=f"{number}{deal.line(20)}",
            name=deal.line(150),
            position=number + 1,
        )
    Centre.objects.create(
        code=world.committee.slug[:12], name=deal.line(200), seat=deal.line(100)
    )


def title_the_report(made: Hostile) -> None:
    report, deal = made.world.report, made.dealer
    report.title, report.subtitle = deal.line(200), deal.line(300)
    report.save()
    writing.change_facts(
        made.world.document, by=made.person("secretary"), title=deal.line(200)
    )
    made.world.document.refresh_from_db()
    made.documents[Structure._meta.label] = made.world.document


def add_documents(made: Hostile, rows: int) -> None:
    report = made.world.report
    for label in settings.DOCUMENT_KINDS:
        if label in made.documents:
            continue
        kind = apps.get_model(label)
        columns = kind.start(report, 2022) | {"title": made.dealer.line(200)}
        document = documents.add_document(
            kind, report, by=made.person("secretary"), **columns
        )
        made.documents[label] = document
        add_rows(made, document, rows)


def add_rows(made: Hostile, document: Document, rows: int) -> None:
    scope = Scope(made.world.committee, document)
    for table in tables_in(document):
        for number in range(rows):
            values = values_of(made, table, scope, number)
            if values is None:
                break
            row = documents.add_provision(
                table.model,
                document,
                by=made.person("secretary"),
                why=made.dealer.line(300),
                **values,
            )
            made.rows.setdefault(place(table, document), []).append(row)
        scope = Scope(made.world.committee, document)


def values_of(
    made: Hostile, table: Table, scope: Scope, number: int
) -> dict[str, Any] | None:
    """A value for every column; nothing where the table takes no further row."""
    values: dict[str, Any] = {}
    chosen = FIXED.get(table.name, {})
    for column in columns_of(table.model):
        if column.name in chosen:
            values[column.name] = chosen[column.name]
        elif column.name not in APART:
            values[column.name] = value_of(made, column, scope, number)
    if table.name == "result":
        shape_result(made, values, scope, number)
    if table.name == "clause" and made.dealer.long:
        values["body"] = as_posted(made.dealer.long.pop())[:LONGEST]
    if is_once(table) and number >= len(kinds_of(table)):
        return None
    return {name: value for name, value in values.items() if value not in (None, [])}


def kinds_of(table: Table) -> list[str]:
    column = next((c for c in columns_of(table.model) if c.name == "kind"), None)
    return [value for value, _label in column.source.flatchoices] if column else [""]


def is_once(table: Table) -> bool:
    return any(
        set(getattr(rule, "fields", ())) in ({"document"}, {"document", "kind"})
        for rule in table.model._meta.constraints
    )


def value_of(made: Hostile, column: Column, scope: Scope, number: int) -> Any:
    deal = made.dealer
    if column.kind in {TEXT, WORDS}:
        return deal.cell(column, scope)
    if column.kind == CHOICE:
        known = [v for v, _label in column.source.flatchoices if v]
        return known[number % len(known)] if column.is_required else None
    if column.kind == ONE:
        known = scope.options(column)
        wanted = column.is_required or column.source.related_model is Institution
        return known[number % len(known)] if wanted and known else None
    if column.kind == MANY:
        return scope.options(column)[:2]
    if not column.is_required:
        return None
    return {WHOLE: 4, NUMBER: 1, MONEY: 5, DAY: dt.date(2022, 5, 1)}.get(column.kind)


def shape_result(
    made: Hostile, values: dict[str, Any], scope: Scope, number: int
) -> None:
    """Two of each level; an output stands below an outcome."""
    values["level"] = ("impact", "outcome", "output")[number % 3]
    if values["level"] == "output":
        known = made.rows[f"result {scope.document.pk}"]
        values["parent"] = next(row for row in known if row.level == "outcome")


def go_through(made: Hostile) -> None:
    """The proceedings: comments, a workshop, resolutions, the roadmap."""
    world = made.world
    w.circulate(world)
    with world.on("2021-11-10"):
        comment_on_all(made)
    w.consolidate(world)
    with world.on("2021-12-01"):
        answer(made)
    plan(made)
    w.table(world)
    w.open_session(world)
    with world.on("2021-12-07", "09:50"):
        discuss(made)
    with world.on("2021-12-07", "14:00"):
        for resolution in world.workshop.resolutions.all():
            adoption.adopt(
                resolution,
                mode="consensus",
                by=world.person("chair"),
                reservations={world.institutions["D"]: made.dealer.words(5_000)},
            )
    w.decide(world)
    with world.on("2021-12-10"):
        follow_up(made)


def keep(made: Hostile) -> None:
    """Two drafts, and a change of every table between them."""
    world = made.world
    versions.keep_draft(
        world.fresh().report, by=made.person("secretary"), note=made.dealer.line(200)
    )
    for table, document in made.tables():
        row, column = table.rows(document)[0], first_text(table)
        if column is None:
            continue
        editing.edit_provision(
            row,
            base=row.revision,
            by=made.person("secretary"),
            why=made.dealer.line(300),
            **{column.name: made.dealer.cell(column, Scope(world.committee, document))},
        )
    versions.keep_draft(
        world.fresh().report, by=made.person("secretary"), note=made.dealer.line(200)
    )


def keep_aside(made: Hostile) -> None:
    """What somebody typed while another one changed the same words."""
    row = made.rows[f"clause {made.world.document.pk}"][-1]
    for _number in range(3):
        with contextlib.suppress(Conflict):
            editing.edit_provision(
                row,
                base=0,
                by=made.person("secretary"),
                body=made.dealer.words(20_000),
            )


def first_text(table: Table) -> Column | None:
    columns = columns_of(table.model)
    return next((c for c in columns if c.kind in {TEXT, WORDS}), None)


def comment_on_all(made: Hostile) -> None:
    world, deal = made.world, made.dealer
    frozen = world.report.versions.latest("pk").content
    for row in [row for rows in made.rows.values() for row in rows]:
        _document, node = find(frozen, str(row.uid))
        made.comments.append(
            comments.comment_on(
                world.document,
                row.uid,
                institution=world.institutions["C"],
                by=world.person("member_c"),
                body=deal.words(20_000),
                type="technical",
                severity="substantive",
                quote=max(comments.strings_in(node), key=len)[:2_000],
                suggested_wording=deal.words(20_000),
                source=deal.words(300),
            )
        )


def answer(made: Hostile) -> None:
    for comment in made.comments:
        answers.respond(
            comment,
            "not_accepted",
            by=made.world.person("rapporteur"),
            reason=made.dealer.words(2_000),
        )


def plan(made: Hostile) -> None:
    world, deal = made.world, made.dealer
    w.plan(world)
    with world.on("2021-11-16"):
        for number in range(3):
            agenda.add_item(
                world.workshop,
                by=world.person("secretary"),
                day=1,
                starts_at=dt.time(16, number),
                title=deal.line(300),
                presenter=deal.line(200),
                type="presentation",
            )
    for name in ("title", "venue", "host", "co_host", "funder"):
        setattr(world.workshop, name, deal.line(200))
    for name in ("purpose", "expected_outcomes", "preamble"):
        setattr(world.workshop, name, deal.words(2_000))
    world.workshop.save()


def discuss(made: Hostile) -> None:
    world, deal = made.world, made.dealer
    secretary = world.person("secretary")
    for number in range(4):
        notes.take_note(world.workshop, deal.words(20_000), by=secretary)
        resolutions.propose(
            world.workshop,
            by=secretary,
            verb=deal.line(60),
            text=deal.words(20_000),
            deliverable=deal.line(300),
            means_of_verification=deal.line(300),
            funded_by=deal.line(150),
            linked_to=deal.line(200),
            lead=world.institutions["C"],
            due_on=dt.date(2022, 3, 31),
        )
        group = notes.add_group(
            world.workshop,
            by=secretary,
            name=f"{number} {deal.line(140)}",
            part=number + 1,
            chair=deal.line(200),
            rapporteur=deal.line(200),
        )
        notes.add_finding(group, deal.words(20_000), by=secretary)


def follow_up(made: Hostile) -> None:
    world, deal = made.world, made.dealer
    secretary, member = world.person("secretary"), world.person("member_c")
    for _number in range(6):
        action = roadmap.add_action(
            world.report,
            by=secretary,
            title=deal.line(300),
            lead=world.institutions["C"],
            phase="second",
            due_on=dt.date(2022, 9, 1),
            reason=deal.line(300),
        )
        roadmap.report_progress(
            action, by=member, note=deal.words(2_000), evidence=deal.words(500)
        )


def translate(made: Hostile) -> None:
    """The first row of every table in the second language."""
    for table, document in made.tables():
        row = table.rows(document)[0]
        scope = Scope(made.world.committee, document)
        known = {field.name for field in translated_fields(type(row))}
        translations.translate(
            document,
            row.uid,
            "st-LS",
            {
                column.name: made.dealer.cell(column, scope)
                for column in columns_of(type(row))
                if column.name in known and column.cell(row)
            },
            base=0,
            read=row.revision,
            by=made.person("rapporteur"),
            why=made.dealer.line(300),
        )
