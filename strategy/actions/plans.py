from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions.documents import add_provision, require_editable
from governance.actions.editing import edit_provision
from governance.actions.revising import locked, require_same_committee
from governance.errors import Refused
from governance.formats import day
from governance.permissions import Permission, can, require
from strategy.actions.apart import target_columns
from strategy.models import (
    Activity,
    BudgetLine,
    FundingShare,
    FundingSource,
    Indicator,
    ProgressEntry,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

    from governance.models import Amendment, Comment, Committee, Revision, User


@transaction.atomic
def add_funding_source(
    committee: Committee, *, by: User, **fields: Any
) -> FundingSource:
    require(by, Permission.EDIT_DOCUMENTS, committee)
    source = FundingSource(
        committee=committee, position=committee.fundingsources.count() + 1, **fields
    )
    source.full_clean()
    source.save()
    source.record("added", by=by)
    return source


def add_indicator(
    document: Any, *, targets: dict[int, Decimal], by: User, **fields: Any
) -> Indicator:
    """Add an indicator with its target for each fiscal year."""
    extras = targets_of(document, targets)
    return add_provision(Indicator, document, by=by, extras=extras, **fields)


def targets_of(plan: Any, targets: dict[int, Decimal]) -> dict[Any, Decimal | None]:
    """Targets by year as the columns of the plan; a year without one loses it."""
    columns = target_columns(plan)
    if unknown := set(targets) - {column.year for column in columns}:
        raise ValidationError(_("The plan has no year %s.") % min(unknown))
    return {column: targets.get(column.year) for column in columns}


def change_targets(
    indicator: Indicator,
    targets: dict[int, Decimal],
    *,
    by: User,
    why: str = "",
    answers: Sequence[Comment | Amendment] = (),
    where_changed: str = "",
) -> Revision | None:
    """Set an indicator's target for each fiscal year anew, as one change of the text.

    `answers` are what the change is made for: each then points at it, as `where_changed`.
    Returns None where nothing is different.
    """
    return edit_provision(
        indicator,
        base=indicator.revision,
        by=by,
        why=why,
        answers=answers,
        where_changed=where_changed,
        extras=targets_of(indicator.document, targets),
    )


@transaction.atomic
def add_budget_line(
    activity: Activity,
    *,
    description: str,
    amount: Decimal,
    funding: list[tuple[FundingSource | None, str, Decimal]],
    by: User,
) -> BudgetLine:
    """Add an amount to an activity, with its sources: (source, state, amount) each."""
    document = activity.document
    require_editable(locked(document.report), by)
    require_same_committee(document.committee_id, [source for source, *_ in funding])
    line = BudgetLine(
        activity=activity,
        position=activity.budget_lines.count() + 1,
        description=description,
        amount=amount,
    )
    line.full_clean()
    line.save()
    for source, state, part in funding:
        share = FundingShare(line=line, source=source, funding=state, amount=part)
        share.full_clean()
        share.save()
    document.record("budget line added", by=by, note=f"{activity.number} {line}")
    return line


@transaction.atomic
def report_progress(
    activity: Activity, *, as_of: dt.date, by: User, **fields: Any
) -> ProgressEntry:
    """Add a report; by the lead for itself, or by the secretariat on its behalf."""
    committee = activity.document.committee
    own = activity.lead_id in by.standing_in(committee.pk).institution_pks
    if own and can(by, Permission.REPORT_PROGRESS_OWN, committee):
        on_behalf = False
    elif can(by, Permission.REPORT_PROGRESS_ON_BEHALF, committee):
        on_behalf = True
    else:
        raise PermissionDenied(
            _("Only the lead institution, or the secretariat for it, reports progress.")
        )
    if as_of > committee.today():
        raise Refused(_("A report cannot be of a day to come."))
    entry = ProgressEntry(
        activity=activity, as_of=as_of, recorded_by=by, on_behalf=on_behalf, **fields
    )
    entry.full_clean()
    entry.save()
    note = f"{activity.number}: {entry.get_status_display()}, {day(as_of)}"
    activity.document.record("progress reported", by=by, note=note)
    return entry
