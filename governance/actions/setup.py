"""The first committee and its first person, entered in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from governance.actions import committees, people
from governance.actions.common import add_common_centres, add_common_frameworks
from governance.errors import Refused
from governance.models import Committee, User
from governance.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_empty() -> bool:
    """Whether nobody has set up this portal: then, and only then, set-up is open."""
    return not (User.objects.exists() or Committee.objects.exists())


@transaction.atomic
def establish_first(
    *,
    facts: Mapping[str, Any],
    languages: list[dict[str, Any]],
    person: Mapping[str, Any],
) -> tuple[Committee, User]:
    """Enter the committee and the first person of its secretariat, once for ever.

    Of two people who send the form at once the second waits for a row that every
    database has, finds the portal set up, and is refused. The frameworks and centres
    that are common to all committees come with it: objectives align to them.
    """
    ContentType.objects.select_for_update().get(
        app_label="governance", model="committee"
    )
    if not is_empty():
        raise Refused(
            _("Somebody has set up this portal already. Ask that person to invite you.")
        )
    add_common_frameworks()
    add_common_centres()
    committee = committees.establish(languages=languages, aliases=[], **facts)
    user = people.register(committee, by=None, **person)
    people.give_role(
        user,
        committee,
        Role.SECRETARIAT,
        starts_on=people.from_now(committee),
        by=None,
    )
    return committee, User.objects.get(pk=user.pk)
