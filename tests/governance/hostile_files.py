"""Workbooks built part by part, and those that nobody should send.

`HOSTILE` maps what is wrong to the name of a file, its maker and the sentence it gets.
"""

import io
import struct
import zipfile

TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/></Types>"""
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """A ZIP of (name, content) pairs, in which names may repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def links(*targets):
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{LINK}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def parts(
    data="",
    *,
    before="",
    after="",
    texts=(),
    styles="",
    sheets='<sheet name="Plan" sheetId="1" r:id="r1"/>',
    properties="",
    mode="",
    **more,
):
    """The parts of a small workbook: `data` is what stands in its sheetData."""
    strings = "".join(f"<si>{text}</si>" for text in texts)
    own = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}">{properties}'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml", mode),
            ("sharedStrings", "sharedStrings.xml", ""),
            ("styles", "/xl/styles.xml", ""),
            ("worksheet", "worksheets/sheet2.xml", ""),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>",
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1"><v>2</v></c></row></sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    return own | more


def book(data="", more=(), **said):
    return zipped([*parts(data, **said).items(), *more])


def replaced(name, content):
    return zipped((parts(row()) | {name: content}).items())


def without(name):
    return zipped((n, c) for n, c in parts(row()).items() if n != name)


def row(cells='<c r="A1"><v>1</v></c>'):
    return f'<row r="1">{cells}</row>'


def many_rows(count):
    return "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, count + 1)
    )


def coloured(count):
    """Rows of empty cells, as a workbook has whose whole columns were coloured."""
    return "".join(
        f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, count + 1)
    )


def wide(count):
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(count))
    return f'<row r="1">{cells}</row>'


def doctype(kind, root):
    entities = {
        "laughs": '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">',
        "outside": '<!ENTITY c SYSTEM "file:///etc/passwd">',
    }[kind]
    return f"<!DOCTYPE {root} [{entities}]>"


def laughing():
    plain = parts(row('<c r="A1" t="inlineStr"><is><t>&c;</t></is></c>'))
    name = "xl/worksheets/sheet1.xml"
    return replaced(name, doctype("laughs", "worksheet") + plain[name])


def reaching_out():
    return replaced(
        "xl/sharedStrings.xml",
        doctype("outside", "sst") + f'<sst xmlns="{MAIN}"><si><t>&c;</t></si></sst>',
    )


def laughing_in_utf_16():
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>' + doctype("laughs", "sst") + "<sst/>"
    )
    return replaced("xl/sharedStrings.xml", text.encode("utf-16"))


def shared_too_often():
    cells = "".join('<c t="s"><v>0</v></c>' for _ in range(60))
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 401))
    return book(rows, texts=[f"<t>{'a word ' * 4000}</t>"])


def attributes():
    many = " ".join(f'a{n}=""' for n in range(400_000))
    return replaced("xl/styles.xml", f"<styleSheet {many}/>")


def attributes_in_many_tags():
    many = (" ".join(f'a{m}="{n * m:x}"' for m in range(80)) for n in range(5_001))
    return "".join(f"<a {some}/>" for some in many)


def truncated():
    return book(many_rows(400))[:-600]


def flipped():
    """A file with one byte changed on its way."""
    data = bytearray(book(many_rows(300)))
    data[data.index(b"xl/worksheets/sheet1.xml") + 200] ^= 0xFF
    return bytes(data)


def lying():
    """A bomb that declares a thousand bytes."""
    honest = zipped([*parts(row()).items(), ("xl/theme.xml", b"<a/>" * 2_250_000)])
    return honest.replace(struct.pack("<I", 9_000_000), struct.pack("<I", 1000))


def overlapping():
    """Two names for the same packed bytes, as the densest bombs have."""
    data = zipped([("xl/aa.xml", b" " * 1000), ("xl/bb.xml", b" " * 1000)])
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 42] + struct.pack("<I", 0) + data[at + 46 :]


