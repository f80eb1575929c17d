"""Lists of validation: the same queries however many rows; none for strangers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import (
    adoption,
    agenda,
    answers,
    attendance,
    centres,
    comments,
    notes,
    paper_signatures,
    resolutions,
    roadmap,
    roadmap_changes,
    versions,
)
from governance.models import (
    Centre,
    Invitation,
    Rendering,
    Report,
    SignOffRule,
    Workshop,
)
from tests.ncc_portal.validation import api, world_at
from tests.world import build, sign

session = world_at("session")
signing = world_at("signing", "signing")

LISTS = {
    "versions",
    "comments",
    "workshops",
    "agenda-items",
    "invitations",
    "working-groups",
    "minute-notes",
    "participants",
    "attendance",
    "resolutions",
    "roadmap-actions",
    "action-reports",
    "renderings",
    "sign-off-rules",
    "centre-requests",
}
MOST = 20


def grow(world, number):
    """One more row of every kind, of another institution each time."""
    code = "ABC"[number]
    institution, by = world.institutions[code], world.person("secretary")
    other = world.institutions["D"]
    at = {"by": by}
    comment = comments.comment_on(
        world.document,
        world.document.bodies.first().uid,
        institution=institution,
        body="Say more.",
        type="technical",
        severity="substantive",
        suggested_wording="More.",
        **at,
    )
    answers.respond(comment, "accepted", by=world.person("rapporteur"))
    answers.contest(comment, text="Not enough", **at)
    agenda.add_item(
        world.workshop, day=1, starts_at=dt.time(20), title="More", type="plenary", **at
    )
    group = notes.add_group(world.workshop, name=f"Group {number}", part=1, **at)
    notes.add_finding(group, "Good", **at)
    notes.take_note(world.workshop, "Said.", **at)
    person = attendance.register(
        world.workshop, institution, name=f"Person {number}", **at
    )
    attendance.strike(attendance.arrive(person, **at), reason="Mistake", **at)
    resolution = resolutions.propose(
        world.workshop,
        verb="ASKS",
        text="for more",
        lead=institution,
        support=[other],
        due_on=dt.date(2022, 3, 1),
        **at,
    )
    resolutions.set_follow_ups(
        resolution,
        [{"title": "More", "lead": other, "due_on": dt.date(2022, 3, 1)}],
        **at,
    )
    adoption.adopt(
        resolution,
        mode="consensus",
        reservations={other: "Not so much"},
        by=world.person("chair"),
    )
    action = resolution.actions.get()
    roadmap_changes.revise_due(action, due_on=dt.date(2022, 4, 1), reason="Rain", **at)
    roadmap.start(action, note="Begun", **at)
    versions.keep_draft(world.report, **at)
    Rendering.objects.create(
        committee=world.committee, report=world.report, content={"version": str(number)}
    )
    centre = Centre.objects.create(code=f"C{number}", name="Centre", seat="Rabat")
    request = centres.plan_request(
        world.committee,
        centre=centre,
        purpose="More",
        lead=institution,
        support=other,
        needed_by=dt.date(2022, 3, 1),
        **at,
    )
    centres.record_step(request, "send", reference="Letter", **at)
    SignOffRule(
        committee=world.committee,
        starts_on=dt.date(2022, 1, 1 + number),
        seats=["chair"],
        threshold="more_than_half",
        set_by=world.person("chair"),
    ).save()
    another = Workshop.objects.create(
        committee=world.committee,
        report=world.report,
        title="Another",
        starts_on=dt.date(2022, 5, 1),
        ends_on=dt.date(2022, 5, 1),
        venue="Here",
    )
    Invitation.objects.create(
        workshop=another, institution=institution, invited_as="member"
    )


def measure(world, prefix):
    client = api(world, "secretary")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/api/{prefix}/")
    assert answer.status_code == 200
    return answer.json()["count"], len(queries)


def test_a_list_costs_the_same_queries_for_one_row_and_for_three(session, db):
    with session.on("2021-12-07", "11:00"):
        grow(session, 0)
        one = {prefix: measure(session, prefix) for prefix in LISTS}
        grow(session, 1)
        grow(session, 2)
        three = {prefix: measure(session, prefix) for prefix in LISTS}

    assert {p for p in LISTS if not 0 < one[p][0] < three[p][0]} == set()
    assert {
        p: (one[p][1], three[p][1]) for p in LISTS if one[p][1] != three[p][1]
    } == {}
    assert {p: three[p][1] for p in LISTS if three[p][1] > MOST} == {}


def test_signatures_cost_the_same_queries_for_one_and_for_three(signing, db):
    lists = ("signatures", "paper-signatures", "validations", "part-outcomes")
    paper(signing, "member_a")
    sign(signing, "member_c")
    one = {prefix: measure(signing, prefix) for prefix in lists}
    paper(signing, "member_b")
    sign(signing, "member_d")
    sign(signing, "chair")
    three = {prefix: measure(signing, prefix) for prefix in lists}

    assert {p: (one[p][0], three[p][0]) for p in lists} == {
        "signatures": (1, 3),
        "paper-signatures": (1, 2),
        "validations": (0, 1),
        "part-outcomes": (1, 1),
    }
    signed = ("signatures", "paper-signatures")
    assert [one[p][1] for p in signed] == [three[p][1] for p in signed]


def paper(world, name):
    with world.on("2022-02-28"):
        paper_signatures.record_paper(
            world.candidate,
            world.person(name),
            scan=("scan.png", b"\x89PNG\r\n\x1a\n"),
            signed_on=dt.date(2022, 2, 20),
            by=world.person("secretary"),
        )


def test_reports_cost_the_same_queries_however_many_versions(session, db):
    with session.on("2021-12-07", "11:00"):
        one = measure(session, "reports")
        Report.objects.create(
            committee=session.committee,
            edition=2,
            title="Second",
            dated_on=dt.date(2021, 12, 1),
        )
        for _ in range(3):
            versions.keep_draft(session.report, by=session.person("secretary"))
        two = measure(session, "reports")

    assert (one[0], two) == (1, (2, one[1]))


def test_strangers_find_no_row_and_no_single_one(session, db):
    neighbour = build("neighbour", "ZM")
    with session.on("2021-12-07", "11:00"):
        grow(session, 0)
    mine, theirs = api(session, "secretary"), api(neighbour, "secretary")
    for prefix in sorted(LISTS - {"sign-off-rules"}):
        row = mine.get(f"/api/{prefix}/").json()["results"][0]

        answer = theirs.get(f"/api/{prefix}/{row['id']}/")

        assert theirs.get(f"/api/{prefix}/").json()["results"] == []
        assert (answer.status_code, list(answer.json())) == (404, ["detail"])
        assert mine.get(f"/api/{prefix}/{row['id']}/").status_code == 200


@pytest.mark.parametrize("prefix", sorted(LISTS))
def test_lists_are_ordered_paged_and_filtered_by_committee(session, db, prefix):
    client = api(session, "secretary")

    page = client.get(f"/api/{prefix}/?page_size=1&ordering=-id").json()
    none = client.get(f"/api/{prefix}/?committee=0").json()

    assert len(page["results"]) <= 1
    assert set(page) == {"count", "next", "previous", "results"}
    assert none["count"] == 0
