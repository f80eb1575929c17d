"""Agendas to begin with: day, time, item, type, who presents, Part of the report."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Line(NamedTuple):
    day: int
    time: str
    title: object
    type: str
    presenter: object = ""
    part: int | None = None


VALIDATION_WORKSHOP = [
    Line(1, "08:30", _("Registration, issue of papers"), "logistics", _("Secretariat")),
    Line(1, "09:00", _("Opening remarks"), "opening", _("Host")),
    Line(
        1,
        "09:45",
        _("Objectives, quorum check, adoption of agenda and of working method"),
        "procedure",
        _("Chair"),
    ),
    Line(
        1,
        "10:00",
        _(
            "Part I: legal status, vision, mission, objectives, terms of reference,"
            " structure"
        ),
        "presentation",
        _("Technical team"),
        1,
    ),
    Line(
        1,
        "11:15",
        _("Part II: strategic plan"),
        "presentation",
        _("Technical team"),
        2,
    ),
    Line(
        1,
        "12:00",
        _("Parts III and IV: activity plan and advocacy strategy"),
        "presentation",
        _("Technical team"),
        3,
    ),
    Line(
        1,
        "14:00",
        _("Parallel groups, one for each Part; comments matrix on screen"),
        "group",
        _("Group chairs and rapporteurs"),
    ),
    Line(1, "16:30", _("Drafting team consolidates"), "drafting", _("Secretariat")),
    Line(
        2,
        "08:30",
        _("Group reports and plenary on contested and blocking comments"),
        "plenary",
        _("Chair"),
    ),
    Line(
        2,
        "12:00",
        _("Draft resolutions and roadmap, read paragraph by paragraph"),
        "plenary",
        _("Drafting team"),
    ),
    Line(
        2,
        "14:30",
        _("Quorum check; decision on each Part; adoption of resolutions and roadmap"),
        "adoption",
        _("Chair"),
    ),
    Line(2, "15:30", _("Evaluation, next steps, closing"), "closing", _("Chair")),
]
DAYS_OF_TEMPLATE = max(line.day for line in VALIDATION_WORKSHOP)
