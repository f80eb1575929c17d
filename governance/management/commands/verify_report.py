from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from governance.verification import Answer, Verdict, by_file, by_fingerprint

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

PIECE = 1024 * 1024


class Command(BaseCommand):
    help = "Say whether a file, or a fingerprint, is that of a validated report."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", nargs="?", type=Path, help="such as a PDF")
        what.add_argument(
            "--digest", help="instead of a file: 16 to 64 digits, or the eight words"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        answer = asked(options["file"], options["digest"])
        if answer.verdict != Verdict.GENUINE:
            raise CommandError(f"{answer.label}. {answer}")
        name = f" ({answer.report.reference})" if answer.report else ""
        self.stdout.write(self.style.SUCCESS(f"{answer.label}. {answer}{name}"))


def asked(file: Path | None, digest: str | None) -> Answer:
    try:
        return by_file(pieces(file)) if file else by_fingerprint(digest or "")
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from error


def pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece
