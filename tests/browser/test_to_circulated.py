"""From an empty database to a circulated report, by what the screens offer alone.

The committee and all its facts are invented. No address is typed but the first one:
the secretary follows links and presses buttons, and reads what each page still asks for.
"""

import re

import pytest
from playwright.sync_api import expect

from governance.models import Report
from tests.browser.conftest import follow
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser]

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
INSTITUTIONS = """MoH; Ministry of Hills; Ministry
MoR; Ministry of Rivers; Ministry
OoN; Office of Numbers; Agency
FoB; Friends of Borders; Civil society"""
LEGAL = {
    "Legal options": [
        {
            "Route": "Cabinet decision",
            "Option": "A decision of the Council of Ruritania",
            "For": "It is quick.",
            "Against": "A new Council can take it back.",
            "Verdict": "Preferred",
        },
        {
            "Route": "Own Act, or Part of an Act",
            "Option": "An Act of its own",
            "For": "It lasts.",
            "Against": "It takes two years.",
            "Verdict": "Rejected for now",
        },
    ],
    "Articles of the mandate": [
        {"Heading": "The committee", "Text": "There is a committee on migration."},
    ],
}
DIRECTION = {
    "Vision and mission": [
        {"Kind": "Vision", "Text": "Everybody who moves in Ruritania is safe."},
        {"Kind": "Mission", "Text": "The committee makes institutions act together."},
    ],
    "Values": [{"Value": "Candour", "What it means here": "We say what we know."}],
    "Strategic objectives": [
        {
            "Strategic objective": "Figures on migration are known",
            "Owner": "Office of Numbers",
            "Alignments": ["GCM 1 Data", "MGI 2 Whole of government"],
        },
    ],
}
SECTIONS = [
    "Purpose",
    "Scope and authority",
    "Resources and allowances",
    "Review and amendment",
]
TERMS = {
    "Sections": [
        {"Section": name, "Text": f"What is agreed on {name.lower()}."}
        for name in SECTIONS
    ],
    "Functions": [{"Duty": "Advise the Council on migration."}],
    "Seats": [
        {"Institution": "Ministry of Hills", "Seat": "Chair", "Votes": True},
        {"Institution": "Office of Numbers", "Seat": "Vice-Chair", "Votes": True},
        {"Institution": "Ministry of Rivers", "Seat": "Member", "Votes": True},
    ],
    "Meetings": [
        {
            "Ordinary meetings a year": "4",
            "Notice, in days": "14",
            "Papers ahead, in days": "7",
        },
    ],
    "Quorum": [{"Threshold": "more than half of the voting members"}],
    "Decisions": [{"Otherwise": "majority of all voting members"}],
    "Reports": [{"To whom": "The Council of Ruritania", "Times a year": "1"}],
}
STRUCTURE = {
    "Bodies": [
        {"Name": "Plenary", "Level": "Plenary", "Task": "It decides."},
        {
            "Name": "Working group on figures",
            "Level": "Working group",
            "Lead": "Office of Numbers",
            "Task": "It prepares the figures.",
        },
    ],
}


def indicator(result, statement):
    return {
        "Result": result,
        "Indicator": statement,
        "Unit": "number",
        "Direction": "should rise",
        "Baseline": "known",
        "Baseline value": "0",
        "Targets are": "cumulative",
        "Target": ["1", "2", "4"],
        "Means of verification": "Register of the secretariat",
        "Responsible": "Office of Numbers",
    }


PLAN = {
    "Results": [
        {"Level": "Impact", "Result": "People move in safety and with papers."},
        {
            "Level": "Outcome",
            "Strategic objective": "SO1",
            "Result": "Decisions rest on figures.",
        },
        {
            "Level": "Output",
            "Contributes to": "OC1",
            "Strategic objective": "SO1",
            "Result": "A bulletin of figures is published.",
        },
    ],
    "Indicators and targets": [
        indicator("OC1", "Decisions that cite a figure"),
        indicator("OP1.1", "Bulletins published"),
    ],
    "Risks and assumptions": [
        {
            "Kind": "Risk",
            "Statement": "Institutions keep their figures to themselves.",
            "Likelihood, 1 to 5": "3",
            "Impact, 1 to 5": "4",
            "Response": "An agreement on sharing is signed first.",
            "Owner": "Office of Numbers",
        },
    ],
}
ADVOCACY = {
    "Issue and goal": [
        {"Kind": "Issue", "Text": "Nobody knows how many people move."},
        {"Kind": "Goal", "Text": "The budget pays for a yearly count."},
    ],
    "Evidence": [
        {
            "Evidence": "The last count was in another century.",
            "Sources": "Yearbook of the Office of Numbers, page 3",
        },
    ],
    "Advocacy objectives": [
        {"Objective": "The count is in the budget.", "By": "31 March 2028"},
    ],
    "Audiences": [
        {
            "Audience": "The treasurer",
            "Type": "Primary: decides",
            "Ask": "Pay for the count.",
            "Messenger": "Office of Numbers",
            "Channel": "A meeting before the budget",
        },
    ],
    "Messages": [
        {"Audience": "AUD1", "Message": "Who does not count pays twice."},
    ],
    "Advocacy calendar": [
        {
            "Action": "Breakfast with the treasurer",
            "Audience": "AUD1",
            "Objective": "AO1",
            "Line of the activity plan": "A1.1.1",
            "Start": "1 May 2027",
            "End": "31 May 2027",
            "Budget, within the plan line": "500",
        },
    ],
    "Moments to act": [{"Moment": "Reading of the budget", "When": "Every February"}],
}


