"""Members' workbooks: what is read, what is said, what is refused."""

import datetime as dt
import io
import shutil
import subprocess

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.sheets import Column, workbook
from governance.workbooks import Row, Sheet, Unreadable, read_workbook
from tests.environment import TIMES
from tests.governance.hostile_files import (
    HOSTILE,
    book,
    coloured,
    many_rows,
    parts,
    row,
    wide,
    zipped,
)

pytestmark = pytest.mark.once

OFFICE = shutil.which("soffice")


def cells(data, name="plan.xlsx"):
    return [r.cells for r in read_workbook(name, data).rows]


def one(attributes="", inside="<v>1</v>", **said):
    [[text]] = cells(book(row(f'<c r="A1" {attributes}>{inside}</c>'), **said))
    return text


def styled(code):
    """The styles of a workbook whose style 1 is a format of its own."""
    return (
        f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>'
    )


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_cannot_be_read_gets_one_sentence(case):
    name, made, sentence = HOSTILE[case]

    with pytest.raises(Unreadable) as refusal:
        read_workbook(name, made())

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("case", HOSTILE)
def test_the_sentence_is_one(case):
    sentence = HOSTILE[case][2]

    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


@pytest.mark.parametrize(
    ("attributes", "inside", "text"),
    [
        ("", "<v>12500</v>", "12500"),
        ("", "<v>12500.0</v>", "12500"),
        ("", "<v>12500.5</v>", "12500.5"),
        ("", "<v>-3</v>", "-3"),
        ("", "<v>-0</v>", "0"),
        ("", "<v>3.3000000000000003</v>", "3.3"),
        ("", "<v>1.25E+4</v>", "12500"),
        ("", "<v>1E-3</v>", "0.001"),
        ("", "<v>1E+15</v>", "1000000000000000"),
        ('t="b"', "<v>1</v>", "yes"),
        ('t="b"', "<v>0</v>", "no"),
        ('t="d"', "<v>2022-03-31T00:00:00</v>", "2022-03-31"),
        ('t="d"', "<v>2022-03-31T09:30:00Z</v>", "2022-03-31 09:30:00"),
        ('t="str"', "<f>A2</f><v>of a formula</v>", "of a formula"),
        ('t="inlineStr"', "<is><t>  'Mamakopoi </t></is>", "'Mamakopoi"),
        ('t="inlineStr"', "<is><r><t>one</t></r><r><t> word</t></r></is>", "one word"),
        ('t="inlineStr"', "<is><t>a_x000D_&#10;b_x005F_x0041_</t></is>", "a\nb_x0041_"),
        ('t="inlineStr"', "<is><t>a_x0000__x000B_b_xD800_</t></is>", "a\nb"),
        ('t="s"', "<v>0</v>", "東京 and = more"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(attributes, inside, text):
    texts = ["<r><t>東京</t></r><r><t> and = more</t></r><rPh><t>トウキョウ</t></rPh>"]

    assert one(attributes, inside, texts=texts) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("d mmm yyyy", "44651", "2022-03-31"),
        ("[$-409]d\\-mmm\\-yy;@", "44651.75", "2022-03-31"),
        ("yyyy-mm-dd hh:mm", "44651.75", "2022-03-31 18:00"),
        ("yyyy-mm-dd hh:mm", "44651", "2022-03-31"),
        ("mmm yyyy", "44621", "2022-03-01"),
        ("yyyy", "44621", "2022-03-01"),
        ("h:mm", "44651.75", "18:00"),
        ("h:mm:ss", "0.000011574", "00:00:01"),
        ("[h]:mm", "1.5", "36:00"),
        ("d/m/yyyy", "59", "1900-02-28"),
        ("d/m/yyyy", "60", "60"),
        ("d/m/yyyy", "61", "1900-03-01"),
        ("d/m/yyyy", "0", "0"),
        ("d/m/yyyy", "-5", "-5"),
        ("d/m/yyyy", "2958465", "9999-12-31"),
        ("d/m/yyyy h:mm", "2958465.9999999", "2958465.9999999"),
        ("d/m/yyyy", "2958466", "2958466"),
        ("0%", "0.07", "7%"),
        ("0.0%", "0.1235", "12.35%"),
        ("#,##0.00", "12500.5", "12500.5"),
        ("[Red]#,##0;[Blue]-#,##0", "-12500", "-12500"),
        ("0 &quot;days&quot;", "3", "3"),
        ("0\\d", "3", "3"),
        ("General", "3", "3"),
    ],
)
def test_a_number_is_what_its_format_makes_of_it(code, value, text):
    assert one('s="1"', f"<v>{value}</v>", styles=styled(code)) == text


@pytest.mark.parametrize(
    ("known", "value", "text"),
    [
        (9, "0.5", "50%"),
        (14, "44651", "2022-03-31"),
        (17, "44651", "2022-03-31"),
        (20, "0.5", "12:00"),
        (22, "44651.5", "2022-03-31 12:00"),
        (46, "1.5", "36:00"),
        (99, "44651", "44651"),
    ],
)
def test_the_formats_without_a_code_are_known(known, value, text):
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{known}"/></cellXfs>'

    assert one('s="1"', f"<v>{value}</v>", styles=styles) == text


def test_dates_may_count_from_1904():
    properties = '<workbookPr date1904="1"/>'

    text = one('s="1"', "<v>43189</v>", styles=styled("d/m/yy"), properties=properties)

    assert text == "2022-03-31"


def test_the_last_day_of_the_1904_calendar_is_no_error():
    properties = '<workbookPr date1904="1"/>'

    text = one(
        's="1"', "<v>2957004</v>", styles=styled("d/m/yy"), properties=properties
    )

    assert text == "2957004"


def test_a_style_that_is_missing_leaves_the_number():
    assert one('s="7"', "<v>44651</v>") == "44651"


def test_a_workbook_without_styles_and_texts_is_read():
    small = {
        name: content
        for name, content in parts(row()).items()
        if name not in {"xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml"}
    }
    small["xl/_rels/workbook.xml.rels"] = (
        small["xl/_rels/workbook.xml.rels"]
        .replace("sharedStrings", "theme")
        .replace('/styles"', '/theme"')
    )

    assert cells(zipped(small.items())) == [["1"]]


def test_rows_and_cells_without_a_place_follow_each_other():
    data = book(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    )

    assert cells(data) == [["1", "", "3"], ["4", "", ""]]


def test_names_may_have_a_prefix():
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )

    data = zipped((parts() | {"xl/worksheets/sheet1.xml": sheet}).items())

    assert cells(data) == [["1"]]


