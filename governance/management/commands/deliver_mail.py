from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.actions.reports import begin_again
from governance.mail import not_sent, send, waiting


class Command(BaseCommand):
    help = (
        "Send the mail that could not be sent when it was written, and begin again the"
        " PDFs that a worker left unfinished; for cron."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if again := begin_again():
            said = ngettext("%d PDF begun again.", "%d PDFs begun again.", again)
            self.stdout.write(said % again)
        self.deliver()

    def deliver(self) -> None:
        queued = list(waiting().order_by("pk").values_list("pk", flat=True))
        sent = sum(send(pk) for pk in queued)
        refused, left = not_sent(queued)
        if refused:
            raise CommandError(
                _(
                    "%(sent)d of %(all)d mails were sent; the mail server refused %(refused)d."
                )
                % {"sent": sent, "all": len(queued), "refused": refused}
            )
        said = ngettext("%d mail sent.", "%d mails sent.", sent) % sent
        if left:
            nobody = ngettext(
                "%d not sent: its recipient has left.",
                "%d not sent: their recipients have left.",
                left,
            )
            said = f"{said} {nobody % left}"
        self.stdout.write(self.style.SUCCESS(said))
