"""The tables of Part IV."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from advocacy.models import (
    AdvocacyActivity,
    AdvocacyObjective,
    AdvocacyStatement,
    Audience,
    Evidence,
    Message,
    Opportunity,
)
from governance.columns import Column, column_for, columns_of
from governance.tables import Table

LANGUAGE = _("Its code: en for English, fr for French, st for Sesotho.")


def column_of_message(column: Column) -> Column:
    return replace(column, help=LANGUAGE) if column.name == "language" else column


TABLES = [
    Table(AdvocacyStatement, _("Issue and goal"), _("One of each.")),
    Table(
        Evidence,
        _("Evidence"),
        _("Facts that support the issue, each with its source."),
        own=(column_for(Evidence, "statement"), column_for(Evidence, "source")),
    ),
    Table(AdvocacyObjective, _("Advocacy objectives"), _("What changes, by when.")),
    Table(Audience, _("Audiences"), _("Whom the committee wants to move, rated.")),
    Table(
        Message,
        _("Messages"),
        _("What each audience should hear."),
        own=tuple(map(column_of_message, columns_of(Message))),
    ),
    Table(
        AdvocacyActivity,
        _("Advocacy calendar"),
        _("Each action is paid from a line of the activity plan."),
    ),
    Table(Opportunity, _("Moments to act"), _("When being heard is likelier.")),
]
