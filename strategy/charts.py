"""Gantt and budget drawings, computed from snapshots; templates draw them as SVG.

The same drawing serves the page and the PDF: at 100 % a Gantt is 247 mm wide (a
landscape page) and a budget chart 166 mm (a portrait page). Lengths are CSS pixels.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.drawing import Line, Rect, Text, hatch, text_width, wrap
from governance.formats import day, money
from governance.models.committees import quarter_bounds

if TYPE_CHECKING:
    from governance.snapshot import Node
    from strategy.totals import Sum

INK, MUTED, GRID, BAND = "#14181f", "#454e5b", "#c4ccd6", "#e2f3ea"
GREEN, BLUE, AMBER, RED, WHITE, GREY = (
    "#0b5a3c",
    "#2f6fb0",
    "#e8b339",
    "#b3282d",
    "#ffffff",
    "#8a97a8",
)
# Fill, line, dashes and hatching of a bar: each status differs in more than colour.
LOOKS: dict[str, tuple[str, str, str, bool]] = {
    "completed": (GREEN, GREEN, "none", False),
    "in_progress": ("#9cc3e6", BLUE, "none", False),
    "late": ("#fbe6b4", "#8a5a00", "none", True),
    "blocked": ("#f6c9c9", RED, "none", True),
    "not_started": (WHITE, "#5a6472", "none", False),
    "cancelled": (WHITE, GREY, "3 3", False),
}
STOPPED = {"blocked", "cancelled", "completed"}

LABEL, LEAD, MONTH = 396, 69, 39
WIDTH = LABEL + LEAD + 12 * MONTH  # 933
SIZE, LINE_HEIGHT, HEAD, FOOT = 10, 12, 36, 28
BAND_HEIGHT = 16
TALLEST = 604  # what stands on one landscape page below a heading


@dataclass
class Drawing:
    """What an SVG template needs: everything has its place already."""

    title: str
    description: str
    width: int
    height: int = 0
    rects: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def bar(
        self, x: int, y: int, width: int, height: int, look: str, name: str
    ) -> None:
        fill, stroke, dash, hatched = LOOKS[look]
        lines = hatch(x, y, width, height) if hatched else ""
        self.rects.append(Rect(x, y, width, height, fill, stroke, dash, lines, name))


def status_looks() -> dict[str, str]:
    """What the looks mean, for the legend."""
    return {
        "completed": _("completed"),
        "in_progress": _("in progress"),
        "late": _("delayed or late"),
        "blocked": _("blocked"),
        "not_started": _("not started"),
        "cancelled": _("cancelled"),
    }


@dataclass
class Calendar:
    """A fiscal year laid out along the width of a Gantt."""

    year: int
    starts: int
    today: dt.date | None

    @property
    def first(self) -> dt.date:
        return quarter_bounds(self.year, 1, self.starts)[0]

    @property
    def last(self) -> dt.date:
        return quarter_bounds(self.year, 4, self.starts)[1]

    def x(self, date: dt.date) -> int:
        """Where a day begins; days outside the year stand at its edges."""
        date = min(max(date, self.first), self.last + dt.timedelta(days=1))
        months = (date.year - self.first.year) * 12 + date.month - self.first.month
        following = (date.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        length = (following - date.replace(day=1)).days
        return LABEL + LEAD + round((months + (date.day - 1) / length) * MONTH)

    def spans(self, node: Node) -> list[tuple[dt.date, dt.date]]:
        """The stretches of time an activity fills: its dates, else its quarters."""
        fields = node["fields"]
        if fields["starts_on"]:
            start, end = fields["starts_on"], fields["ends_on"]
            return [(dt.date.fromisoformat(start), dt.date.fromisoformat(end))]
        spans: list[tuple[dt.date, dt.date]] = []
        for quarter in sorted(fields["quarters"]):
            first, last = quarter_bounds(self.year, quarter, self.starts)
            if spans and spans[-1][1] + dt.timedelta(days=1) == first:
                first = spans.pop()[0]
            spans.append((first, last))
        return spans

    def look(self, node: Node) -> str:
        """Its status, or `late` when its last day has passed and it is not closed."""
        status = str(node["fields"]["status"])
        spans = self.spans(node)
        past = bool(spans and self.today and spans[-1][1] <= self.today)
        if status == "delayed" or (past and status not in STOPPED):
            return "late"
        return status


def gantt(
    nodes: list[Node], starts: int, *, year: int, today: dt.date | None = None
) -> Drawing:
    """Activities in time, under their strategic objectives, in one drawing.

    `starts` is the first month of the fiscal year, `year` the calendar year in which
    it begins. What should have ended by `today` and has not is drawn as late.
    """
    calendar = Calendar(year, starts, today)
    drawing = Drawing(
        title=_("Timeline of the activities"),
        description=_("%(count)s activities from %(first)s to %(last)s.")
        % {
            "count": len(nodes),
            "first": day(calendar.first),
            "last": day(calendar.last),
        },
        width=WIDTH,
    )
    y = HEAD
    group = None
    for node in nodes:
        objective = node["fields"]["objective"]
        if objective != group:
            y = add_group(drawing, objective, y)
            group = objective
        y = add_activity(drawing, node, calendar, y)
    draw_calendar(drawing, calendar, y)
    add_legend(drawing, status_looks(), y + 12)
    drawing.height = y + FOOT
    return drawing


def gantt_sheets(
    nodes: list[Node], starts: int, *, year: int, today: dt.date | None = None
) -> list[Drawing]:
    """The same, cut into drawings of a page each."""
    room = TALLEST - HEAD - FOOT
    heights = [activity_height(node) for node in nodes]
    groups = len({str(node["fields"]["objective"]) for node in nodes})
    whole = sum(heights) + groups * BAND_HEIGHT
    count = -(-whole // room)
    # Sheets of like height: the last is not left with a line or two.
    enough = room if count <= 1 else min(room, whole // count + 3 * BAND_HEIGHT)
    sheets: list[list[Node]] = []
    height, group = enough, None
    for node, needed in zip(nodes, heights, strict=True):
        objective = node["fields"]["objective"]
        needed += BAND_HEIGHT if objective != group else 0
        if height + needed > enough:
            sheets.append([])
            height = 0 if objective != group else BAND_HEIGHT
        sheets[-1].append(node)
        height += needed
        group = objective
    return [gantt(rows, starts, year=year, today=today) for rows in sheets]


def add_group(drawing: Drawing, objective: dict[str, str] | None, y: int) -> int:
    drawing.rects.append(Rect(0, y, WIDTH, BAND_HEIGHT, BAND))
    name = f"{objective['number']} {objective['title']}" if objective else "–"
    line = wrap(name, WIDTH - 8, SIZE, bold=True)[0]
    drawing.texts.append(Text(4, y + 12, line, SIZE, bold=True))
    return y + BAND_HEIGHT


def label_lines(node: Node) -> list[str]:
    return wrap(f"{node['number']}  {node['heading']}", LABEL - 12, SIZE)


def activity_height(node: Node) -> int:
    return LINE_HEIGHT * len(label_lines(node)) + 3


def add_activity(drawing: Drawing, node: Node, calendar: Calendar, y: int) -> int:
    fields = node["fields"]
    height = activity_height(node)
    for i, line in enumerate(label_lines(node)):
        drawing.texts.append(Text(4, y + 11 + LINE_HEIGHT * i, line, SIZE))
    lead = fields["lead"]["code"] if fields["lead"] else "–"
    drawing.texts.append(Text(LABEL, y + 11, lead, SIZE, fill=MUTED))
    look = calendar.look(node)
    for first, last in calendar.spans(node):
        x, end = calendar.x(first), calendar.x(last + dt.timedelta(days=1))
        name = f"{node['number']}: {fields['status_name']}"
        drawing.bar(x + 1, y + height // 2 - 5, max(end - x - 2, 3), 10, look, name)
    drawing.lines.append(Line(0, y + height, WIDTH, y + height, "#e6eaef"))
    return y + height


def draw_calendar(drawing: Drawing, calendar: Calendar, bottom: int) -> None:
    left = LABEL + LEAD
    drawing.texts.append(Text(4, 27, _("Activity"), SIZE, bold=True))
    drawing.texts.append(Text(LABEL, 27, _("Lead"), SIZE, bold=True))
    for month in range(12):
        x = left + month * MONTH
        number = (calendar.starts - 1 + month) % 12 + 1
        name = date_format(dt.date(2000, number, 1), "M")
        drawing.texts.append(Text(x + MONTH // 2, 30, name, SIZE, anchor="middle"))
        top = 4 if month % 3 == 0 else 20
        stroke = GREY if month % 3 == 0 else "#e6eaef"
        drawing.lines.append(Line(x, top, x, bottom, stroke))
        if month % 3 == 0:
            quarter = month // 3 + 1
            first, _last = quarter_bounds(calendar.year, quarter, calendar.starts)
            name = _("Q%(quarter)s (%(year)s)") % {
                "quarter": quarter,
                "year": first.year,
            }
            middle = x + 3 * MONTH // 2
            drawing.texts.append(Text(middle, 14, name, SIZE, True, "middle"))
    drawing.lines.append(Line(0, HEAD, WIDTH, HEAD, GREY))
    if calendar.today and calendar.first <= calendar.today <= calendar.last:
        x = calendar.x(calendar.today + dt.timedelta(days=1))
        drawing.rects.append(Rect(x - 1, 18, 2, bottom - 18, RED))


def add_legend(drawing: Drawing, looks: dict[str, str], y: int) -> None:
    x = 4
    for look, name in looks.items():
        drawing.bar(x, y, 22, 10, look, name)
        drawing.texts.append(Text(x + 28, y + 9, name, SIZE, fill=MUTED))
        x += 28 + round(text_width(name, SIZE)) + 18


MONEY_LOOKS = {"committed": "completed", "pledged": "late", "unfunded": "cancelled"}
CHART, NAMES, AMOUNT = 627, 260, 92


def budget_chart(sums: list[Sum], symbol: str) -> Drawing:
    """A bar a heading, as long as its budget, split by how sure the money is."""
    drawing = Drawing(
        title=_("Budget by funding"),
        description="; ".join(f"{s.name}: {money(s.budget, symbol)}" for s in sums),
        width=CHART,
    )
    most = max((entry.budget for entry in sums), default=0) or 1
    room = CHART - NAMES - AMOUNT
    y = 4
    for entry in sums:
        label = entry.name if entry.code in entry.name else f"{entry.code} {entry.name}"
        lines = wrap(label, NAMES - 10, SIZE)
        height = max(LINE_HEIGHT * len(lines), 16) + 8
        for i, line in enumerate(lines):
            top = y + (height - LINE_HEIGHT * len(lines)) // 2
            drawing.texts.append(Text(0, top + 10 + LINE_HEIGHT * i, line, SIZE))
        x = NAMES
        for state, look in MONEY_LOOKS.items():
            width = round(entry.funding[state] * room / most)
            if width:
                drawing.bar(x, y + height // 2 - 8, width, 16, look, state)
                x += width
        amount = money(entry.budget, symbol)
        drawing.texts.append(Text(x + 8, y + height // 2 + 4, amount, SIZE, bold=True))
        y += height
    drawing.lines.append(Line(NAMES, 2, NAMES, y, GREY))
    names = {"completed": _("committed"), "late": _("pledged")}
    add_legend(drawing, names | {"cancelled": _("unfunded")}, y + 8)
    drawing.height = y + 26
    return drawing
