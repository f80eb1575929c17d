from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from governance.integrity import Chain, chain_of, committee_faults
from governance.models import Committee

if TYPE_CHECKING:
    import argparse


class Command(BaseCommand):
    help = (
        "Recompute the history of a committee, or of all, and what it made final:"
        " versions, signatures, decisions, PDFs. Name what is broken."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "committee", nargs="?", help="its name in addresses; without it: all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        committees = Committee.objects.all()
        if slug := options["committee"]:
            committees = committees.filter(slug=slug)
            if not committees:
                raise CommandError(f"There is no committee “{slug}”.")
        broken = []
        for committee in committees:
            chain = chain_of(committee)
            faults = [] if chain.is_whole else [said(chain)]
            faults += committee_faults(committee)
            broken += [f"{committee.slug}: {fault}" for fault in faults]
            if not faults:
                self.stdout.write(
                    self.style.SUCCESS(
                        f"{committee.slug}: complete, {chain.count} entries,"
                        f" tip {chain.tip or 'none'}"
                    )
                )
        if broken:
            raise CommandError("\n".join(broken))


def said(chain: Chain) -> str:
    """The fault, and the entry where it showed, as it stands now."""
    if chain.entry is None:
        return chain.fault
    at = chain.entry.at.isoformat(timespec="minutes")
    return f"{chain.fault} Entry {chain.entry.seq}, {at}: {chain.entry}"
