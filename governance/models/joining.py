"""How a person gets a sign-in: an invitation by mail, or a code on a printed slip."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.base import CommitteeModel, CommitteeQuerySet, one_of
from governance.permissions import Role


class JoiningQuerySet(CommitteeQuerySet):
    def open_at(self, now: dt.datetime) -> Any:
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


class Joining(CommitteeModel):
    """One person asked to join the committee in a role; the code works once.

    Only the digest of the code is kept: the code itself stands in the mail or on the slip.
    """

    BY_MAIL = dt.timedelta(days=7)
    ON_PAPER = dt.timedelta(days=30)

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=13, choices=Role.choices)
    institution = models.ForeignKey(
        "governance.Institution",
        on_delete=models.PROTECT,
        related_name="joinings",
        null=True,
        blank=True,
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("invited"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="joinings",
        null=True,
        blank=True,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects: ClassVar[Any] = JoiningQuerySet.as_manager()  # type: ignore[assignment]  # a narrower manager

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            one_of("joining_role_known", "role", Role.values),
            models.CheckConstraint(
                condition=~models.Q(role=Role.MEMBER, institution=None),
                name="joining_member_acts_for_institution",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None, user=None)
                | models.Q(used_at__isnull=False, user__isnull=False),
                name="joining_used_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_role_display()}"
