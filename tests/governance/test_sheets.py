"""Registers as spreadsheets, read back from the bytes."""

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.sheets import Column, workbook

pytestmark = pytest.mark.once

CREATED = dt.datetime(2021, 12, 8, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=2)))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORDER = ["text", "whole", "number", "date", "money"]


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return ElementTree.fromstring(book.read(name))


def texts(data):
    shared = part(data, "xl/sharedStrings.xml")
    found = ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in shared]
    return [
        re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text) for text in found
    ]


def number_format(data, style):
    sheet = part(data, "xl/styles.xml")
    own = {f.get("numFmtId"): f.get("formatCode") for f in sheet.iter(f"{MAIN}numFmt")}
    code = sheet.find(f"{MAIN}cellXfs")[style].get("numFmtId")
    return own.get(code) or {"0": "General", "1": "0", "4": "#,##0.00"}[code]


def cells(data, sheet=1):
    """Every cell that holds something: its place and what it holds."""
    known = texts(data)
    found = {}
    for cell in part(data, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}c"):
        assert cell.find(f"{MAIN}f") is None
        value = cell.findtext(f"{MAIN}v")
        if cell.get("t") == "s":
            found[cell.get("r")] = known[int(value)]
        elif value is not None:
            shown = number_format(data, int(cell.get("s")))
            found[cell.get("r")] = (float(value), shown)
    return found


def one(value, kind="text"):
    """What a spreadsheet with this one value holds under its heading."""
    return cells(
        workbook("T", [Column("A", kind=kind)], [[value]], created=CREATED)
    ).get("A2")


def test_each_kind_is_written_as_what_it_is():
    columns = [Column(kind.title(), kind=kind) for kind in ORDER]
    row = ["RES/2021/01", 12, 3.5, dt.date(2021, 12, 8), Decimal("1234.50")]

    assert cells(workbook("Register", columns, [row], created=CREATED)) == {
        "A1": "Text",
        "B1": "Whole",
        "C1": "Number",
        "D1": "Date",
        "E1": "Money",
        "A2": "RES/2021/01",
        "B2": (12.0, "0"),
        "C2": (3.5, "General"),
        "D2": (44538.0, "d mmm yyyy"),
        "E2": (1234.5, "#,##0.00"),
    }


@pytest.mark.parametrize("kind", ORDER)
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'quoted",
        "\t=1",
        "007",
        "https://au.int/",
        "_x0041_",
        "{=A1}",
    ],
)
def test_text_is_never_a_formula_a_number_or_a_link(text, kind):
    data = workbook("T", [Column("A", kind=kind)], [[text]], created=CREATED)

    shared = part(data, "xl/sharedStrings.xml")
    plain = text.replace("_x0041_", "_x005F_x0041_")
    assert shared[1].findtext(f"{MAIN}t") == plain
    assert list(part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}f")) == []
    assert list(part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}hyperlink")) == []


def test_text_that_would_become_a_formula_when_edited_is_quoted():
    data = workbook("T", [Column("A")], [["=1+1"], ["plain"]], created=CREATED)

    formats = part(data, "xl/styles.xml").find(f"{MAIN}cellXfs")
    quoted = {
        cell.get("r"): formats[int(cell.get("s"))].get("quotePrefix")
        for cell in part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}c")
    }
    assert quoted == {"A1": None, "A2": "1", "A3": None}


@pytest.mark.parametrize(
    ("value", "kind", "held"),
    [
        (None, "money", None),
        (True, "whole", "True"),
        (float("nan"), "number", "nan"),
        (Decimal("Infinity"), "money", "Infinity"),
        (10**15, "whole", "1000000000000000"),
        (10**400, "whole", str(10**400)),
        (2.5, "whole", (2.5, "General")),
        (Decimal("-0.05"), "money", (-0.05, "#,##0.00")),
        (dt.date(1868, 3, 12), "date", "1868-03-12"),
        (dt.datetime(2021, 12, 8, 9, 30), "date", (44538.0, "d mmm yyyy")),
        ("to be agreed", "date", "to be agreed"),
        ("Tšeliso\r\n‘Mamakopoi", "text", "Tšeliso\n‘Mamakopoi"),
        ("a\x00b\x1fc\ud800d\uffff", "text", "abcd"),
    ],
)
def test_what_a_column_cannot_hold_is_kept_as_text(value, kind, held):
    assert one(value, kind) == held


