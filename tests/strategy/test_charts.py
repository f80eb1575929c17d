"""Drawings: every label whole, nothing over anything else, the lengths right."""

import datetime as dt
import itertools

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from governance.charts import BOX_WIDTH, organogram
from governance.drawing import hatch, text_width, wrap
from strategy.charts import (
    LABEL,
    LEAD,
    MONTH,
    TALLEST,
    budget_chart,
    gantt,
    gantt_sheets,
)
from strategy.totals import Sum
from tests.governance.printed import activity, body

LEFT = LABEL + LEAD
LONG = "Hold two inter-ministerial consultations on the draft instrument " * 3


def bars(drawing):
    """(left month, right month, name) of what is drawn in the year."""
    return [
        (
            round((r.x - LEFT) / MONTH, 1),
            round((r.x + r.width - LEFT) / MONTH, 1),
            r.name,
        )
        for r in drawing.rects
        if r.name.startswith("A")
    ]


@given(st.text(max_size=200), st.integers(20, 300))
def test_wrap_loses_nothing_and_keeps_to_the_width(text, width):
    lines = wrap(text, width, 10)

    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(text_width(line, 10) <= width or len(line) == 1 for line in lines)


@given(st.integers(1, 60), st.integers(1, 60))
def test_hatching_stays_inside(width, height):
    path = hatch(10, 20, width, height)

    points = [
        p.split() for p in path.replace("M", " ").replace("L", ",").split(",") if p
    ]
    numbers = [int(n) for point in points for n in point]
    assert all(10 <= n <= 20 + max(width, height) for n in numbers)


def test_quarters_that_touch_are_one_bar():
    drawing = gantt([activity(quarters=[1, 2, 4])], 4, year=2022)

    assert bars(drawing) == [
        (0.0, 6.0, "A1.1.1: Completed"),
        (9.0, 12.0, "A1.1.1: Completed"),
    ]


def test_dates_count_more_than_quarters():
    dated = activity(starts_on="2022-04-16", ends_on="2022-06-30")

    assert bars(gantt([dated], 4, year=2022)) == [(0.5, 3.0, "A1.1.1: Completed")]


@pytest.mark.parametrize(
    ("status", "today", "hatched"),
    [
        ("in_progress", dt.date(2022, 6, 30), True),
        ("in_progress", dt.date(2022, 6, 29), False),
        ("completed", dt.date(2023, 1, 1), False),
        ("not_started", None, False),
        ("delayed", None, True),
    ],
)
def test_what_should_have_ended_is_hatched(status, today, hatched):
    drawing = gantt([activity(status=status)], 4, year=2022, today=today)

    bar = next(r for r in drawing.rects if r.name.startswith("A"))
    assert bool(bar.hatch) == hatched


def test_activities_stand_under_their_objective_and_do_not_overlap():
    second = {"uid": "so2", "number": "SO2", "title": "Policy"}
    nodes = [
        activity("A1.1.1", heading=LONG),
        activity("A1.1.2"),
        activity("A2.1.1", objective=second),
    ]

    drawing = gantt(nodes, 4, year=2022)

    bold = [t.text for t in drawing.texts if t.text.startswith("SO")]
    assert bold == ["SO1 A recognised footing", "SO2 Policy"]
    lines = sorted((t for t in drawing.texts if t.x == 4), key=lambda t: t.y)
    assert all(b.y - a.y >= 12 for a, b in itertools.pairwise(lines))
    assert all(text_width(t.text, t.size, bold=t.bold) <= LABEL for t in lines)


@pytest.mark.parametrize("count", [1, 30, 31, 60, 200])
def test_sheets_hold_every_activity_once_and_fit_a_page(count):
    nodes = [activity(f"A1.1.{n}") for n in range(1, count + 1)]

    sheets = gantt_sheets(nodes, 4, year=2022)

    shown = [name for sheet in sheets for _x, _y, name in bars(sheet)]
    assert shown == [f"{node['number']}: Completed" for node in nodes]
    assert all(sheet.height <= TALLEST for sheet in sheets)
    assert len(sheets) == 1 or min(s.height for s in sheets) > TALLEST / 3


def test_no_activity_is_no_sheet():
    assert gantt_sheets([], 4, year=2022) == []


def test_budget_bars_are_as_long_as_the_money():
    money = Sum("SO1", "A footing", budget=400)
    money.funding.update(committed=200, pledged=100, unfunded=100)
    half = Sum("SO2", "Policy", budget=200)
    half.funding.update(committed=200)

    drawing = budget_chart([money, half], "M")

    lengths = [(r.name, r.width) for r in drawing.rects]
    whole = 627 - 260 - 92
    assert lengths[:4] == [
        ("committed", round(whole / 2)),
        ("pledged", round(whole / 4)),
        ("unfunded", round(whole / 4)),
        ("committed", round(whole / 2)),
    ]
    assert drawing.description == "A footing: M4; Policy: M2"


def test_no_money_is_no_bar_and_no_error():
    assert budget_chart([], "M").height > 0
    assert budget_chart([Sum("x", "Nothing")], "M").rects[0].name == "committed"


def overlaps(a, b):
    return (
        a.x < b.x + b.width
        and b.x < a.x + a.width
        and a.y < b.y + b.height
        and b.y < a.y + a.height
    )


@st.composite
def trees(draw, depth=3):
    name = draw(st.text("abc mW", min_size=1, max_size=60)) + "x"
    below = draw(st.lists(trees(depth - 1), max_size=6)) if depth else []
    return body("1", name, children=below)


@given(trees())
def test_boxes_of_an_organogram_never_overlap_and_hold_their_text(tree):
    drawing = organogram([tree])

    assert not any(overlaps(a, b) for a, b in itertools.combinations(drawing.rects, 2))
    for rect in drawing.rects:
        assert rect.width == BOX_WIDTH
        assert 0 <= rect.x <= drawing.width - rect.width
        assert 0 <= rect.y <= drawing.height - rect.height
    for text in drawing.texts:
        half = text_width(text.text, text.size, bold=text.bold) / 2
        assert any(
            r.x <= text.x - half
            and text.x + half <= r.x + r.width
            and r.y < text.y < r.y + r.height
            for r in drawing.rects
        )


def test_organogram_names_every_body_and_who_leads_it():
    groups = [body(f"1.{n}", f"Group {n}") for n in range(1, 6)]
    top = body("1", "Plenary", "plenary", children=groups)

    texts = [t.text for t in organogram([top]).texts]

    assert texts == [
        word
        for name in ["Plenary", *(f"Group {n}" for n in range(1, 6))]
        for word in (name, "Lead: MoHA")
    ]


def test_no_body_is_no_drawing():
    assert organogram([]) is None


@pytest.mark.parametrize("name", ["gantt", "budget", "organogram"])
def test_svg_is_named_and_has_no_style_attribute(name):
    drawing = gantt([activity(heading="<b> & co")], 4, year=2022)

    svg = render_to_string(f"components/_{name}.svg", {"chart": drawing})

    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img"' in svg
    assert "<title>Timeline of the activities</title>" in svg
    assert "&lt;b&gt; &amp; co" in svg
    assert "style=" not in svg
