from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.mail import send, waiting


class Command(BaseCommand):
    help = "Send the mail that could not be sent when it was written; for cron."

    def handle(self, *args: Any, **options: Any) -> None:
        queued = list(waiting().order_by("pk").values_list("pk", flat=True))
        sent = sum(send(pk) for pk in queued)
        if waiting().filter(pk__in=queued).exists():
            raise CommandError(
                _(
                    "%(sent)d of %(all)d mails were sent; the mail server refused the rest."
                )
                % {"sent": sent, "all": len(queued)}
            )
        said = ngettext("%d mail sent.", "%d mails sent.", sent) % sent
        self.stdout.write(self.style.SUCCESS(said))
