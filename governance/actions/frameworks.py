"""Reference data: frameworks with their items, the centres and their services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.models import (
    Centre,
    CentreService,
    Framework,
    FrameworkItem,
)
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from governance.models import Committee, User


@transaction.atomic
def add_framework(
    committee: Committee | None,
    *,
    items: list[dict[str, str]],
    by: User | None,
    **fields: Any,
) -> Framework:
    """Enter a version of a framework; without committee, from the server, for all."""
    if committee is not None:
        require_settings(by, committee)
    framework = Framework(committee=committee, **fields)
    framework.full_clean()
    framework.save()
    for position, item in enumerate(items, start=1):
        row = FrameworkItem(framework=framework, position=position, **item)
        row.full_clean()
        row.save()
    if committee is not None:
        committee.record("framework added", by=by, note=str(framework))
    return framework


def require_settings(by: User | None, committee: Committee) -> None:
    if by is None:
        raise ValueError("A committee's own framework is entered by a person of it.")
    require(by, Permission.CHANGE_SETTINGS, committee)


@transaction.atomic
def add_centre(*, services: list[dict[str, Any]], **fields: Any) -> Centre:
    """Enter one of the continent's migration centres; done from the server."""
    centre = Centre(**fields)
    centre.full_clean()
    centre.save()
    for position, service in enumerate(services, start=1):
        row = CentreService(centre=centre, position=position, **service)
        row.full_clean()
        row.save()
    return centre
