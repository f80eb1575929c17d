"""Texts that try to do harm, in every field at once: inert on every page and in every
file, and still there letter by letter.
"""

import inspect
import io
import pprint
import subprocess
import zipfile
from collections import defaultdict
from email.header import decode_header, make_header
from urllib.parse import quote_from_bytes, urlencode

import openpyxl
import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import transaction
from django.test import Client
from docx.oxml.ns import qn
from lxml import etree

from governance import pdf, word
from governance.actions import documents, editing
from governance.columns import TEXT, WORDS, columns_of
from governance.mail import send
from governance.models import Message, Report
from governance.sheets import as_written
from governance.tables import tables
from governance.text import to_html
from ncc_portal.api import router
from tests import hostile_world
from tests.hostile import CORPUS, PLAIN
from tests.hostile_pages import STRANGE_ADDRESS, at, marks_of, one_line, pages_of
from tests.hostile_world import CALM, LONG, as_posted

pytestmark = [pytest.mark.once, pytest.mark.long]

NOW = ("2021-12-12", "10:00")
POSTED = [t for t in map(as_posted, CORPUS.values()) if len(t) < 1_000]
# Tables that between them have every sort of field: the calm pages of rows.
VARIED = frozenset(
    [
        "activity",
        "body",
        "clause",
        "decision-rule",
        "indicator",
        "legal-instrument",
        "message",
        "risk",
    ]
)
# What people may make with their words, and what a comparison marks.
MARKDOWN = {
    *(
        (tag,)
        for tag in ["p", "br", "em", "strong", "ul", "ol", "li", "a", "ins", "del"]
    ),
    ("a", "href"),
    ("a", "rel"),
    ("ol", "start"),
}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The hostile committee and a calm one, built once."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        calm = hostile_world.build(CALM, rows=3, slug="calm")
        hostile = hostile_world.build(CORPUS)
    yield hostile, calm
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def made(built, db):
    return built[0]


def reader(made):
    client = Client()
    client.force_login(made.person("secretary"))
    return client


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


@pytest.fixture(scope="module")
def pages(built, django_db_blocker):
    """Of both committees: name, address and content of every page."""
    hostile, calm = built
    with django_db_blocker.unblock():
        return read(hostile, POSTED), read(calm, list(CALM.values()), VARIED)


def read(made, texts, only=frozenset()):
    client = reader(made)
    with made.world.on(*NOW):
        return [
            (name, address, marks_of(page(client, address)))
            for name, address in pages_of(made, texts, only)
        ]


def test_a_page_of_hostile_words_is_made_of_what_calm_words_are_made_of(pages):
    hostile, calm = pages
    usual = defaultdict(lambda: set(MARKDOWN))
    for name, _address, marks in calm:
        usual[name] |= marks.elements

    strange = {
        (name, address): sorted(marks.elements - usual[name])
        for name, address, marks in hostile
        if marks.elements - usual[name]
    }

    assert strange == {}


def test_no_page_holds_a_handler_a_script_or_an_address_that_acts(pages):
    hostile, _calm = pages

    assert {a: m.faults for _name, a, m in hostile if m.faults} == {}


def shown_as(text):
    """What a reader sees of a text: as it is, or with its Markdown carried out."""
    return {one_line(text), marks_of(to_html(text)).said}


def cells(made):
    """Every text of every row as it is stored."""
    for table, document in made.tables():
        columns = [c for c in table.columns(document) if c.kind in {TEXT, WORDS}]
        for row in table.rows(document):
            for column in columns:
                if cell := column.cell(row):
                    yield table, document, row, column, cell


def test_every_text_of_a_document_is_there_to_be_read(made, pages):
    said = {address: marks.said for _name, address, marks in pages[0]}

    lost = [
        (table.name, column.name, cell)
        for table, document, _row, column, cell in cells(made)
        if not any(
            t in said[at("table", document.pk, table.name)] for t in shown_as(cell)
        )
    ]

    assert lost == []


@pytest.mark.parametrize("query", POSTED[::16])
def test_a_hostile_search_is_a_search(made, query):
    marks = marks_of(page(reader(made), at("search") + "?" + urlencode({"q": query})))

    usual = marks_of(page(reader(made), at("search") + "?q=members"))
    assert marks.faults == []
    assert marks.elements <= usual.elements | MARKDOWN | {("span",)}  # of a hit


