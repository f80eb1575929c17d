from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.models import Committee, Report
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
            data, pages = (stored if report.is_validated else made)(report)
            out.write_bytes(data)
        except (RenderingFailed, OSError) as error:
            raise CommandError(f"The PDF was not made: {error}") from error
        size = len(data) // 1024
        self.stdout.write(self.style.SUCCESS(f"{out}: {pages} pages, {size} kB."))


def made(report: Report) -> tuple[bytes, int]:
    """The draft, printed now."""
    printed = render_pdf_apart(report.to_snapshot())
    return printed.data, printed.pages


def stored(report: Report) -> tuple[bytes, int]:
    """The public edition of a validated report: the stored bytes and no others."""
    edition = report.renderings.filter(edition="public", progress="done").first()
    if edition is None:
        raise RenderingFailed("the worker has not made the public edition yet.")
    if not edition.is_intact():
        raise RenderingFailed("the stored file is not the one that was made.")
    return edition.file.read(), edition.pages
