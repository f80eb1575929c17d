"""A small report's snapshot with a document of every Part, built by hand."""

from __future__ import annotations

import uuid
from typing import Any

MOHA = {"code": "MoHA", "name": "Ministry of Home Affairs"}
BOS = {"code": "BOS", "name": "Bureau of Statistics"}
OBJECTIVE = {"uid": "so1", "number": "SO1", "title": "A recognised footing"}
OUTPUT = {"uid": "op1", "number": "OP1.1", "title": "Instrument prepared"}
GOL = {"code": "GoL", "name": "Government of Lesotho", "position": 0}
SOURCE = "https://example.org/census"


def node(
    kind_: str, number: str = "", heading: str = "", body: str = "", **fields: Any
):
    children = fields.pop("children", [])
    return {
        "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, kind_ + number + heading + body)),
        "number": number,
        "heading": heading,
        "body": body,
        "fields": {"type": kind_} | fields,
        "children": children,
    }


def document(kind: str, title: str, provisions: list[Any], **fields: Any):
    return {
        "schema": 1,
        "kind": kind,
        "title": title,
        "fields": fields,
        "provisions": provisions,
    }


def body(number: str, name: str, level: str = "working_group", **fields: Any):
    plain = {
        "short_name": "",
        "level": level,
        "level_name": level.title(),
        "lead": MOHA,
        "co_lead": None,
        "composition": "",
        "members": [],
        "meeting_frequency": "",
        "output": "",
    }
    return node("body", number, name, "Its task.", **(plain | fields))


def activity(number: str = "A1.1.1", **fields: Any):
    cents = fields.pop("budget_cents", 6_000_000)
    funding = {
        "source": GOL,
        "state": "committed",
        "state_name": "Committed",
        "amount_cents": cents,
    }
    plain = {
        "output": OUTPUT,
        "objective": OBJECTIVE,
        "lead": MOHA,
        "partners": ["AGC"],
        "centre": None,
        "quarters": [1],
        "starts_on": None,
        "ends_on": None,
        "milestone": "instructions sent",
        "budget_lines": [
            {"description": "Pay", "amount_cents": cents, "funding": [funding]}
        ],
        "budget_cents": cents,
        "status": "completed",
        "status_name": "Completed",
        "spent_cents": 5_400_000,
        "percent_done": 100,
        "as_of": "2022-12-31",
        "narrative": "",
    }
    heading = fields.pop("heading", "Prepare the options paper")
    return node("activity", number, heading, **(plain | fields))


def activity_plan(*activities: Any):
    return document(
        "strategy.ActivityPlan",
        "Activity plan 2022/23",
        list(activities),
        year=2022,
        year_name="2022/23",
        fiscal_year_starts=4,
    )


def structure():
    groups = [body(f"1.1.{n}", f"Group {n}") for n in (1, 2, 3)]
    plenary = body("1.1", "Plenary", "plenary", children=groups)
    return document(
        "governance.Structure",
        "Structure",
        [body("1", "Minister", "political", children=[plenary])],
    )


def direction():
    fact = {"kind": "vision", "basis": "fact", "sources": [SOURCE]}
    made_up = {"kind": "mission", "basis": "demonstration", "sources": []}
    return document(
        "governance.StrategicDirection",
        "Direction",
        [
            node("statement", "", "Vision", "Safe mobility in **Tšoanelo**.", **fact),
            node("statement", "", "Mission", "السلامة أولا", **made_up),
            node(
                "strategic_objective",
                "SO1",
                "A recognised footing",
                owner=MOHA,
                co_owner=BOS,
                alignments=[],
                basis="fact",
                sources=[SOURCE, "Labour Act 2024, s.16"],
            ),
        ],
    )


def report(**fields: Any):
    return {
        "schema": 1,
        "committee": {
            "name": "Lesotho National Consultative Committee",
            "short_name": "NCC",
            "country": "Lesotho",
            "currency": "LSL",
            "currency_symbol": "M",
            "fiscal_year_starts": 4,
            "languages": [{"code": "en", "name": "English", "prevails": True}],
        },
        "title": "Strengthening Migration Governance",
        "subtitle": "",
        "edition": 1,
        "version": "0.1",
        "state": "drafting",
        "date": "2022-12-31",
        "demonstration": True,
        "documents": [direction(), structure(), activity_plan(activity())],
    } | fields
