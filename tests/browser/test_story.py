"""The whole story in Chromium: from a draft to the public PDF, by eight people."""

import datetime as dt
import re
import subprocess

import pytest
from django.core.management import call_command
from django.urls import reverse

from governance.models import Comment, Report, Resolution, RoadmapAction, Version
from tests import world as worlds
from tests.browser.conftest import follow, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TASK = "The plenary meets four times a year and decides by consensus."
FINAL = "The plenary meets four times a year and decides by consensus, in writing."
AMENDMENT = "Say that decisions are in writing."
RESERVATION = "subject to budget ceilings"


@pytest.fixture
def world(transactional_db):
    return worlds.build()


@pytest.fixture
def as_person(chromium, live_server, settings, world):
    """A browser window of one of the committee's people, or of a stranger."""
    windows = {}

    def window(name):
        if name not in windows:
            context = chromium.new_context(
                viewport={"width": 1366, "height": 900}, base_url=live_server.url
            )
            if name != "stranger":
                context.add_cookies(
                    [
                        {
                            "name": settings.SESSION_COOKIE_NAME,
                            "url": live_server.url,
                            "value": session_of(world.people[name].username),
                        }
                    ]
                )
            windows[name] = context.new_page()
        return windows[name]

    yield window
    for page in windows.values():
        page.context.close()


def address(name, *args):
    return reverse(f"governance:{name}", args=args)


def words(day):
    return f"{day.day} {day:%B %Y}"


def press(page, button):
    follow(page, page.get_by_role("button", name=button, exact=True).first)
    assert page.locator(".errsum").all_inner_texts() == []


def fill(page, **values):
    for name, value in values.items():
        field = page.locator(f"[name={name}]").first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif field.get_attribute("type") == "checkbox":
            field.check()
        else:
            field.fill(value)


def circulate(as_person, world, today):
    page = as_person("secretary")
    page.goto(address("report-circulate", world.report.pk))
    fill(page, comments_due_on=words(today + dt.timedelta(days=10)))
    press(page, "Circulate")


def comment(as_person, world):
    uid = world.document.bodies.get(name="Plenary").uid
    for name, more in {
        "member_c": {"suggested_wording": TASK},
        "member_b": {"body": "Who keeps the minutes?"},
    }.items():
        page = as_person(name)
        page.goto(f"{address('comment-add', world.document.pk)}?provision={uid}")
        given = {
            "body": "Say how often.",
            "type": "technical",
            "severity": "substantive",
        }
        fill(page, **(given | more))
        press(page, "Post comment")


def answer(as_person, world):
    chair = as_person("chair")
    chair.goto(address("report-close-comments", world.report.pk))
    fill(chair, reason="Every institution has answered.")
    press(chair, "Close comments")
    page = as_person("rapporteur")
    for number, disposition, reason in [
        (1, "accepted", "Agreed."),
        (2, "noted", "The secretariat keeps them."),
    ]:
        found = Comment.objects.get(number=number)
        page.goto(address("comment-respond", found.pk))
        fill(page, disposition=disposition, reason=reason)
        press(page, "Record the answer")
    page.goto(address("comment-apply", Comment.objects.get(number=1).pk))
    press(page, "Apply to the text")


def plan(as_person, world, today):
    page = as_person("secretary")
    page.goto(address("workshop-add", world.report.pk))
    fill(
        page,
        title="Validation workshop",
        starts_on=words(today),
        ends_on=words(today + dt.timedelta(days=1)),
        venue="Gaborone",
    )
    page.locator("[name=from_template]").check()
    press(page, "Plan the workshop")
    workshop = world.report.workshops.get()
    page.goto(address("workshop-invite", workshop.pk))
    press(page, "Save the list")
    chair = as_person("chair")
    chair.goto(workshop.get_absolute_url())
    press(chair, "Approve the plan")
    page.goto(address("workshop-convene", workshop.pk))
    press(page, "Send the invitations")
    page.goto(address("report-table", world.report.pk))
    press(page, "Table")
    return workshop


def come(as_person, world, workshop):
    page = as_person("officer")
    for code in "ABCD":
        page.goto(address("participant-add", workshop.pk))
        fill(
            page,
            institution=str(world.institutions[code].pk),
            name=f"Delegate of {code}",
            office=f"Focal point of {code}",
        )
        press(page, "Add the person")
    for participant in workshop.participants.all():
        page.goto(address("attendance", workshop.pk))
        arrive = address("participant-arrive", participant.pk)
        follow(page, page.locator(f"form[action='{arrive}'] button").first)
    chair = as_person("chair")
    chair.goto(workshop.get_absolute_url())
    chair.goto(address("workshop-open", workshop.pk))
    press(chair, "Open the session")