class Secretary:
    """Reads a page as a new person does: links, buttons, labels."""

    def __init__(self, page):
        self.page = page

    def follow(self, name, exact=True):
        link = self.page.get_by_role("link", name=name, exact=exact).first
        follow(self.page, link)

    def press(self, name):
        follow(self.page, self.page.get_by_role("button", name=name, exact=True))
        expect(self.page.locator(".errsum")).to_have_count(0)

    def fill(self, values):
        for label, value in values.items():
            self.answer(label, value)

    def answer(self, label, value):
        if isinstance(value, list) and label == "Target":
            targets = self.page.get_by_label(re.compile(r"^Target \d{4}"))
            for number, text in enumerate(value):
                targets.nth(number).fill(text)
            return
        if isinstance(value, list):
            group = self.page.get_by_role("group", name=label, exact=True)
            for text in value:
                group.get_by_label(text, exact=True).check()
            return
        field = self.page.get_by_label(label, exact=True)
        if value is True:
            field.check()
        elif field.evaluate("f => f.tagName") == "SELECT":
            choose(field, value)
        else:
            field.fill(value)

    def home(self):
        home = self.page.get_by_role("link", name="Home", exact=True)
        if home.count():
            follow(self.page, home)
        self.follow("Set up the committee")

    def open_task(self, name):
        self.home()
        self.follow(re.compile(rf"^\d\. {name}$"), exact=False)

    def statuses(self):
        return self.page.locator("ol.tasks > li > .when").all_inner_texts()


def choose(field, value):
    """The option that begins with these words, as somebody reads down a list."""
    labels = field.locator("option").all_inner_texts()
    found = [n for n, label in enumerate(labels) if label.split(" – ")[0] == value]
    found = found or [n for n, label in enumerate(labels) if label.startswith(value)]
    assert found, (value, labels)
    field.select_option(index=found[0])


def set_up(someone):
    page = someone.page
    page.goto("/")
    page.get_by_label("Country").select_option(label="Seychelles")
    someone.press("Continue")
    someone.fill(
        {
            "Official name": "National Consultative Committee on Migration of Ruritania",
            "Name in addresses": "ruritania",
            "Country": "Ruritania",
            "First month of the fiscal year": "April",
            "Languages": "en English",
            "Your name": "Flavia Elphberg",
            "User name": "flavia",
            "Password": PASSWORD,
            "The same password again": PASSWORD,
        }
    )
    someone.press("Set up the committee")


def seat_the_institutions(someone):
    someone.open_task("Institutions")
    someone.fill({"Rows": INSTITUTIONS})
    someone.press("Check the rows")
    someone.press("Add these 4 rows")
    someone.open_task("Seats and votes")
    someone.fill(
        {
            "Seat of Ministry of Hills": "Chair",
            "Seat of Office of Numbers": "Vice-Chair",
            "Seat of Friends of Borders": "Observer",
        }
    )
    someone.page.get_by_label("Friends of Borders votes").uncheck()
    someone.press("Save the seats")


def set_the_rule(someone):
    someone.open_task("Sign-off rule")
    someone.page.get_by_label("the Chair", exact=True).check()
    someone.page.get_by_label("more than half", exact=False).check()
    someone.press("Set the rule")


def invite_the_chair(someone):
    """A slip with a code; gives the code back, as it is handed over on paper."""
    someone.open_task("People")
    someone.follow("Invite a person")
    someone.fill({"Name": "Rudolf Rassendyll", "Role": "Chair"})
    someone.page.get_by_label("On a printed slip", exact=False).check()
    someone.press("Invite")
    return CODE.findall(someone.page.locator("main").inner_text())[0]


