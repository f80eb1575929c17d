"""One table of a document as people know it from Excel."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from governance.actions import placing
from governance.columns import Scope, columns_of
from governance.grid import concerning, shown
from governance.models import Draft, HeldText, Revision, SealedPost
from governance.tables import table_of
from strategy.budgets import BUDGET
from strategy.models import Activity, Risk
from tests import plans

pytestmark = pytest.mark.django_db

built, plan = plans.shared()
COLUMNS = {column.name: column for column in columns_of(Activity)}


@pytest.fixture
def enter(client, plan):
    def as_person(name):
        client.force_login(plan.person(name))
        return client

    return as_person


def save(client, plan, activity, base=None, **cells):
    base = plan.row(activity).revision if base is None else base
    return client.post(plan.cells_url(activity), {"base": base, **cells})


def lines(response):
    return [
        [line.number, *(cell.text for cell in line.cells if "b" in cell.css)]
        for line in response.context["lines"]
    ]


# The page


def test_the_rows_stand_in_the_order_of_the_plan_with_what_a_phone_shows(plan, enter):
    plan.add("Draft the agreement", q1=True)
    plan.add("Sign it", lead="D", q1=True, q3=True)

    response = enter("member_c").get(plan.url())

    assert lines(response) == [
        ["A1.1.1", "Draft the agreement", "C", "yes", "", "", "", ""],
        ["A1.1.2", "Sign it", "D", "yes", "", "yes", "", ""],
    ]


def test_the_title_leads_to_editing_where_the_row_is_mine_else_to_reading(plan, enter):
    mine, other = plan.add("Ours"), plan.add("Theirs", lead="D")

    html = enter("member_c").get(plan.url()).content.decode()

    read = reverse("governance:provision", args=[plan.document.pk, other.uid])
    edit = reverse("governance:provision-edit", args=[plan.document.pk, mine.uid])
    assert (
        f'<tr data-r="0"><th scope="row">A1.1.1</th><td class="b"><a href="{edit}">'
        in html
    )
    assert f'<tr><th scope="row">A1.1.2</th><td class="b"><a href="{read}">' in html


def test_money_is_grouped_and_stands_to_the_right(plan, enter):
    activity = plan.add("Draft")
    client = enter("secretary")
    save(client, plan, activity, budget="12500.50")

    html = client.get(plan.url()).content.decode()

    assert '<td class="nb">12\N{NO-BREAK SPACE}500.5</td>' in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"institution": "D"}, ["A1.1.2"]),
        ({"quarter": "1"}, ["A1.1.1"]),
        ({"q": "SIGN"}, ["A1.1.2"]),
        ({"q": "a1.1.1"}, ["A1.1.1"]),
        ({"institution": "nobody"}, ["A1.1.1", "A1.1.2"]),
        ({"q": "nothing"}, []),
    ],
)
def test_filters(plan, enter, asked, found):
    plan.add("Draft", q1=True)
    plan.add("Sign", lead="D", q2=True)

    response = enter("member_c").get(plan.url(), asked)

    assert [line.number for line in response.context["lines"]] == found


def test_totals_come_alone_when_asked_and_follow_the_filter(plan, enter):
    client = enter("secretary")
    for title, lead, budget in [("Draft", "C", "1000"), ("Sign", "D", "500")]:
        save(client, plan, plan.add(title, lead=lead), budget=budget)

    part = client.get(plan.url(), {"part": "totals", "institution": "D"})

    assert "1 activity, budget P500," in part.content.decode()
    assert "<h1>" not in part.content.decode()


def test_an_empty_table_says_what_comes_next_and_who_does_it(plan, enter):
    secretary = enter("secretary").get(plan.url()).content.decode()
    member = enter("chair").get(plan.url()).content.decode()

    assert "Add the first one, or paste the rows of your Excel sheet." in secretary
    assert "There is no row yet." in member


def test_a_closed_report_is_read_only(plan, enter):
    plan.add("Draft")
    type(plan.document.report).objects.update(state="tabled")

    response = enter("secretary").get(plan.url())

    assert [line.revision for line in response.context["lines"]] == [""]
    assert b"data-grid" not in response.content


def test_an_unknown_table_is_not_found(plan, enter):
    url = reverse("governance:table", args=[plan.document.pk, "nothing"])

    assert enter("secretary").get(url).status_code == 404


def test_the_page_asks_the_same_of_one_row_and_of_thirty(plan, enter):
    client, counts = enter("member_c"), []
    for rows in (1, 3, 30):
        while Activity.objects.count() < rows:
            plan.add(f"Activity {Activity.objects.count()}", q1=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(plan.url())
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_only_what_names_the_table_or_its_rows_is_on_its_list():
    table = table_of(Risk)
    rows = [Risk(kind="risk", position=1), Risk(kind="risk", position=12)]
    said = [
        "Risk R1 has no owner.",
        "The plan names no risk.",
        "OC1 has no indicator.",
        "Indicator R1-2 has no baseline.",
    ]

    assert concerning(said, table, rows) == said[:2]


# Saving cells


def test_a_cell_is_saved_and_comes_back_as_it_is_shown(plan, enter):
    activity = plan.add("Draft")
    with plan.world.on("2021-11-01", "14:02"):
        answer = save(enter("member_c"), plan, activity, budget="12 500", q1="x")

    said = answer.json()
    assert (said["revision"], said["number"], said["at"]) == (1, "A1.1.1", "14:02")
    assert (said["cells"]["budget"], said["cells"]["q1"]) == (
        "12\N{NO-BREAK SPACE}500",
        "yes",
    )
    assert plan.cell(activity, "budget") == "12500"


def test_what_is_not_understood_is_said_at_its_cell_and_nothing_is_saved(plan, enter):
    activity = plan.add("Draft")

    answer = save(enter("member_c"), plan, activity, budget="12,500", title="Sign")

    assert (answer.status_code, answer.json()) == (
        422,
        {
            "errors": {
                "budget": "“12,500” can be read in two ways. Write 12500 or 12.5."
            }
        },
    )
    assert plan.cell(activity, "title") == "Draft"


def test_what_the_row_may_not_say_is_said_at_what_was_typed(plan, enter):
    activity = plan.add("Draft")

    answer = save(
        enter("member_c"), plan, activity, starts_on="31/3/22", ends_on="1/3/22"
    )

    assert (answer.status_code, answer.json()) == (
        422,
        {"errors": {"starts_on": "The end is before the start."}},
    )
    assert plan.cell(activity, "starts_on") == ""


def test_sent_twice_it_is_saved_once(plan, enter):
    activity, client = plan.add("Draft"), enter("member_c")
    cells = {"base": 0, "title": "Sign", "once": str(uuid.uuid4())}

    answers = [client.post(plan.cells_url(activity), cells) for _time in range(2)]

    assert [a.json()["revision"] for a in answers] == [1, 1]
    assert [a.json()["cells"]["title"] for a in answers] == ["Sign", "Sign"]
    assert Revision.objects.filter(provision_uid=activity.uid).count() == 2


def test_a_copy_of_cells_that_are_saved_becomes_no_draft(plan, enter):
    activity = plan.add("Draft the agreement")
    client = enter("member_c")
    page = client.get(plan.url())
    sent = {"window": uuid.uuid4().hex, "seal": page.context["keep"].seal}
    save(client, plan, activity, title="Draft it well", **sent)

    response = client.post(reverse("governance:drafts"), sent | {"title": "Draft it"})

    assert response.json() == {"state": "sent"}
    assert not Draft.objects.exists()


def test_saved_again_without_a_difference_nothing_happens(plan, enter):
    activity = plan.add("Draft")

    answer = save(enter("member_c"), plan, activity, title="Draft")

    assert answer.json()["revision"] == 0
    assert Revision.objects.filter(provision_uid=activity.uid).count() == 1


def test_two_at_once_get_both_texts_and_a_result_that_can_be_saved(plan, enter):
    activity = plan.add("Draft")
    with plan.world.on("2021-11-01", "14:02"):
        save(enter("member_c"), plan, activity, milestone="a record")
        client = enter("secretary")
        answer = save(client, plan, activity, base=0, title="Sign")

    said = answer.json()
    assert answer.status_code == 409
    assert said["message"] == (
        "Member C of plan changed this row at 14:02. Your text is kept."
    )
    assert said["both"] == [
        {
            "name": "title",
            "title": "Activity",
            "theirs": "Draft",
            "mine": "Sign",
            "result": "Sign",
        }
    ]
    assert (said["ready"], said["revision"]) == (True, 1)
    assert said["cells"]["milestone"] == "a record"
    assert HeldText.objects.get().values == {"title": "Sign"}
    again = save(client, plan, activity, base=1, title="Sign")
    assert again.json()["revision"] == 2


def test_after_the_report_is_closed_the_text_is_kept_and_it_says_so(plan, enter):
    activity = plan.add("Draft")
    type(plan.document.report).objects.update(state="tabled")

    answer = save(enter("secretary"), plan, activity, title="Sign")

    assert (answer.status_code, answer.json()["closed"]) == (409, True)
    assert HeldText.objects.get().reason == "closed"


def test_of_a_row_removed_meanwhile_it_says_so(plan, enter):

    activity = plan.add("Draft")
    url = plan.cells_url(activity)
    placing.remove_provision(plan.row(activity), by=plan.person("secretary"))

    answer = enter("member_c").post(url, {"base": 0, "title": "Sign"})

    assert (answer.status_code, answer.json()) == (
        409,
        {
            "message": "“A1.1.1 Draft” was removed from the text in the meantime.",
            "closed": False,
        },
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"base": "0", "position": "3"},
        {"base": "0", "title": "Sign", "document": "9"},
        {"base": "-1", "title": "Sign"},
        {"base": "", "title": "Sign"},
        {"title": "Sign"},
    ],
)
def test_what_no_page_sends_is_refused(plan, enter, sent):
    activity = plan.add("Draft")

    answer = enter("secretary").post(plan.cells_url(activity), sent)

    assert answer.status_code == 400
    assert plan.cell(activity, "title") == "Draft"


@pytest.mark.parametrize(
    ("person", "status"),
    [("member_d", 403), ("observer", 404), ("admin", 404), ("rapporteur", 200)],
)
def test_who_may_save(plan, enter, person, status):
    activity = plan.add("Draft")

    answer = save(enter(person), plan, activity, title="Sign")

    assert answer.status_code == status


def test_a_member_cannot_give_its_row_away(plan, enter):
    activity = plan.add("Draft")

    answer = save(enter("member_c"), plan, activity, lead="D")

    assert answer.status_code == 409
    assert answer.json()["message"] == (
        "Only these give a row to another institution: Rapporteur, Secretariat."
    )
    assert plan.cell(activity, "lead") == "C"


def test_signed_out_the_cell_is_sealed_and_offered_after_sign_in(plan, enter, client):
    activity = plan.add("Draft")
    page = enter("member_c").get(plan.url())
    seal = page.context["keep"].seal
    client.logout()

    away = save(client, plan, activity, base=0, title="Sign", seal=seal, where="A1.1.1")
    post = SealedPost.objects.get()
    shown_again = enter("member_c").get(f"{plan.url()}?kept={post.key}")

    assert away.status_code == 302
    assert "not saved yet (A1.1.1):" in shown_again.content.decode()
    assert '<dt>Activity</dt><dd dir="auto">Sign</dd>' in shown_again.content.decode()


def test_saving_asks_the_same_of_a_plan_with_one_row_and_with_thirty(plan, enter):
    client, counts = enter("member_c"), []
    first = plan.add("Activity")
    for rows in (1, 30):
        while Activity.objects.count() < rows:
            plan.add(f"Activity {Activity.objects.count()}")
        with CaptureQueriesContext(connection) as queries:
            save(client, plan, first, title=f"At {rows}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


# Undo


def test_the_undo_page_shows_what_it_takes_back_and_takes_it_back(plan, enter):
    activity, client = plan.add("Draft"), enter("member_c")
    save(client, plan, activity, title="Sign")

    page = client.get(plan.url("table-undo"))
    change = page.context["form"].initial["change"]
    client.post(plan.url("table-undo"), {"change": change})

    assert page.context["changed"] == [("Activity", "Draft", "Sign")]
    assert plan.cell(activity, "title") == "Draft"


# What is shown is understood


@given(cents=st.integers(0, 10**12))
def test_an_amount_as_shown_is_read_again(cents):

    value = Decimal(cents) / 100
    read = BUDGET.read_money(shown(BUDGET, BUDGET.cell_of(value)), SCOPE)

    assert read == value


@given(day=st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_day_as_shown_is_read_again(day):
    column = COLUMNS["starts_on"]

    assert column.read(shown(column, column.cell_of(day)), SCOPE) == day


@given(value=st.booleans())
def test_yes_and_no_as_shown_are_read_again(value):
    column = COLUMNS["q1"]

    assert column.read(shown(column, column.cell_of(value)), SCOPE) is value


class NoMarks(Scope):
    marks = ("", "")


SCOPE = NoMarks(committee=None, comma="thousands")
