"""The PDF: the same bytes for the same text, nothing fetched, everything printed."""

import io
import logging

import pikepdf
import pytest
import weasyprint
from bs4 import BeautifulSoup

from governance import pdf
from governance.acronyms import acronyms_in
from governance.outline import Entry, outline
from governance.printing import report_html
from governance.snapshot import canonical_json, digest
from tests.governance import printed
from tests.governance.printed_proceedings import edition

pytestmark = pytest.mark.once

SHEET = pdf.STYLESHEET.as_uri()


def html_of(content):
    return BeautifulSoup(report_html(content, SHEET), "html.parser")


@pytest.fixture(scope="module")
def made():
    return pdf.render_pdf(printed.report())


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def test_the_same_text_gives_the_same_bytes_in_another_process(made):
    apart = pdf.render_pdf_apart(printed.report())

    assert apart == (made, len(opened(made).pages))


def test_the_pdf_names_its_title_author_language_and_digest(made):
    content = printed.report()

    with opened(made) as file:
        assert str(file.docinfo["/Title"]) == content["title"]
        assert str(file.docinfo["/Author"]) == content["committee"]["name"]
        assert str(file.docinfo["/CreationDate"]) == "D:20221231"
        assert str(file.Root.Lang) == "en"
        assert bytes(file.trailer.ID[0]) == digest(content)[:32].encode()
        assert file.Root.MarkInfo.Marked


def test_printing_leaves_the_snapshot_as_it_was():
    content = printed.report()
    before = canonical_json(content)

    report_html(content, SHEET)

    assert canonical_json(content) == before


def test_what_makes_it_quick_does_not_change_a_byte(made):
    html, identifier = pdf.report_and_identifier(printed.report())
    plain = weasyprint.HTML(string=html).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode()
    )

    assert pdf.ElementTree.fromstring(html).tag == "html"
    assert made == plain


def test_text_that_is_no_xml_is_printed_all_the_same(made, monkeypatch):
    def refuse(text):
        raise pdf.ElementTree.ParseError

    monkeypatch.setattr(pdf.ElementTree, "fromstring", refuse)

    assert pdf.render_pdf(printed.report()) == made


HOSTILE = """<!DOCTYPE html><html lang="en"><head><title>x</title>
<link rel="stylesheet" href="file:///etc/passwd"/>
<style>@import "http://169.254.169.254/a.css";
@font-face { font-family: x; src: url(https://evil.example/f.woff) }
p { background: url("data:image/svg+xml,&lt;svg/&gt;") }</style>
<link rel="attachment" href="file:///etc/hostname"/></head>
<body><p>text</p><img src="file:///etc/passwd" alt="a"/>
<img src="file://%s/../../governance/pdf.py" alt="b"/></body></html>"""


def test_nothing_but_our_own_files_is_fetched(caplog, monkeypatch):
    fetched = []

    def note(self, url, headers=None):
        fetched.append(url)
        raise PermissionError

    monkeypatch.setattr("weasyprint.urls.URLFetcher.fetch", note)
    with caplog.at_level(logging.ERROR, "weasyprint"):
        data = pdf.html_to_pdf(HOSTILE % pdf.FONTS, "0" * 32).data

    assert fetched == []
    assert "A report may not fetch" in caplog.text
    with opened(data) as file:
        assert list(file.attachments) == []


def test_only_the_stylesheet_and_the_fonts_are_allowed():
    fetcher = pdf.bundled_files_only()

    assert fetcher(SHEET).read() == pdf.STYLESHEET.read_bytes()
    for url in ("file:///etc/passwd", SHEET + "?x", "data:,x", "http://localhost/"):
        with pytest.raises(PermissionError):
            fetcher(url)


def test_a_child_that_fails_is_told_with_what_it_said(monkeypatch):
    monkeypatch.setattr(pdf.sys, "executable", "/bin/false")

    with pytest.raises(pdf.RenderingFailed, match="Exit status 1"):
        pdf.render_pdf_apart(printed.report())


