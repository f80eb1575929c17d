from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from governance.actions.drafts import clear


class Command(BaseCommand):
    help = "Remove drafts of 30 days ago and sealed texts of yesterday; for cron."

    def handle(self, *args: Any, **options: Any) -> None:
        said = _(
            "Removed: %(drafts)d drafts, %(sealed)d sealed texts, %(submissions)d keys of"
            " forms, %(presences)d presences."
        )
        self.stdout.write(self.style.SUCCESS(said % clear()))
