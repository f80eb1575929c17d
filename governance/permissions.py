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
    EDIT_ASSIGNED = auto()
    SHARE_DRAFT = auto()
    READ_COMMENTS = auto()
    COMMENT = auto()
    COMMENT_ON_BEHALF = auto()
    ANSWER_COMMENTS = auto()
    CIRCULATE = auto()
    CLOSE_COMMENTS = auto()
    CLOSE_COMMENTS_EARLY = auto()
    TABLE = auto()
    PLAN_WORKSHOP = auto()
    PRESIDE = auto()
    RECORD_WORKSHOP = auto()
    DRAFT_RESOLUTION = auto()
    WORD_ANY_RESOLUTION = auto()
    DECIDE = auto()
    CONFIRM_AMENDMENTS = auto()
    SUBMIT_FOR_SIGNATURE = auto()
    SIGN = auto()
    RECORD_PAPER_SIGNATURE = auto()
    PROPOSE_RELEASE = auto()
    RELEASE = auto()
    READ_INTERNAL_EDITION = auto()
    CREATE_ROADMAP_ACTION = auto()
    CHANGE_DEADLINE = auto()
    VERIFY_ROADMAP_ACTION = auto()
    STOP_ROADMAP_ACTION = auto()
    RECORD_CENTRE_REQUEST = auto()
    READ_HISTORY = auto()
    REPORT_PROGRESS_OWN = auto()
    REPORT_PROGRESS_ON_BEHALF = auto()
    RECORD_LEGAL_STEP = auto()
    MANAGE_MEMBERS = auto()
    GIVE_ROLES = auto()
    CHANGE_SETTINGS = auto()


P = Permission

_READS_SHARED = frozenset({P.READ_COMMITTEE, P.READ_SHARED_DRAFT})
_WORKS = frozenset(
    {
        P.READ_COMMITTEE,
        P.READ_WORKING_DRAFT,
        P.READ_COMMENTS,
        P.READ_INTERNAL_EDITION,
        P.MAKE_DRAFT_PDF,
        P.COMMENT,
        P.SIGN,
    }
)
_RUNS = _WORKS | {
    P.RECORD_LEGAL_STEP,
    P.MANAGE_MEMBERS,
    P.GIVE_ROLES,
    P.CHANGE_SETTINGS,
    P.CLOSE_COMMENTS,
    P.PLAN_WORKSHOP,
    P.RECORD_WORKSHOP,
    P.DRAFT_RESOLUTION,
    P.WORD_ANY_RESOLUTION,
    P.CREATE_ROADMAP_ACTION,
    P.CHANGE_DEADLINE,
    P.RECORD_CENTRE_REQUEST,
    P.READ_HISTORY,
}

# The rows of the permission matrix that are built, role by role. Several roles of
# one person add up. An administrator runs the server and reads no content. Nobody is
# given the right to validate: that is computed from the signatures.
GRANTS: Mapping[str, frozenset[Permission]] = {
    Role.OFFICIAL: _READS_SHARED,
    Role.OBSERVER: _READS_SHARED | {P.MAKE_DRAFT_PDF, P.COMMENT, P.SIGN},
    Role.REVIEWER: _READS_SHARED
    | {P.MAKE_DRAFT_PDF, P.READ_COMMENTS, P.COMMENT, P.SIGN},
    Role.MEMBER: _WORKS | {P.EDIT_ASSIGNED, P.REPORT_PROGRESS_OWN, P.DRAFT_RESOLUTION},
    Role.RAPPORTEUR: _WORKS
    | {
        P.EDIT_DOCUMENTS,
        P.REPORT_PROGRESS_OWN,
        P.COMMENT_ON_BEHALF,
        P.ANSWER_COMMENTS,
        P.DRAFT_RESOLUTION,
        P.WORD_ANY_RESOLUTION,
        P.CONFIRM_AMENDMENTS,
        P.CREATE_ROADMAP_ACTION,
        P.READ_HISTORY,
    },
    Role.SECRETARIAT: _RUNS
    | {
        P.EDIT_DOCUMENTS,
        P.SHARE_DRAFT,
        P.REPORT_PROGRESS_OWN,
        P.REPORT_PROGRESS_ON_BEHALF,
        P.COMMENT_ON_BEHALF,
        P.ANSWER_COMMENTS,
        P.CIRCULATE,
        P.TABLE,
        P.SUBMIT_FOR_SIGNATURE,
        P.RECORD_PAPER_SIGNATURE,
        P.PROPOSE_RELEASE,
        P.VERIFY_ROADMAP_ACTION,
    },
    Role.CHAIR: _RUNS
    | {
        P.CLOSE_COMMENTS_EARLY,
        P.PRESIDE,
        P.DECIDE,
        P.RELEASE,
        P.STOP_ROADMAP_ACTION,
    },
    Role.ADMINISTRATOR: frozenset(),
}


class Committee(Protocol):
    @property
    def pk(self) -> int: ...


class Actor(Protocol):
    """Who acts: the roles held today, by committee."""

    @property
    def roles(self) -> Mapping[int, frozenset[str]]: ...


def roles_holding(permission: Permission) -> list[str]:
    return [role for role, held in GRANTS.items() if permission in held]


def roles_with(permission: Permission) -> list[str]:
    """The names of the roles that hold `permission`, as people read them."""
    return [str(Role(role).label) for role in roles_holding(permission)]


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
