"""The toolbar over a text field, and paste from Word and others, in a real Chromium.

The page has the portal's policy for scripts and styles; every request is written down.
"""

import gzip
import json
from pathlib import Path

import pytest

from governance.text import to_html
from tests import hostile

pytestmark = [pytest.mark.browser]

STATIC = Path(__file__).parents[2] / "static"
SCRIPTS = ("textbar", "wordpaste")
SITE = "http://portal.example/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
LABELS = {
    "bar": "Formatting",
    "bold": "Bold",
    "italic": "Italic",
    "list": "List",
    "numbered": "Numbered",
    "link": "Link",
    "undo": "Undo",
    "count": "{n} of {max} characters",
}
PAGE = """<!doctype html><html lang=en><title>x</title>
<link rel=stylesheet href=/css/portal.css>
<script defer src=/js/textbar.js></script><script defer src=/js/wordpaste.js></script>
<label for=t>Text</label><textarea id=t data-markdown maxlength=20000 rows=8
data-labels='%s'></textarea><textarea id=other></textarea>"""


@pytest.fixture(scope="module")
def window(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.seen, page.complaints = [], []

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        page.seen.append(route.request.url)
        if path.startswith(("js/", "css/")):
            route.fulfill(path=STATIC / path)
        elif not path:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
            route.fulfill(body=PAGE % json.dumps(LABELS), headers=headers)
        else:
            route.abort()

    context.route("**/*", answer)
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
    yield page
    context.close()


@pytest.fixture
def page(window):
    window.goto(SITE)
    window.seen.clear()
    window.complaints.clear()
    return window


def write(page, text, start=0, end=None):
    """Put a text into the field, with a selection."""
    page.fill("#t", text)
    page.evaluate(
        "([start, end]) => document.querySelector('#t').setSelectionRange(start, end)",
        [start, len(text) if end is None else end],
    )


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def text(page):
    return page.input_value("#t")


def selected(page):
    return page.evaluate(
        "() => { const t = document.querySelector('#t');"
        " return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )


def paste(page, html, plain="plain", into="#t"):
    """Whether the script took the paste over, and what stands in the field."""
    taken = page.evaluate(
        """([into, html, plain]) => {
          const data = new DataTransfer();
          data.setData('text/plain', plain);
          if (html) data.setData('text/html', html);
          const field = document.querySelector(into);
          field.focus();
          return !field.dispatchEvent(new ClipboardEvent('paste',
            {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [into, html, plain],
    )
    return taken, page.input_value(into)


def pasted(page, html):
    return paste(page, html)[1]


# The toolbar


def test_the_buttons_say_what_they_do_and_can_be_tapped(page):
    buttons = page.get_by_role("group", name="Formatting").get_by_role("button")

    assert buttons.all_inner_texts() == [LABELS[name] for name in list(LABELS)[1:-1]]
    assert {button.get_attribute("type") for button in buttons.all()} == {"button"}
    assert all(button.bounding_box()["height"] >= 44 for button in buttons.all())


def test_a_field_without_the_attribute_is_left_alone(page):
    assert page.locator(".textbar").count() == 1
    assert paste(page, "<b>x</b>", into="#other") == (False, "")


@pytest.mark.parametrize(
    ("name", "mark"), [("Bold", "**"), ("Italic", "*")], ids=["bold", "italic"]
)
def test_emphasis_is_put_round_the_selected_words_and_taken_off(page, name, mark):
    write(page, "the Chair shall", 4, 10)

    press(page, name)

    assert text(page) == f"the {mark}Chair{mark} shall"
    assert selected(page) == "Chair"

    press(page, name)

    assert text(page) == "the Chair shall"


def test_italic_within_bold_keeps_the_bold(page):
    write(page, "**Chair**", 2, 7)

    press(page, "Italic")
    both = text(page)
    press(page, "Bold")

    assert (both, text(page)) == ("***Chair***", "*Chair*")


def test_without_a_selection_the_next_words_are_bold(page):
    write(page, "", 0, 0)

    press(page, "Bold")
    page.keyboard.type("new")

    assert text(page) == "**new**"


def test_bold_over_several_lines_marks_each_line(page):
    write(page, "one\n\n- two\n3. three")

    press(page, "Bold")

    assert text(page) == "**one**\n\n- **two**\n3. **three**"


@pytest.mark.parametrize(
    ("name", "listed"),
    [("List", "- one\n- two\n- three"), ("Numbered", "1. one\n2. two\n3. three")],
)
def test_three_lines_become_a_list_and_lines_again(page, name, listed):
    write(page, "one\ntwo\nthree", 1, 9)

    press(page, name)

    assert text(page) == listed

    press(page, name)

    assert text(page) == "one\ntwo\nthree"


def test_one_sort_of_list_becomes_the_other(page):
    write(page, "- one\n- two")

    press(page, "Numbered")

    assert text(page) == "1. one\n2. two"


def test_a_link_asks_for_what_is_missing(page):
    write(page, "the AU site", 4, 6)

    press(page, "Link")
    page.keyboard.type("au.int")

    assert text(page) == "the [AU](https://au.int) site"


def test_a_selected_address_becomes_a_link_whose_words_are_missing(page):
    write(page, "https://au.int")

    press(page, "Link")
    page.keyboard.type("AU")

    assert text(page) == "[AU](https://au.int)"


def test_undo_takes_back_the_last_step(page):
    write(page, "the Chair", 4, 9)
    press(page, "Bold")

    press(page, "Undo")

    assert text(page) == "the Chair"


def test_the_keyboard_makes_bold(page):
    write(page, "Chair")

    page.keyboard.press("Control+b")

    assert text(page) == "**Chair**"


def test_autosave_notices_what_a_button_did(page):
    page.evaluate("window.noticed = 0")
    write(page, "Chair")
    page.evaluate("document.addEventListener('input', () => { window.noticed += 1; })")

    press(page, "Bold")

    assert page.evaluate("window.noticed") == 1


def test_the_count_is_shown_when_the_field_is_nearly_full(page):
    write(page, "x" * 16_000)
    page.wait_for_timeout(400)
    before = page.get_by_role("status").inner_text()
    page.keyboard.press("End")
    page.keyboard.type("x")

    page.wait_for_timeout(400)

    assert (before, page.get_by_role("status").inner_text()) == (
        "",
        "16\u00a0001 of 20\u00a0000 characters",
    )


def test_nothing_is_put_in_beyond_the_longest_text(page):
    write(page, "x" * 19_998, 0, 0)
    press(page, "Bold")
    bold = text(page)

    taken, filled = paste(page, "<p>abcdef</p>")

    assert bold == "x" * 19_998
    assert (taken, filled) == (True, "ab" + "x" * 19_998)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_small(name):
    source = (STATIC / "js" / f"{name}.js").read_bytes()

    assert len(gzip.compress(source)) <= 3_000


# Paste

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:st1="urn:x" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15"><title>NCC</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} @list l0:level1 {mso-level-text:%1.;} --></style>
</head><body lang=EN-ZA style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
<p class=MsoNormal><b><span lang=EN-GB style='mso-ansi-language:EN-GB'>Article 4</span></b><b
style='mso-bidi-font-weight:normal'><span lang=EN-GB> Meetings</span></b><span lang=EN-GB>: the committee
meets in <st1:place w:st="on"><st1:City w:st="on">Maseru</st1:City></st1:place>, <i>at least</i>
<span style='font-weight:bold'>four</span> times&nbsp; a year.<o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-GB><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=EN-GB style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=EN-GB>The Chair calls it<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-add-space:auto;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if
!supportLists]><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>in writing<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>Members come<o:p></o:p></p>
<p class=MsoNormal>Then:<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>(a)<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>of all<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Second<o:p></o:p></p>
<p class=MsoNormal>See <a href="https://au.int/en/x_(y)"><span style='color:#0563C1'>the AU</span></a> or
<a href="mailto:ncc@gov.ls">write</a>.<a style='mso-comment-reference:MM_1'></a><span class=MsoCommentReference><a
class=msocomanchor id="_anchor_1" href="#_msocom_1">[MM1]</a></span><o:p></o:p></p>
<p class=MsoNormal>1. is typed, 5 * 3 * 2, M'e Ts'eliso, a_b, *x*<br>and - a dash<br>
- a second</p>
<table class=MsoTableGrid border=1><tr><td width=100 style='width:75pt'><p class=MsoNormal><b>No.</b><o:p></o:p></p></td>
<td><p class=MsoNormal>Task</p><p class=MsoNormal>and who</p></td></tr>
<tr><td><p class=MsoNormal>1</p></td><td><p class=MsoNormal>Meet</p></td></tr></table>
<!--EndFragment--><div style='mso-element:comment-list'><p>Mamello: check this</p></div></body></html>"""


def test_paste_from_word(page):
    assert pasted(page, WORD) == (
        "**Article 4 Meetings**: the committee meets in Maseru, *at least* **four** times a year.\n"
        "\n"
        "- The Chair calls it\n"
        "  - in writing\n"
        "- Members come\n"
        "\n"
        "Then:\n"
        "\n"
        "1. First\n"
        "   (a) of all\n"
        "2. Second\n"
        "\n"
        "See [the AU](https://au.int/en/x_%28y%29) or [write](mailto:ncc@gov.ls).\n"
        "\n"
        "1\\. is typed, 5 * 3 * 2, M'e Ts'eliso, a_b, \\*x\\*\n"
        "and - a dash\n"
        "\\- a second\n"
        "\n"
        "**No.**\tTask and who\n"
        "1\tMeet"
    )


def test_paste_from_google_docs(page):
    html = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;"
    id="docs-internal-guid-1a2b"><p dir="ltr" style="line-height:1.38;margin-top:0pt;"><span
    style="font-size:11pt;font-weight:400;white-space:pre-wrap;">The </span><span
    style="font-weight:700;font-style:normal;">quorum</span><span style="font-weight:400;"> is </span><span
    style="font-weight:700;font-style:italic;">half</span><span style="font-weight:400;font-style:italic;"> plus one</span></p>
    <ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;font-weight:400;" aria-level="1"><p dir="ltr"
    role="presentation"><span style="font-weight:400;">one</span></p></li><ul><li
    dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr"><span>deeper</span></p></li></ul><li><p><span>two</span></p></li></ul>
    <ol><li style="list-style-type:lower-alpha"><p>letter</p></li><li style="list-style-type:lower-alpha"><p>next</p></li></ol>
    </b><br class="Apple-interchange-newline">"""

    assert pasted(page, html) == (
        "The **quorum** is ***half*** *plus one*\n"
        "\n"
        "- one\n"
        "  - deeper\n"
        "- two\n"
        "\n"
        "a. letter\n"
        "b. next"
    )


def test_paste_from_libreoffice(page):
    html = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
    <title></title><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>
    <style type="text/css">@page { size: 21cm 29.7cm; margin: 2cm } p { line-height: 115% }</style></head>
    <body lang="en-ZA" link="#000080" dir="ltr"><p style="line-height: 100%; margin-bottom: 0cm">
    Komiti ea <b>Naha</b> le <i><b>Bofalli</b></i></p>
    <ol start="3"><li><p style="margin-bottom: 0cm">third</p></li>
    <li><p>fourth<br/>
    second line</p><p>second paragraph</p></li></ol>
    <ol type="i"><li><p>one</p><li><p>two</p></ol>
    <p><font color="#ff0000">red</font> <a href="/relative">no address</a></p></body></html>"""

    assert pasted(page, html) == (
        "Komiti ea **Naha** le ***Bofalli***\n"
        "\n"
        "3. third\n"
        "4. fourth\n"
        "   second line\n"
        "\n"
        "   second paragraph\n"
        "\n"
        "i. one\n"
        "ii. two\n"
        "\n"
        "red no address"
    )


@pytest.mark.parametrize(
    ("html", "markdown", "shown"),
    [
        ("<b>a:</b>b", "**a**:b", "<strong>a</strong>:b"),
        ("<b>Name:</b> b", "**Name:** b", "<strong>Name:</strong> b"),
        ("x<b> y </b>z", "x **y** z", "x <strong>y</strong> z"),
        ("<b>a</b><b>b</b>", "**ab**", "<strong>ab</strong>"),
        ("<b>a</b><i>b</i>", "**a***b*", "<strong>a</strong><em>b</em>"),
        (
            "<b>a<i>b</i></b>",
            "**a*****b***",
            "<strong>a</strong><em><strong>b</strong></em>",
        ),
        ("un<i>believ</i>able", "un*believ*able", "un<em>believ</em>able"),
        ("<b>é</b>té", "**é**té", "<strong>é</strong>té"),
        ("a\\*b", "a\\\\\\*b", "a\\*b"),
        ("[x](http://y.z)", "\\[x](http://y.z)", "[x](http://y.z)"),
        ("a_b_ _c_", "a_b\\_ \\_c\\_", "a_b_ _c_"),
        ("# x", "# x", "# x"),
        ("2) x", "2\\) x", "2) x"),
        ("2021", "2021", "2021"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;", "&lt;b&gt; &amp;amp;"),
        ('<a href="https://au.int">a [b] c</a>', "[a \\[b\\] c](https://au.int)", None),
        ('<a href="https://au.int"><img src=x></a>x', "x", "x"),
        (
            '<a href="https://au.int"><b>AU</b> site</a>',
            "[**AU** site](https://au.int)",
            None,
        ),
        ("the style = bold, one = 1", "the style = bold, one = 1", None),
        ("a <del>shall</del> <ins>may</ins>", "a may", "a may"),
        ("3&nbsp;480&nbsp;000", "3\u00a0480\u00a0000", None),
    ],
)
def test_what_is_pasted_is_read_as_it_looked(page, html, markdown, shown):
    found = pasted(page, f"<p>{html}</p>")

    assert found == markdown
    assert shown is None or to_html(found) == f"<p>{shown}</p>\n"


def test_a_paste_replaces_the_selection_and_can_be_taken_back(page):
    write(page, "old words", 0, 3)

    taken, filled = paste(page, "<b>new</b>")
    press(page, "Undo")

    assert (taken, filled, text(page)) == (True, "**new** words", "old words")


def test_autosave_notices_a_paste(page):
    page.evaluate(
        "window.noticed = 0;"
        "document.addEventListener('input', () => { window.noticed += 1; })"
    )

    paste(page, "<b>new</b>")

    assert page.evaluate("window.noticed") == 1


@pytest.mark.parametrize("html", ["", "<p></p>", "<style>p{}</style><img src=x>"])
def test_a_plain_paste_is_left_to_the_browser(page, html):
    assert paste(page, html) == (False, "")


def test_hostile_html_runs_nothing_asks_for_nothing_and_breaks_no_policy(page):
    markup = [*hostile.SCRIPTS.values(), *hostile.MUTATIONS.values()]
    markup += [*hostile.PICTURES.values(), *hostile.STYLES.values()]
    markup += [*hostile.ATTRIBUTES.values(), *hostile.LINKS.values()]

    for html in markup:
        page.fill("#t", "")
        paste(page, f"<p>{html}</p>")
        assert 'href="javascript' not in to_html(text(page))

    page.wait_for_timeout(200)
    assert (page.seen, page.complaints) == ([], [])
    assert page.locator("script").count() == 2


def test_a_paste_of_many_lines_is_cut_at_the_length_of_the_field(page):
    page.evaluate("document.addEventListener('input', () => { window.noticed = 1; })")
    html = "<p>The <b>member</b> shall <i>attend</i> it.</p>" * 1_000

    filled = pasted(page, html)

    assert filled == ("The **member** shall *attend* it.\n\n" * 1_000)[:20_000]
    assert page.evaluate("window.noticed") == 1
