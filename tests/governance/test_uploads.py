"""Files that people send: judged by their content, kept under their digest."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import Refused
from governance.uploads import checked, clean_name, stored_name

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
ZIP = b"PK\x03\x04\x14\x00"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
HTML = b"\n<!DOCTYPE html><script>alert(1)</script>"

ONLY = "Only PDF, PNG and JPG files are accepted."
PAGES = "Web pages and SVG drawings are not accepted; send a PDF, PNG or JPG."


def disagree(name):
    return f"The name “{name}” and the content of the file disagree."


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("Signed sheet.pdf", PDF, "pdf"),
        ("SCAN.PDF", PDF, "pdf"),
        ("seal.png", PNG, "png"),
        ("photo.jpg", JPG, "jpg"),
        ("photo.JPEG", JPG, "jpg"),
        ("../../etc/seal.png", PNG, "png"),
    ],
)
def test_a_file_is_what_its_content_and_its_name_say(name, data, kind):
    assert checked(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "The file is empty."),
        ("a.docx", ZIP, ONLY),
        ("a.gif", b"GIF89a", ONLY),
        ("pdf", b"PDF", ONLY),
        ("a.svg", SVG, PAGES),
        ("a.html", HTML, PAGES),
        ("a.pdf", ZIP, disagree("a.pdf")),
        ("a.pdf", b"\n" + PDF, disagree("a.pdf")),
        ("a.png", SVG, disagree("a.png")),
        ("a.jpg", HTML, disagree("a.jpg")),
        ("a.png", JPG, disagree("a.png")),
        ("a.exe", PDF, disagree("a.exe")),
        ("a.pdf.exe", PDF, disagree("a.pdf.exe")),
        ("no extension", PDF, disagree("no extension")),
        ("C:\\scans\\a.\u202epdf", ZIP, disagree("a.pdf")),
    ],
)
def test_every_other_file_is_refused_in_one_sentence(name, data, sentence):
    with pytest.raises(Refused) as refused:
        checked(name, data)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("size", "limit", "sentence"),
    [
        (
            3 * 1024**2 + 1,
            3 * 1024**2,
            "The file is 3.1 MB; at most 3 MB are accepted.",
        ),
        (5 * 1024**2, 2 * 1024**2, "The file is 5 MB; at most 2 MB are accepted."),
        (1537, 1536, "The file is 1.6 kB; at most 1.5 kB are accepted."),
    ],
)
def test_a_file_above_the_limit_is_refused_with_both_sizes(size, limit, sentence):
    with pytest.raises(Refused) as refused:
        checked("a.pdf", PDF.ljust(size), limit=limit)

    assert str(refused.value) == sentence


def test_a_file_of_exactly_the_limit_is_accepted():
    assert checked("a.pdf", PDF.ljust(3 * 1024**2)) == "pdf"


def test_a_file_is_kept_under_its_digest():
    digest = hashlib.sha256(PDF).hexdigest()

    assert stored_name(PDF, "pdf", "signed") == f"signed/{digest}.pdf"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Signed sheet.pdf", "Signed sheet.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\PS\\Sheet 1.pdf", "Sheet 1.pdf"),
        ("Tšeliso – lengolo.pdf", "Tšeliso – lengolo.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil_ 1.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        (".htaccess", "htaccess"),
        ("sheet.pdf. ", "sheet.pdf"),
        ("x" * 200 + ".pdf", "x" * 96 + ".pdf"),
        ("", "file"),
        ("../..", "file"),
    ],
)
def test_a_name_is_made_safe_to_offer(name, clean):
    assert clean_name(name) == clean


@given(st.text(max_size=300))
def test_no_name_holds_a_path_or_a_character_one_cannot_see(name):
    clean = clean_name(name)

    assert 1 <= len(clean) <= 100
    assert not set(clean) & set('/\\<>:"|?*')
    assert [c for c in clean if unicodedata.category(c)[0] == "C"] == []
    assert clean_name(clean) == clean
