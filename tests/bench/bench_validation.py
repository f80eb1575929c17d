"""Validation: the matrix, a comparison, the roadmap, a signature's transaction.

Run: python -m tests.bench.bench_validation
"""

import copy
import datetime as dt
import statistics
import time
import uuid

from tests.bench.bench_pages import count_queries, cpu_ms, report
from tests.bench.throwaway import empty

COMMENTS = 500
PROVISIONS = 200
ACTIONS = (1, 30, 1_000)
SIGNATURES = 40


def grow_comments(world, rows):
    """Bring the report to `rows` comments, each answered."""
    from governance.models import Comment, Response

    version = world.report.versions.first()
    body = world.document.bodies.first()
    base = world.report.comments.count()
    author = world.person("member_a")
    new = Comment.objects.bulk_create(
        Comment(
            committee=world.committee,
            report=world.report,
            number=base + n + 1,
            document=world.document,
            version=version,
            provision_uid=body.uid,
            section="1 Plenary",
            provision_text=body.mandate,
            institution=world.institutions["ABCDE"[n % 5]],
            author=author,
            author_name=author.name,
            type="technical",
            severity="substantive",
            body=f"Comment {n}: " + "the words of a reader " * 12,
            suggested_wording="Other words.",
            received_on=dt.date(2021, 11, 10),
            state="responded",
        )
        for n in range(rows - base)
    )
    answers = [
        Response(
            comment=comment,
            disposition="noted",
            reason="Noted by the rapporteur, with thanks.",
            at=version.frozen_at,
            by=author,
            by_name=author.name,
        )
        for comment in new
    ]
    Response.objects.bulk_create(answers)


def grow_actions(world, rows):
    from governance.models import RoadmapAction

    base = world.report.actions.count()
    RoadmapAction.objects.bulk_create(
        RoadmapAction(
            committee=world.committee,
            report=world.report,
            serial=base + n + 1,
            reason="benchmark",
            phase="first",
            title=f"Action {n}",
            lead=world.institutions["ABCDE"[n % 5]],
            due_on=dt.date(2022, 1, 1) + dt.timedelta(days=n),
        )
        for n in range(rows - base)
    )


def matrix(world, client):
    from django.urls import reverse

    url = reverse("governance:comments", args=[world.report.pk])
    found = {}
    for rows in (1, 30, COMMENTS):
        grow_comments(world, rows)
        found[rows] = count_queries(client, f"{url}?all=1")
    seconds = cpu_ms(lambda: client.get(f"{url}?all=1")) / 1000
    same = len(set(found.values())) == 1
    report(
        f"{'ok' if same and seconds <= 1 else 'OVER':4} matrix of {COMMENTS} comments,"
        f" all on one page: {seconds:.2f} s (<= 1), queries {found}"
    )


def comparison():
    from governance.diff import compare, differing

    def text(word):
        return {
            "documents": [
                {
                    "kind": "governance.Structure",
                    "title": "Structure",
                    "fields": {},
                    "provisions": [
                        {
                            "uid": str(uuid.UUID(int=n)),
                            "number": str(n),
                            "heading": f"Provision {n}",
                            "body": f"{word} " + "words of the provision " * 20,
                            "fields": {"type": "clause", "amount_cents": n},
                            "children": [],
                        }
                        for n in range(PROVISIONS)
                    ],
                }
            ]
        }

    before, after = text("Old"), copy.deepcopy(text("New"))
    start = time.perf_counter()
    changes = differing(compare(before, after))
    for change in changes:
        assert change.pieces
    seconds = time.perf_counter() - start
    report(
        f"{'ok' if seconds <= 0.5 else 'OVER':4} comparing two versions of {PROVISIONS}"
        f" provisions, all changed: {seconds:.3f} s (<= 0.5)"
    )


def roadmap(world, client):
    from django.urls import reverse

    url = reverse("governance:roadmap", args=[world.committee.slug])
    found = {}
    for rows in ACTIONS:
        grow_actions(world, rows)
        found[rows] = count_queries(client, url)
    ok = len(set(found.values())) == 1
    report(f"{'ok' if ok else 'OVER':4} roadmap: queries {found}")


def signatures(vendor):
    """Each candidate gets one signature that does not yet validate; then the next."""
    from governance.actions import signoffs
    from tests import world as worlds

    world = worlds.at_stage("signing", "bench-signing")
    person = world.person("member_c")
    # The password's hash is made before the transaction, and slow on purpose.
    person.check_password = lambda _password: True
    taken = []
    for n in range(SIGNATURES):
        candidate = world.candidate
        with world.on("2022-02-28"):
            start = time.perf_counter()
            signoffs.sign(
                candidate,
                by=person,
                password=worlds.PASSWORD,
                text_digest=candidate.digest,
            )
            taken.append(time.perf_counter() - start)
            signoffs.withdraw(
                world.report, by=world.person("secretary"), reason=f"round {n}"
            )
            world.fresh()
            change(world, n)
            signoffs.confirm_amendments(world.report, by=world.person("rapporteur"))
            signoffs.submit_for_signature(world.report, by=world.person("secretary"))
            world.fresh()
    median = statistics.median(taken) * 1000
    ok = "ok" if median <= 100 or vendor != "postgresql" else "OVER"
    report(
        f"{ok:4} a signature's transaction on {vendor}: median {median:.0f} ms"
        f" (<= 100 on PostgreSQL), most {max(taken) * 1000:.0f} ms"
    )


def change(world, n):
    from governance.actions import editing

    body = world.document.bodies.first()
    editing.edit_provision(
        body, base=body.revision, by=world.person("rapporteur"), mandate=f"Round {n}."
    )


def main():
    with empty() as vendor:
        from django.test import Client

        from tests import world as worlds

        report(f"== validation on {vendor} ==")
        world = worlds.at_stage("circulated", "bench")
        client = Client(HTTP_HOST="localhost")
        client.force_login(world.person("secretary"))
        matrix(world, client)
        comparison()
        roadmap(world, client)
        signatures(vendor)


if __name__ == "__main__":
    main()
