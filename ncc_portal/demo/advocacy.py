"""Part IV: the advocacy strategy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from advocacy.actions import strategies
from advocacy.models import (
    AdvocacyActivity,
    AdvocacyObjective,
    AdvocacyProgress,
    AdvocacyStatement,
    AdvocacyStrategy,
    Audience,
    Evidence,
    Message,
    Opportunity,
)

if TYPE_CHECKING:
    from governance.models import Provision
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

AUDIENCE = (
    "name tier ask interest influence importance stance messenger co_messenger"
    " messenger_office channel"
)
MESSAGE = "language statement evidence example action_wanted"
ACTION = "title audience objective plan_activity starts_on ends_on budget indicator"
LISTS: list[tuple[str, type[Provision], str]] = [
    ("statements", AdvocacyStatement, "kind body"),
    ("evidence", Evidence, "statement"),
    ("objectives", AdvocacyObjective, "statement due_on serves"),
    ("opportunities", Opportunity, "title when starts_on ends_on"),
]


def load_advocacy(seeding: Seeding, file: Entry) -> None:
    lists = " ".join(name for name, *_rest in LISTS)
    document = seeding.document(
        AdvocacyStrategy,
        file,
        "title activity_plan",
        extra=f"{lists} audiences actions",
    )
    for name, model, names in LISTS:
        for number, entry in enumerate(file.entries(name), start=1):
            seeding.provision(model, document, entry, names, key=f"{number}")
    audiences = [entry.text("code") for entry in file.entries("audiences")]
    for entry in file.entries("audiences"):
        key = entry.text("code")
        load = partial(load_audience, seeding, document, entry)
        if not seeding.comes_later(Audience, document, key, audiences, load):
            load()
    for entry in file.entries("actions"):
        load_action(seeding, document, entry)


def load_audience(
    seeding: Seeding, document: AdvocacyStrategy, entry: Entry
) -> Audience:
    key = entry.text("code")
    audience = seeding.provision(
        Audience, document, entry, AUDIENCE, key=key, extra="messages"
    )
    for number, message in enumerate(entry.entries("messages"), start=1):
        seeding.provision(
            Message,
            document,
            message,
            MESSAGE,
            key=f"{key}-{number}",
            audience=audience,
        )
    return audience


def load_action(seeding: Seeding, document: AdvocacyStrategy, entry: Entry) -> None:
    action = seeding.provision(
        AdvocacyActivity,
        document,
        entry,
        ACTION,
        key=entry.text("code"),
        extra="progress",
    )
    for report in entry.entries("progress"):
        fields = seeding.values(report, AdvocacyProgress, "as_of status note")
        seeding.later(
            fields["as_of"], report, partial(report_on, seeding, action, fields)
        )


def report_on(
    seeding: Seeding, action: AdvocacyActivity, fields: dict[str, Any]
) -> None:
    if not action.progress.filter(as_of=fields["as_of"]).exists():
        seeding.count(strategies.report_progress(action, by=seeding.by, **fields))
