"""Text that people wrote: inert as HTML, and found whatever its spelling."""

import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from governance.text import fold, normal, sanitised, to_html
from tests import hostile

pytestmark = pytest.mark.once

BITS = [
    *["*", "**", "_", "[", "](", ")", "<", ">", "\\", "- ", "1. ", "  ", "\n", "\n\n"],
    *["https://au.int", "javascript:", "mailto:", "//", "&#58;", '"', "'", "\t"],
    *["<script>", "<img src=x onerror=x>", "</p>", "word", "M'e", "\u202e", "\u200d"],
]
MARKUP = st.lists(st.sampled_from(BITS)).map("".join)
TEXTS = st.text(st.characters(exclude_categories=[])) | MARKUP
# Letters with many marks, joiners and the scripts that use them.
STACKS = st.text(
    st.sampled_from(
        "aé\u0301\u0316\u064b\u093c\u0958क\u094dی\u200c\u200d👩\ufe0f\u2329 \n\u200b"
    )
)

ALLOWED = {
    *[("p",), ("br",), ("em",), ("strong",), ("ul",), ("ol",), ("li",)],
    *[("ol", "start"), ("a", "href", "rel")],
}


def elements(html):
    """(tag, attribute names) of every element."""
    found = BeautifulSoup(html, "html.parser").find_all(True)
    return {(element.name, *sorted(element.attrs)) for element in found}


# The stored form


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a break\x0bof Word\u2028and of others", "a break\nof Word\nand of others"),
        ("  first  \n  second\t \n\n", "first\n  second"),
        ("Ts\u030celiso", "Tšeliso"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("sh\u200ball\u2060 n\ufeffot\u180e", "shall not"),
        ("a\x00b\x07c\x7fd\x9fe\tf", "abcde\tf"),
        ("a\ud800b\uffffc", "abc"),
        ("shall\U000e0020\U000e006eot", "shallot"),
        (
            "\u2067isolates\u2069 and mi\u00adgration",
            "\u2067isolates\u2069 and mi\u00adgration",
        ),
        ("mem\u200dber\u200c", "member"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\u0645\u200c\u200c\u062e", "\u0645\u200c\u062e"),
        ("a" + "\u0316" * 40, "a" + "\u0316" * 30),
    ],
)
def test_the_stored_form(written, stored):
    assert normal(written) == stored


@pytest.mark.parametrize("text", hostile.PLAIN.values(), ids=hostile.PLAIN)
def test_what_people_really_write_is_stored_letter_by_letter(text):
    assert normal(text) == unicodedata.normalize("NFC", text)


@given(TEXTS | STACKS)
def test_stored_text_is_composed_and_has_nothing_invisible(text):
    stored = normal(text)

    assert unicodedata.is_normalized("NFC", stored)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e]", stored
    )
    assert [line.rstrip() for line in stored.split("\n")] == stored.split("\n")
    stored.encode()


@pytest.mark.parametrize("text", hostile.CORPUS.values(), ids=hostile.CORPUS)
def test_a_hostile_text_can_be_stored(text):
    stored = normal(text)

    assert normal(stored) == stored
    assert stored.encode().decode() == stored


@given(TEXTS | STACKS)
def test_the_stored_form_of_a_stored_text_is_itself(text):
    assert normal(normal(text)) == normal(text)


@given(TEXTS)
def test_opening_and_saving_without_typing_changes_no_byte(text):
    stored = normal(text)

    posted = stored.replace("\n", "\r\n")  # as a browser sends a text field

    assert normal(posted.strip()) == stored


@given(TEXTS)
def test_what_is_stored_is_shown_as_what_was_typed(text):
    assert to_html(normal(text)) == to_html(text)


# HTML


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** and *italic*", "<p><strong>bold</strong> and <em>italic</em></p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("4. one\n5. two", '<ol start="4">\n<li>one</li>\n<li>two</li>\n</ol>\n'),
        ("line\nbreak", "<p>line<br>\nbreak</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](//evil.example/)", "<p>[x](//evil.example/)</p>\n"),
        ('[x](http://au.int "t")', '<p>[x](http://au.int "t")</p>\n'),
        ("[x](/home)", "<p>[x](/home)</p>\n"),
        ("a\u202eb\u200bc", "<p>abc</p>\n"),
        ("# no heading", "<p># no heading</p>\n"),
    ],
)
def test_restricted_markdown(written, shown):
    assert to_html(written) == shown


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("[au](https://au.int/)", "https://au.int/"),
        ("[a [b] c](HTTP://au.int)", "HTTP://au.int"),
        ("[x](https://au.int/a_(b))", "https://au.int/a_(b)"),
        ("[x]( <https://au.int/a> )", "https://au.int/a"),
        ("[mail](mailto:ncc@gov.ls)", "mailto:ncc@gov.ls"),
    ],
)
def test_a_link_leads_where_it_says(written, address):
    assert f'<a href="{address}" rel="noopener nofollow">' in to_html(written)


def test_the_second_wall_lets_no_address_through_without_a_scheme():
    assert sanitised('<a href="//evil.example">x</a><a href="data:,x">y</a>') == (
        '<a rel="noopener nofollow">x</a><a rel="noopener nofollow">y</a>'
    )


@given(TEXTS)
@example("[](HTTP://)")
@example('[x](https://au.int "title")')
@example("[x](https://au.int)\n\n3. *a*\n4. **b**\n\n- c\n  d")
def test_no_text_becomes_an_element_or_attribute_outside_the_list(text):
    assert elements(to_html(text)) <= ALLOWED


@pytest.mark.parametrize("text", hostile.CORPUS.values(), ids=hostile.CORPUS)
def test_no_hostile_text_becomes_an_element_outside_the_list(text):
    html = to_html(text)

    assert elements(html) <= ALLOWED
    assert sanitised(html) == html


@given(TEXTS)
def test_sanitising_again_changes_nothing(text):
    html = to_html(text)

    assert sanitised(html) == html


@pytest.mark.parametrize("nest", ["- ", "1. ", "- 1. "])
def test_lists_in_lists_lose_no_word(nest):
    html = to_html(nest * 1_000 + "deep")

    assert "deep" in html
    assert html.count("<li>") == 8


def test_lines_ever_deeper_lose_no_word():
    lines = "\n".join(f"{'  ' * n}- word{n}" for n in range(140))

    assert re.findall(r"word\d+", to_html(lines)) == [f"word{n}" for n in range(140)]


# Search


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tšeliso", "Ts'eliso"),
        ("Tšeliso", "tseliso"),
        ("'Mamakopoi", "’MAMAKOPOI"),
        ("lipuo", "dipuo"),
        ("Luma", "duma"),
        ("khotla", "kgotla"),
        ("São Tomé", "sao tome"),
    ],
)
def test_two_spellings_are_found_as_one(one, other):
    assert fold(one) == fold(other)
