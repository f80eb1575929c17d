from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.errors import Refused
from ncc_portal.demo.committee import AS_OF
from ncc_portal.demo.loading import load
from ncc_portal.demo.reading import SeedError
from ncc_portal.demo.signing_in import sign_ins

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from ncc_portal.demo.seeding import Seeding

DATA = Path(__file__).resolve().parents[2] / "demo"
FOLDERS = [DATA / "lesotho", DATA / "practice"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Command(BaseCommand):
    help = "Load the demonstration committees, as they stood on a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of",
            metavar="YYYY-MM-DD",
            type=day,
            help="the day of the demonstration, after which nothing is loaded;"
            f" at first {AS_OF}",
        )
        parser.add_argument(
            "--data",
            metavar="DIR",
            type=Path,
            help="a folder of seed files to load instead of those of Lesotho",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("Demonstration data needs DEMO=true in the environment or in .env.")
            )
        folders = [options["data"]] if options["data"] else FOLDERS
        try:
            with transaction.atomic():
                loaded = [load(folder, options["as_of"]) for folder in folders]
        except (Refused, SeedError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.report(loaded)

    def report(self, loaded: list[Seeding]) -> None:
        for seeding in loaded:
            rows = sum(seeding.added.values())
            added = ngettext("%d row added", "%d rows added", rows) % rows
            what = added if rows else _("already there")
            words = {"name": seeding.committee, "what": what, "day": seeding.as_of}
            line = _("%(name)s: %(what)s, as of %(day)s.") % words
            self.stdout.write(self.style.SUCCESS(line))
        self.stdout.write("")
        for line in sign_ins():
            self.stdout.write(line)