def test_empty_rows_are_skipped_and_counted():
    data = book(
        '<row r="2"><c r="B2"><v>1</v></c></row><row r="3"><c r="A3"/></row>'
        '<row r="7"><c r="A7"><v>2</v></c></row><row r="1048576"/>'
    )

    assert read_workbook("plan.xlsx", data) == Sheet(
        "Plan", [Row(2, ["", "1"]), Row(7, ["2", ""])]
    )


def test_the_largest_sheet_is_read():
    rows = many_rows(501).replace('<row r="1"><c r="A1"><v>1</v></c></row>', wide(60))

    sheet = read_workbook("plan.xlsx", book(rows))

    assert (len(sheet.rows), len(sheet.rows[0].cells)) == (501, 60)


def test_coloured_rows_below_the_list_do_not_count():
    data = book(
        row() + coloured(20_000).removeprefix('<row r="1"><c r="A1" s="1"/></row>')
    )

    assert cells(data) == [["1"]]


def test_a_size_that_the_sheet_declares_is_not_believed():
    data = book(row(), before='<dimension ref="A1:XFD1048576"/>')

    assert cells(data) == [["1"]]


def test_where_a_button_stands_is_no_cell():
    anchor = '<xdr:col hidden="1">1</xdr:col><xdr:row>1</xdr:row><c><v>9</v></c>'

    data = book('<row r="1048576"><c><v>1</v></c></row>', after=anchor)

    assert read_workbook("plan.xlsx", data) == Sheet("Plan", [Row(1048576, ["1"])])


def test_hidden_rows_are_left_out_and_named():
    data = book(
        '<row r="1"><c><v>1</v></c></row>'
        '<row r="2" hidden="1"><c><v>2</v></c><c><v>2</v></c></row>'
        '<row r="3" hidden="true"><c><v>3</v></c></row>'
        '<row r="4" hidden="1"><c/></row>'
        '<row r="9" hidden="1"><c><v>9</v></c></row>'
    )

    assert read_workbook("plan.xlsx", data) == Sheet(
        "Plan", [Row(1, ["1"])], ["Hidden rows were left out: 2–3, 9."]
    )


