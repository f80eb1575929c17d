"""The headings that a plan starts from, and what to write under each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.outlines import Heading, Outline

STRATEGIC_PLAN = Outline(
    _("Strategic plan %(years)s"),
    (
        Heading(
            _("Summary"),
            _(
                "One page at most: the situation, what shall be different at the end of"
                " the plan, what it costs and who pays. Write it last."
            ),
        ),
        Heading(
            _("How the situation was analysed"),
            _(
                "Say which data, studies and meetings it rests on, and their dates. The"
                " findings themselves are rows below: strengths, weaknesses,"
                " opportunities, threats, and the political to legal factors."
            ),
        ),
        Heading(
            _("How results are followed"),
            _(
                "Say who collects the figures, how often the committee looks at them, and"
                " when the plan is reviewed. Results, indicators with baseline and"
                " targets, risks and costs are rows below."
            ),
        ),
    ),
)

ACTIVITY_PLAN = Outline(
    _("Activity plan %(years)s"),
    (
        Heading(
            _("How this year was chosen"),
            _(
                "Say which outputs of the strategic plan come first this year and why,"
                " and what the plan takes for granted: money, staff, decisions of others."
            ),
        ),
        Heading(
            _("How progress is reported"),
            _(
                "Say who reports to whom, by which day of the quarter, and what happens"
                " when an activity is late. The activities are rows below, each under an"
                " output, with a lead, quarters and its money."
            ),
        ),
    ),
)
