"""Part V and the annexes of a validated report, made ready for their templates.

Everything comes from the frozen `proceedings`: moments become days and times of the
committee's clock, codes become words, and what adds up is added up here.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models.resolutions import Phase
from governance.models.signoffs import Signature, Standing

if TYPE_CHECKING:
    from governance.snapshot import Snapshot

PARTS = {
    1: ("I", gettext_lazy("Governance framework")),
    2: ("II", gettext_lazy("Strategic planning")),
    3: ("III", gettext_lazy("Annual implementation")),
    4: ("IV", gettext_lazy("Advocacy and communication")),
}
SEATS = {
    "chair": gettext_lazy("the Chair"),
    "vice_chair": gettext_lazy("the Vice-Chair"),
    "rapporteur": gettext_lazy("the rapporteur"),
    "secretariat": gettext_lazy("the secretariat"),
}
SHARES = {
    "more_than_half": gettext_lazy("more than half"),
    "at_least_half": gettext_lazy("at least half"),
    "two_thirds": gettext_lazy("at least two thirds"),
    "number": gettext_lazy("a fixed number"),
}


def joined(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {
        "first": ", ".join(names[:-1]),
        "last": names[-1],
    }


class Clock:
    """Moments of the record, as the committee's clock showed them."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def read(self, moment: str | None) -> dict[str, str]:
        """The ISO day and the time of an ISO moment; empty for none."""
        if not moment:
            return {"on": "", "time": ""}
        local = dt.datetime.fromisoformat(moment).astimezone(self.zone)
        return {"on": local.date().isoformat(), "time": f"{local:%H:%M}"}


def part_named(number: int) -> dict[str, Any]:
    numeral, title = PARTS[number]
    return {"number": number, "numeral": numeral, "title": title}


def shown_proceedings(content: Snapshot) -> dict[str, Any]:
    """What the templates of Part V and of the annexes show."""
    record = content["proceedings"]
    clock = Clock(record["time_zone"])
    return {
        "content": content,
        "is_internal": content["print_edition"] == "internal",
        "workshops": [shown_workshop(w, clock) for w in record["workshops"]],
        "resolutions": [shown_resolution(r, clock) for r in record["resolutions"]],
        "phases": by_phase(record["roadmap"]),
        "states": counted([row["state_name"] for row in record["roadmap"]]),
        "action_count": len(record["roadmap"]),
        "sheet": shown_sheet(record["sheet"], clock),
        "versions": record["versions"],
        "comments": record["comments"],
        "fingerprint": record["fingerprint"],
        "read_aloud": record["read_aloud"],
    }


def counted(names: list[str]) -> list[tuple[str, int]]:
    """Every name once, in the order of its first use, with how often it is there."""
    return [(name, names.count(name)) for name in dict.fromkeys(names)]


def shown_workshop(workshop: dict[str, Any], clock: Clock) -> dict[str, Any]:
    attendance = workshop["attendance"]
    days = {day["on"]: n for n, day in enumerate(attendance["days"], 1)}
    return workshop | {
        "agenda_days": by_day(workshop["agenda"]),
        "groups": [g | {"part": part_named(g["part"])} for g in workshop["groups"]],
        "outcomes": [shown_outcome(row, clock) for row in workshop["outcomes"]],
        "decisions": by_presence(workshop["outcomes"], clock),
        "figures": figures(attendance["groups"]),
        "attendance": attendance
        | {
            "days": [shown_day(day, days[day["on"]]) for day in attendance["days"]],
            "participants": [
                person | {"numbers": [days.get(day, day) for day in person["days"]]}
                for person in attendance["participants"]
            ],
        },
    }


