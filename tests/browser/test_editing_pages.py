"""The pages of editing in a real Chromium: accessible, and no wider than a phone."""

import pytest
from django.urls import reverse

from governance.actions import documents, editing, writing
from governance.actions.translations import translate
from governance.models import Clause, HeldText, LegalInstrument, LegalStatus
from tests import plans
from tests.browser.conftest import ONE_AT_A_TIME
from tests.browser.fit import faults

pytestmark = [pytest.mark.browser]

LONG = "m" * 200  # a word without a place to break it
PASTED = f"Activity\tOutput\tLead\n{LONG}\tOP1.1\tC\nCount\tOP9.9\tNobody"
BODY = f"It meets in June.\n\nIt reports on {LONG}."


@pytest.fixture
def plan(transactional_db):
    """A plan of the year, a clause that was changed, and a legal instrument."""
    plan = plans.build()
    world, secretary = plan.world, plan.person("secretary")
    world.committee.languages.create(code="st-LS", name="Sesotho")
    plan.add("Draft the agreement", milestone=LONG)
    plan.clause = documents.add_provision(
        Clause, world.document, by=secretary, heading="Purpose", body="It meets."
    )
    change(plan, BODY)
    plan.instrument = documents.add_provision(
        LegalInstrument,
        documents.add_document(LegalStatus, world.report, by=secretary, title="Status"),
        by=secretary,
        route="cabinet_decision",
        title="Cabinet decision",
    )
    institution = world.institutions["C"]
    writing.assign(world.document, institution, plan.clause.uid, by=secretary)
    return plan


def change(plan, body):
    plan.clause.refresh_from_db()
    editing.edit_provision(
        plan.clause,
        base=plan.clause.revision,
        by=plan.person("rapporteur"),
        body=body,
    )


def say(plan, body):
    """A checked translation, whose source is changed afterwards."""
    facts = {"base": 0, "read": plan.clause.revision, "by": plan.person("rapporteur")}
    values = {"heading": "Morero", "body": body}
    translate(
        plan.world.document, plan.clause.uid, "st-LS", values, state="checked", **facts
    )
    change(plan, "It meets, decides and reports.")


def keep(plan):
    """A text that was set aside: it stands among the secretary's kept texts."""
    editing.set_aside(
        plan.clause,
        plan.clause.revision,
        {"body": LONG},
        {},
        reason=HeldText.Reason.ASIDE,
        by=plan.person("secretary"),
    )


def addresses(plan):
    """Every page of editing, by its name."""
    document, clause = plan.world.document.pk, plan.clause.uid
    row = plan.table.rows(plan.document).get()
    last = plan.world.document.revisions.filter(provision_uid=clause)[0].number
    arguments = {
        "document-edit": [document],
        "structure": [document],
        "assignments": [document],
        "document-facts": [plan.document.pk],
        "row-add": [plan.document.pk, plan.table.name],
        "provision-edit": [plan.document.pk, row.uid],
        "provision-restore": [document, clause, last],
        "table-import": [plan.document.pk, plan.table.name],
        "translate": [document, "st-LS"],
        "translate-provision": [document, "st-LS", clause],
        "legal-step-add": [plan.instrument.document_id, plan.instrument.uid],
        "kept": [],
    }
    found = {
        name: reverse(f"governance:{name}", args=a) for name, a in arguments.items()
    }
    slug = plan.world.committee.slug
    return found | {"funding": reverse("strategy:funding-sources", args=[slug])}


@pytest.fixture
def enter(open_as, plan):
    def as_secretary(**window):
        return open_as(plan.world.people["secretary"].username, **window)

    return as_secretary


def test_every_page_of_editing_is_accessible_and_fits(enter, plan):
    say(plan, LONG)
    keep(plan)
    page = enter(width=360)

    found = {name: faults(page, url) for name, url in addresses(plan).items()}

    assert {name: list_ for name, list_ in found.items() if list_} == {}


@pytest.mark.parametrize(
    ("mine", "button"),
    [
        (BODY.replace("June", LONG), "Save the result"),
        (BODY.replace("reports", f"{LONG} reports"), "Save the combined text"),
    ],
    ids=["of the same words", "that go together"],
)
def test_two_changes_are_accessible_and_fit(enter, plan, mine, button):
    page = enter(width=360)
    page.goto(
        reverse(
            "governance:provision-edit", args=[plan.world.document.pk, plan.clause.uid]
        )
    )
    with ONE_AT_A_TIME:
        change(plan, BODY.replace("June", "July"))
    page.locator("[name=body]").fill(mine)
    page.get_by_role("button", name="Save the provision").click()

    page.get_by_role("button", name=button).wait_for()
    assert faults(page) == []


def test_the_rows_of_an_import_are_accessible_and_fit(enter, plan):
    page = enter(width=360)
    page.goto(addresses(plan)["table-import"])
    page.locator("[name=pasted]").fill(PASTED)
    page.get_by_role("button", name="Look at the rows").click()

    page.get_by_role("button", name="Check again").wait_for()
    assert faults(page) == []


def test_two_translations_of_one_text_are_accessible_and_fit(enter, plan):
    page = enter(width=360)
    page.goto(addresses(plan)["translate-provision"])
    with ONE_AT_A_TIME:
        say(plan, "Kopano.")
    page.locator("[name=text_body]").fill(LONG)
    page.get_by_role("button", name="Save the translation").click()

    page.get_by_text("Nothing is lost").wait_for()
    assert faults(page) == []
