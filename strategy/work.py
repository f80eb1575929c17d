"""What the plans ask of a person: late activities, baselines to be set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.models import Report
from governance.models.committees import quarter_bounds
from governance.permissions import Permission, can
from governance.work import WorkItem, due_tag
from strategy.models import Activity, Indicator, Status, StrategicPlan

if TYPE_CHECKING:
    import datetime as dt

    from governance.models import Committee, User

OPEN = {
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.DELAYED,
    Status.BLOCKED,
}


def ends_on(activity: Activity, committee: Committee) -> dt.date | None:
    """The last day of an activity: its own, or that of its last quarter."""
    if activity.ends_on or not activity.quarters:
        return activity.ends_on
    year, starts = activity.document.year, committee.fiscal_year_starts
    return quarter_bounds(year, activity.quarters[-1], starts)[1]


def plan_work(user: User, committee: Committee) -> list[WorkItem]:
    """Open activities and baselines of the person's institutions; all that are late
    for the secretariat, which waits for others."""
    own = user.standing_in(committee.pk).institution_pks
    follows_up = can(user, Permission.REPORT_PROGRESS_ON_BEHALF, committee)
    reports = follows_up or can(user, Permission.REPORT_PROGRESS_OWN, committee)
    if not reports:
        return []
    activities = (
        Activity.objects.visible_to(user)
        .filter(document__report=report_in_force(user, committee))
        .with_progress()
        .filter(status__in=OPEN)
        .select_related("document", "output__parent", "lead")
    )
    if not follows_up:
        activities = activities.filter(lead__in=own)
    items = [activity_item(a, committee, own) for a in activities]
    items += [
        indicator_item(i, committee, own) for i in open_baselines(user, committee)
    ]
    today = committee.today()
    return [
        item
        for item in items
        if item.mine or (item.due is not None and item.due <= today)
    ]


def activity_item(
    activity: Activity, committee: Committee, own: frozenset[int]
) -> WorkItem:
    due, today = ends_on(activity, committee), committee.today()
    tag, tone = due_tag(due, today) if due else (_("No date"), "warn")
    mine = activity.lead_id in own
    hint = f"{Status(activity.status).label} · {activity.lead.code if activity.lead else '–'}"
    return WorkItem(
        title=_("Report on %s") % activity if mine else str(activity),
        url=activity.get_absolute_url(),
        hint=hint,
        due=due,
        tag=tag,
        tone=tone,
        mine=mine,
    )


def open_baselines(user: User, committee: Committee) -> list[Indicator]:
    return list(
        Indicator.objects.filter(
            result__document__in=user_plans(user, committee),
            baseline_status=Indicator.Baseline.TO_BE_SET,
        ).select_related("result__parent", "result__document", "responsible")
    )


def user_plans(user: User, committee: Committee) -> list[int]:
    report = report_in_force(user, committee)
    plans = StrategicPlan.objects.visible_to(user).filter(report=report)
    return list(plans.values_list("pk", flat=True))


def report_in_force(user: User, committee: Committee) -> Report | None:
    """The edition whose plans are carried out: the validated one, else the first draft.

    What is planned in the next edition is a copy until that is validated.
    """
    editions = Report.objects.visible_to(user).filter(committee=committee)
    validated = editions.exclude(validated_at=None).order_by("-edition")
    return validated.first() or editions.order_by("-edition").first()


def indicator_item(
    indicator: Indicator, committee: Committee, own: frozenset[int]
) -> WorkItem:
    due = indicator.baseline_due or committee.today()
    tag, tone = due_tag(due, committee.today())
    lead = indicator.responsible
    return WorkItem(
        title=_("Set the baseline of %s") % indicator,
        url=indicator.result.document.get_absolute_url(),
        hint=lead.code if lead else "–",
        due=due,
        tag=tag,
        tone=tone,
        mine=indicator.responsible_id in own,
    )
