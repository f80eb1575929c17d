"""What `components/_keep.html` and `components/_offers.html` show of the page's form."""

from __future__ import annotations

from typing import Any

from django import template

from governance import sealing
from governance.keeping import Keep

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_of(context: Any) -> Keep | None:
    """That of `act()`, or a new one for `form`, sent to `address` if it is not here."""
    request, form = context.get("request"), context.get("form")
    made = context.get("keep")
    if request is None or (made is not None and made.form is form):
        return made
    return Keep.of(
        request,
        form,
        address=context.get("address", ""),
        title=context.get("title", ""),
        row=context.get("row"),
        committee=context.get("committee"),
    )


@register.simple_tag(takes_context=True)
def lock(context: Any) -> str:
    """The key of the reader's copies on this computer; nothing for a stranger."""
    user = context["request"].user
    return sealing.lock_of(user.pk) if user.is_authenticated else ""
