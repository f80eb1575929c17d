from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from governance.actions.renderings import unfinished
from governance.tasks import make_pdf


class Command(BaseCommand):
    help = "Begin again the PDFs that a worker left unfinished; for cron."

    def handle(self, *args: Any, **options: Any) -> None:
        left = list(unfinished().values_list("pk", flat=True))
        for pk in left:
            make_pdf.enqueue(pk)
        n = len(left)
        said = ngettext("%d PDF begun again.", "%d PDFs begun again.", n) % n
        self.stdout.write(self.style.SUCCESS(said))
