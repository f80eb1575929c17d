"""Editing: saving one cell, and the first view of a table with 300 rows.

Run: python -m tests.bench.bench_editing
"""

import statistics
import time
import uuid
from types import SimpleNamespace

from tests.bench.bench_pages import count_queries, cpu_ms, grow, report, weight
from tests.bench.throwaway import lesotho

ROWS = (1, 3, 30, 300)
SAVES = 60
LONGEST_SAVE, LARGEST_PAGE, MOST_REQUESTS = 60, 60 * 1024, 6


def reopened(plan):
    """The report as while it is being written."""
    from django.db import connection

    from governance import guards
    from governance.models import Report

    guards.remove(SimpleNamespace(connection=connection))
    Report.objects.filter(pk=plan.report_id).update(
        state="drafting", validated_at=None, released_at=None
    )


def cell_of(revision, text):
    """What static/js/grid.js sends for a cell."""
    key = uuid.uuid4().hex
    return {"base": revision, "title": text, "once": key, "window": key}


def saves(client, plan):
    """Change the title of one row `SAVES` times: milliseconds each, and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    activity = plan.activities.order_by("pk").first()
    url = reverse("governance:row-cells", args=[plan.pk, activity.uid])
    revision, times = activity.revision, []
    for n in range(SAVES):
        sent = cell_of(revision, f"Title {n} at {time.time()}")
        start = time.perf_counter()
        response = client.post(url, sent)
        times.append((time.perf_counter() - start) * 1000)
        assert response.status_code == 200, response.content
        revision = response.json()["revision"]
    with CaptureQueriesContext(connection) as captured:
        client.post(url, cell_of(revision, "Counted"))
    return statistics.median(times), len(captured)


def main():
    with lesotho() as vendor:
        from django.test import Client
        from django.urls import reverse

        from governance.models import User
        from strategy.models import ActivityPlan

        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username="secretariat.officer"))
        plan = ActivityPlan.objects.get(committee__slug="lesotho")
        reopened(plan)
        url = reverse("governance:table", args=[plan.pk, "activity"])
        report(f"== editing on {vendor} ==")
        shown, saved = {}, {}
        for rows in ROWS:
            grow(plan, rows)
            shown[rows] = count_queries(client, url)
            median, saved[rows] = saves(client, plan)
        size, requests = weight(client, url)
        same = len(set(saved.values())) == 1
        report(
            f"{'ok' if same and median <= LONGEST_SAVE else 'OVER':4} saving one cell of"
            f" {ROWS[-1]} rows: median {median:.1f} ms (<= {LONGEST_SAVE}), queries {saved}"
        )
        same = len(set(shown.values())) == 1
        report(f"{'ok' if same else 'OVER':4} the table: queries {shown}")
        fits = size <= LARGEST_PAGE and requests <= MOST_REQUESTS
        report(
            f"{'ok' if fits else 'OVER':4} the table of {ROWS[-1]} rows, first view:"
            f" {size / 1024:.1f} KB (<= 60), {requests} requests (<= {MOST_REQUESTS}),"
            f" {cpu_ms(lambda: client.get(url)):.0f} ms"
        )


if __name__ == "__main__":
    main()
