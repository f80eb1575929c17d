"""The grid in a real Chromium: keys, saving, mistakes, two people, no connection."""

import pytest
from playwright.sync_api import expect

from tests import plans
from tests.browser.fit import faults

pytestmark = [pytest.mark.browser]

GROUP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def plan(transactional_db):
    plan = plans.build()
    plan.add("Draft the agreement", q1=True)
    plan.add("Sign the agreement", q2=True)
    plan.add("Publish it", lead="D", q4=True)
    return plan


@pytest.fixture
def enter(open_as, plan):
    def as_person(name="secretary", **window):
        page = open_as(plan.world.people[name].username, **window)
        page.goto(plan.url())
        return page

    return as_person


def cell(page, row, column):
    """A cell of the grid by the number of its row and the head of its column."""
    heads = page.locator("[data-grid] thead th").all_inner_texts()
    found = page.locator("[data-grid] tbody tr").filter(
        has=page.get_by_role("rowheader", name=row)
    )
    return found.locator("td,th").nth(heads.index(column))


def line(page):
    return page.locator("[data-line]")


def write(page, row, column, text):
    cell(page, row, column).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def where(page):
    """The head of the column and the number of the row in which the focus is."""
    return page.evaluate(
        """() => { const cell = document.activeElement.closest('td,th');
        const table = cell.closest('table');
        return [table.rows[0].cells[cell.cellIndex].textContent,
                cell.parentNode.cells[0].textContent]; }"""
    )


def test_the_keys_walk_as_in_excel(enter):
    page = enter()
    cell(page, "A1.1.1", "Activity").click()
    walk = {}
    for key in ["ArrowDown", "ArrowRight", "ArrowUp", "End", "Home", "ArrowLeft"]:
        page.keyboard.press(key)
        walk[key] = where(page)

    assert walk == {
        "ArrowDown": ["Activity", "A1.1.2"],
        "ArrowRight": ["Output", "A1.1.2"],
        "ArrowUp": ["Output", "A1.1.1"],
        "End": ["Status", "A1.1.1"],
        "Home": ["No.", "A1.1.1"],
        "ArrowLeft": ["No.", "A1.1.1"],
    }


def test_typing_opens_enter_saves_and_goes_down_tab_right_escape_gives_back(
    enter, plan
):
    page = enter()
    cell(page, "A1.1.1", "Milestone or deliverable").click()
    page.keyboard.type("a record")
    page.keyboard.press("Enter")
    down = where(page)
    page.keyboard.type("a letter")
    page.keyboard.press("Tab")
    right = where(page)
    expect(page.locator("[data-s=saved]")).to_have_count(2)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("F2")
    page.keyboard.type(" and more")
    page.keyboard.press("Escape")

    expect(line(page)).to_contain_text("All changes saved")
    assert (down[1], right[1]) == ("A1.1.2", "A1.1.2")
    assert right[0] != "Milestone or deliverable"
    assert page.locator("[data-grid] input").count() == 0
    assert [r.milestone for r in plan.table.rows(plan.document)] == [
        "a record",
        "a letter",
        "",
    ]


def test_an_amount_is_saved_and_the_totals_follow(enter):
    page = enter()
    write(page, "A1.1.1", "Budget", "12 500")

    expect(line(page)).to_contain_text("All changes saved")
    expect(page.locator("[data-sums]")).to_contain_text(f"budget P12{GROUP}500")
    expect(cell(page, "A1.1.1", "Budget")).to_have_text(f"12{GROUP}500")


def test_a_choice_is_chosen_by_its_first_letters(enter, plan):
    page = enter()
    write(page, "A1.1.1", "Q3", "y")

    expect(line(page)).to_contain_text("All changes saved")
    assert plan.table.rows(plan.document)[0].q3 is True


def test_delete_takes_a_choice_away(enter, plan):
    page = enter()
    cell(page, "A1.1.1", "Q1").click()
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")

    expect(line(page)).to_contain_text("All changes saved")
    assert plan.table.rows(plan.document)[0].q1 is False


def test_a_mistake_taken_back_leaves_no_complaint(enter):
    page = enter()
    write(page, "A1.1.1", "Budget in detail", "nonsense")
    expect(page.locator("[data-trouble] li")).to_have_count(1)
    cell(page, "A1.1.1", "Budget in detail").click()
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")

    expect(page.locator("[data-trouble]")).to_be_empty()
    expect(line(page)).not_to_contain_text("Not saved")


def test_a_mistake_is_said_and_everything_else_is_saved_all_the_same(enter, plan):
    page = enter()
    write(page, "A1.1.1", "Budget", "12,500")
    expect(line(page)).to_have_text(
        "Not saved: something in a cell is not understood. See below the table."
    )
    write(page, "A1.1.1", "Milestone or deliverable", "a record")
    expect(cell(page, "A1.1.1", "Milestone or deliverable")).to_have_attribute(
        "data-s", "saved"
    )

    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text(
        "A1.1.1 Budget: “12,500” can be read in two ways. Write 12500 or 12.5."
    )
    expect(trouble).to_contain_text("the totals count what they said before")
    assert cell(page, "A1.1.1", "Budget").get_attribute("aria-invalid") == "true"
    assert plan.table.rows(plan.document)[0].milestone == "a record"
    trouble.get_by_role("link").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("12500")
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("All changes saved")
    expect(trouble).to_be_empty()


