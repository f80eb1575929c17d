"""Somebody with the database in hand: what the guards refuse, done all the same."""

from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection

from governance import guards


@contextmanager
def unguarded():
    """Without the triggers: as one who owns the database would go about it."""
    editor = SimpleNamespace(connection=connection)
    guards.remove(editor)
    try:
        yield
    finally:
        guards.install(editor)
        let_empty()


def let_empty():
    """Take away what keeps rows from being deleted: the tests empty their database."""
    on = "" if connection.vendor == "sqlite" else " ON {table}"
    for guard in guards.guards_of(connection.vendor):
        if guard.event in {"DELETE", "TRUNCATE"}:
            drop = "DROP TRIGGER IF EXISTS {name}" + on
            guards.run(connection, [drop.format(name=guard.name, table=guard.table)])
