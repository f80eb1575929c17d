"""Comments beside the text: `talk` at a provision, `talk_rest` after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from governance.diff import words

if TYPE_CHECKING:
    from governance.differences import Piece

register = template.Library()


@register.filter
def changed_from(after: str, before: str) -> list[Piece]:
    """The word diff of a text against the one it is to replace."""
    return words(before, after)


@register.inclusion_tag("components/_talk.html", takes_context=True)
def talk(context: Any, node: dict[str, Any], *, thread: bool = False) -> dict[str, Any]:
    """The links of a provision; nothing on a page that shows no comments.

    With `thread` its comments follow; without, as in a table, they stand at the end.
    """
    threads = context.get("threads")
    beside = threads.beside(node, thread=thread) if threads else None
    return {"beside": beside, "thread": thread}


@register.inclusion_tag("components/_talk_rest.html", takes_context=True)
def talk_rest(context: Any) -> dict[str, Any]:
    threads = context.get("threads")
    return threads.rest() if threads else {}
