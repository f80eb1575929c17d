"""The printed text as a tree, whole or one Part or document of it, for a Word file.

What is taken out keeps the numbers that it has in the whole report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _
from lxml import etree

from governance.acronyms import WORD
from governance.pdf import DOCTYPE
from governance.printing import is_validated, report_html
from governance.printing_parts import PARTS
from governance.sheets import UNWRITABLE

if TYPE_CHECKING:
    from governance.snapshot import Snapshot

PROCEEDINGS = 5  # the Part that a validated report has besides its documents


def printed(content: Snapshot) -> Any:
    """The whole printed text, with what is different about a file that can be changed."""
    html = UNWRITABLE.sub("", report_html(content, ""))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=True
    )
    root = etree.fromstring(html.removeprefix(DOCTYPE).encode(), parser)
    # A digest proves nothing of a file that anybody can change.
    digest = root.find(".//table[@class='facts']/tbody/tr[last()]")
    digest.getparent().remove(digest)
    note = etree.SubElement(root.find(".//section[@class='cover']"), "p")
    note.set("class", "digest")
    note.text = warning(content)
    return root


def warning(content: Snapshot) -> str:
    if is_validated(content):
        return _(
            "This is a copy to work with. The validated report is the PDF; what is"
            " changed here does not change it."
        )
    return _(
        "This is a copy to read and print. What is changed here does not change the"
        " text in the portal."
    )


def part_numbers(content: Snapshot) -> list[int]:
    """The Parts of a text, in the order in which they are printed."""
    numbers = {
        apps.get_model(document["kind"]).part for document in content["documents"]
    }
    return sorted(numbers) + ([PROCEEDINGS] if content.get("proceedings") else [])


def part_title(number: int) -> str:
    if number == PROCEEDINGS:
        return _("Part V: Workshop, resolutions and roadmap")
    numeral, title = PARTS[number]
    return _("Part %(numeral)s: %(title)s") % {"numeral": numeral, "title": title}


def only_part(root: Any, content: Snapshot, number: int) -> Any:
    """The tree without the other Parts. Raises ValueError where there is no such Part."""
    place = part_numbers(content).index(number)
    parts = [section for section in root.find("body") if is_part(section)]
    for section in parts:
        if section is not parts[place]:
            section.getparent().remove(section)
    return excerpt(root, part_title(number))


def only_document(root: Any, content: Snapshot, kind: str) -> Any:
    """The tree with one document alone, and the sources it names."""
    own = [d for d in content["documents"] if d["kind"] == kind]
    number = apps.get_model(kind).part
    siblings = [
        d for d in content["documents"] if apps.get_model(d["kind"]).part == number
    ]
    only_part(root, content, number)
    part = next(section for section in root.find("body") if is_part(section))
    chapters = part.findall("section[@class='chapter']")
    for place, chapter in enumerate(chapters):
        if siblings[place] is not own[0]:
            part.remove(chapter)
    named = {link.get("href") for link in part.iter("a")}
    for row in part.findall("section[@class='sources']/table/tbody/tr"):
        if f"#{row[0].get('id')}" not in named:
            row.getparent().remove(row)
    for sources in part.findall("section[@class='sources']"):
        if sources.find("table/tbody/tr") is None:
            part.remove(sources)
    return excerpt(root, own[0]["title"])


def is_part(section: Any) -> bool:
    return "part" in section.get("class", "").split()


def excerpt(root: Any, title: str) -> Any:
    """Say on the cover what this is; leave out of the front what is not in it."""
    cover = root.find(".//section[@class='cover']")
    subtitle = cover.find("p[@class='subtitle']")
    if subtitle is None:
        subtitle = etree.Element("p", {"class": "subtitle"})
        cover.find("p[@class='title']").addnext(subtitle)
    subtitle.text = title
    cover.find("p[@class='digest']").text = (
        _("Digest of the whole text (SHA-256):") + " "
    )
    anchors = {element.get("id") for element in root.iter() if element.get("id")}
    for row in root.findall(".//table[@class='toc']/tbody/tr"):
        if row.find(".//a").get("href")[1:] not in anchors:
            row.getparent().remove(row)
    forget_acronyms(root)
    return root


def forget_acronyms(root: Any) -> None:
    """Leave out the short forms that the text does not use."""
    table = root.find(".//table[@class='facts acronyms']")
    if table is None:
        return
    text = " ".join(t for s in root.find("body") if is_part(s) for t in s.itertext())
    words = set(WORD.findall(text))
    words |= {word.rstrip("0123456789") for word in words}
    for row in table.findall("tbody/tr"):
        if row[0].text not in words:
            row.getparent().remove(row)
    if table.find("tbody/tr") is None:
        heading = table.getprevious()
        table.getparent().remove(heading)
        table.getparent().remove(table)
