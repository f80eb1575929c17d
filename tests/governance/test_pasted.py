"""Pasted blocks and CSV files."""

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from governance.workbooks import Row, Sheet, Unreadable, read_pasted, read_workbook
from tests.governance.test_workbooks import seen, tables

pytestmark = pytest.mark.once


def pasted(text):
    return [row.cells for row in read_pasted(text).rows]


def from_csv(data):
    return [row.cells for row in read_workbook("plan.csv", data).rows]


def as_excel_would_copy(rows):
    """Cells with a line break or a tab are quoted, and no others."""

    def copied(text):
        if any(mark in text for mark in "\n\t"):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join("\t".join(map(copied, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one", [["one"]]),
        ("1\tMeet\r\n2\tWrite\r\n", [["1", "Meet"], ["2", "Write"]]),
        ("1\tMeet\n2\tWrite", [["1", "Meet"], ["2", "Write"]]),
        ("1\tMeet\r2\tWrite\r", [["1", "Meet"], ["2", "Write"]]),
        ("1\t\t\n\t2\t\n", [["1", ""], ["", "2"]]),
        ('1\t"two\r\nlines"\t3\r\n', [["1", "two\nlines", "3"]]),
        ('"a ""b""\nc"', [['a "b"\nc']]),
        ('"a ""b""\nc"\n', [['a "b"\nc']]),
        ('a "b"\tc', [['a "b"', "c"]]),
        ('"b" road\tc', [['"b" road', "c"]]),
        ('"b"\tc', [['"b"', "c"]]),
        ('"5 inch\tc\nd\te', [['"5 inch', "c"], ["d", "e"]]),
        ('5"\t6"\n7"\t8"', [['5"', '6"'], ['7"', '8"']]),
        ("'Mamakopoi\t=1+1\t-3\t@x\t+1", [["'Mamakopoi", "=1+1", "-3", "@x", "+1"]]),
        ("  a \t\u00a0b\u00a0", [["a", "b"]]),
        ("a\x00\x07b\x0bc", [["ab\nc"]]),
        ("12,500\t1;2", [["12,500", "1;2"]]),
        ("اجتماع\tš", [["اجتماع", "š"]]),
    ],
)
def test_a_block_is_read_as_the_spreadsheet_shows_it(text, rows):
    assert pasted(text) == rows


def test_rows_keep_their_numbers():
    assert read_pasted('a\r\n\r\n"b\nb"\r\n\t\r\nc\r\n\r\n') == Sheet(
        "", [Row(1, ["a"]), Row(3, ["b\nb"]), Row(5, ["c"])]
    )


@given(tables())
def test_what_excel_copies_is_pasted_whole(rows):
    # A cell that begins with a quotation mark may read as the start of a longer one.
    assume(not any(text.startswith('"') for row in rows for text in row))

    assert pasted(as_excel_would_copy(rows)) == seen(rows)


@given(st.text(st.sampled_from('"\t\r\n a'), max_size=40))
def test_every_block_is_read_or_refused(text):
    try:
        rows = pasted(text)
    except Unreadable:
        rows = []

    letters = sum(cell.count("a") for row in rows for cell in row)
    assert letters == text.count("a") or not rows


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Nothing was pasted; copy the rows in your spreadsheet and paste them."),
        (
            " \t\r\n",
            "Nothing was pasted; copy the rows in your spreadsheet and paste them.",
        ),
        ("a\n" * 502, "There are more than 500 rows; send them in several parts."),
        (
            "a\t" * 60 + "b",
            "Column BI holds something and only columns A to BH are read; delete what is "
            "not needed and try again.",
        ),
        (
            "a\n\n\tš" + "b" * 32_767,
            "Cell B3 holds more than 32,767 characters; shorten it and try again.",
        ),
        (
            "š" * 1_048_577,
            "What you pasted is larger than 2 MB; paste the rows in several parts.",
        ),
    ],
)
def test_a_block_that_cannot_be_read_gets_one_sentence(text, sentence):
    with pytest.raises(Unreadable) as refusal:
        read_pasted(text)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_whatever_its_code_and_marks(code, end, mark):
    text = end.join([f"No.{mark}Name", f"1{mark}'M'e Tšeliso اجتماع", ""])

    sheet = read_workbook("Work plan.csv", text.encode(code))

    assert sheet == Sheet(
        "Work plan", [Row(1, ["No.", "Name"]), Row(2, ["1", "'M'e Tšeliso اجتماع"])]
    )


def test_a_western_csv_is_read_and_said():
    assert read_workbook("plan.csv", "No.;Café\n1;“x”\n".encode("cp1252")) == Sheet(
        "plan",
        [Row(1, ["No.", "Café"]), Row(2, ["1", "“x”"])],
        [
            "The file is not in UTF-8 and was read as Western European: if letters look "
            "wrong, save it in Excel as CSV UTF-8 and choose it again."
        ],
    )


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Work plan, 2022;;\nNo.;Who;Cost\n1;A;12,5\n2;B;3,5\n", 4),
        ("No.,Activity\n1,Meet; write; talk\n2,Rest; read\n", 3),
        ("One\nHold a workshop\n", 2),
        ("sep=;\nNo.;Who\n1;A\n", 2),
    ],
)
def test_the_mark_between_cells_is_the_one_that_makes_columns(text, rows):
    widths = {"Work": 3, "No.,": 2, "One\n": 1, "sep=": 2}

    found = from_csv(text.encode())

    assert (len(found), len(found[0])) == (rows, widths[text[:4]])


def test_the_line_that_names_the_mark_counts_as_a_row():
    assert read_workbook("a.csv", b"sep=;\r\n1,2;3\r\n").rows == [Row(2, ["1,2", "3"])]


def test_csv_rows_are_counted_as_excel_counts_them():
    data = b'a,b\r\n"1\r\n1",2\r\n\r\n3,"say ""x"""\r\n'

    assert read_workbook("a.csv", data).rows == [
        Row(1, ["a", "b"]),
        Row(2, ["1\n1", "2"]),
        Row(4, ["3", 'say "x"']),
    ]


@given(tables(), st.sampled_from(",;\t"))
def test_every_text_comes_back_from_a_csv(rows, mark):
    out = io.StringIO()
    out.write(f"sep={mark}\r\n")
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)

    assert from_csv(out.getvalue().encode()) == seen(rows)
