"""The report as a Word file, made from the HTML that is printed as PDF.

The only module that knows how a Word file is put together; the same text gives the
same bytes. Nothing in it acts: no macro, no template, no field but the contents and
the page numbers, no address but those of links.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import parse_xml

from governance.word_excerpt import only_document, only_part, printed
from governance.word_html import DEEPEST, Writer, plain
from governance.word_paper import ITEM, LANDSCAPE, PORTRAIT, Paper, Place
from governance.word_xml import PLAIN, Look, R, el, field, field_end, run

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from governance.snapshot import Snapshot

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "pt": "pt-PT"}
EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST = 255  # of a property of the file
# What the empty file of python-docx brings along and nobody needs.
IDLE = ("/stylesWithEffects", "/customXml", "/thumbnail")


def report_docx(content: Snapshot) -> bytes:
    """The whole report, from its cover to its annexes."""
    return word_file(content, printed(content))


def part_docx(content: Snapshot, number: int) -> bytes:
    """One Part. Raises ValueError where the text has no such Part."""
    return word_file(content, only_part(printed(content), content, number))


def document_docx(content: Snapshot, kind: str) -> bytes:
    """One document: the chapter of that kind."""
    return word_file(content, only_document(printed(content), content, kind))


def word_file(content: Snapshot, root: Any) -> bytes:
    document = Document()
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(IDLE):
                owner.rels.pop(key)
    document.element.body[:] = []
    anchors = {element.get("id") for element in root.iter() if element.get("id")}
    paper = Paper(document, anchors)
    Writer(paper).walk(root.find("body"), Place(document.element.body))
    document.element.body.append(paper.section())
    dress(document, paper)
    add_margins(document, paper, content, root)
    name(document, content, root)
    return packed(document)


def dress(document: WordDocument, paper: Paper) -> None:
    """Give the file our styles, lists and settings."""
    language = get_language() or "en"
    facts = {"language": LANGUAGES.get(language, language)}
    levels = [
        {"number": n, "place": n + 1, "left": ITEM * (n + 1)}
        for n in range(DEEPEST + 1)
    ]
    lists = {"levels": levels, "lists": paper.lists, "hanging": ITEM}
    part = document.part
    for element, template, context in (
        (document.styles.element, "word/styles.xml", facts),
        (document.settings.element, "word/settings.xml", facts),
        (part.numbering_part.element, "word/numbering.xml", lists),
    ):
        element[:] = parse_xml(render_to_string(template, context))[:]


def add_margins(
    document: WordDocument, paper: Paper, content: Snapshot, root: Any
) -> None:
    """Headers and footers, one pair for upright pages and one for pages on their side."""
    made: dict[bool, list[Any]] = {}
    for section, turned in paper.sections:
        if turned not in made:
            made[turned] = margins(document, content, root, turned=turned)
        for place, (tag, key) in enumerate(made[turned]):
            reference = el(tag, type="default")
            reference.set(R + "id", key)
            section.insert(place, reference)


def margins(
    document: WordDocument, content: Snapshot, root: Any, *, turned: bool
) -> list[tuple[str, str]]:
    """The title and what warns of the text above; what tells it apart, and pages, below."""
    width = (LANDSCAPE if turned else PORTRAIT).width
    cover = root.find(".//section[@class='cover']")
    contents = root.find(".//section[@class='front contents']")
    warnings = [contents.get("data-watermark"), cover.get("data-notice")]
    version, reference = cover.get("data-version"), content.get("reference", "")
    if reference not in version:
        version = f"{reference} · {version}"
    part: Any = document.part
    header, header_key = part.add_header_part()
    footer, footer_key = part.add_footer_part()
    header.element[:] = [
        margin("Header", cover.get("data-title"), width, bold(warnings))
    ]
    footer.element[:] = [margin("Footer", version, width, pages())]
    return [("headerReference", header_key), ("footerReference", footer_key)]


def bold(words: list[str]) -> list[Any]:
    return [run(" · ".join(word for word in words if word), Look(bold=True))]


def pages() -> list[Any]:
    """`page 2 of 9`, counted by Word."""
    before, after = _("page"), _("of")
    return [
        run(f"{before} ", PLAIN),
        *field("PAGE"),
        run("1", PLAIN),
        field_end(),
        run(f" {after} ", PLAIN),
        *field("NUMPAGES"),
        run("1", PLAIN),
        field_end(),
    ]


def margin(style: str, left: str, width: int, right: list[Any]) -> Any:
    stop = el("tabs", el("tab", val="right", pos=width))
    properties = el("pPr", el("pStyle", val=style), stop)
    return el("p", properties, run(left, PLAIN), el("r", el("tab")), *right)


def name(document: WordDocument, content: Snapshot, root: Any) -> None:
    """What the file says of itself in Word's properties, as the cover says it."""
    cover = root.find(".//section[@class='cover']")
    said = {line.get("class"): plain(line) for line in cover.iter("p")}
    titles = [cover.get("data-title"), said.get("subtitle", "")]
    facts = document.core_properties
    facts.title = " – ".join(filter(None, titles))[:LONGEST]
    facts.subject = said["status"][:LONGEST]
    facts.author = facts.last_modified_by = said["committee"][:LONGEST]
    facts.created = facts.modified = dt.datetime.fromisoformat(content["date"])
    facts.keywords = content.get("reference", "")
    facts.language = LANGUAGES.get(root.get("lang"), root.get("lang"))
    facts.comments = ""


def packed(document: WordDocument) -> bytes:
    """The file, with the same date for every part: the bytes depend on the text alone."""
    loose, tight = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(tight, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(part))
    return tight.getvalue()
