"""The sign-ins to try first, one for each role."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.models import User
from governance.permissions import Role
from ncc_portal.demo.people import PASSWORD

SHOWN = [
    "focal.mole",
    "secretariat.officer",
    "ncc.chair",
    "minister.office",
    "observer.iom",
    "au.reviewer",
    "secretariat.records",
    "practice.member",
]


def sign_ins() -> list[str]:
    """The lines of a table: user name, roles, password; those that are loaded."""
    rows = [(_("User name"), _("Role"), _("Password"))]
    people = User.objects.prefetch_related("role_assignments").in_bulk(
        SHOWN, field_name="username"
    )
    for username in SHOWN:
        if username in people:
            held = people[username].role_assignments.all()
            roles = sorted(str(Role(assignment.role).label) for assignment in held)
            rows.append((username, ", ".join(roles), PASSWORD))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
