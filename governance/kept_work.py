"""What a person has written and not saved, as work that waits for that person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.keeping import held_of, offer_of_post, sealed_of
from governance.models import Committee, Draft
from governance.work import WorkItem

if TYPE_CHECKING:
    from governance.models import User


def kept_work(user: User, committee: Committee) -> list[WorkItem]:
    """One line for all of it, with the first of the person's committees."""
    if Committee.objects.visible_to(user).first() != committee:
        return []
    url = reverse("governance:kept")
    posts = list(sealed_of(user))
    if posts:
        offer = offer_of_post(posts[0], committee.zone)
        hint = _("It is kept for 24 hours, for you alone.")
        return [WorkItem(offer.text, url, hint, tag=_("Not saved"), tone="warn")]
    count = Draft.objects.filter(user=user).count() + len(held_of(user))
    if not count:
        return []
    title = ngettext(
        "%d text of yours is not saved, or set aside",
        "%d texts of yours are not saved, or set aside",
        count,
    )
    hint = _("Drafts and texts set aside are kept for 30 days.")
    return [WorkItem(title % count, url, hint)]
