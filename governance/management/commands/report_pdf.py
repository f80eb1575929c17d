from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.models import Committee
from governance.pdf import RenderingFailed, render_pdf_apart


class Command(BaseCommand):
    help = "Print a committee's current report as PDF/UA into a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("committee", help="the committee's name in addresses")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, out = options["committee"], options["out"]
        committee = Committee.objects.filter(slug=slug).first()
        if committee is None:
            known = ", ".join(Committee.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no committee “{slug}”; there is: {known}.")
        report = committee.reports.order_by("-edition").first()
        if report is None:
            raise CommandError(f"{committee} has no report yet.")
        try:
            printed = render_pdf_apart(report.to_snapshot())
            out.write_bytes(printed.data)
        except (RenderingFailed, OSError) as error:
            raise CommandError(f"The PDF was not made: {error}") from error
        size = len(printed.data) // 1024
        self.stdout.write(
            self.style.SUCCESS(f"{out}: {printed.pages} pages, {size} kB.")
        )