ACTIONS = (documents.add_provision, editing.edit_provision, editing.set_aside)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_no_column_has_the_name_of_an_argument(action):
    """It would be taken for that, and what was typed would be lost."""
    columns = {column.name for table in tables() for column in columns_of(table.model)}

    assert columns & set(inspect.signature(action).parameters) == set()


def fields_of(html):
    """What a browser would send of the form that changes a row."""
    form = BeautifulSoup(html, "html.parser").select_one("main form[method=post]")
    sent = defaultdict(list)
    for field in form.select("input[name], textarea[name], select[name]"):
        ticked = field.get("type") in {"checkbox", "radio"}
        if ticked and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select("option[selected]")
            sent[field["name"]] += [option["value"] for option in chosen]
        elif field.name == "textarea":
            # A browser takes off the first line end, and sends CR LF.
            text = field.get_text().removeprefix("\n")
            sent[field["name"]].append("\r\n".join(text.split("\n")))
        else:
            usual = "on" if ticked else ""
            sent[field["name"]].append(field.get("value", usual))
    return dict(sent)


def errors_in(response):
    html = BeautifulSoup(response.content, "html.parser")
    return [one_line(error.get_text()) for error in html.select(".errsum, .err")]


def differing(before, after):
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


def test_a_row_that_is_sent_as_it_came_stays_as_it_is(made):
    client, changed = reader(made), []

    with made.world.on(*NOW):
        for table, document in made.tables():
            columns = table.columns(document)
            row = table.rows(document)[1 if table.rows(document).count() > 1 else 0]
            before = [*(column.cell(row) for column in columns), row.revision]
            address = at("provision-edit", document.pk, row.uid)
            response = client.post(address, fields_of(page(client, address)))
            row = table.rows(document).get(pk=row.pk)
            after = [*(column.cell(row) for column in columns), row.revision]
            if response.status_code != 302 or before != after:
                changed.append(
                    (table.name, errors_in(response), *differing(before, after))
                )

    assert changed == [], pprint.pformat(changed)


def snapshot(made):
    return Report.objects.get(pk=made.world.report.pk).to_snapshot()


def shortened(value):
    """With the beginning of what is so long that its print takes seconds."""
    if isinstance(value, dict):
        return {name: shortened(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shortened(item) for item in value]
    return value[:300] if isinstance(value, str) and len(value) > LONG else value


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args):
        raise AssertionError(args)

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


def test_the_pdf_acts_on_nothing_and_reads_what_was_written(made, tmp_path, no_network):
    path = tmp_path / "report.pdf"

    path.write_bytes(pdf.render_pdf(shortened(snapshot(made))))

    checked = subprocess.run(
        ["qpdf", "--check", path], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    assert PLAIN["Sesotho"] in one_line(said.stdout.decode())
    with pikepdf.open(path) as file:
        acts = [o for o in file.objects if isinstance(o, pikepdf.Dictionary)]
        assert {str(o.S) for o in acts if "/S" in o and "/URI" in o} <= {"/URI"}
        addresses = {str(o.URI) for o in acts if "/URI" in o}
        assert {a for a in addresses if not STRANGE_ADDRESS.match(a)} == set()
        forbidden = {"/JavaScript", "/Launch", "/SubmitForm", "/GoToR", "/ImportData"}
        assert {str(o.S) for o in acts if "/S" in o} & forbidden == set()
        assert [o for o in acts if "/JS" in o or "/AA" in o or "/EF" in o] == []
        assert "/OpenAction" not in file.Root


def test_the_word_file_has_no_field_and_no_address_but_ours(made):
    content = snapshot(made)

    data = word.report_docx(content)

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith((".xml", ".rels"))
        }
    outside = [
        (link.get("Type").rpartition("/")[2], link.get("Target"))
        for part in parts.values()
        for link in part.iter("{*}Relationship")
        if link.get("TargetMode") == "External"
    ]
    assert {kind for kind, _target in outside} <= {"hyperlink"}
    assert [t for _kind, t in outside if not STRANGE_ADDRESS.match(t)] == []
    codes = {
        str(code.text or code.get(qn("w:instr"))).split()[0]
        for part in parts.values()
        for code in part.iter(qn("w:instrText"), qn("w:fldSimple"))
    }
    assert codes <= {"PAGE", "NUMPAGES", "PAGEREF", "TOC", "STYLEREF", "SEQ"}
    said = one_line(" ".join(parts["word/document.xml"].itertext(qn("w:t"))))
    assert PLAIN["Sesotho"] in said
    assert PLAIN["Chinese"] in said


