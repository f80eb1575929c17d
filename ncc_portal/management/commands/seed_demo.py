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
from ncc_portal.demo.loading import load
from ncc_portal.demo.reading import SeedError
from ncc_portal.demo.signing_in import sign_ins
from ncc_portal.demo.stages import AS_OF, STAGES
from ncc_portal.demo.telling import finish

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from ncc_portal.demo.seeding import Seeding

DATA = Path(__file__).resolve().parents[2] / "demo"
FOLDERS = [DATA / "lesotho", DATA / "practice"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Command(BaseCommand):
    help = "Load the demonstration committees, as they stood at a stage or on a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stage",
            choices=STAGES,
            help="tell the story of the report until there; at first to its end,"
            f" {list(STAGES)[-1]}",
        )
        parser.add_argument(
            "--as-of",
            metavar="YYYY-MM-DD",
            type=day,
            help="the day of the demonstration, after which nothing is loaded;"
            f" at first {AS_OF}",
        )
        parser.add_argument(
            "--no-pdf",
            action="store_true",
            help="make no PDF, which takes a while; the report is then not released",
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
        stage, as_of = options["stage"], options["as_of"]
        if stage and as_of:
            raise CommandError(_("Give a stage or a day, not both."))
        release = not options["no_pdf"]
        folders = [options["data"]] if options["data"] else FOLDERS
        try:
            with transaction.atomic():
                loaded = [
                    load(folder, as_of, stage=stage, release=release)
                    for folder in folders
                ]
            for seeding in loaded:
                finish(seeding)
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