def resolve(as_person, world, workshop, today):
    page = as_person("officer")
    page.goto(address("resolution-add", workshop.pk))
    due = today + dt.timedelta(days=60)
    fill(
        page,
        verb="REQUESTS",
        text="the host ministry to assign two officers to the Secretariat",
        lead=str(world.institutions["C"].pk),
        deliverable="Posting letters",
        means_of_verification="Letters on file",
        due_on=words(due),
    )
    press(page, "Propose the resolution")
    resolution = Resolution.objects.get()
    page.goto(address("resolution-follow-ups", resolution.pk))
    page.locator("[name$='0-title']").fill("Post two officers")
    page.locator("[name$='0-lead']").select_option(str(world.institutions["D"].pk))
    page.locator("[name$='0-due_on']").fill(words(due))
    press(page, "Save the actions")
    chair = as_person("chair")
    chair.goto(address("resolution-adopt", resolution.pk))
    fill(chair, mode="consensus")
    for summary in chair.locator("main summary").all():
        summary.click()
    chair.locator(f"[name=reservation_{world.institutions['B'].pk}]").fill(RESERVATION)
    press(chair, "Adopt the resolution")
    return due


def decide(as_person, world, workshop):
    chair = as_person("chair")
    chair.goto(address("decide", workshop.pk))
    fill(chair, outcome_1="amendments")
    for summary in chair.locator("main summary").all():
        summary.click()
    chair.locator("[name=document_1_1]").select_option(str(world.document.pk))
    chair.locator("[name=text_1_1]").fill(AMENDMENT)
    press(chair, "Check the decision")
    press(chair, "Record the decision")


def amend(as_person, world):
    body = world.document.bodies.get(name="Plenary")
    page = as_person("rapporteur")
    page.goto(address("provision-edit", world.document.pk, body.uid))
    fill(page, mandate=FINAL)
    page.get_by_label(re.compile(AMENDMENT)).check()
    press(page, "Save the provision")
    page.goto(address("report-confirm-amendments", world.report.pk))
    press(page, "Confirm")
    page = as_person("secretary")
    page.goto(address("report-submit", world.report.pk))
    press(page, "Submit for signature")


def sign(as_person, world):
    candidate = Version.objects.get(kind="candidate")
    for name, position, text in [
        ("member_c", "signed", ""),
        ("member_b", "reservation", RESERVATION),
        ("chair", "signed", ""),
    ]:
        page = as_person(name)
        page.goto(address("sign", candidate.pk))
        if page.locator("[name=capacity]").count():
            page.locator("[name=capacity]").first.check()
        fill(page, position=position, text=text, password=worlds.PASSWORD)
        page.locator("[name=read]").check()
        press(page, "Sign")


def conclude(as_person, workshop):
    """The chair ends the session: its record is what is printed."""
    chair = as_person("chair")
    chair.goto(address("workshop-conclude", workshop.pk))
    press(chair, "Conclude the session")


def release(as_person, world):
    """The worker makes the PDFs; an official has the report before the public does."""
    call_command("db_worker", batch=True, verbosity=0)
    stranger, official = as_person("stranger"), as_person("official")
    assert stranger.goto(address("public-report", world.report.reference)).status == 404
    official.goto(world.report.get_absolute_url())
    with official.expect_download() as download:
        official.get_by_role("link", name=re.compile("Public edition")).first.click()
    assert download.value.suggested_filename == f"{world.report.reference}-public.pdf"
    page = as_person("secretary")
    page.goto(world.report.get_absolute_url())
    press(page, "Propose the release")
    chair = as_person("chair")
    chair.goto(address("report-release", world.report.pk))
    press(chair, "Release")


def printed(as_person, reference, folder):
    """The text of the PDF that a stranger downloads from the public page."""
    page = as_person("stranger")
    page.goto(address("public-report", reference))
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    path = folder / "report.pdf"
    download.value.save_as(path)
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return " ".join(text.stdout.split())


def test_from_a_draft_to_the_public_pdf(as_person, world, tmp_path):
    today = world.committee.today()

    circulate(as_person, world, today)
    comment(as_person, world)
    answer(as_person, world)
    workshop = plan(as_person, world, today)
    come(as_person, world, workshop)
    due = resolve(as_person, world, workshop, today)
    decide(as_person, world, workshop)
    conclude(as_person, workshop)
    amend(as_person, world)
    sign(as_person, world)
    release(as_person, world)
    report = Report.objects.get()
    pdf = printed(as_person, report.reference, tmp_path)

    action = RoadmapAction.objects.get()
    assert report.state == "released"
    assert [v.number for v in report.versions.order_by("major", "minor")] == [
        "0.2",
        "0.3",
        "0.4",
        "1.0",
    ]
    assert (action.title, action.lead.code, action.due_on) == (
        "Post two officers",
        "D",
        due,
    )
    for said in [
        FINAL,
        f"RES/{today.year}/01",
        "REQUESTS",
        "the host ministry to assign two officers to the Secretariat",
        "RM01",
        "Post two officers",
        words(due),
        RESERVATION,
        "4 of 5",
        AMENDMENT,
        report.reference,
    ]:
        assert said in pdf, said
    for code in "ABCDE":
        assert f"Institution {code}" in pdf
    assert "Delegate of" not in pdf
    assert "Who keeps the minutes?" not in pdf
