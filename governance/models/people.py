from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel, ends_after_start, one_of
from governance.permissions import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True)
class Standing:
    """In which roles and for which institution somebody acts in a committee today."""

    roles: str
    institution: str
    institution_pks: frozenset[int]


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, **fields: Any) -> User:
        password = fields.pop("password", None)
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person with a sign-in. There is no superuser: rights come from roles only."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
    )
    name = models.CharField(
        _("name"), max_length=200, help_text=_("As the person or the office writes it.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def assignments(self) -> list[RoleAssignment]:
        """The roles held today; one query a request, however many checks."""
        return list(self.role_assignments.in_force().select_related("institution"))

    @cached_property
    def roles(self) -> Mapping[int, frozenset[str]]:
        held: dict[int, set[str]] = defaultdict(set)
        for assignment in self.assignments:
            held[assignment.committee_id].add(assignment.role)
        return {pk: frozenset(roles) for pk, roles in held.items()}

    def standing_in(self, committee_pk: int) -> Standing:
        """Roles and institutions of this person in the committee, as of today."""
        held = [a for a in self.assignments if a.committee_id == committee_pk]
        names = dict.fromkeys(str(Role(a.role).label) for a in held)
        institutions = {a.institution.pk: a.institution for a in held if a.institution}
        return Standing(
            ", ".join(names),
            ", ".join(i.name for i in institutions.values())[:250],
            frozenset(institutions),
        )


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def on(self, day: dt.date) -> RoleAssignmentQuerySet:
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)

    def in_force(self) -> RoleAssignmentQuerySet:
        return self.on(timezone.localdate())


class RoleAssignment(CommitteeModel):
    """What a person may do in a committee, for which institution, from when to when."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(_("role"), max_length=13, choices=Role.choices)
    institution = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="role_assignments",
        null=True,
        blank=True,
    )
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[Any] = RoleAssignmentQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["committee", "user", "starts_on"]
        constraints = [
            one_of("role_assignment_role_known", "role", Role.values),
            ends_after_start("role_assignment"),
            models.CheckConstraint(
                condition=~models.Q(role=Role.MEMBER, institution=None),
                name="role_assignment_member_acts_for_institution",
            ),
            models.UniqueConstraint(
                fields=["committee", "user", "role"],
                condition=models.Q(ends_on=None),
                name="role_assignment_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
