"""The only module that sends mail. A mail server that is away stops nobody's work."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from governance.models import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
# Who took a message and has not said by then how it went has died.
GIVEN_UP_AFTER = dt.timedelta(minutes=10)
SUSPENDED = _("Not sent: the person may not sign in any more.")
LEFT = _("Not sent: the person has no role in the committee any more.")


def waiting() -> QuerySet[Message]:
    """What has not been sent, is in nobody's hands, and is still worth trying."""
    given_up = Q(taken_at__lt=timezone.now() - GIVEN_UP_AFTER)
    return Message.objects.filter(
        Q(taken_at=None) | given_up, sent_at=None, attempts__lt=MOST_ATTEMPTS
    )


def claim(pk: int) -> Message | None:
    """Take a waiting message; of two that send at once one gets it, the other None.

    By one UPDATE and not by a lock: nothing is held while the mail server is asked.
    """
    taken = (
        waiting()
        .filter(pk=pk)
        .update(attempts=F("attempts") + 1, taken_at=timezone.now())
    )
    if not taken:
        return None
    return Message.objects.select_related("recipient").get(pk=pk)


def send(message_pk: int) -> bool:
    """Send one message unless it was sent; keep the error where it could not be."""
    message = claim(message_pk)
    if message is None:
        return False
    if reason := not_written_to(message):
        give_up(message, reason)
        return False
    mail = EmailMessage(
        " ".join(message.subject.split()),
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient.email],
        headers={"Message-ID": f"<ncc-{message.pk}@{settings.MAIL_DOMAIN}>"},
    )
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 -- whatever the server did: it is tried again
        logger.warning("Mail %s was not sent: %s", message.pk, error)
        ended(message, error=Truncator(str(error)).chars(300))
        return False
    ended(message, sent_at=timezone.now(), error="")
    return True


def ended(message: Message, **facts: Any) -> None:
    """How the sending of a claimed message ended."""
    Message.objects.filter(pk=message.pk).update(taken_at=None, **facts)


def not_written_to(message: Message) -> str:
    """Why the recipient is not told any more of what goes on in the committee."""
    if not message.recipient.is_active:
        return str(SUSPENDED)
    held = message.recipient.role_assignments.in_force()
    return "" if held.filter(committee=message.committee_id).exists() else str(LEFT)


def not_sent(pks: Iterable[int]) -> tuple[int, int]:
    """How many of these the mail server refused, and how many have nobody to go to."""
    unsent = Message.objects.filter(pk__in=pks, sent_at=None)
    left = unsent.filter(error__in=[str(SUSPENDED), str(LEFT)]).count()
    return unsent.count() - left, left


def give_up(message: Message, reason: str) -> None:
    """Keep the message with its reason, and never try it again."""
    logger.info("Mail %s: %s", message.pk, reason)
    ended(message, attempts=MOST_ATTEMPTS, error=reason)


def send_codes(letters: Iterable[tuple[str, str, str]]) -> list[bool]:
    """Send (address, subject, text) each, now; say of each whether the server took it.

    A letter with a code in it is never kept: whoever reads the database cannot join.
    """
    letters = list(letters)
    with (
        suppress_mail_errors("The mail server was not reached"),
        get_connection() as connection,
    ):
        return [taken(connection, *letter) for letter in letters]
    return [False] * len(letters)


def taken(connection: Any, address: str, subject: str, text: str) -> bool:
    mail = EmailMessage(
        " ".join(subject.split()),
        text,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        connection=connection,
    )
    with suppress_mail_errors("An invitation was not sent"):
        return bool(mail.send())
    return False


@contextmanager
def suppress_mail_errors(what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001 -- whatever the server did: a slip is printed
        logger.warning("%s: %s", what, error)
