"""The Word file: the words of the print, in Word's own headings, lists and tables, and
nothing in it that acts."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from governance import word
from governance.printing import report_html
from governance.word_html import Writer
from governance.word_paper import Paper, Place
from governance.word_xml import address, directed
from tests.environment import TIMES
from tests.governance import printed
from tests.governance.printed_proceedings import edition

pytestmark = pytest.mark.once

HEADINGS = ("Heading", "Front Heading")
CONTENTS = {
    "draft": lambda: printed.report(reference="LS-NCC-2021-001"),
    "public": lambda: edition("public"),
    "internal": lambda: edition("internal"),
}


def opened(data):
    return Document(io.BytesIO(data))


def one_line(text):
    return " ".join(re.sub(r"[ \t\r\n\f]+", " ", text).split(" ")).strip()


def said(element):
    """The words of an element of the file, a break or a new paragraph as a space."""
    pieces = []
    for part in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:p")):
        pieces.append(part.text if part.tag == qn("w:t") else " ")
    return one_line("".join(pieces))


def styled(document, start):
    return [
        said(paragraph._p)
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith(start)
    ]


def html_of(content):
    page = BeautifulSoup(report_html(content, ""), "html.parser")
    for tag in page.select("svg, table.toc"):
        tag.decompose()
    # In a file that can be changed, a digest proves nothing: its row is left out.
    page.select_one("table.facts").find_all("tr")[-1].decompose()
    for tag in page.select("br, p"):
        tag.insert_after(" ")
    return page


def cells(table):
    return [
        [one_line(cell.get_text()) for cell in row.find_all(["td", "th"])]
        for row in table.find_all("tr")
    ]


def word_cells(table):
    return [
        [said(cell) for cell in row.findall(qn("w:tc"))]
        for row in table._tbl.findall(qn("w:tr"))
    ]


@pytest.fixture(scope="module", params=CONTENTS)
def made(request):
    content = CONTENTS[request.param]()
    return content, word.report_docx(content)


def test_the_headings_are_those_of_the_print(made):
    content, data = made

    found = styled(opened(data), HEADINGS)

    assert found == [
        one_line(heading.get_text(" "))
        for heading in html_of(content).find_all(["h1", "h2", "h3", "h4"])
    ]


def test_a_heading_has_the_level_of_the_print(made):
    content, data = made

    levels = [
        int(p.style.name[-1])
        for p in opened(data).paragraphs
        if p.style.name.startswith("Heading")
    ]

    assert levels == [
        int(heading.name[1])
        for heading in html_of(content).find_all(["h1", "h2", "h3", "h4"])
        if "front" not in heading.get("class", [])
    ]


def test_every_table_has_the_cells_of_the_print(made):
    content, data = made

    tables = [word_cells(table) for table in opened(data).tables]

    assert tables == [cells(table) for table in html_of(content).find_all("table")]


def test_a_caption_stands_before_its_table(made):
    content, data = made

    document = opened(data)

    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert [said(p._p) for p in captions] == [
        one_line(caption.get_text()) for caption in html_of(content).find_all("caption")
    ]
    assert {p._p.getnext().tag for p in captions} == {qn("w:tbl")}


def test_the_rows_of_the_head_are_repeated_on_every_page(made):
    content, data = made

    marked = [
        [row.find(f".//{qn('w:tblHeader')}") is not None for row in table._tbl.tr_lst]
        for table in opened(data).tables
    ]

    assert marked == [
        [row.parent.name == "thead" for row in table.find_all("tr")]
        for table in html_of(content).find_all("table")
    ]


def test_the_text_of_the_print_is_there_word_for_word(made):
    content, data = made

    page = html_of(content)
    wanted = [one_line(p.get_text()) for p in page.select(".text p, .operative, li")]

    everything = said(opened(data).element.body)
    assert [text for text in wanted if text not in everything] == []


def test_the_widths_of_a_table_add_up_to_its_own(made):
    _content, data = made

    for table in opened(data).tables:
        widths = [int(col.get(qn("w:w"))) for col in table._tbl.tblGrid]
        whole = int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))
        assert sum(widths) == whole <= 14_004


def relations(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [
            relation
            for name in file.namelist()
            if name.endswith(".rels")
            for relation in etree.fromstring(file.read(name))
        ]


def external(data):
    return [r.get("Target") for r in relations(data) if r.get("TargetMode")]


def codes(data):
    """The code of every field of the file, in whichever part it stands."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if name.endswith(".xml"):
                root = etree.fromstring(file.read(name))
                found += [i.text.split()[0] for i in root.iter(qn("w:instrText"))]
                assert list(root.iter(qn("w:fldSimple"))) == []
    return found


