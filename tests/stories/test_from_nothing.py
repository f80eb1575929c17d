"""From an empty database to a report from the template, through the pages only."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Committee, Institution, Report, Seat, User
from tests.governance.views.test_setup import FORM
from tests.world import PASSWORD

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
INSTITUTIONS = """MoLE; Ministry of Labour; Ministry
MoHA; Ministry of Home Affairs; Ministry
IOM; Office of a partner; Development partner"""
PEOPLE = """Chair of the committee; ; Chair; MoHA
Focal point; ; Member; MoLE"""


def page(name):
    return reverse(f"governance:{name}", args=[FORM["slug"]])


def join(code, username):
    """A person of their own, on a computer of their own."""
    client = Client()
    found = client.post(reverse("governance:join"), {"code": code})
    asked = client.post(found.url)
    form = {"name": username, "username": username, "email": ""}
    client.post(asked.url, form | {"password": PASSWORD, "again": PASSWORD})
    return client


def seats():
    kinds = {"MoHA": "chair", "MoLE": "member", "IOM": "observer"}
    form = {"since": "1 April 2026"}
    for row in Institution.objects.all():
        form[f"kind_{row.pk}"] = kinds[row.code]
        if row.code != "IOM":
            form[f"votes_{row.pk}"] = "on"
    return form


@pytest.mark.django_db
def test_from_an_empty_portal_to_a_report_from_the_template(client):
    start = client.get("/", follow=True)
    assert start.redirect_chain[-1][0] == reverse("governance:setup")
    client.post(reverse("governance:setup"), FORM)

    client.post(page("institutions-paste"), {"rows": INSTITUTIONS, "step": "add"})
    client.post(page("seats"), seats())
    slips = client.post(
        page("joinings-paste"), {"rows": PEOPLE, "way": "slip", "step": "add"}
    )
    chair, member = map(
        join, CODE.findall(slips.content.decode()), ("the.chair", "the.member")
    )
    rule = {"seats": ["chair"], "threshold": "more_than_half", "fixed_number": ""}
    client.post(page("sign-off-rule"), rule | {"starts_on": "1 April 2026"})
    report = {"title": "Report", "dated_on": "1 April 2026", "first_year": "2026"}
    client.post(page("report-start"), report)

    tasks = client.get(page("setup-tasks")).context["tasks"]
    assert [task.status for task in tasks] == [
        *["Completed"] * 7,
        "7 documents to complete",
        "Cannot start yet",
    ]
    assert Seat.objects.filter(is_voting=True).count() == 2
    assert User.objects.count() == 3
    committee, report = Committee.objects.get(), Report.objects.get()
    assert report.committee == committee
    for reader in (client, chair, member):
        for document in report.chapters():
            response = reader.get(document.get_absolute_url())
            heading = document.clauses.first().heading
            assert heading in response.content.decode()
