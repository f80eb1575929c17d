"""Text that people wrote: inert as HTML, and found whatever its spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.text import fold, to_html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** and *italic*", "<p><strong>bold</strong> and <em>italic</em></p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("line\nbreak", "<p>line<br>\nbreak</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("a\u202eb\u200bc", "<p>abc</p>\n"),
        ("# no heading", "<p># no heading</p>\n"),
    ],
)
def test_restricted_markdown(written, shown):
    assert to_html(written) == shown


def test_a_link_leads_where_it_says():
    assert to_html("[au](https://au.int/)") == (
        '<p><a href="https://au.int/" rel="noopener nofollow">au</a></p>\n'
    )


def test_a_link_without_a_scheme_of_its_own_leads_nowhere():
    assert "href" not in to_html("[x](//evil.example/)")


@given(st.text(max_size=200))
def test_no_text_becomes_an_element_outside_the_list(text):
    for opening in ("<script", "<img", "<iframe", "<svg", "<style", "<object"):
        assert opening not in to_html(text).casefold()


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