def test_only_the_contents_and_the_page_numbers_are_fields(made):
    _content, data = made

    assert set(codes(data)) == {"TOC", "PAGE", "NUMPAGES"}
    assert codes(data).count("TOC") == 1


def test_no_part_of_the_file_acts(made):
    _content, data = made

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = {re.sub(r"\d+", "", name) for name in file.namelist()}

    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer.xml",
        "word/header.xml",
        "word/media/image.png",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme.xml",
        "word/webSettings.xml",
    }


def test_every_link_inside_the_file_finds_its_place(made):
    _content, data = made

    body = opened(data).element.body

    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    wanted = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(names) == len(set(names))
    assert wanted - {None} <= set(names)


def test_links_lead_to_the_sources_of_the_print(made):
    content, data = made

    links = html_of(content).select('a[href^="http"]')

    assert external(data) == [link["href"] for link in links]


def test_the_same_text_gives_the_same_bytes(made):
    content, data = made

    assert word.report_docx(content) == data


def test_the_file_says_what_it_is():
    content = CONTENTS["draft"]()

    facts = opened(word.report_docx(content)).core_properties

    assert (
        facts.title,
        facts.subject,
        facts.author,
        facts.keywords,
        facts.language,
        f"{facts.created:%Y-%m-%d}",
    ) == (
        "Strengthening Migration Governance",
        "Draft 0.1 – not validated",
        "Lesotho National Consultative Committee",
        "LS-NCC-2021-001",
        "en-GB",
        "2022-12-31",
    )


def margins_of(data, kind):
    return {
        said(part._element)
        for s in opened(data).sections
        for part in [getattr(s, kind)]
    }


def test_a_draft_says_so_on_every_page():
    data = word.report_docx(CONTENTS["draft"]())

    (header,), (footer,) = margins_of(data, "header"), margins_of(data, "footer")

    assert header == "Strengthening Migration Governance DRAFT · Demonstration data"
    assert re.fullmatch(
        r"LS-NCC-2021-001 · Draft 0\.1 – not validated · [0-9a-f]{16} page 1 of 1",
        footer,
    )


def test_a_validated_report_says_which_on_every_page():
    content = CONTENTS["public"]()

    footers = margins_of(word.report_docx(content), "footer")

    assert footers == {
        "LS-NCC-2021-001 · Version 1.0 · "
        f"{content['proceedings']['fingerprint']} page 1 of 1"
    }


def test_the_cover_is_that_of_the_print_and_says_that_this_is_a_copy():
    content = CONTENTS["internal"]()

    document = opened(word.report_docx(content))

    cover = html_of(content).select_one(".cover")
    lines = [one_line(p.get_text()) for p in cover.find_all("p")]
    copy = (
        "This is a copy to work with. The validated report is the PDF; what is changed"
        " here does not change it."
    )
    paragraphs = [said(p._p) for p in document.paragraphs if said(p._p)]
    assert paragraphs[: len(lines) + 1] == [*lines, copy]


def test_wide_tables_stand_on_pages_on_their_side_and_no_page_is_empty():
    document = opened(word.report_docx(CONTENTS["internal"]()))

    ways = [section.orientation.name for section in document.sections]
    texts, words = [], ""
    for block in document.element.body:
        words += said(block)
        if (
            block.tag == qn("w:sectPr")
            or block.find(f".//{qn('w:sectPr')}") is not None
        ):
            texts.append(words)
            words = ""
    assert ways == ["PORTRAIT", "LANDSCAPE"] * (len(ways) // 2) + ["PORTRAIT"] * (
        len(ways) % 2
    )
    assert len(ways) > 2
    assert all(texts)


