"""What takes long to make is made once in a run of the tests, and put back after that.

The rows are put back as they were, numbers and all, into a database without any; the
files into MEDIA_ROOT. The workers of one run share what one of them has made.
"""

from __future__ import annotations

import fcntl
import functools
import pickle
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from governance.models import User
from tests.tampering import unguarded

if TYPE_CHECKING:
    from collections.abc import Callable

# What `migrate` writes itself.
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
# Where a trigger looks at other rows when one is inserted.
ASKED = {"governance_signature", "governance_resolution", "governance_validation"}


def remember(kept: Path, make: Callable[[], object]) -> None:
    """Leave in an empty database what `make` leaves there; `kept` is the file of it."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            make()
            kept.write_bytes(pickle.dumps((rows(), files())))
            return
    put_back(*pickle.loads(kept.read_bytes()))


def made_once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Of a function that fills a database: after the first call its work is put back.

    Only where there is nobody in the database yet; what `make` returns is copied.
    """

    kept: dict[Any, bytes] = {}

    @functools.wraps(make)
    def again(*args: str, **kwargs: str) -> Any:
        if User.objects.exists():
            return make(*args, **kwargs)
        key = args, tuple(kwargs.items()), timezone.now().date()
        if key in kept:
            *held, made = pickle.loads(kept[key])
            put_back(*held)
        else:
            before = rows()
            made = make(*args, **kwargs)
            if not before:
                kept[key] = pickle.dumps((rows(), files(), made))
        return made

    return again


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
    lifted = unguarded() if ASKED.intersection(tables) else nullcontext()
    with transaction.atomic(), lifted, connection.cursor() as cursor:
        for table, (columns, held) in tables.items():
            insert(cursor, table, columns, held)
        models = [m for m in apps.get_models() if m._meta.db_table in tables]
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
    for name, data in kept_files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def insert(cursor: Any, table: str, columns: list[str], held: list[Any]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = f"({', '.join(['%s'] * len(columns))})"
    for start in range(0, len(held), 100):
        part = held[start : start + 100]
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) VALUES {", ".join([marks] * len(part))}',
            [value for row in part for value in row],
        )
