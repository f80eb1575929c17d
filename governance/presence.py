"""Who has a provision open: told to others, and never in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance import clock
from governance.models import Presence, RoleAssignment

if TYPE_CHECKING:
    import uuid

    from governance.models import Document, User


def others_at(document: Document, uid: uuid.UUID, user: User) -> list[str]:
    """Who else has the provision open now, as sentences; it never blocks anybody."""
    there = Presence.objects.fresh(clock.now()).filter(
        document_id=document.pk, provision_uid=uid
    )
    people = [row.user for row in there.exclude(user=user).select_related("user")]
    held = (
        RoleAssignment.objects.in_force()
        .filter(committee=document.committee_id, user__in=people)
        .exclude(institution=None)
    )
    codes = dict(held.values_list("user", "institution__code")) if people else {}
    return [
        _("%s has this open.")
        % (f"{person} ({codes[person.pk]})" if person.pk in codes else person)
        for person in people
    ]