def test_a_cell_too_long_for_excel_is_cut_and_said_so():
    columns = [Column("No."), Column("Text")]
    rows = [["1", "fits" * 8191], ["2", "😀" * 20_000]]

    data = workbook("Comments", columns, rows, created=CREATED)

    assert cells(data)["B2"] == "fits" * 8191
    assert cells(data)["B3"] == "😀" * 16_383 + "…"
    assert cells(data, sheet=2)["A3"] == (
        "A cell holds 32,767 characters; these were shortened and end in “…”: Text 3."
    )


def test_the_second_sheet_says_what_the_first_is_and_when_it_was_made():
    notes = [
        "From https://portal.example/ncc/resolutions/",
        "Only adopted resolutions.",
    ]

    data = workbook("Resolutions", [Column("No.")], [], created=CREATED, notes=notes)

    assert cells(data, sheet=2) == {
        "A1": "Resolutions",
        "A2": "From https://portal.example/ncc/resolutions/",
        "A3": "Only adopted resolutions.",
        "A4": "Made on 8 December 2021 at 14:05.",
    }


@pytest.mark.parametrize(
    ("title", "sheet", "named"),
    [
        ("Resolutions", "", "Resolutions"),
        ("Resolutions", "Open", "Open"),
        (
            "Road-map: actions [2022/23] of every lead institution",
            "",
            "Road-map actions 2022 23 of eve",
        ),
        ("'Mamakopoi", "", "Mamakopoi"),
        ("😀" * 20, "", "😀" * 15),
        ("about", "", "Register"),
        ("History", "", "Register"),
        ("***", "", "Register"),
    ],
)
def test_a_sheet_has_a_name_that_excel_accepts(title, sheet, named):
    data = workbook(title, [Column("A")], [], created=CREATED, sheet=sheet)

    names = [s.get("name") for s in part(data, "xl/workbook.xml").iter(f"{MAIN}sheet")]
    assert names == [named, "About"]


def test_the_head_stays_filters_and_is_printed_on_every_landscape_a4_page():
    data = workbook(
        "R & D", [Column("A"), Column("B", width=40)], [["x", "y"]], created=CREATED
    )

    page = part(data, "xl/worksheets/sheet1.xml")
    names = part(data, "xl/workbook.xml").iter(f"{MAIN}definedName")
    formats = part(data, "xl/styles.xml")
    looks = formats.find(f"{MAIN}cellXfs")
    fonts = formats.find(f"{MAIN}fonts")
    head = looks[int(next(page.iter(f"{MAIN}c")).get("s"))]
    setup = page.find(f"{MAIN}pageSetup").attrib
    assert setup == {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    assert page.find(f"{MAIN}autoFilter").attrib == {"ref": "A1:B2"}
    assert next(page.iter(f"{MAIN}pane")).get("topLeftCell") == "A2"
    assert [n.text for n in names] == ["'R & D'!$A$1:$B$2", "'R & D'!$1:$1"]
    assert page.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") == "&LR && D&R&P / &N"
    assert fonts[int(head.get("fontId"))].find(f"{MAIN}b") is not None
    assert {
        (a.get("vertical"), a.get("wrapText"))
        for x in looks
        for a in x.iter(f"{MAIN}alignment")
    } == {("top", "1")}


def test_the_same_content_gives_the_same_bytes():
    made = [
        workbook("T", [Column("A")], [["x"], ["y"]], created=CREATED) for _ in range(2)
    ]

    assert made[0] == made[1]


def test_a_row_of_the_wrong_length_is_an_error():
    with pytest.raises(ValueError):
        workbook("T", [Column("A")], [["x", "y"]], created=CREATED)


@given(
    st.text(st.characters(exclude_categories=()), max_size=60), st.sampled_from(ORDER)
)
def test_any_text_and_title_give_a_file_that_opens(text, kind):
    data = workbook(
        text, [Column(text, kind=kind)], [[text]], created=CREATED, notes=[text]
    )

    assert set(cells(data)) <= {"A1", "A2"}