def test_the_child_does_not_see_the_database_or_the_secret_key(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        return type("Done", (), {"returncode": 3, "stdout": b"", "stderr": b"no room"})

    monkeypatch.setattr(pdf.subprocess, "run", run)
    with pytest.raises(pdf.RenderingFailed, match="Exit status 3: no room"):
        pdf.render_pdf_apart(printed.report())

    assert not {"SECRET_KEY", "DATABASE_URL"} & set(seen)


def test_headings_are_numbered_and_listed():
    text = (
        '<h1 class="part">Part I</h1><h2>A</h2><h3>B<sup>1</sup></h3><h2>C &amp; D</h2>'
    )
    text += '<h3>E</h3><h3 class="plain">Sources</h3>'

    html, entries = outline(text)

    assert entries == [
        Entry(1, "part-1", "", "Part I"),
        Entry(2, "section-1", "1", "A"),
        Entry(3, "section-1.1", "1.1", "B"),
        Entry(2, "section-2", "2", "C & D"),
        Entry(3, "section-2.1", "2.1", "E"),
        Entry(3, "plain-5", "", "Sources"),
    ]
    assert '<h3 id="section-2.1"><span class="no">2.1</span> E</h3>' in html


def test_contents_lead_to_the_headings():
    soup = html_of(printed.report())

    links = [a["href"][1:] for a in soup.select(".toc a")]
    headings = [h["id"] for h in soup.select(".part h1, .part h2, .part h3")]

    assert links == headings


def test_acronyms_are_those_that_occur():
    content = printed.report()

    found = acronyms_in("<td>MoHA and the SDG; TWG2; SWOTS</td>", content)

    assert found == [
        ("MoHA", "Ministry of Home Affairs"),
        ("SDG", "Sustainable Development Goal"),
        ("TWG", "technical working group"),
    ]


def test_facts_point_to_numbered_sources_and_inventions_are_marked():
    soup = html_of(printed.report())

    assert soup.select_one(".lead").get_text(strip=True) == (
        "Safe mobility inTšoanelo.[1]"
    )
    assert [row.get_text(" ", strip=True) for row in soup.select(".sources tr")] == [
        f"[1] example.org {printed.SOURCE}" if n == 1 else "[2] Labour Act 2024, s.16"
        for n in (1, 2)
    ]
    assert "السلامة أولا†" in soup.get_text()
    assert soup.find(dir="rtl").get_text() == "السلامة أولا†"


def test_only_what_was_frozen_at_the_validation_is_no_draft():
    draft = html_of(printed.report(state="validated", version="1.0"))
    final = html_of(edition("public"))

    assert draft.select_one(".status").text == "Draft 1.0 – not validated"
    assert final.select_one(".status").text == (
        "Version 1.0 – validated on 28 February 2022"
    )
    assert [
        page.select_one("[data-watermark]")["data-watermark"] for page in (draft, final)
    ] == [
        "DRAFT",
        "",
    ]


def test_what_people_wrote_is_escaped():
    content = printed.report(title="<img src=x> & co", demonstration=False)

    soup = html_of(content)

    assert soup.select("img") == []
    assert soup.title.text == "<img src=x> & co"


def values(nodes):
    """Every text and amount that a reader must find in print."""
    for node in nodes:
        yield node["heading"]
        yield from values(node["children"])
        fields = node["fields"]
        yield from (fields.get("milestone"), fields.get("level_name"))
        yield from fields.get("partners", [])


def test_everything_in_the_snapshot_is_printed():
    content = printed.report()
    text = " ".join(html_of(content).get_text(" ").split())

    wanted = {
        value
        for document in content["documents"]
        for value in values(document["provisions"])
        if value
    }

    assert {value for value in wanted if value not in text} == set()
    for amount in ("M60 000", "M54 000"):
        assert amount.replace(" ", "\N{NO-BREAK SPACE}") in html_of(content).get_text()