def test_hidden_columns_are_read_and_named():
    columns = '<cols><col min="1" max="1"/><col min="2" max="16384" hidden="1"/></cols>'

    sheet = read_workbook("plan.xlsx", book(wide(3), before=columns))

    assert sheet == Sheet(
        "Plan", [Row(1, ["0", "1", "2"])], ["Hidden columns were read too: B, C."]
    )


def test_formulas_are_read_as_values_and_named():
    data = book(
        row('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>')
        + '<row r="2"><c r="C2" t="str"><f t="shared" si="0"/><v>x</v></c></row>'
    )

    assert read_workbook("plan.xlsx", data) == Sheet(
        "Plan",
        [Row(1, ["2", "", ""]), Row(2, ["", "", "x"])],
        ["Formulas were read as their last values: A1, C2."],
    )


def test_a_formula_without_a_value_is_a_fault_of_its_cell():
    data = book(row('<c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v/></c>'))

    assert read_workbook("plan.xlsx", data) == Sheet(
        "Plan",
        [Row(1, ["1"])],
        ["Formulas without a value were read as empty: B1."],
        {
            (1, 1): "The value of this formula is not in the file; open it in Excel, "
            "save it and try again."
        },
    )


def test_an_error_is_a_fault_of_its_cell():
    data = book(row('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))

    assert read_workbook("plan.xlsx", data) == Sheet(
        "Plan",
        [Row(1, ["#DIV/0!"])],
        ["Formulas were read as their last values: A1."],
        {(1, 0): "This cell shows the error #DIV/0!; correct it in the file."},
    )


def test_months_merged_cells_other_sheets_and_links_are_named():
    data = book(
        row('<c r="A1" s="1"><v>44621</v></c>'),
        [("xl/externalLinks/externalLink1.xml", "<externalLink/>")],
        styles=styled("mmm yy"),
        sheets='<sheet name="Old" state="hidden" r:id="r4"/>'
        '<sheet name="Plan" r:id="r1"/><sheet name="Notes" r:id="r4"/>',
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )

    assert read_workbook("plan.xlsx", data) == Sheet(
        "Plan",
        [Row(1, ["2022-03-01"])],
        [
            "Only the sheet “Plan” was read, not “Old”, “Notes”.",
            "Links to other files were not followed; their last values were read.",
            "Cells that show only month and year were read as the day in them: A1.",
            "Merged cells were read as one cell and empty ones: A1–B1.",
        ],
    )


def test_a_long_list_is_cut_and_counted():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>1</f><v>1</v></c></row>' for n in range(1, 31)
    )

    [note] = read_workbook("plan.xlsx", book(rows)).notes

    names = ", ".join(f"A{n}" for n in range(1, 21))
    assert note == f"Formulas were read as their last values: {names} and 10 more."


def test_a_workbook_of_openpyxl_is_read():
    made = openpyxl.Workbook()
    made.active.title = "Work plan"
    made.active.append(["No.", "Activity", "Start", "Cost", "Done"])
    made.active.append([1, "'Mamakopoi\nmeets", dt.date(2022, 3, 31), 12500.5, True])
    made.active.append([2, "اجتماع", dt.datetime(2022, 1, 1, 9, 30), -3, False])
    out = io.BytesIO()
    made.save(out)

    assert read_workbook("plan.xlsx", out.getvalue()) == Sheet(
        "Work plan",
        [
            Row(1, ["No.", "Activity", "Start", "Cost", "Done"]),
            Row(2, ["1", "'Mamakopoi\nmeets", "2022-03-31", "12500.5", "yes"]),
            Row(3, ["2", "اجتماع", "2022-01-01 09:30", "-3", "no"]),
        ],
    )


def test_what_the_portal_exports_is_read():
    columns = [
        Column("No.", kind="whole"),
        Column("Name"),
        Column("Start", kind="date"),
    ]
    rows = [[1, "'M'e", dt.date(2022, 3, 31)], [2, "=1+1", None]]
    data = workbook("Plan", columns, rows, created=dt.datetime(2022, 1, 1))

    assert cells(data) == [
        ["No.", "Name", "Start"],
        ["1", "'M'e", "2022-03-31"],
        ["2", "=1+1", ""],
    ]


FLAT = """<?xml version="1.0"?><office:document
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles><number:date-style style:name="d"><number:day/>
<number:text>/</number:text><number:month/><number:text>/</number:text><number:year/>
</number:date-style><style:style style:name="day" style:family="table-cell"
 style:data-style-name="d"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Mosebetsi">
<table:table-row><table:table-cell office:value-type="string">
<text:p>'Mamakopoi</text:p><text:p>o teng</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12500.5"/>
<table:table-cell table:style-name="day" office:value-type="date"
 office:date-value="2022-03-31"/></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell
 office:value-type="string"><text:p>patiloe</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="3"/>
<table:table-row><table:table-cell table:number-columns-spanned="2"
 office:value-type="string"><text:p>=1+1</text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell table:formula="of:=[.B1]*2"
 office:value-type="float" office:value="25001"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>"""


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_a_workbook_of_libreoffice_is_read(tmp_path):
    source = tmp_path / "plan.fods"
    source.write_text(FLAT)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir"]

    subprocess.run(
        [*command, tmp_path, source], check=True, capture_output=True, timeout=180
    )

    data = (tmp_path / "plan.xlsx").read_bytes()
    assert read_workbook("plan.xlsx", data) == Sheet(
        "Mosebetsi",
        [
            Row(1, ["'Mamakopoi\no teng", "12500.5", "2022-03-31"]),
            Row(6, ["=1+1", "", "25001"]),
        ],
        [
            "Hidden rows were left out: 2.",
            "Formulas were read as their last values: C6.",
            "Merged cells were read as one cell and empty ones: A6–B6.",
        ],
    )


LETTER = st.one_of(
    st.sampled_from("'\"=+-@,;\t\n _x0Aل\u202eš"),
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
)
TEXT = st.text(LETTER, max_size=12).map(str.strip)


def seen(rows):
    """Rows as a reader gives them: none empty, all as long as the last cell in use."""
    width = max(
        (n for r in rows for n, text in enumerate(r, start=1) if text), default=0
    )
    return [r[:width] for r in rows if any(r)]


@st.composite
def tables(draw):
    width = draw(st.integers(1, 5))
    row = st.lists(TEXT, min_size=width, max_size=width)
    return draw(st.lists(row, min_size=1, max_size=6).filter(seen))


@settings(max_examples=60 * TIMES)
@given(tables())
def test_every_text_comes_back_from_a_workbook(rows):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            sheet.write_string(r, c, text)
    made.close()

    assert cells(out.getvalue()) == seen(rows)


WHOLE = book(
    many_rows(30) + '<row r="40"><c t="s"><v>1</v></c></row>',
    texts=["<t>a</t>", "<t>b</t>"],
    styles=styled("d/m/yyyy"),
)


@settings(max_examples=200 * TIMES)
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, len(WHOLE)),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(changes, end):
    data = bytearray(WHOLE)
    for place, byte in changes:
        data[place] = byte

    for damaged in (bytes(data), WHOLE[:end]):
        try:
            assert isinstance(read_workbook("plan.xlsx", damaged), Sheet)
        except Unreadable as refusal:
            assert str(refusal).endswith(".")


@settings(max_examples=200 * TIMES)
@given(
    st.sampled_from(
        sorted(name for name in parts() if name.endswith((".xml", ".rels")))
    ),
    st.integers(0, 2000),
    st.text(st.sampled_from('<>"&/=cvrtsA190x '), max_size=4),
)
def test_odd_xml_is_read_or_refused_and_nothing_else(name, place, text):
    whole = parts(row('<c r="A1" t="s" s="1"><v>0</v></c>'), texts=["<t>a</t>"])
    content = whole[name]
    whole[name] = content[:place] + text + content[place + 1 :]

    try:
        sheet = read_workbook("plan.xlsx", zipped(whole.items()))
    except Unreadable as refusal:
        assert str(refusal).endswith(".")
    else:
        assert isinstance(sheet, Sheet)
