"""A database of its own for a benchmark, gone afterwards, with Lesotho in it."""

import os
from contextlib import contextmanager

import django


def environment():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    os.environ.update(
        DEBUG="false",
        DEMO="true",
        HTTPS="false",
        SECRET_KEY=os.environ.get("SECRET_KEY", "only for benchmarks"),
        ALLOWED_HOSTS="testserver,localhost",
        LOG_LEVEL="ERROR",
    )


@contextmanager
def lesotho():
    """Yield the vendor of a throwaway database that holds Lesotho's demonstration."""
    environment()
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import (
        setup_test_environment,
        teardown_test_environment,
    )

    setup_test_environment(debug=False)
    original = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("seed_demo", verbosity=0)
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
        teardown_test_environment()
