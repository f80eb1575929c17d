"""Where an import of the past went, so that it can be taken back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from governance.actions.import_committee import committee_aims
from governance.actions.import_rows import table_aim
from governance.tables import tables_in

if TYPE_CHECKING:
    from governance.importing import Aim
    from governance.models import Import


def aim_of(found: Import) -> tuple[Aim, str]:
    """The table of an import, and the address of its page."""
    if found.document is not None:
        document = found.document.specific
        table = next(t for t in tables_in(document) if t.name == found.table)
        address = reverse("governance:table-import", args=[document.pk, table.name])
        return table_aim(document, table), address
    aim = committee_aims()[found.table](found.committee)
    address = f"governance:{found.table}-import"
    return aim, reverse(address, args=[found.committee.slug])
