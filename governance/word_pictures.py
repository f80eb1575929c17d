"""The drawings of a report as pictures: Word on old computers shows no SVG.

Our drawings are made of rectangles, straight lines and single lines of text; nothing
else is read. Letters beyond Latin would need shaping: such a drawing is left out.
"""

from __future__ import annotations

import functools
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from docx.shared import Twips
from lxml import etree
from PIL import Image, ImageDraw, ImageFont

from governance.word_xml import Look, el, run

if TYPE_CHECKING:
    from governance.word_paper import Paper, Place

SCALE = 2  # dots to a pixel of the drawing: 192 to the inch
TWIPS = 15  # to a pixel of the drawing
COLORS = 64  # make a third of the file
DASH = 3
ROOM = 1000  # twips for the heading above
LATIN = re.compile("[\\s!-\u024f\u1e00-\u1eff\u2010-\u2044\u20ac]*")
STEP = re.compile(r"([ML])(-?[\d.]+) (-?[\d.]+)")
FONTS = settings.BASE_DIR / "static" / "fonts"
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def write_picture(paper: Paper, chart: Any, place: Place) -> None:
    """The drawing with its words as its description; or where to find it."""
    parts = [(etree.QName(child).localname, child) for child in chart[0]]
    said = {
        name: child.text or "" for name, child in parts if name in {"title", "desc"}
    }
    words = "".join(child.text or "" for name, child in parts if name == "text")
    if not LATIN.fullmatch(words):
        sentence = _("The drawing “%(title)s” is in the PDF.") % said
        paragraph = paper.paragraph(replace(place, style="Note"))
        paragraph.append(run(sentence, Look(italic=True)))
        return
    size = tuple(float(chart[0].get(side)) for side in ("width", "height"))
    paragraph = paper.paragraph(replace(place, style="Drawing"))
    inline = paper.document.part.new_pic_inline(
        io.BytesIO(png(parts, size)), *fitted(paper, size)
    )
    inline.docPr.set("descr", ". ".join(said.values()))
    paragraph.append(el("r", el("drawing", inline)))


def fitted(paper: Paper, size: tuple[float, ...]) -> tuple[Twips, Twips]:
    """As large as it was drawn, where the page has the room."""
    room = paper.format.width, paper.format.height - ROOM
    share = min(
        1, *(there / TWIPS / asked for there, asked in zip(room, size, strict=True))
    )
    width, height = (Twips(round(side * TWIPS * share)) for side in size)
    return width, height


def png(parts: list[tuple[str, Any]], size: tuple[float, ...]) -> bytes:
    width, height = (round(side * SCALE) for side in size)
    image = Image.new("RGB", (width, height), "#ffffff")
    canvas = ImageDraw.Draw(image)
    for name, part in parts:
        if draw := DRAWN.get(name):
            draw(canvas, part)
    out = io.BytesIO()
    image.quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        out, "PNG"
    )
    return out.getvalue()


def numbers(part: Any, *names: str) -> list[float]:
    return [float(part.get(name, "0")) * SCALE for name in names]


def draw_rectangle(canvas: ImageDraw.ImageDraw, part: Any) -> None:
    x, y, width, height = numbers(part, "x", "y", "width", "height")
    corners = (x, y, x + width, y + height)
    if not part.get("stroke-dasharray"):
        canvas.rectangle(corners, part.get("fill"), part.get("stroke"), SCALE)
        return
    canvas.rectangle(corners, part.get("fill"))
    gap = 2 * DASH * SCALE
    for start in range(round(x), round(x + width), gap):
        end = min(start + gap // 2, x + width)
        for level in (y, y + height):
            canvas.line((start, level, end, level), part.get("stroke"), SCALE)
    for start in range(round(y), round(y + height), gap):
        end = min(start + gap // 2, y + height)
        for side in (x, x + width):
            canvas.line((side, start, side, end), part.get("stroke"), SCALE)


def draw_lines(canvas: ImageDraw.ImageDraw, part: Any) -> None:
    last = (0.0, 0.0)
    for kind, x, y in STEP.findall(part.get("d")):
        point = (float(x) * SCALE, float(y) * SCALE)
        if kind == "L":
            canvas.line((*last, *point), part.get("stroke"), SCALE)
        last = point


def draw_text(canvas: ImageDraw.ImageDraw, part: Any) -> None:
    x, y, size = numbers(part, "x", "y", "font-size")
    canvas.text(
        (x, y),
        part.text or "",
        part.get("fill"),
        font(round(size), part.get("font-weight") or "regular"),
        ANCHORS[part.get("text-anchor", "start")],
    )


@functools.cache
def font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"NotoSans-{weight.title()}.ttf", size)


DRAWN = {"rect": draw_rectangle, "path": draw_lines, "text": draw_text}