def join(someone, code):
    page = someone.page
    page.goto("/")
    someone.follow("I have a code and no sign-in yet")
    someone.fill({"Code": code.lower()})
    someone.press("Continue")
    someone.press("Join")
    someone.fill(
        {
            "Your name": "Rudolf Rassendyll",
            "User name": "rudolf",
            "Password": PASSWORD,
            "The same password again": PASSWORD,
        }
    )
    someone.press("Join the committee")


def start_the_report(someone):
    someone.open_task("The first report")
    someone.press("Start the report")


def write(someone, title, tables):
    """The rows of a document, and its clauses, until its page asks for nothing more."""
    write_rows(someone, title, tables)
    write_clauses(someone, title)


def open_document(someone, title):
    someone.home()
    someone.follow(re.compile(rf"^{title}"), exact=False)
    someone.follow("Write this document")


def write_rows(someone, title, tables):
    open_document(someone, title)
    for table, rows in tables.items():
        for row in rows:
            someone.follow(f"Add to “{table}”")
            someone.fill(row)
            someone.press("Add")
            someone.follow("Write this document")


def write_clauses(someone, title):
    open_document(someone, title)
    while True:
        empty = someone.page.get_by_text(re.compile(r"^“.*” has no text yet\.$"))
        if not empty.count():
            break
        heading = empty.first.inner_text().split("”")[0].removeprefix("“")
        someone.follow("Introduction")
        someone.follow(heading, exact=False)
        someone.fill({"Text": f"This is written under {heading}."})
        someone.press("Save the provision")
        someone.follow("Write this document")
    complete = "This document is complete: nothing keeps it from being circulated."
    expect(someone.page.get_by_text(complete)).to_be_visible()


def write_legal(someone):
    write(someone, "Legal status", LEGAL)


def write_direction(someone):
    write(someone, "Vision, mission and strategic objectives", DIRECTION)


def write_terms(someone):
    write(someone, "Terms of reference", TERMS)


def write_structure(someone):
    write(someone, "Structure", STRUCTURE)


def write_plan(someone):
    open_document(someone, "Strategic plan")
    someone.follow("Add to “Indicative cost”")
    someone.follow("Sources of funds")
    someone.fill({"Code": "GOV", "Name": "Government of Ruritania"})
    someone.press("Add the source")
    years = years_of(someone)
    costs = [
        {
            "Objective": "SO1",
            "Fiscal year": str(years + n),
            "Amount": "9 000",
            "Source of funds": "GOV",
        }
        for n in range(3)
    ]
    write(someone, "Strategic plan", PLAN | {"Indicative cost": costs})


def years_of(someone):
    """The first year of the plan, as its title says it."""
    open_document(someone, "Strategic plan")
    title = someone.page.get_by_role("heading", level=1).inner_text()
    return int(re.findall(r"\d{4}", title)[0])


def write_activities(someone):
    activity = {
        "Activity": "Publish the first bulletin",
        "Output": "OP1.1",
        "Lead": "Office of Numbers",
        "Q2": True,
        "Budget": "9 000",
        "Source of funds": "GOV",
        "Money": "Committed",
        "Milestone or deliverable": "The bulletin is out",
    }
    write(someone, "Activity plan", {"Activities": [activity]})


def write_advocacy(someone):
    write(someone, "Advocacy strategy", ADVOCACY)


WRITING = [
    write_legal,
    write_direction,
    write_terms,
    write_structure,
    write_plan,
    write_activities,
    write_advocacy,
]


def circulate(someone):
    someone.open_task("Circulate the report")
    due = someone.page.get_by_label("Comments until", exact=True)
    if not due.input_value():
        due.fill("31 December 2027")
    someone.press("Circulate")


def test_a_committee_comes_from_nothing_to_a_circulated_report(open_as):
    secretary = Secretary(open_as(empty=True))
    set_up(secretary)
    seat_the_institutions(secretary)
    set_the_rule(secretary)
    chair = Secretary(open_as(empty=True))
    join(chair, invite_the_chair(secretary))
    start_the_report(secretary)
    for write_one in WRITING:
        write_one(secretary)
    secretary.home()
    before = secretary.statuses()
    circulate(secretary)
    shown = secretary.page.locator("main").inner_text()

    assert before == [*["Completed"] * 8, "Not yet started"]
    assert "Circulated" in shown
    assert Report.objects.get().state == Report.State.CIRCULATED
