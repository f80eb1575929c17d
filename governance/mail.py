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
from django.utils.translation import gettext as _

from governance.models import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 12


# Who took a message and has not said by then how it went has died.
TAKEN_FOR = dt.timedelta(minutes=5)


def waiting() -> QuerySet[Message]:
    """What has not been sent, is still worth trying, and nobody else is sending."""
    since = timezone.now() - TAKEN_FOR
    return Message.objects.filter(
        Q(taken_at=None) | Q(taken_at__lt=since),
        sent_at=None,
        attempts__lt=MOST_ATTEMPTS,
    )


def take(message_pk: int) -> Message | None:
    """Take a message for sending; of two that would send it one gets it."""
    taken = waiting().filter(pk=message_pk).update(taken_at=timezone.now())
    rows = Message.objects.select_related("recipient")
    return rows.get(pk=message_pk) if taken else None


def is_still_addressed(message: Message) -> bool:
    """Whether the recipient may sign in and holds a role in the committee today."""
    person = message.recipient
    return person.is_active and message.committee_id in person.roles


def send(message_pk: int) -> bool:
    """Send one message unless it was sent; keep the error where it could not be."""
    message = take(message_pk)
    if message is None:
        return False
    if not is_still_addressed(message):
        Message.objects.filter(pk=message.pk).update(
            attempts=MOST_ATTEMPTS,
            taken_at=None,
            error=_("Not sent: the person holds no role any more, or is suspended."),
        )
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
        Message.objects.filter(pk=message.pk).update(
            attempts=F("attempts") + 1,
            taken_at=None,
            error=Truncator(str(error)).chars(300),
        )
        return False
    Message.objects.filter(pk=message.pk).update(
        attempts=F("attempts") + 1, sent_at=timezone.now(), error=""
    )
    return True


def send_codes(letters: Iterable[tuple[str, str, str]]) -> list[bool]:
    """Send (address, subject, text) each, now; say of each whether the server took it.

    A letter with a code in it is never kept: whoever reads the database cannot join.
    """
    letters = list(letters)
    with (
        suppress_mail_errors("The mail server was not reached"),
        get_connection(timeout=10) as connection,
    ):
        return [taken(connection, *letter) for letter in letters]
    return [False for _letter in letters]


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
