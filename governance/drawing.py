"""What every drawing needs: how wide a text is, and where its lines break.

Lengths are CSS pixels, 96 to the inch. Widths are those of Noto Sans, in which the PDF
is set; on screen another font may be used, so lines break a little early.
"""

from __future__ import annotations

from typing import NamedTuple

# Thousandths of the font size.
WIDTHS = {
    char: width
    for chars, width in {
        "ijl.,:;!|'’": 268,
        " ": 260,
        "frtJ()[]-/": 370,
        "csvxyzkLaeF?": 545,
        "bdghnopqu0123456789ESTVXYZPAKB": 615,
        "CDGHNRU&": 740,
        "OQw%N": 790,
        "mMW—": 930,
    }.items()
    for char in chars
}
OTHER = 640
BOLD = 1.07
EARLY = 1.04


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    thousandths = sum(WIDTHS.get(char, OTHER) for char in text)
    return thousandths * size / 1000 * EARLY * (BOLD if bold else 1)


def wrap(text: str, width: int, size: int, *, bold: bool = False) -> list[str]:
    """Lines of whole words; a word is cut only where it is wider than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, width, size, bold=bold):
            longer = f"{line} {piece}".strip()
            if line and text_width(longer, size, bold=bold) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, width: int, size: int, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    piece = ""
    for char in word:
        if piece and text_width(piece + char, size, bold=bold) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece] if piece else pieces


class Text(NamedTuple):
    """One line of text; `y` is its baseline."""

    x: int
    y: int
    text: str
    size: int = 11
    bold: bool = False
    anchor: str = "start"
    fill: str = "#14181f"


class Rect(NamedTuple):
    x: int
    y: int
    width: int
    height: int
    fill: str
    stroke: str = "none"
    dash: str = "none"
    hatch: str = ""  # path data of the lines drawn over it
    name: str = ""


class Line(NamedTuple):
    x1: int
    y1: int
    x2: int
    y2: int
    stroke: str = "#c4ccd6"


def hatch(x: int, y: int, width: int, height: int, step: int = 6) -> str:
    """Path data of diagonal lines that fill a rectangle and do not leave it."""
    lines = []
    for start in range(step - height, width, step):
        x1, y1 = (x + start, y + height) if start >= 0 else (x, y + height + start)
        over = start + height - width
        x2, y2 = (x + start + height, y) if over <= 0 else (x + width, y + over)
        lines.append(f"M{x1} {y1}L{x2} {y2}")
    return "".join(lines)
