"""The organogram, computed from the nodes of a structure; a template draws it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.drawing import Line, Rect, Text, wrap

if TYPE_CHECKING:
    from governance.snapshot import Node

BOX_WIDTH = 286
PADDING = 9
LINE_HEIGHT = 15
SIZE = 11
GAP = 22  # between a box and the trunk beside it
ROW_GAP = 20
WIDEST = 627  # 166 mm: the width of the text on a printed page

FILLS = {
    "political": ("#ffffff", "#0b5a3c"),
    "plenary": ("#0b5a3c", "#0b5a3c"),
    "bureau": ("#e2f3ea", "#0b5a3c"),
    "secretariat": ("#e2f3ea", "#0b5a3c"),
    "working_group": ("#f4f6f8", "#5a6472"),
    "district": ("#ffffff", "#5a6472"),
}


@dataclass
class Organogram:
    """Boxes, texts and lines; `trunk` is where the line from above arrives."""

    width: int = 0
    height: int = 0
    trunk: int = 0
    middle: int = 0  # of the topmost box, from the top
    rects: list[Rect] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    title: str = ""

    def add(self, other: Organogram, x: int, y: int) -> None:
        """Put `other` into this drawing with its corner at x, y."""
        self.rects += [r._replace(x=r.x + x, y=r.y + y) for r in other.rects]
        self.texts += [t._replace(x=t.x + x, y=t.y + y) for t in other.texts]
        self.lines += [
            line._replace(
                x1=line.x1 + x, x2=line.x2 + x, y1=line.y1 + y, y2=line.y2 + y
            )
            for line in other.lines
        ]
        self.width = max(self.width, x + other.width)
        self.height = max(self.height, y + other.height)

    def draw(self, x1: int, y1: int, x2: int, y2: int) -> None:
        self.lines.append(Line(x1, y1, x2, y2, "#5a6472"))


def organogram(bodies: list[Node]) -> Organogram | None:
    """The tree of bodies from top to bottom; None where there is no body."""
    if not bodies:
        return None
    trees = [tree(node) for node in bodies]
    width = max(part.width for part in trees)
    whole = Organogram()
    y = 0
    for part in trees:
        whole.add(part, (width - part.width) // 2, y)
        y = whole.height + ROW_GAP
    return replace(whole, title=_("Organogram of the committee's bodies"))


def caption(node: Node) -> str:
    """Who leads the body: `Lead: MoLE, with MoFAIR`."""
    lead, second = node["fields"]["lead"], node["fields"]["co_lead"]
    if not lead:
        return str(node["fields"]["composition"] or node["fields"]["level_name"])
    if not second:
        return _("Lead: %(lead)s") % {"lead": lead["code"]}
    return _("Lead: %(lead)s, with %(second)s") % {
        "lead": lead["code"],
        "second": second["code"],
    }


def box(node: Node) -> Organogram:
    """One body: its name in bold and its lead, as many lines as they need."""
    level = node["fields"]["level"]
    fill, stroke = FILLS[level]
    ink = "#ffffff" if level == "plenary" else "#14181f"
    short = node["fields"]["short_name"]
    name = node["heading"]
    if short and not name.startswith(short):
        name = f"{short}: {name}"
    inner = BOX_WIDTH - 2 * PADDING
    names = wrap(name, inner, SIZE, bold=True)
    texts = [(line, True) for line in names]
    texts += [(line, False) for line in wrap(caption(node), inner, SIZE)]
    height = 2 * PADDING + LINE_HEIGHT * len(texts) - 3
    middle = BOX_WIDTH // 2
    return Organogram(
        width=BOX_WIDTH,
        height=height,
        trunk=middle,
        middle=height // 2,
        rects=[Rect(0, 0, BOX_WIDTH, height, fill, stroke)],
        texts=[
            Text(
                middle, PADDING + LINE_HEIGHT * i + 10, line, SIZE, bold, "middle", ink
            )
            for i, (line, bold) in enumerate(texts)
        ],
    )


def tree(node: Node) -> Organogram:
    """A body with all below it: side by side where that fits, else along a trunk."""
    top = box(node)
    parts = [tree(child) for child in node["children"]]
    if not parts:
        return top
    side_by_side = sum(p.width for p in parts) + GAP * (len(parts) - 1)
    if side_by_side <= WIDEST:
        return row(top, parts)
    return along_trunk(top, parts)


def row(top: Organogram, parts: list[Organogram]) -> Organogram:
    width = max(top.width, sum(p.width for p in parts) + GAP * (len(parts) - 1))
    whole = Organogram(trunk=width // 2, middle=top.middle)
    whole.add(top, width // 2 - top.trunk, 0)
    bar = top.height + ROW_GAP // 2
    below = top.height + ROW_GAP
    x = (width - sum(p.width for p in parts) - GAP * (len(parts) - 1)) // 2
    arms = []
    for part in parts:
        whole.add(part, x, below)
        arms.append(x + part.trunk)
        whole.draw(arms[-1], bar, arms[-1], below)
        x += part.width + GAP
    whole.draw(width // 2, top.height, width // 2, bar)
    whole.draw(min([*arms, width // 2]), bar, max([*arms, width // 2]), bar)
    return whole


def along_trunk(top: Organogram, parts: list[Organogram]) -> Organogram:
    """Children left and right of a vertical line, two in a row."""
    lefts, rights = parts[::2], parts[1::2]
    left_width = max(p.width for p in lefts)
    trunk = max(left_width + GAP, top.trunk)
    whole = Organogram(trunk=trunk, middle=top.middle)
    whole.add(top, trunk - top.trunk, 0)
    y = top.height + ROW_GAP
    joint = top.height
    for index, left in enumerate(lefts):
        right = rights[index] if index < len(rights) else None
        whole.add(left, trunk - GAP - left.width, y)
        joint = y + left.middle
        whole.draw(
            trunk - GAP - left.width + left.trunk + BOX_WIDTH // 2, joint, trunk, joint
        )
        if right:
            whole.add(right, trunk + GAP, y)
            joint = y + right.middle
            edge = trunk + GAP + right.trunk - BOX_WIDTH // 2
            whole.draw(trunk, joint, edge, joint)
        bottom = y + max(left.height, right.height if right else 0)
        joint = max(joint, y + left.middle)
        y = bottom + ROW_GAP
    whole.draw(trunk, top.height, trunk, joint)
    return whole