def password_on_the_zip():
    data = bytearray(book(row()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def ole(content=b""):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + content


def word():
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def open_document():
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped([("mimetype", kind), ("content.xml", "<office:document-content/>")])


def cell(attributes="", inside="<v>1</v>"):
    return book(row(f"<c {attributes}>{inside}</c>"))


HIDDEN = (
    '<sheet name="A" sheetId="1" state="hidden" r:id="r1"/>'
    '<sheet name="B" sheetId="2" state="veryHidden" r:id="r4"/>'
)
SAME = b"<a/>" * (9 * 1024 * 256)

EMPTY = "The file is empty; choose the one that holds the rows."
KIND = (
    "Only .xlsx and .csv files are read; open the file in the program that made it, "
    "save it as .xlsx and try again."
)
OLD = "This is the older Excel format, .xls; open it in Excel, save it as .xlsx and try again."
LOCKED = (
    "The workbook is protected with a password; remove the password in Excel, save it as "
    ".xlsx and try again."
)
DAMAGED = (
    "The file is damaged or incomplete; open it in Excel, save it again as .xlsx and try "
    "again."
)
NO_ZIP = (
    "The file is named .xlsx but is not a workbook; open it in the program that made it, "
    "save it as .xlsx and try again."
)
NO_BOOK = (
    "There is no workbook in the file; open it in the program that made it, save it as "
    ".xlsx and try again."
)
WORD = "This is a Word document; copy the rows of its table and paste them instead."
MACROS = (
    "The workbook has macros, which are not accepted; in Excel save it as .xlsx, without "
    "macros, and try again."
)
OBJECTS = (
    "The workbook holds objects of other programs; copy the rows into a new workbook, "
    "save it as .xlsx and try again."
)
NESTED = (
    "The workbook holds another file inside it; delete that file from the sheet, save it "
    "and try again."
)
UNSEEN = (
    "Every sheet of the workbook is hidden; unhide the one with the rows, save it and try "
    "again."
)
NOTHING = "The sheet “Plan” is empty; put the rows on the first sheet."
UNSEEN_ROWS = (
    "Every row of the sheet “Plan” is hidden; unhide them, save the file and try again."
)
ROWS = "There are more than 500 rows; send them in several parts."
COLUMNS = (
    "Column BI holds something and only columns A to BH are read; delete what is not "
    "needed and try again."
)
LARGE = (
    "The file is larger than 2 MB; copy only the rows into a new workbook, save it as "
    ".xlsx and try again."
)
BOMB = (
    "The file unpacks to far more than its rows need; copy the rows into a new workbook, "
    "save it as .xlsx and try again."
)
PARTS = (
    "The file is made of more than 200 parts; copy the rows into a new workbook, save it "
    "as .xlsx and try again."
)
NAMES = (
    "The names inside the file are not those of a workbook; copy the rows into a new "
    "workbook, save it as .xlsx and try again."
)
DECLARED = (
    "The file holds declarations that no spreadsheet program writes; copy the rows into a "
    "new workbook, save it as .xlsx and try again."
)
CELLS = (
    "The file describes far more cells than it holds rows; copy the rows into a new "
    "workbook, save it as .xlsx and try again."
)
TEXT = "The cells hold more than 2,000,000 characters; send fewer rows."
CELL = "Cell A1 holds more than 32,767 characters; shorten it and try again."
NO_TEXT = (
    "The file is named .csv but is not text; open it in the program that made it, save it "
    "as .xlsx or CSV UTF-8 and try again."
)
LETTERS = (
    "The letters of the file cannot be read; save it in Excel as .xlsx or CSV UTF-8 and "
    "try again."
)
QUOTES = (
    "Row 2 cannot be read because a quotation mark is out of place or a cell is too long; "
    "correct it and try again."
)
NO_ROWS = "The file has no rows; choose the one that holds them."

X, C = "plan.xlsx", "plan.csv"
HOSTILE = {
    "nothing in a workbook": (X, lambda: b"", EMPTY),
    "nothing in a CSV": (C, lambda: b"", EMPTY),
    "a PDF": ("plan.pdf", lambda: b"%PDF-1.7", KIND),
    "an OpenDocument sheet": ("plan.ods", open_document, KIND),
    "a binary workbook": ("plan.xlsb", lambda: book(row()), KIND),
    "no ending": ("plan", lambda: book(row()), KIND),
    "an older workbook": ("plan.xls", ole, OLD),
    "an older workbook renamed": (X, ole, OLD),
    "a password": (X, lambda: ole("EncryptedPackage".encode("utf-16-le")), LOCKED),
    "a password on the ZIP": (X, password_on_the_zip, LOCKED),
    "truncated": (X, truncated, DAMAGED),
    "one byte changed": (X, flipped, DAMAGED),
    "text renamed": (X, lambda: b"No.,Activity\n1,Meet\n", NO_ZIP),
    "a picture renamed": (X, lambda: b"\x89PNG\r\n\x1a\n", NO_ZIP),
    "an archive": (X, lambda: zipped([("readme.txt", "hello")]), NO_BOOK),
    "an OpenDocument sheet renamed": (X, open_document, NO_BOOK),
    "a Word document": ("plan.docx", word, WORD),
    "a Word document renamed": (X, word, WORD),
    "a macro workbook": ("plan.xlsm", lambda: book(row()), MACROS),
    "macros renamed": (X, lambda: book(row(), [("xl/vbaProject.bin", ole())]), MACROS),
    "Excel 4 macros": (
        X,
        lambda: book(row(), [("xl/macrosheets/a.xml", "<a/>")]),
        MACROS,
    ),
    "an OLE object": (
        X,
        lambda: book(row(), [("xl/embeddings/oleObject1.bin", ole())]),
        OBJECTS,
    ),
    "an ActiveX control": (
        X,
        lambda: book(row(), [("xl/activeX/activeX1.bin", b"x")]),
        OBJECTS,
    ),
    "a ZIP inside": (X, lambda: book(row(), [("a.bin", zipped([("b", "b")]))]), NESTED),
    "every sheet hidden": (X, lambda: book(row(), sheets=HIDDEN), UNSEEN),
    "no cells": (X, lambda: book(), NOTHING),
    "only spaces": (X, lambda: cell('t="inlineStr"', "<is><t> \n </t></is>"), NOTHING),
    "every row hidden": (
        X,
        lambda: book('<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'),
        UNSEEN_ROWS,
    ),
    "502 rows": (X, lambda: book(many_rows(502)), ROWS),
    "61 columns": (X, lambda: book(wide(61)), COLUMNS),
    "too large": (X, lambda: b"PK\x03\x04" + b"\0" * 2 * 1024 * 1024, LARGE),
    "a bomb": (X, lambda: book(row(), [("xl/theme.xml", SAME)]), BOMB),
    "a bomb of one stored part": (
        X,
        lambda: book(row(), [("xl/theme.xml", SAME + SAME)]),
        BOMB,
    ),
    "a bomb in small pieces": (
        X,
        lambda: book(row(), [(f"xl/{n}.xml", SAME[:1_000_000]) for n in range(30)]),
        BOMB,
    ),
    "a bomb that lies": (X, lying, DAMAGED),
    "parts on top of each other": (X, overlapping, DAMAGED),
    "more than 200 parts": (
        X,
        lambda: book(row(), [(f"xl/{n}.xml", "<a/>") for n in range(200)]),
        PARTS,
    ),
    "a name that climbs": (X, lambda: book(row(), [("xl/../../x", "")]), NAMES),
    "an absolute name": (X, lambda: book(row(), [("/etc/passwd", "")]), NAMES),
    "a Windows name": (X, lambda: book(row(), [("C:\\x.dll", "")]), NAMES),
    "a name twice": (X, lambda: book(row(), [("XL/Workbook.xml", "")]), NAMES),
    "a rare compression": (
        X,
        lambda: zipped(parts(row()).items(), zipfile.ZIP_LZMA),
        DAMAGED,
    ),
    "a billion laughs": (X, laughing, DECLARED),
    "an external entity": (X, reaching_out, DECLARED),
    "laughs in UTF-16": (X, laughing_in_utf_16, DECLARED),
    "1,048,576 empty rows": (X, lambda: book('<row s="1"/>' * 1_048_576), BOMB),
    "180,000 coloured rows": (X, lambda: book(coloured(180_000)), CELLS),
    "one text in every cell": (X, shared_too_often, TEXT),
    "a text too long": (
        X,
        lambda: cell('t="inlineStr"', f"<is><t>{'x' * 32_768}</t></is>"),
        CELL,
    ),
    "a shared text too long": (
        X,
        lambda: book(row('<c t="s"><v>0</v></c>'), texts=[f"<t>{'x' * 400_000}</t>"]),
        CELL,
    ),
    "a cell nowhere": (X, lambda: cell('r="A0"'), DAMAGED),
    "a cell beyond the last column": (X, lambda: cell('r="XFE1"'), DAMAGED),
    "a cell in another row": (X, lambda: cell('r="A2"'), DAMAGED),
    "a cell twice": (X, lambda: book(row('<c r="A1"/><c r="A1"/>')), DAMAGED),
    "a row twice": (X, lambda: book('<row r="1"/><row r="1"/>'), DAMAGED),
    "a row beyond the last": (X, lambda: book('<row r="1048577"/>'), DAMAGED),
    "a row that is no number": (X, lambda: book('<row r="1_0"/>'), DAMAGED),
    "a number that is none": (X, lambda: cell("", "<v>nan</v>"), DAMAGED),
    "a number without end": (X, lambda: cell("", "<v>1e999</v>"), DAMAGED),
    "a sort of cell that is none": (X, lambda: cell('t="x"'), DAMAGED),
    "a text that is missing": (X, lambda: cell('t="s"', "<v>9</v>"), DAMAGED),
    "an area that is none": (
        X,
        lambda: book(row(), after='<mergeCell ref="A1:&lt;b&gt;"/>'),
        DAMAGED,
    ),
    "XML that does not close": (
        X,
        lambda: replaced("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"),
        DAMAGED,
    ),
    "an unknown encoding": (
        X,
        lambda: replaced("xl/workbook.xml", '<?xml version="1.0" encoding="x-y"?><a/>'),
        DAMAGED,
    ),
    "a tag without end": (X, attributes, DAMAGED),
    "400,000 attributes": (
        X,
        lambda: book(row(), before=attributes_in_many_tags()),
        CELLS,
    ),
    "no sheet in it": (X, lambda: without("xl/worksheets/sheet1.xml"), DAMAGED),
    "no list of sheets": (
        X,
        lambda: replaced("xl/workbook.xml", "<workbook/>"),
        DAMAGED,
    ),
    "a sheet on another server": (
        X,
        lambda: book(
            row(), mode=' TargetMode="External"', sheets='<sheet name="A" r:id="r1"/>'
        ),
        DAMAGED,
    ),
    "a CSV with a zero byte": (C, lambda: b"a,b\n1,\0\n", NO_TEXT),
    "a CSV with a bell": (C, lambda: b"a,b\n1,\x07\n", NO_TEXT),
    "a picture as CSV": (C, lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NO_TEXT),
    "a workbook as CSV": (C, lambda: book(row()), NO_TEXT),
    "a CSV of half letters": (C, lambda: "a,b".encode("utf-16") + b"\x00", LETTERS),
    "a CSV in no code": (C, lambda: b"a,b\n1,\x81\n", LETTERS),
    "a CSV with an open quotation": (C, lambda: b'a,b\n"1,2\n3,4\n', QUOTES),
    "a CSV with one endless line": (C, lambda: b"a,b\n" + b"x" * 1_000_000, QUOTES),
    "a CSV with a thousand columns": (
        C,
        lambda: b"1" + b",1" * 1000,
        COLUMNS.replace("BI", "ALM"),
    ),
    "a CSV of 502 rows": (C, lambda: b"a,b\n" * 502, ROWS),
    "a CSV of commas": (C, lambda: b",,\n" * 9, NO_ROWS),
}
