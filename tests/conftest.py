import datetime as dt

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from governance.actions import committees, people
from governance.models import User
from governance.permissions import Role

SINCE = dt.date(2021, 1, 1)


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    yield
    cache.clear()


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


@pytest.fixture(scope="module")
def lesotho(django_db_setup, django_db_blocker):
    """Lesotho's demonstration data, loaded once for a module of tests."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        call_command("seed_demo", verbosity=0)
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
