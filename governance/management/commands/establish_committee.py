from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from governance.actions import committees, people
from governance.permissions import Role

if TYPE_CHECKING:
    import argparse

COMMITTEE = {
    "name": "official name",
    "short-name": "short name, for the header of every page",
    "slug": "name in addresses, such as lesotho",
    "country": "country",
    "country-code": "two letters, ISO 3166-1",
    "currency": "three letters, ISO 4217",
    "currency-symbol": "currency symbol in print",
    "time-zone": "such as Africa/Maseru",
}


class Command(BaseCommand):
    help = "Enter a first committee and the first person of its secretariat."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        for option, text in COMMITTEE.items():
            parser.add_argument(f"--{option}", required=True, help=text)
        parser.add_argument(
            "--fiscal-year-starts", type=int, default=1, help="month, 1 to 12"
        )
        parser.add_argument("--username", required=True)
        parser.add_argument("--person", required=True, help="name of the person")
        parser.add_argument("--email", required=True, help="to set the password with")

    def handle(self, *args: Any, **options: Any) -> None:
        fields = {
            name.replace("-", "_"): options[name.replace("-", "_")]
            for name in COMMITTEE
        }
        try:
            with transaction.atomic():
                committee = committees.establish(
                    **fields,
                    fiscal_year_starts=options["fiscal_year_starts"],
                    languages=[{"code": "en", "name": "English", "prevails": True}],
                    aliases=[],
                )
                user = people.register(
                    committee,
                    username=options["username"],
                    name=options["person"],
                    email=options["email"],
                    by=None,
                )
                today = dt.datetime.now(tz=dt.UTC).date()
                people.give_role(
                    user, committee, Role.SECRETARIAT, starts_on=today, by=None
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            self.style.SUCCESS(
                f"{committee} is entered. {user} sets a password at /reset-password/."
            )
        )
