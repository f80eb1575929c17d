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
    with empty() as vendor:
        from django.core.management import call_command

        call_command("seed_demo", no_pdf=True, verbosity=0)
        yield vendor


@contextmanager
def empty():
    """Yield the vendor of a throwaway database with nothing in it."""
    environment()
    django.setup()
    from django.db import connection
    from django.test.utils import (
        setup_test_environment,
        teardown_test_environment,
    )

    setup_test_environment(debug=False)
    original = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
        teardown_test_environment()
