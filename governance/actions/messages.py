"""Telling people: a mail for an event, written with it and sent after it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from governance.models import Message, RoleAssignment, User
from governance.permissions import Permission, roles_holding
from governance.tasks import send_message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Committee, Institution


def people_with(committee: Committee, permission: Permission) -> list[User]:
    """The people of a committee who hold a right today, each once."""
    held = RoleAssignment.objects.in_force().filter(
        committee=committee, role__in=roles_holding(permission), user__is_active=True
    )
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def people_of(institution: Institution) -> list[User]:
    """Those who speak for an institution today."""
    held = RoleAssignment.objects.in_force().filter(
        committee=institution.committee_id,
        institution=institution,
        user__is_active=True,
    )
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def tell(
    committee: Committee,
    people: Iterable[User],
    event: str,
    key: str,
    subject: str,
    **context: Any,
) -> None:
    """Queue the mail `mail/<event>.txt` to everybody who has an address.

    `key` names the event: a person is told of it once, however often it is tried.
    """
    addressed = {user.pk: user for user in people if user.email}
    if not addressed:
        return
    body = render_to_string(
        f"mail/{event}.txt",
        {
            "committee": committee,
            "subject": subject,
            "site": settings.SITE_URL,
            **context,
        },
    ).strip()
    told = Message.objects.filter(recipient__in=addressed, key=key)
    for pk in set(told.values_list("recipient", flat=True)):
        del addressed[pk]
    messages = Message.objects.bulk_create(
        [
            Message(
                committee=committee,
                recipient=user,
                key=key,
                subject=subject[:250],
                body=body,
            )
            for user in addressed.values()
        ]
    )
    for message in messages:
        transaction.on_commit(partial(send_message.enqueue, message.pk), robust=True)