def test_a_drawing_is_described():
    document = opened(word.report_docx(CONTENTS["draft"]()))

    said_of = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]

    assert said_of[0] == "Organogram of the committee's bodies"
    assert len(said_of) == len(html_drawings(CONTENTS["draft"]()))


def html_drawings(content):
    return BeautifulSoup(report_html(content, ""), "html.parser").find_all("svg")


def test_a_drawing_in_another_script_is_left_to_the_pdf():
    content = printed.report(documents=[printed.structure()])
    content["documents"][0]["provisions"][0]["heading"] = "الوزير"

    document = opened(word.report_docx(content))

    assert len(document.inline_shapes) == 0
    assert "The drawing “Organogram of the committee's bodies” is in the PDF." in [
        p.text for p in document.paragraphs
    ]


# -- one Part, one document


def numbers(document):
    return [text.split()[0] for text in styled(document, "Heading 2")]


@pytest.mark.parametrize(
    ("part", "title", "chapters"),
    [
        (1, "Part I: Governance framework", ["1", "2"]),
        (3, "Part III: Annual implementation", ["3"]),
        (5, "Part V: Workshop, resolutions and roadmap", ["4", "5", "6"]),
    ],
)
def test_a_part_alone_keeps_the_numbers_of_the_whole(part, title, chapters):
    document = opened(word.part_docx(CONTENTS["public"](), part))

    assert numbers(document) == chapters
    assert styled(document, "Subtitle") == [title]
    assert styled(document, "Heading 1") == [title.replace(":", "")]


def test_a_part_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="2 is not in list"):
        word.part_docx(CONTENTS["draft"](), 2)


def test_a_document_alone_keeps_its_number_and_the_sources_it_names():
    content = CONTENTS["draft"]()

    direction = opened(word.document_docx(content, "governance.StrategicDirection"))
    structure = opened(word.document_docx(content, "governance.Structure"))

    assert (numbers(direction), numbers(structure)) == (["1"], ["2"])
    assert "Sources of Part I" in styled(direction, "Heading 3")
    assert "Sources of Part I" not in styled(structure, "Heading 3")
    assert styled(structure, "Subtitle") == ["Structure"]


def test_the_contents_of_an_excerpt_are_its_own():
    document = opened(word.part_docx(CONTENTS["public"](), 3))

    contents = [text for text in styled(document, ("toc", "TOC")) if text]

    headings = styled(document, ("Heading 1", "Heading 2", "Heading 3"))
    assert contents == headings


def test_the_acronyms_of_an_excerpt_are_its_own():
    document = opened(word.document_docx(CONTENTS["draft"](), "governance.Structure"))

    shown = {row[0] for table in document.tables for row in word_cells(table)}

    whole = said(document.element.body)
    listed = [short for short in shown if re.fullmatch(r"[A-Z]{2,}", short)]
    assert all(whole.count(short) > 1 for short in listed)


# -- pieces


def written(html):
    """A snippet of print as a file of its own."""
    document = Document()
    document.element.body[:] = []
    root = etree.fromstring(f"<body>{html}</body>")
    paper = Paper(document, {e.get("id") for e in root.iter() if e.get("id")})
    Writer(paper).walk(root, Place(document.element.body))
    return document.element.body, paper


def test_numbered_lists_begin_anew_and_bullets_go_deeper():
    body, paper = written(
        "<ol><li>a</li><li>b</li></ol>"
        '<ol start="4"><li>c<ul><li>d</li></ul></li></ol><ul><li></li></ul>'
    )

    found = [
        (
            said(p),
            p.find(f".//{qn('w:numId')}").get(qn("w:val")),
            p.find(f".//{qn('w:ilvl')}").get(qn("w:val")),
        )
        for p in body
    ]

    assert found == [
        ("a", "2", "0"),
        ("b", "2", "0"),
        ("c", "3", "0"),
        ("d", "1", "1"),
        ("", "1", "0"),
    ]
    assert [(n.number, n.level, n.first) for n in paper.lists] == [(2, 0, 1), (3, 0, 4)]


