"""What a first report starts from: the headings of Part I, and what to write there.

`Heading`s become empty clauses; the guidance is shown to whoever writes and is never
printed. The rows below them (seats, bodies, options) are added on the document's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Heading:
    """One clause of a template: its heading, and what belongs under it."""

    title: Any
    guidance: Any


@dataclass(frozen=True)
class Outline:
    """How a kind of document begins: its title and its first clauses."""

    title: Any
    headings: tuple[Heading, ...] = ()


LEGAL_STATUS = Outline(
    _("Legal status"),
    (
        Heading(
            _("Where the committee stands today"),
            _(
                "Name the decision, letter or law by which the committee exists now, with"
                " its date. Say in two or three sentences what that lets it do and what"
                " it leaves open: members, money, standing towards other bodies."
            ),
        ),
        Heading(
            _("Why another legal status is considered"),
            _(
                "Say what the committee cannot do today and would do with a firmer"
                " status. Then, below, compare every option on the same terms: what"
                " speaks for and against it, its cost, how many months it takes. Mark the"
                " one that is preferred, and write the articles of the mandate."
            ),
        ),
    ),
)

STRATEGIC_DIRECTION = Outline(
    _("Vision, mission and strategic objectives"),
    (
        Heading(
            _("How the direction was agreed"),
            _(
                "Say who was consulted and when, and which national policies it follows."
                " Then, below, write one vision (the country as it shall be), one mission"
                " (what the committee does for it), the values, and three to six"
                " strategic objectives, each with an owner and the goals of reference"
                " frameworks that it serves."
            ),
        ),
    ),
)

TERMS_OF_REFERENCE = Outline(
    _("Terms of reference"),
    (
        Heading(
            _("About these terms of reference"),
            _(
                "Say from when they apply, which earlier terms they replace, and who"
                " adopts them. Then, below, write at least the sections on purpose,"
                " scope, resources and review; the functions, one sentence each; every"
                " seat with or without a vote; the rules on meetings, quorum and"
                " decisions; and who receives reports."
            ),
        ),
    ),
)

STRUCTURE = Outline(
    _("Structure"),
    (
        Heading(
            _("How the bodies work together"),
            _(
                "Say in a few sentences who decides, who prepares and who carries out,"
                " and how the national level reaches the districts. Then, below, add each"
                " body: its task, its lead, who sits in it and how often it meets."
            ),
        ),
    ),
)
