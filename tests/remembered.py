"""What takes long to make is made once in a run of the tests, and put back after that.

The rows are put back as they were, numbers and all, into a database without any; the
files into MEDIA_ROOT. The workers of one run share what one of them has made.
"""

from __future__ import annotations

import fcntl
import os
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from tests.tampering import unguarded

if TYPE_CHECKING:
    from collections.abc import Callable

# What `migrate` writes itself.
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def remembered(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[], object]], None]:
    """`remembered(name, make)` leaves in an empty database what `make` leaves there."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def leave(name: str, make: Callable[[], object]) -> None:
        kept = folder / f"{name}.{connection.vendor}"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                make()
                kept.write_bytes(pickle.dumps((rows(), files())))
                return
        put_back(*pickle.loads(kept.read_bytes()))

    return leave


def rows() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """The columns and the rows of every table that has any."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - OF_DJANGO):
            columns = [
                column.name
                for column in connection.introspection.get_table_description(
                    cursor, table
                )
            ]
            cursor.execute(f'SELECT {stored(columns)} FROM "{table}"')
            if held := cursor.fetchall():
                found[table] = (columns, held)
    return found


def stored(columns: list[str]) -> str:
    """The columns as they are stored: SQLite's driver reads no dates into `+column`."""
    sign = "+" if connection.vendor == "sqlite" else ""
    return ", ".join(f'{sign}"{column}"' for column in columns)


def files() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def put_back(tables: dict[str, Any], kept_files: dict[str, bytes]) -> None:
    with transaction.atomic(), unguarded(), connection.cursor() as cursor:
        for table, (columns, held) in tables.items():
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
                held,
            )
        models = [m for m in apps.get_models() if m._meta.db_table in tables]
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
    for name, data in kept_files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
