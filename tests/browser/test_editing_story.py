"""A member's work on the text in a real Chromium, on a phone and on a desktop."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from governance.actions import documents, writing
from governance.models import Clause, HeldText
from strategy.actions.plans import add_funding_source
from strategy.models import Activity
from tests import plans
from tests.browser.conftest import ONE_AT_A_TIME, follow

pytestmark = [pytest.mark.browser]
WIDTHS = [360, 1366]
# A phone, a desktop, and an old phone whose browser runs no script.
DEVICES = [(360, True), (1366, True), (360, False)]
BLOCK = "\n".join(
    ["Activity\tOutput\tResponsible\tQ1\tQ2\tBudget (BWP)\tSource of funds\tMilestone"]
    + [
        f"Activity {n} of the sheet\tOP1.1\tC\tx\t\t{n} 500\tGOV\tReport {n}"
        for n in range(1, 18)
    ]
)


@pytest.fixture
def plan(transactional_db):
    """The plan of the year is institution C's to write; D has nothing."""
    made = plans.build()
    secretary = made.person("secretary")
    add_funding_source(
        made.world.committee, code="GOV", name="Government", by=secretary
    )
    for heading in ("How to read it", "Sources", "Accounts"):
        documents.add_provision(
            Clause,
            made.document,
            by=secretary,
            heading=heading,
            body="The plan holds one activity a row.",
        )
    writing.assign(made.document, made.world.institutions["C"], None, by=secretary)
    return made


@pytest.fixture
def member(open_as, plan):
    def page(width=1366, name="member_c", **options):
        return open_as(f"plan.{name}", width=width, empty=True, **options)

    return page


def clause(plan, position=1):
    return Clause.objects.get(document=plan.document, position=position)


def go_to_edit(page, plan, position=1):
    row = clause(plan, position)
    page.goto(reverse("governance:document", args=[plan.document.pk]))
    provision = page.locator(f"#p{str(row.uid)[:8]}")
    follow(page, provision.get_by_role("link", name="Edit"))
    return row


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize(("width", "javascript"), DEVICES)
def test_a_clause_is_edited(member, plan, width, javascript):
    page = member(width, javascript=javascript)
    row = go_to_edit(page, plan)

    page.get_by_label("Text", exact=True).fill("**One** activity a row.")
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("strong")).to_have_text("One")
    page.get_by_role("button", name="Save the provision").click()

    expect(page.get_by_text("Saved. What changed is in the history")).to_be_visible()
    assert Clause.objects.get(pk=row.pk).body == "**One** activity a row."
    if javascript:
        assert wide(page) == width


@pytest.mark.parametrize(("width", "javascript"), DEVICES)
def test_an_activity_is_added(member, plan, width, javascript):
    page = member(width, javascript=javascript)
    page.goto(plan.url())
    page.get_by_role("link", name="Add a row").first.click()

    page.get_by_label("Activity", exact=True).fill("Train 'M'e Mamello's team")
    page.get_by_label("Output", exact=True).select_option(
        label="OP1.1 Data are shared."
    )
    page.get_by_label("Q2").check()
    page.get_by_label("Budget", exact=True).fill("12,500")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("can be read in two ways")
    page.get_by_label("Budget", exact=True).fill("12 500")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.get_by_text("Added.")).to_be_visible()
    made = Activity.objects.get()
    assert (made.title, made.lead.code, made.quarters) == (
        "Train 'M'e Mamello's team",
        "C",
        [2],
    )
    assert plan.cell(made, "budget") == "12500"


@pytest.mark.parametrize(("width", "javascript"), DEVICES)
def test_seventeen_rows_are_pasted_from_a_spreadsheet(member, plan, width, javascript):
    page = member(width, javascript=javascript)
    page.goto(plan.url("table-import"))

    page.locator("textarea[name=pasted]").fill(BLOCK)
    page.get_by_role("button", name="Look at the rows").click()
    follow(page, page.get_by_role("button", name=re.compile("^Add 17")))

    rows = Activity.objects.order_by("position")
    assert [row.title for row in rows] == [
        f"Activity {n} of the sheet" for n in range(1, 18)
    ]
    assert plan.cell(rows[16], "budget") == "17500"
    assert plan.cell(rows[16], "source") == "GOV"


@pytest.mark.parametrize(("width", "javascript"), DEVICES)
def test_a_clause_is_moved(member, plan, width, javascript):
    page = member(width, javascript=javascript)
    page.goto(reverse("governance:structure", args=[plan.document.pk]))

    first = page.locator(f"#p{str(clause(plan).uid)[:8]}")
    first.locator("summary").click()
    first.get_by_role("button", name="Move down").click()

    expect(page.get_by_text("Moved. Comments and links follow it")).to_be_visible()
    found = Clause.objects.order_by("position").values_list("heading", flat=True)
    assert list(found) == ["Sources", "How to read it", "Accounts"]


