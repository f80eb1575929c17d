"""The headings that an advocacy strategy starts from, and what to write under each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.outlines import Heading, Outline

ADVOCACY_STRATEGY = Outline(
    _("Advocacy strategy"),
    (
        Heading(
            _("Approach"),
            _(
                "Say whom the committee wants to move, to do what, and in which tone."
                " Then, below, write the issue and the goal, the evidence with its"
                " sources, dated objectives, and for each audience what is asked of it,"
                " by whom and through which channel."
            ),
        ),
        Heading(
            _("How it is followed up"),
            _(
                "Say who keeps the calendar of advocacy actions, how answers of the"
                " audiences are recorded, and when the committee looks at them."
            ),
        ),
    ),
)
