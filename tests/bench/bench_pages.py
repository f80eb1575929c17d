"""Pages: queries that do not grow with the rows, server time, weight on the line.

Run: python -m tests.bench.bench_pages
"""

import gzip
import re
import time
from decimal import Decimal

from tests.bench.throwaway import lesotho

ROWS = (1, 30, 1_000)
TIMES = 15


def grow(plan, rows):
    """Leave exactly `rows` activities in the plan, all with money and partners."""
    from strategy.models import (
        Activity,
        BudgetLine,
        FundingShare,
        FundingSource,
        Result,
    )

    have = list(plan.activities.order_by("pk"))
    for activity in have[rows:]:
        activity.progress.all().delete()
        for action in activity.advocacy_activities.all():
            action.progress.all().delete()
            action.delete()
        activity.delete()
    output = Result.objects.filter(document=plan.plan, level="output").first()
    lead = plan.committee.institutions.first()
    source = FundingSource.objects.filter(committee=plan.committee).first()
    base = plan.activities.count()
    new = Activity.objects.bulk_create(
        Activity(
            document=plan,
            output=output,
            position=1000 + base + n,
            title=f"Benchmark activity {n}",
            lead=lead,
            q1=True,
            milestone="record",
        )
        for n in range(rows - base)
    )
    lines = BudgetLine.objects.bulk_create(
        BudgetLine(activity=a, position=1, description="All", amount=Decimal(1000))
        for a in new
    )
    FundingShare.objects.bulk_create(
        FundingShare(
            line=line, source=source, funding="committed", amount=Decimal(1000)
        )
        for line in lines
    )


def grow_seats(committee, rows):
    """Bring the committee to `rows` institutions more, each seated, with an office."""
    from governance.models import Institution, Office, Seat

    since = "2021-01-01"
    base = Institution.objects.filter(code__startswith="BX").count()
    new = Institution.objects.bulk_create(
        Institution(
            committee=committee,
            code=f"BX{base + n}",
            name=f"Benchmark institution {base + n}",
            category="agency",
        )
        for n in range(rows - base)
    )
    Seat.objects.bulk_create(
        Seat(committee=committee, institution=i, kind="member", starts_on=since)
        for i in new
    )
    Office.objects.bulk_create(
        Office(committee=committee, institution=i, title="Focal point") for i in new
    )


def count_queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(queries)


def cpu_ms(call):
    call()
    start = time.process_time()
    for _ in range(TIMES):
        call()
    return (time.process_time() - start) / TIMES * 1000


def admin_changelist(user):
    """Django's own changelist of the same rows, with the columns of our table."""
    from django.contrib.admin import ModelAdmin
    from django.test import RequestFactory

    from strategy.models import Activity
    from tests.bench.urls import site

    class ActivityAdmin(ModelAdmin):
        list_display = [
            "title",
            "output",
            "lead",
            "q1",
            "q2",
            "q3",
            "q4",
            "milestone",
            "budget",
            "latest_status",
        ]
        list_select_related = ["output__parent", "lead"]
        list_per_page = 100
        list_filter = ["lead", "output"]

        def get_queryset(self, request):
            return Activity.objects.complete()

        def budget(self, activity):
            return sum(line.amount for line in activity.budget_lines.all())

        def latest_status(self, activity):
            return activity.status

        def has_view_permission(self, request, obj=None):
            return True

        has_change_permission = has_delete_permission = has_add_permission = (
            has_view_permission
        )

    admin = ActivityAdmin(Activity, site)
    request = RequestFactory().get("/admin/strategy/activity/")
    request.user = user

    def render():
        response = admin.changelist_view(request)
        response.render()
        assert response.status_code == 200

    return render


def weight(client, url):
    """Bytes on the line and requests of a first view, everything gzipped and counted."""
    from django.contrib.staticfiles import finders

    response = client.get(url)
    html = response.content.decode()
    bytes_ = len(gzip.compress(response.content, 6))
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    for asset in assets:
        name = re.sub(r"\.[0-9a-f]{12}\.", ".", asset.removeprefix("/static/"))
        with open(finders.find(name), "rb") as file:
            bytes_ += len(gzip.compress(file.read(), 6))
    return bytes_, 1 + len(assets)


def report(line):
    print(line, flush=True)


def main():
    with lesotho() as vendor:
        from django.test import Client

        from governance.models import Document, User
        from strategy.models import ActivityPlan, StrategicPlan

        user = User.objects.get(username="secretariat.officer")
        client = Client(HTTP_HOST="localhost")
        client.force_login(user)
        plan = ActivityPlan.objects.get(committee__slug="lesotho")
        framework = StrategicPlan.objects.get(committee__slug="lesotho")
        report(f"== pages on {vendor} ==")
        for document in Document.objects.filter(committee__slug="lesotho"):
            url = document.get_absolute_url()
            n, (kb, requests) = count_queries(client, url), weight(client, url)
            ok = "ok" if n <= 18 and kb <= 45 * 1024 and requests <= 5 else "OVER"
            report(
                f"{ok:4} reading {document.title[:40]:40} {n:3} queries (<= 18)"
                f" {kb / 1024:5.1f} KB (<= 45) {requests} requests (<= 5)"
            )
        for name, url in {
            "activity plan": f"/activity-plans/{plan.pk}/",
            "results framework": f"/strategic-plans/{framework.pk}/results/",
        }.items():
            n, (kb, requests) = count_queries(client, url), weight(client, url)
            ok = "ok" if n <= 12 else "OVER"
            report(f"{ok:4} {name:48} {n:3} queries (<= 12) {kb / 1024:5.1f} KB")
        ours = cpu_ms(lambda: client.get(f"/activity-plans/{plan.pk}/"))
        theirs = cpu_ms(admin_changelist(user))
        ok = "ok" if ours < theirs else "OVER"
        report(
            f"{ok:4} activity plan of 30 rows: {ours:.1f} ms CPU through the whole stack,"
            f" Django admin's changelist {theirs:.1f} ms without middleware:"
            f" ratio {ours / theirs:.2f} (< 1)"
        )
        urls = {
            "activity plan": f"/activity-plans/{plan.pk}/",
            "timeline": f"/activity-plans/{plan.pk}/timeline/",
            "budget": f"/activity-plans/{plan.pk}/budget/",
            "reading page": plan.get_absolute_url(),
            "my work": "/",
            "search": "/search/?q=data",
            "members": "/committees/lesotho/members/",
            "institutions": "/committees/lesotho/institutions/",
            "API activities": "/api/activities/?page_size=200",
            "API institutions": "/api/institutions/?page_size=200",
        }
        counts = {name: [] for name in urls}
        for rows in sorted(ROWS):
            grow(plan, rows)
            grow_seats(plan.committee, rows)
            for name, url in urls.items():
                counts[name].append(count_queries(client, url))
        for name, found in counts.items():
            ok = "ok" if len(set(found)) == 1 else "OVER"
            report(f"{ok:4} {name:20} queries at {ROWS} rows: {found}")


if __name__ == "__main__":
    main()
