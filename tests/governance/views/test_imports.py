"""Excel out and in on the pages: every step, every bad file, the same without JavaScript."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.models import Import, Institution, Joining
from strategy.models import Activity
from tests.governance.hostile_files import HOSTILE
from tests.governance.imports_world import cells, planned

pytestmark = pytest.mark.django_db

PASTED = "\n".join(
    [
        "No.\tActivity\tOutput\tLead\tBudget (BWP)",
        "1\tCount the households\tOP1.1\tA\t12 500",
        "2\tTrain the counters\tOP1.1\tC\t",
    ]
)


@pytest.fixture
def world():
    return planned()


@pytest.fixture
def url(world):
    return reverse("governance:table-import", args=[world.activities.pk, "activity"])


@pytest.fixture
def secretary(client, world):
    client.force_login(world.person("secretary"))
    return client


def fields(response):
    """What the form of a page would send, as a browser without JavaScript does."""
    html = response.content.decode()
    form = next(
        found
        for found in re.findall(r"<form.*?</form>", html, re.DOTALL)
        if 'name="sheet"' in found
    )
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (
            re.search(r'name="([^"]*)"', tag),
            re.search(r'value="([^"]*)"', tag),
        )
        if name and ('type="hidden"' in tag or "checked" in tag):
            sent[name[1]] = value[1] if value else ""
    for name, inside in re.findall(
        r'<select[^>]* name="([^"]*)">(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return {n: v for n, v in sent.items() if n != "csrfmiddlewaretoken"}


def test_a_paste_is_shown_and_then_entered_by_one_button(secretary, url):
    shown = secretary.post(url, {"pasted": PASTED})
    preview = shown.context["preview"]

    done = secretary.post(url, fields(shown) | {"go": "1"}, follow=True)

    assert (shown.status_code, preview.counts, preview.button) == (
        200,
        "Add 2",
        "Add 2",
    )
    assert Activity.objects.count() == 2
    assert "Done: 2 added, 0 changed." in done.content.decode()


def test_sent_twice_it_is_entered_once(secretary, url):
    sent = fields(secretary.post(url, {"pasted": PASTED})) | {"go": "1"}

    secretary.post(url, sent)
    second = secretary.post(url, sent)

    assert (second.status_code, second.url) == (302, url)
    assert (Activity.objects.count(), Import.objects.count()) == (2, 1)


def test_looking_stores_nothing(secretary, url):
    secretary.post(url, {"pasted": PASTED})

    assert (Activity.objects.count(), Import.objects.count()) == (0, 0)


def test_columns_that_nobody_knows_are_asked(secretary, url):
    text = "What is done\tOutput\nCount\tOP1.1"
    shown = secretary.post(url, {"pasted": text})
    sent = fields(shown) | {"place-0": "title", "check": "1"}

    checked = secretary.post(url, sent)

    assert shown.context["preview"].is_matching
    assert shown.context["preview"].problem == (
        "Your file needs a column called “Activity”."
        " Right now it has: What is done, Output."
    )
    assert checked.context["preview"].button == "Add 1"


def test_rows_without_headings_are_taken_in_the_order_of_the_table(secretary, url):
    shown = secretary.post(url, {"pasted": "Count\tOP1.1\tA\nTrain\tOP1.1\tB"})
    preview = shown.context["preview"]

    checked = secretary.post(url, fields(shown) | {"check": "1"})

    assert preview.is_matching
    assert [(p.label, p.value, p.sample) for p in preview.places] == [
        ("Column A", "title", "Count"),
        ("Column B", "output", "OP1.1"),
        ("Column C", "lead", "A"),
    ]
    assert checked.context["preview"].button == "Add 2"


def test_headings_below_a_title_are_found(secretary, url):
    shown = secretary.post(url, {"pasted": "Plan of the year\n\n" + PASTED})

    assert shown.context["preview"].notes == [
        "Rows above the headings were left out: 1."
    ]
    assert [row.number for row in shown.context["preview"].rows] == [4, 5]


def test_problems_come_first_with_the_row_as_in_the_file(secretary, url):
    text = PASTED + "\n3\tPrint\tOP9.9\tA\t\n"
    shown = secretary.post(url, {"pasted": text})
    preview = shown.context["preview"]

    assert [(row.number, row.word) for row in preview.rows] == [
        (4, "Needs attention"),
        (2, "Add"),
        (3, "Add"),
    ]
    assert (preview.counts, preview.button) == ("Add 2, 1 needs attention", "")
    assert "OP9.9” is not known" in preview.rows[0].cells[1].fault


def test_a_row_may_be_left_out(secretary, url):
    shown = secretary.post(url, {"pasted": PASTED + "\n\tTotal\t\t\t12 500\n"})

    checked = secretary.post(url, fields(shown) | {"out": "4", "check": "1"})

    assert shown.context["preview"].button == ""
    assert checked.context["preview"].button == "Add 2"
    assert checked.context["preview"].notes == ["You left out: row 4."]


def test_what_is_asked_once_is_applied_to_all(secretary, url):
    text = PASTED.replace("12 500", "12,500").replace("\tA\t", "\tHome Affairs\t")
    shown = secretary.post(url, {"pasted": text})
    (question,) = shown.context["preview"].questions
    sent = fields(shown) | {"comma": "thousands", question.name: "B", "check": "1"}

    checked = secretary.post(url, sent)

    assert question.label == "“Home Affairs” is"
    assert shown.context["preview"].comma.options == [
        ("thousands", "12\N{NO-BREAK SPACE}500"),
        ("decimal", "12.5"),
    ]
    assert checked.context["preview"].button == "Add 2"
    assert fields(checked)[question.name] == "B"


def test_a_row_changed_meanwhile_is_named_and_the_rows_are_kept(secretary, url, world):
    sent = fields(secretary.post(url, {"pasted": PASTED})) | {"go": "1"}
    secretary.post(url, sent)
    text = "No.\tActivity\nA1.1.1\tCount them"
    sent = fields(secretary.post(url, {"pasted": text})) | {"go": "1"}
    Activity.objects.filter(title="Count the households").update(revision=7)

    answer = secretary.post(url, sent)

    assert answer.status_code == 409
    assert "Somebody changed these rows while you were looking: A1.1.1." in (
        answer.content.decode()
    )
    again = secretary.post(url, fields(answer) | {"go": "1"})
    assert again.status_code == 302
    assert Activity.objects.filter(title="Count them").exists()


def test_rows_that_were_tampered_with_are_not_taken(secretary, url):
    sent = fields(secretary.post(url, {"pasted": PASTED}))

    answer = secretary.post(url, sent | {"sheet": sent["sheet"] + "x", "go": "1"})

    assert answer.status_code == 422
    assert "The rows did not arrive whole." in answer.content.decode()
    assert Activity.objects.count() == 0


def test_a_field_that_nobody_asked_for_is_refused(secretary, url):
    assert secretary.post(url, {"pasted": PASTED, "role": "chair"}).status_code == 400


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_nobody_should_send_gets_one_sentence(secretary, url, case):
    name, made, sentence = HOSTILE[case]

    answer = secretary.post(url, {"file": SimpleUploadedFile(name, made())})

    assert (answer.status_code, answer.context["form"].errors["file"]) == (
        422,
        [sentence],
    )
    assert (Activity.objects.count(), Import.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "CON.txt",
        "a" * 300,
        "plan\N{RIGHT-TO-LEFT OVERRIDE}xslx.exe",
    ],
)
def test_an_odd_name_is_no_path(secretary, url, name):
    answer = secretary.post(url, {"file": SimpleUploadedFile(name, b"x")})

    assert answer.status_code == 422
    assert len(answer.context["form"].errors["file"]) == 1


def test_neither_a_paste_nor_a_file_is_said(secretary, url):
    answer = secretary.post(url, {"pasted": " "})

    assert answer.context["form"].errors["pasted"] == [
        "Nothing was pasted; copy the rows in your spreadsheet and paste them."
    ]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=1>']
)
def test_markup_in_a_cell_is_inert(secretary, url, text):
    shown = secretary.post(
        url, {"pasted": PASTED.replace("Count the households", text)}
    )

    assert text not in shown.content.decode()
    assert "&lt;" in shown.content.decode()


def test_an_import_is_taken_back_on_its_page(secretary, url):
    secretary.post(url, fields(secretary.post(url, {"pasted": PASTED})) | {"go": "1"})
    back = reverse("governance:import-take-back", args=[Import.objects.get().pk])

    page, listed = secretary.get(back), secretary.get(url)
    done = secretary.post(back)

    assert page.status_code == 200
    assert back in listed.content.decode()
    assert (done.status_code, done.url) == (302, url)
    assert Activity.objects.count() == 0


def test_a_closed_text_says_so_and_shows_no_form(client, world, url):
    type(world.report).objects.filter(pk=world.report.pk).update(
        state="circulated", comments_due_on=dt.date(2021, 11, 26)
    )
    client.force_login(world.person("secretary"))

    page = client.get(url)

    assert "its text cannot be edited now" in page.content.decode()
    assert 'name="pasted"' not in page.content.decode()


def test_the_file_has_the_columns_typed_and_the_key_of_each_row(secretary, url, world):
    secretary.post(url, fields(secretary.post(url, {"pasted": PASTED})) | {"go": "1"})
    file = reverse("governance:table-xlsx", args=[world.activities.pk, "activity"])

    answer = secretary.get(file)

    head, first, second = cells(answer.content)
    assert head[:4] + head[-1:] == ["No.", "Activity", "Output", "Lead", "Key"]
    row = Activity.objects.get(title="Count the households")
    assert first[:4] + first[-1:] == ["A1.1.1", row.title, "OP1.1", "A", str(row.uid)]
    assert (first[head.index("Budget (BWP)")], second[head.index("Budget (BWP)")]) == (
        12500,
        None,
    )
    assert re.fullmatch(
        r'attachment; filename="world-activity-\d{4}-\d\d-\d\d\.xlsx"',
        answer["Content-Disposition"],
    )


def test_an_empty_form_has_the_columns_only(secretary, world):
    file = reverse("governance:table-xlsx", args=[world.activities.pk, "activity"])

    (head,) = cells(secretary.get(file, {"empty": 1}).content)

    assert (head[0], head[1], head[-1]) == ("No.", "Activity", "Key")


def test_the_file_comes_back_as_it_went_out(secretary, url, world):
    secretary.post(url, fields(secretary.post(url, {"pasted": PASTED})) | {"go": "1"})
    file = reverse("governance:table-xlsx", args=[world.activities.pk, "activity"])
    data = secretary.get(file).content

    answer = secretary.post(url, {"file": SimpleUploadedFile("plan.xlsx", data)})

    preview = answer.context["preview"]
    assert (preview.counts, preview.button, preview.rows) == ("Unchanged 2", "", [])


def test_institutions_go_out_and_come_back(secretary, world):
    url = reverse("governance:institutions-import", args=[world.committee.slug])
    data = secretary.get(
        reverse("governance:institutions-xlsx", args=[world.committee.slug])
    ).content
    same = secretary.post(url, {"file": SimpleUploadedFile("them.xlsx", data)})
    text = "Code\tName\tCategory\nA\t'M'e Ministry\tMinistry\nNEW\tA new one\tAgency"

    sent = fields(secretary.post(url, {"pasted": text})) | {"go": "1"}
    secretary.post(url, sent)

    assert same.context["preview"].counts == "Unchanged 6"
    assert Institution.objects.get(code="A").name == "'M'e Ministry"
    assert Institution.objects.get(code="NEW").category == "agency"
    back = reverse("governance:import-take-back", args=[Import.objects.get().pk])
    secretary.post(back)
    assert Institution.objects.get(code="A").name == "Institution A"
    assert not Institution.objects.filter(code="NEW").exists()


def test_people_are_invited_and_those_there_stay(secretary, world):
    url = reverse("governance:members-import", args=[world.committee.slug])
    data = secretary.get(
        reverse("governance:members-xlsx", args=[world.committee.slug])
    ).content
    same = secretary.post(url, {"file": SimpleUploadedFile("them.xlsx", data)})
    text = "Name\tRole\tInstitution\n'Mamakopoi Sello\tMember\tB\nM'e Thabo\tMember\tC"

    shown = secretary.post(url, {"pasted": text})
    secretary.post(url, fields(shown) | {"go": "1"})

    assert same.context["preview"].button == ""
    assert same.context["preview"].counts == f"Unchanged {len(cells(data)) - 1}"
    assert "(row 3: M'e Thabo)" in shown.context["preview"].notes[0]
    assert list(Joining.objects.values_list("name", "institution__code")) == [
        ("'Mamakopoi Sello", "B"),
        ("M'e Thabo", "C"),
    ]


def test_mail_addresses_are_for_those_who_invite(client, world):
    url = reverse("governance:members-xlsx", args=[world.committee.slug])
    client.force_login(world.person("member_c"))

    head = cells(client.get(url).content)[0]

    assert head == ["No.", "Name", "Role", "Institution", "Since", "Key"]