def test_the_second_paragraph_of_an_item_has_no_bullet():
    body, _paper = written("<ul><li><p>one</p><p>two</p></li></ul>")

    assert [p.find(f".//{qn('w:numPr')}") is not None for p in body] == [True, False]


def test_bold_italic_raised_and_line_breaks_are_kept():
    (paragraph,), _paper = written(
        "<p> a\n <b>b</b> <em>c</em><sup>1</sup><br/> d\t</p>"
    )

    found = [
        (
            "".join(t.text for t in r.iter(qn("w:t"))),
            [
                p.tag.rpartition("}")[2]
                for p in r.iter()
                if p.getparent() is not None and p.getparent().tag == qn("w:rPr")
            ],
        )
        for r in paragraph.findall(qn("w:r"))
    ]

    assert found == [
        ("a ", []),
        ("b", ["b", "bCs"]),
        (" ", []),
        ("c", ["i", "iCs"]),
        ("1", ["vertAlign"]),
        ("", []),
        ("d", []),
    ]


def test_cells_that_span_columns_and_rows_are_joined():
    body, _paper = written(
        "<table><tbody>"
        '<tr><td rowspan="3">a</td><td colspan="2">b</td></tr>'
        '<tr><td>c</td><td rowspan="2">d</td></tr><tr><td>e</td></tr><tr><td>f</td></tr>'
        "</tbody></table>"
    )

    def shape(cell):
        span, merge = (cell.tcPr.find(qn(name)) for name in ("w:gridSpan", "w:vMerge"))
        return (
            said(cell),
            1 if span is None else int(span.get(qn("w:val"))),
            None if merge is None else merge.get(qn("w:val"), "goes on"),
        )

    rows = [[shape(cell) for cell in row.tc_lst] for row in body[0].tr_lst]
    assert rows == [
        [("a", 1, "restart"), ("b", 2, None)],
        [("", 1, "goes on"), ("c", 1, None), ("d", 1, "restart")],
        [("", 1, "goes on"), ("e", 1, None), ("", 1, "goes on")],
        [("f", 1, None), ("", 2, None)],
    ]


def test_tables_that_follow_each_other_stay_two():
    table = "<table><tbody><tr><td>a</td></tr></tbody></table>"

    body, _paper = written(table + table)

    assert [e.tag.rpartition("}")[2] for e in body] == ["tbl", "p", "tbl"]


def test_a_long_row_may_go_on_on_the_next_page():
    body, _paper = written(
        f"<table><tbody><tr><td>{'a ' * 1000}</td></tr><tr><td>b</td></tr></tbody></table>"
    )

    assert [row.find(f".//{qn('w:cantSplit')}") is None for row in body[0].tr_lst] == [
        True,
        False,
    ]


def test_a_text_from_right_to_left_says_so():
    (paragraph,), _paper = written('<p dir="rtl">السلامة NCC أولا 12</p>')

    found = [
        (
            "".join(t.text for t in r.iter(qn("w:t"))),
            r.find(f".//{qn('w:rtl')}") is not None,
        )
        for r in paragraph.findall(qn("w:r"))
    ]

    assert paragraph.find(f".//{qn('w:bidi')}") is not None
    assert found == [("السلامة ", True), ("NCC", False), (" أولا 12", True)]


def test_a_word_from_right_to_left_in_an_english_line():
    assert list(directed("the word سلامة here", rtl=False)) == [
        ("the word ", False),
        ("سلامة", True),
        (" here", False),
    ]


@given(st.text(), st.booleans())
def test_no_letter_is_lost_between_directions(text, rtl):
    assert "".join(piece for piece, _way in directed(text, rtl=rtl)) == text


