"""What the pages of translations need, and the links that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from governance.models import Document

register = template.Library()


@register.filter
def at(found: dict[str, Any], key: str) -> Any:
    return found[key]


@register.inclusion_tag("governance/_translation_links.html")
def translation_links(document: Document) -> dict[str, Any]:
    """A link for each language a document is translated into, in one query."""
    languages = document.committee.languages.filter(prevails=False)
    return {"document": document, "languages": languages}
