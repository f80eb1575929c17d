import datetime as dt
import os
from functools import partial

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from governance.actions import committees, people
from governance.models import User
from governance.permissions import Role
from tests.remembered import remember
from tests.tampering import let_empty

SINCE = dt.date(2021, 1, 1)


def pytest_collection_modifyitems(items):
    """Counting lines takes two thirds more time: not where the portal runs for minutes."""
    for item in items:
        if any(item.get_closest_marker(name) for name in ("browser", "long")):
            item.add_marker("no_cover")


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _the_database_can_be_emptied(django_db_setup, django_db_blocker):
    """As after every test with transactions; tests/governance/test_guards.py puts it back."""
    with django_db_blocker.unblock():
        let_empty()


@pytest.fixture(scope="session", autouse=True)
def _no_session_is_left(django_db_setup, django_db_blocker):
    """A thread of a live server may still hold a session: then no database is dropped."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture
def committee(db):
    return committees.establish(
        name="National Consultative Committee",
        short_name="NCC",
        slug="ncc",
        country="Botswana",
        country_code="BW",
        currency="BWP",
        currency_symbol="P",
        time_zone="Africa/Gaborone",
        fiscal_year_starts=4,
        languages=[{"code": "en", "name": "English", "prevails": True}],
        aliases=[],
    )


@pytest.fixture
def secretary(committee):
    user = people.register(committee, username="secretary", name="Secretary", by=None)
    people.give_role(user, committee, Role.SECRETARIAT, starts_on=SINCE, by=None)
    return User.objects.get(pk=user.pk)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """What the workers of this run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def put_lesotho(run_folder):
    """Put Lesotho's demonstration data, both committees, into the empty database."""
    make = partial(call_command, "seed_demo", no_pdf=True, verbosity=0)
    return partial(remember, run_folder / f"lesotho.{connection.vendor}", make)


@pytest.fixture(scope="module")
def lesotho(django_db_setup, django_db_blocker, tmp_path_factory, put_lesotho):
    """Lesotho's demonstration data, for a module of tests."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("lesotho"))
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        with files:
            put_lesotho()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def sign_in(client, db):
    def as_user(username):
        client.force_login(User.objects.get(username=username))
        return client

    return as_user