def test_start_and_end_are_saved_together(enter, plan):
    page = enter()
    write(page, "A1.1.1", "Start", "1/1/22")
    expect(page.locator("[data-trouble] li")).to_have_count(1)
    write(page, "A1.1.1", "End", "31/3/22")

    expect(line(page)).to_contain_text("All changes saved")
    expect(cell(page, "A1.1.1", "End")).to_have_text("31 March 2022")


def test_two_at_once_see_both_and_save_both(enter, plan):
    first, second = enter(), enter("member_c")
    write(second, "A1.1.1", "Milestone or deliverable", "a record")
    expect(line(second)).to_contain_text("All changes saved")
    write(first, "A1.1.1", "Activity", "Draft it well")

    expect(line(first)).to_have_text(
        "Not saved: someone else changed this. See both versions."
    )
    expect(first.locator("[data-trouble]")).to_contain_text(
        "Activity: now “Draft the agreement”; yours “Draft it well”."
    )
    first.get_by_role("button", name="Save both").click()
    expect(line(first)).to_contain_text("All changes saved")
    row = plan.table.rows(plan.document)[0]
    assert (row.title, row.milestone) == ("Draft it well", "a record")


def test_the_second_can_set_its_own_aside(enter, plan):
    first, second = enter(), enter("member_c")
    write(second, "A1.1.1", "Activity", "Draft it soon")
    expect(line(second)).to_contain_text("All changes saved")
    write(first, "A1.1.1", "Activity", "Draft it well")
    first.get_by_role("button", name="Set mine aside").click()

    expect(cell(first, "A1.1.1", "Activity")).to_have_text("Draft it soon")
    expect(first.locator("[data-trouble]")).to_be_empty()
    assert plan.table.rows(plan.document)[0].title == "Draft it soon"


def test_without_a_connection_it_says_so_and_saves_when_it_is_back(enter, plan):
    page = enter()
    page.context.set_offline(True)
    write(page, "A1.1.1", "Activity", "Draft it well")
    expect(line(page)).to_have_text(
        "Not saved yet: no connection. Kept on this computer."
    )
    expect(cell(page, "A1.1.1", "Activity")).to_have_text("Draft it well")
    page.context.set_offline(False)

    expect(line(page)).to_contain_text("All changes saved")
    assert plan.table.rows(plan.document)[0].title == "Draft it well"


def test_cells_that_were_only_on_this_computer_become_a_draft(enter, plan):
    page = enter()
    computer = page.context
    computer.set_offline(True)
    write(page, "A1.1.1", "Activity", "Draft it well")
    expect(line(page)).to_have_text(
        "Not saved yet: no connection. Kept on this computer."
    )
    page.close()
    computer.set_offline(False)
    again = computer.new_page()
    again.goto(plan.url())
    expect(again.locator("[data-found]")).to_be_visible()
    again.reload()
    again.get_by_role("link", name="Continue with it").click()

    expect(again.get_by_label("Your kept text")).to_contain_text("Draft it well")
    assert plan.table.rows(plan.document)[0].title != "Draft it well"


def test_signed_out_the_text_is_kept_and_found_again(enter, plan, open_as):
    page = enter()
    page.context.clear_cookies()
    write(page, "A1.1.1", "Activity", "Draft it well")

    expect(line(page)).to_have_text("Not saved: you are signed out. Your text is kept.")
    again = open_as(plan.world.people["secretary"].username)
    again.goto(plan.url())
    again.get_by_role("link", name="Look at it and save it").click()
    expect(again.get_by_label("Your kept text")).to_contain_text("Draft it well")


def test_what_is_not_the_members_is_read_only(enter):
    page = enter("member_c")
    cell(page, "A1.1.3", "Activity").click()
    page.keyboard.type("x")

    expect(line(page)).to_have_text("This cell is not yours to change here.")
    assert cell(page, "A1.1.3", "Activity").get_attribute("aria-readonly") == "true"
    assert cell(page, "A1.1.1", "Activity").get_attribute("aria-readonly") is None


def test_control_z_leads_to_the_undo(enter):
    page = enter()
    cell(page, "A1.1.1", "Activity").click()
    page.keyboard.press("Control+z")

    expect(page.get_by_role("heading", level=1)).to_have_text("Undo my last change")


def test_on_a_phone_a_row_is_a_line_that_leads_to_its_page(enter, plan):
    page = enter(width=360)
    row = page.locator("tbody tr").first

    assert row.bounding_box()["height"] < 120
    assert page.locator("[data-grid] thead").is_hidden()
    assert page.locator("[role=grid]").count() == 0
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Edit A1.1.1")


def test_without_javascript_it_is_a_table_with_links(enter):
    page = enter(javascript=False)
    page.get_by_role("link", name="Draft the agreement").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Edit A1.1.1")


def test_the_pages_are_accessible_and_fit(enter, plan):
    page = enter()

    assert {name: faults(page, plan.url(name)) for name in ("table", "table-undo")} == {
        "table": [],
        "table-undo": [],
    }
