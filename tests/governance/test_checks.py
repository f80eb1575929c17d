"""What is said before the portal starts, and how its first committee is entered."""

import pytest
from django.core.management import CommandError, call_command

from governance import checks
from governance.models import Committee, RoleAssignment


def test_establish_committee_enters_it_and_its_first_person(db, capsys):
    options = {
        "name": "National Consultative Committee",
        "short_name": "NCC",
        "slug": "ncc",
        "country": "Zambia",
        "country_code": "ZM",
        "currency": "ZMW",
        "currency_symbol": "K",
        "time_zone": "Africa/Lusaka",
        "username": "first",
        "person": "Secretariat",
        "email": "first@example.org",
    }
    call_command("establish_committee", **options)

    assert [(str(a.user), a.role) for a in RoleAssignment.objects.all()] == [
        ("Secretariat", "secretariat")
    ]
    with pytest.raises(CommandError):
        call_command("establish_committee", **(options | {"currency": "kwacha"}))
    assert Committee.objects.count() == 1


def test_missing_libraries_are_named_with_their_packages(monkeypatch):
    monkeypatch.setattr(checks, "find_library", lambda name: None)

    assert [e.hint for e in checks.pango_is_installed(None)] == [
        "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        " libharfbuzz-subset0"
    ]


def test_an_unlisted_kind_or_a_missing_template_is_an_error(settings, monkeypatch):
    settings.DOCUMENT_KINDS = settings.DOCUMENT_KINDS[1:]
    monkeypatch.setattr("governance.models.Structure.stem", "governance/nothing")

    assert [e.id for e in checks.document_kinds_are_complete(None)] == [
        "governance.E001",
        "governance.E002",
        "governance.E002",
    ]
