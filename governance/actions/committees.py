from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.models import Committee, CommitteeAlias, CommitteeLanguage
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from governance.models import User


@transaction.atomic
def establish(
    *, languages: list[dict[str, Any]], aliases: list[dict[str, Any]], **fields: Any
) -> Committee:
    """Enter a committee into the portal; done from the server, before it has people."""
    committee = Committee(**fields)
    committee.full_clean()
    committee.save()
    for language in languages:
        row = CommitteeLanguage(committee=committee, **language)
        row.full_clean()
        row.save()
    for alias in aliases:
        name = CommitteeAlias(committee=committee, **alias)
        name.full_clean()
        name.save()
    committee.record("established", by=None)
    return committee


@transaction.atomic
def set_clock(committee: Committee, day: Any, *, by: User) -> None:
    """Set the day on which a demonstration committee's pages behave as if it were."""
    require(by, Permission.CHANGE_SETTINGS, committee)
    committee.demonstration_today = day
    committee.save(update_fields=["demonstration_today"])
    committee.record("clock set", by=by, note=f"{day}")