def sheet_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]


def faults_of(sheet):
    """Cells that a spreadsheet would work out, or follow."""
    return [
        (cell.coordinate, cell.value)
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f" or cell.hyperlink
    ]


def test_every_table_comes_out_of_the_spreadsheet_as_it_is_stored(made):
    client, faults, lost = reader(made), [], []

    with made.world.on(*NOW):
        for table, document in made.tables():
            columns = table.columns(document)
            sheet = sheet_of(client, at("table-xlsx", document.pk, table.name))
            faults += faults_of(sheet)
            held = {line[-1]: line[1:-1] for line in sheet.iter_rows(values_only=True)}
            for row in table.rows(document):
                there = held[str(row.uid)]
                for column, value in zip(columns, there, strict=True):
                    if column.kind in {TEXT, WORDS}:
                        text = as_written(column.cell(row))
                        if (value or "") != text:
                            lost.append((table.name, column.name, text, value))

    assert faults == []
    assert lost == []


@pytest.mark.parametrize("name", ["comments", "roadmap", "institutions", "members"])
def test_the_other_spreadsheets_hold_no_formula_and_no_link(made, name):
    of = made.world.report.pk if name == "comments" else made.world.committee.slug

    with made.world.on(*NOW):
        sheet = sheet_of(reader(made), at(f"{name}-xlsx", of))

    assert faults_of(sheet) == []
    assert sheet.max_row > 3


def test_the_api_answers_with_the_words_as_they_are(made):
    client, lost, kinds = reader(made), [], set()

    for prefix, viewset, _name in router.registry:
        model = viewset.queryset.model if viewset.queryset is not None else None
        if not hasattr(model, "document_path"):
            continue
        response = client.get(f"/api/{prefix}/?page_size=200")
        kinds.add(response["Content-Type"])
        known = {row["uid"]: row for row in response.json()["results"]}
        for row in model.objects.filter(uid__in=known):
            for field in model.text_fields():
                told = known[str(row.uid)].get(field.name, getattr(row, field.name))
                if told != getattr(row, field.name):
                    lost.append((prefix, field.name, told))

    assert kinds == {"application/json"}
    assert lost == []


HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Content-Transfer-Encoding",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
}


def subject_of(head):
    """As a program that reads mail shows it."""
    return str(make_header(decode_header(str(head["Subject"]))))


def test_a_mail_has_one_line_for_its_subject_and_no_header_from_a_text(made):
    for pk in Message.objects.values_list("pk", flat=True):
        send(pk)

    heads = [sent.message() for sent in mail.outbox]
    assert heads
    assert [s for s in map(subject_of, heads) if s != one_line(s)] == []
    assert {name for head in heads for name in head.keys()} <= HEADERS  # noqa: SIM118 -- of a mail


@pytest.mark.parametrize(
    "subject", ["a\nBcc: all@evil.example", "a\r\n\r\n<b>", "a\rb", "a\x0bb"]
)
def test_a_subject_of_several_lines_is_sent_as_one(made, subject):
    row = Message.objects.create(
        committee=made.world.committee,
        recipient=made.person("member_c"),
        key="k",
        subject=subject,
    )

    assert send(row.pk)

    assert mail.outbox[0].subject == " ".join(subject.split())


REFUSED = {
    "NUL": b"a\0b",
    "one too many": CORPUS["one too many"].encode(),
    "surrogate": b"a\xed\xa0\x80b",
    "no UTF-8": b"\xff\xfe\xc3(",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_field_cannot_take_never_breaks_the_page(made, name):
    document = made.world.document
    row = made.rows[f"clause {document.pk}"][-1]
    client, address = reader(made), at("provision-edit", document.pk, row.uid)

    with made.world.on(*NOW):
        sent = fields_of(page(client, address)) | {"body": "BODY"}
        said = quote_from_bytes(REFUSED[name])
        response = client.post(
            address,
            urlencode(sent, doseq=True).replace("=BODY", f"={said}"),
            content_type="application/x-www-form-urlencoded",
        )

    assert response.status_code in {200, 302, 400, 422}


def test_the_policy_of_a_page_lets_no_text_run(made):
    answer = reader(made).get(at("document", made.world.document.pk))

    policy = answer["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert "unsafe" not in policy
    assert rules["script-src"].split()[0] == "'self'"
    assert rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
