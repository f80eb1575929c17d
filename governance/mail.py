"""The only module that sends mail. A mail server that is away stops nobody's work."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone
from django.utils.text import Truncator

from governance.models import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 12


def waiting() -> QuerySet[Message]:
    """What has not been sent and is still worth trying."""
    return Message.objects.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS)


def send(message_pk: int) -> bool:
    """Send one message unless it was sent; keep the error where it could not be."""
    message = waiting().select_related("recipient").filter(pk=message_pk).first()
    if message is None:
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
            attempts=F("attempts") + 1, error=Truncator(str(error)).chars(300)
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
