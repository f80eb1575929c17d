"""Tags of the printed report: column widths, marks of sources, direction of text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from governance.models.committees import fiscal_year_name
from governance.text import to_html

if TYPE_CHECKING:
    from governance.snapshot import Node

register = template.Library()

# Where the last line of a text ends: of a paragraph, or of a list.
LAST = re.compile(r"(\s*</(?:p|li|ul|ol)>)+\Z")
# Without an element of its own: WeasyPrint spends some 20 kB on each.
DEMONSTRATION = mark_safe("†")


@register.simple_tag
def cols(before: str, many: int = 0, share: int = 0, after: str = "") -> SafeString:
    """Column widths in percent; `many` columns in the middle divide `share`."""
    middle = [f"{share / many:.4g}"] * many if many else []
    widths = before.split() + middle + after.split()
    html = format_html_join("", '<col style="width:{}%"/>', ((w,) for w in widths))
    return format_html("<colgroup>{}</colgroup>", html)


@register.simple_tag
def marks(node: Node) -> SafeString:
    """What a statement rests on: numbers of its sources, † for demonstration data."""
    if node.get("refs"):
        links = format_html_join(
            " ",
            '<a href="#{}">[{}]</a>',
            ((ref["anchor"], ref["number"]) for ref in node["refs"]),
        )
        return format_html('<sup class="refs">{}</sup>', links)
    return DEMONSTRATION if node.get("demonstration") else mark_safe("")


@register.filter
def direction(text: Any) -> str:
    """`rtl` where the first letter that has a direction runs right to left."""
    for char in str(text):
        kind = unicodedata.bidirectional(char)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


@register.simple_tag
def prose(node: Node) -> SafeString:
    """The text of a provision, with its marks at the end of the last line."""
    html = to_html(node["body"]).rstrip()
    html = html.replace("<br>", "<br/>").replace("&nbsp;", "\N{NO-BREAK SPACE}")
    html = LAST.sub(lambda end: marks(node) + end[0], html)
    return mark_safe(  # noqa: S308 -- cleaned by nh3 in governance.text
        f'<div class="text" dir="{direction(node["body"])}">{html}</div>'
    )


@register.filter
def lines(text: str) -> SafeString:
    """A text word for word, with its own line breaks."""
    pieces = ((line,) for line in text.splitlines())
    return format_html_join(mark_safe("<br/>"), "{}", pieces)


@register.filter
def month_name(number: int) -> str:
    return str(MONTHS[number])


@register.filter
def fiscal_name(year: int, starts: int) -> str:
    return fiscal_year_name(year, starts)


@register.filter
def by_year(
    targets: list[dict[str, Any]], years: list[dict[str, Any]]
) -> list[str | None]:
    """The target of each of the plan's years, None where there is none."""
    values = {target["year"]: target["value"] for target in targets}
    return [values.get(year["year"]) for year in years]


@register.filter
def quarters(numbers: list[int]) -> str:
    """`Q2`, `Q1–Q3` where they follow each other, `Q1, Q4` where not."""
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"Q{numbers[0]}–Q{numbers[-1]}"
    return ", ".join(f"Q{number}" for number in numbers) or "–"


@register.filter
def is_web(source: str) -> bool:
    return source.startswith(("http://", "https://"))


@register.filter
def xml(html: str) -> SafeString:
    """Line breaks as XML writes them: our printed templates are read by its parser."""
    return mark_safe(html.replace("<br>", "<br/>"))  # noqa: S308 -- escaped before
