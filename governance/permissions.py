"""Who may do what in a committee. Read GRANTS; there is nothing else."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(TextChoices):
    OFFICIAL = "official", gettext_lazy("Official")
    OBSERVER = "observer", gettext_lazy("Observer")
    MEMBER = "member", gettext_lazy("Member")
    RAPPORTEUR = "rapporteur", gettext_lazy("Rapporteur")
    SECRETARIAT = "secretariat", gettext_lazy("Secretariat")
    CHAIR = "chair", gettext_lazy("Chair")
    REVIEWER = "reviewer", gettext_lazy("AU reviewer")
    ADMINISTRATOR = "administrator", gettext_lazy("Administrator")


class Permission(StrEnum):
    READ_COMMITTEE = auto()
    READ_WORKING_DRAFT = auto()
    READ_SHARED_DRAFT = auto()
    MAKE_DRAFT_PDF = auto()
    EDIT_DOCUMENTS = auto()
    SHARE_DRAFT = auto()
    REPORT_PROGRESS_OWN = auto()
    REPORT_PROGRESS_ON_BEHALF = auto()
    RECORD_LEGAL_STEP = auto()
    MANAGE_MEMBERS = auto()
    GIVE_ROLES = auto()
    CHANGE_SETTINGS = auto()


P = Permission

_READS_SHARED = frozenset({P.READ_COMMITTEE, P.READ_SHARED_DRAFT})
_WORKS = frozenset({P.READ_COMMITTEE, P.READ_WORKING_DRAFT, P.MAKE_DRAFT_PDF})
_RUNS = _WORKS | {
    P.RECORD_LEGAL_STEP,
    P.MANAGE_MEMBERS,
    P.GIVE_ROLES,
    P.CHANGE_SETTINGS,
}

# The rows of the permission matrix that are built, role by role. Several roles of
# one person add up. An administrator runs the server and reads no content.
GRANTS: Mapping[str, frozenset[Permission]] = {
    Role.OFFICIAL: _READS_SHARED,
    Role.OBSERVER: _READS_SHARED | {P.MAKE_DRAFT_PDF},
    Role.REVIEWER: _READS_SHARED | {P.MAKE_DRAFT_PDF},
    Role.MEMBER: _WORKS | {P.REPORT_PROGRESS_OWN},
    Role.RAPPORTEUR: _WORKS | {P.EDIT_DOCUMENTS, P.REPORT_PROGRESS_OWN},
    Role.SECRETARIAT: _RUNS
    | {P.EDIT_DOCUMENTS, P.SHARE_DRAFT, P.REPORT_PROGRESS_ON_BEHALF},
    Role.CHAIR: _RUNS,
    Role.ADMINISTRATOR: frozenset(),
}


class Committee(Protocol):
    @property
    def pk(self) -> int: ...


class Actor(Protocol):
    """Who acts: the roles held today, by committee."""

    @property
    def roles(self) -> Mapping[int, frozenset[str]]: ...


def roles_with(permission: Permission) -> list[str]:
    """The names of the roles that hold `permission`, as people read them."""
    return [
        str(Role(role).label) for role, held in GRANTS.items() if permission in held
    ]


def can(actor: Actor, permission: Permission, committee: Committee) -> bool:
    roles = actor.roles.get(committee.pk, frozenset())
    return any(permission in GRANTS[role] for role in roles)


def committees_where(actor: Actor, permission: Permission) -> list[int]:
    """The primary keys of the committees in which `actor` holds `permission`."""
    return [
        pk
        for pk, roles in actor.roles.items()
        if any(permission in GRANTS[role] for role in roles)
    ]


def require(actor: Actor, permission: Permission, committee: Committee) -> None:
    """Raise PermissionDenied (403) unless `actor` holds `permission` in `committee`."""
    if not can(actor, permission, committee):
        raise PermissionDenied(
            _("This is done by: %(roles)s.")
            % {"roles": ", ".join(roles_with(permission))}
        )