def by_day(agenda: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for item in agenda:
        day = found.setdefault(
            item["day"], {"number": item["day"], "on": item["on"], "items": []}
        )
        day["items"].append(item)
    return list(found.values())


def figures(groups: list[dict[str, Any]]) -> dict[str, Any]:
    """The table of those present, with its last line; persons not counted by sex apart."""
    rows = [
        row | {"unstated": row["total"] - row["women"] - row["men"]}
        for row in groups
        if row["total"]
    ]
    names = ("women", "men", "unstated", "total")
    return {
        "rows": rows,
        "sum": {name: sum(row[name] for row in rows) for name in names},
    }


def shown_day(day: dict[str, Any], number: int) -> dict[str, Any]:
    """A day of the workshop; the times of its presences are the committee's already."""
    most, first = day["presence"], day.get("first_met")
    began = None
    if most and first and first["count"] < most["count"]:
        began = {"count": first["count"], "time": first["at"][11:16]}
    at = most["at"] if most else ""
    return day | {"number": number, "time": at[11:16], "began": began}


def shown_outcome(row: dict[str, Any], clock: Clock) -> dict[str, Any]:
    return row | {
        "part": part_named(row["part"]),
        "decided": clock.read(row["decided_at"]),
    }


def by_presence(outcomes: list[dict[str, Any]], clock: Clock) -> list[dict[str, Any]]:
    """Who was there when Parts were decided on: once for those decided together."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in outcomes:
        key = (row["presence"]["at"], *row["presence"]["present"])
        decision = found.setdefault(
            key,
            {"presence": row["presence"], "numerals": []}
            | clock.read(row["decided_at"]),
        )
        decision["numerals"].append(PARTS[row["part"]][0])
    return [row | {"parts": joined(row["numerals"])} for row in found.values()]


def shown_resolution(row: dict[str, Any], clock: Clock) -> dict[str, Any]:
    votes = row["votes"]
    return row | {
        "decided": clock.read(row["decided_at"]),
        "counts": dict(zip(("favour", "against", "abstained"), votes, strict=True))
        if votes
        else None,
    }


def by_phase(roadmap: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The actions of each phase, in the order in which the roadmap's page has them."""
    found: dict[str, list[dict[str, Any]]] = {str(phase.label): [] for phase in Phase}
    for row in roadmap:
        found.setdefault(row["phase_name"], []).append(row)
    found = {name: actions for name, actions in found.items() if actions}
    return [{"name": name, "actions": actions} for name, actions in found.items()]


def shown_sheet(sheet: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """The sign-off sheet in words; its counts add up to the institutions with a vote."""
    lines = [
        line
        | signed(line, clock)
        | {"status_name": str(Standing(line["status"]).label)}
        for line in sheet["institutions"]
    ]
    others = [
        row
        | signed(row, clock)
        | {"position_name": str(Signature.Position(row["position"]).label)}
        for row in sheet["others"]
    ]
    return sheet | {
        "rule_text": rule_in_words(sheet),
        "institutions": lines,
        "others": others,
        "texts": [line for line in lines if line["text"]]
        + [row | {"name": row["capacity_name"]} for row in others if row["text"]],
        "counts": [
            (status.label, sheet["counts"][status])
            for status in Standing
            if status in sheet["counts"]
        ],
        "total": len(lines),
    }


def signed(row: dict[str, Any], clock: Clock) -> dict[str, Any]:
    mode = str(Signature.Mode(row["mode"]).label) if row["mode"] else ""
    return {"mode_name": mode, "signed": clock.read(row["signed_at"])}


def rule_in_words(sheet: dict[str, Any]) -> str:
    rule = sheet["rule"]
    if rule is None:
        return ""
    words = {
        "seats": joined([str(SEATS[seat]) for seat in rule["seats"]]),
        "needed": sheet["needed"],
        "voting": sheet["voting"],
        "share": SHARES[rule["threshold"]],
    }
    if not rule["seats"]:
        return (
            _(
                "The text is validated when %(needed)s of the %(voting)s institutions"
                " with a vote (%(share)s) sign it."
            )
            % words
        )
    return (
        _(
            "The text is validated when %(seats)s and %(needed)s of the %(voting)s"
            " institutions with a vote (%(share)s) sign it."
        )
        % words
    )
