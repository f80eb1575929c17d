"""What the background worker does; each task calls an action and nothing else."""

from __future__ import annotations

from django_tasks import task

from governance import mail
from governance.actions import renderings


@task()
def make_pdf(rendering_pk: int) -> None:
    renderings.make_pdf(rendering_pk)


@task()
def send_message(message_pk: int) -> None:
    mail.send(message_pk)