@pytest.mark.parametrize(("width", "javascript"), DEVICES)
def test_two_browsers_on_one_clause_lose_nothing(member, plan, width, javascript):
    mine, theirs = member(width, javascript=javascript), member(name="rapporteur")
    row = go_to_edit(mine, plan)
    go_to_edit(theirs, plan)
    text = "The plan holds one activity a row"
    theirs.get_by_label("Text", exact=True).fill(f"{text} and no more.")
    theirs.get_by_role("button", name="Save the provision").click()
    expect(theirs.get_by_text("Saved. What changed")).to_be_visible()

    mine.get_by_label("Text", exact=True).fill(f"In maloti. {text}.")
    mine.get_by_role("button", name="Save the provision").click()
    expect(
        mine.get_by_role("heading", name="Somebody else saved first")
    ).to_be_visible()
    mine.get_by_role("button", name="Save the combined text").click()

    expect(mine.get_by_text("Saved. What changed")).to_be_visible()
    assert Clause.objects.get(pk=row.pk).body == f"In maloti. {text} and no more."


def test_where_both_changed_the_same_words_mine_can_be_inserted(member, plan):
    mine, theirs = member(), member(name="rapporteur")
    row = go_to_edit(mine, plan)
    go_to_edit(theirs, plan)
    theirs.get_by_label("Text", exact=True).fill("The plan holds two activities a row.")
    theirs.get_by_role("button", name="Save the provision").click()
    expect(theirs.get_by_text("Saved. What changed")).to_be_visible()

    mine.get_by_label("Text", exact=True).fill("The plan holds ten activities a row.")
    mine.get_by_role("button", name="Save the provision").click()
    field = mine.get_by_label("Text", exact=True)
    expect(field).to_have_value("The plan holds two activities a row.")
    mine.get_by_role("button", name="Insert").first.click()
    mine.get_by_role("button", name="Save the result").click()

    expect(mine.get_by_text("Saved. What changed")).to_be_visible()
    assert "ten" in Clause.objects.get(pk=row.pk).body
    assert HeldText.objects.filter(reason="conflict").count() == 1


@pytest.mark.parametrize(("width", "javascript"), DEVICES)
def test_a_lost_session_gives_the_text_back(member, plan, width, javascript):
    page = member(width, javascript=javascript)
    row = go_to_edit(page, plan)
    page.get_by_label("Text", exact=True).fill("Half an hour of work.")
    with ONE_AT_A_TIME:
        Session.objects.all().delete()
    page.get_by_role("button", name="Save the provision").click()

    page.get_by_label("User name or e-mail").fill("plan.member_c")
    page.get_by_label("Password", exact=True).fill("Gaborone-2021-test")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Look at it and save it").first.click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Half an hour of work.")
    before = Clause.objects.get(pk=row.pk).body
    page.get_by_role("button", name="Save the provision").click()

    expect(page.get_by_text("Saved. What changed")).to_be_visible()
    assert before == "The plan holds one activity a row."
    assert Clause.objects.get(pk=row.pk).body == "Half an hour of work."


@pytest.mark.parametrize("width", WIDTHS)
def test_the_line_says_when_the_network_is_away(member, plan, width):
    page = member(width)
    go_to_edit(page, plan)
    line = page.locator("[data-line]")
    page.context.set_offline(True)
    page.get_by_label("Text", exact=True).press_sequentially("More. ")
    expect(line).to_have_text("Not saved yet: no connection. Kept on this computer.")
    page.context.set_offline(False)

    expect(line).to_have_text(re.compile(r"^All changes saved \d\d:\d\d$"))


PASTE = """(text) => {
  const field = document.querySelector("[data-numbered]"), data = new DataTransfer();
  data.setData("text/plain", text);
  data.setData("text/html", text.split("\\n").map((line) => `<p>${line}</p>`).join(""));
  field.focus();
  field.select();
  field.dispatchEvent(new ClipboardEvent("paste",
    {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_a_paste_with_numbered_paragraphs_is_offered_to_be_split(member, plan):
    page = member(360, name="rapporteur")
    go_to_edit(page, plan)
    hint = page.get_by_text("“Preview” offers to make each of them")
    page.evaluate(PASTE, "One paragraph.\nAnother one.")
    before = hint.count()

    page.evaluate(PASTE, "1. The plan is for a year.\n2. It is revised in March.")
    expect(hint).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Split into 2 provisions").click()

    expect(page.get_by_text("Each numbered paragraph is a provision")).to_be_visible()
    bodies = Clause.objects.filter(document=plan.document).values_list(
        "body", flat=True
    )
    assert before == 0
    assert {"The plan is for a year.", "It is revised in March."} < set(bodies)