# -- hostile text


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        (
            "https://example.org/a b?q=é&r=1#x",
            "https://example.org/a%20b?q=%C3%A9&r=1#x",
        ),
        ("http://example.org:8080/100%", "http://example.org:8080/100%25"),
        ("https://example.org/%41", "https://example.org/%41"),
        ("mailto:a.b@example.org", "mailto:a.b@example.org"),
        ("mailto:a@example.org?bcc=b@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("\\\\server\\share", ""),
        ("//example.org", ""),
        ("http://user:pass@example.org/", ""),
        ("http://[bad", ""),
        ("http://exa mple.org", ""),
        ("http://", ""),
        ("https://example.org/" + "a" * 3000, ""),
        ("mailto:", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(href, kept):
    assert address(href) == kept


@given(
    st.text() | st.text().map("http://a/".__add__) | st.text().map("mailto:a@b".__add__)
)
def test_an_address_is_always_one_that_word_reads(href):
    found = address(href)

    assert found == "" or re.fullmatch(r"(https?://|mailto:)[!-~]+", found)


HOSTILE = {
    "markup": "<script>alert(1)</script><w:p/>]]>&amp;<!--",
    "controls": "a\x00b\x0bc\x1fd\x7f\ufffe\uffff",
    "field": '{ INCLUDETEXT "c:\\\\secret.txt" } DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"',
    "formula": "=HYPERLINK(\"http://evil.example\")\t=cmd|' /C calc'!A0",
    "bidi": "abc\u202edcba\u2066x\u2069 \u200bzero\ufeffwidth",
    "lines": "one\r\ntwo\u2028three\x85four",
    "emoji": "👩‍👩‍👧 \U0001f600",
    "long word": "x" * 20_000,
    "long text": "word " * 4_000,
    "entity": "&lt;b&gt; &#0; &nbsp; &bogus;",
}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def hostile(text):
    body = text.replace("\r\n", "\n\n")
    return printed.report(
        title=text[:200],
        subtitle=text[:300],
        committee=printed.report()["committee"] | {"name": text[:200]},
        documents=[
            printed.document(
                "governance.StrategicDirection",
                text[:200],
                [
                    printed.node(
                        "statement",
                        text[:20],
                        text,
                        body,
                        kind="vision",
                        basis="fact",
                        sources=[text, f"https://{text}"],
                    ),
                    printed.node(
                        "strategic_objective",
                        text[:10],
                        text,
                        owner={"code": text[:12], "name": text},
                        co_owner=None,
                        alignments=[],
                        basis="fact",
                        sources=[text],
                    ),
                ],
            )
        ],
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name):
    content = hostile(HOSTILE[name])

    data = word.report_docx(content)

    document = opened(data)
    page = BeautifulSoup(UNWRITABLE.sub("", report_html(content, "")), "html.parser")
    assert set(codes(data)) == {"TOC", "PAGE", "NUMPAGES"}
    assert all(re.match("https?://|mailto:", target) for target in external(data))
    assert one_line(page.select_one("h2").get_text()) in styled(document, "Heading 2")
    assert [word_cells(table) for table in document.tables][-1] == cells(
        page.find_all("table")[-1]
    )


@settings(max_examples=15 * TIMES)
@given(st.text(min_size=1, max_size=60))
def test_any_text_makes_a_file_that_opens(text):
    document = opened(word.report_docx(hostile(text)))

    assert document.paragraphs


# -- another program


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_every_part(tmp_path):
    content = CONTENTS["internal"]()
    (tmp_path / "report.docx").write_bytes(word.report_docx(content))

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            tmp_path,
            tmp_path / "report.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = one_line((tmp_path / "report.txt").read_text("utf-8-sig"))

    for sentence in [
        content["title"],
        "Safe mobility in Tšoanelo.",
        "Prepare the options paper",
        "the report as recorded in the comments matrix",
        "Comment 3: the text says too little on costs and on who pays.",
    ]:
        assert sentence in text, sentence
