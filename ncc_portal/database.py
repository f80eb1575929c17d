"""The database of the portal, as DATABASE_URL names it."""

from __future__ import annotations

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

HELP = (
    "DATABASE_URL is not an address this portal can use: write"
    " postgres://user:password@host:5432/name or sqlite:////folder/file.sqlite3."
)
# Measured with eight writers: no "database is locked", and nothing lost when the power
# fails (WAL with synchronous FULL).
SQLITE: dict[str, Any] = {
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
}
POSTGRESQL: dict[str, Any] = {
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "connect_timeout": 5,
        "options": "-c statement_timeout=30s -c lock_timeout=10s"
        " -c idle_in_transaction_session_timeout=10s",
    },
}


def database(otherwise: str) -> dict[str, Any]:
    """What DATABASE_URL names, or `otherwise` where it is empty.

    What its address says after `?`, such as `sslmode=require`, goes before ours. One
    sentence where it names nothing we can use (ImproperlyConfigured).
    """
    url = environ.Env()("DATABASE_URL", default="") or otherwise
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(HELP)
    try:
        named = environ.Env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured(HELP) from error
    ours = SQLITE if named["ENGINE"].endswith("sqlite3") else POSTGRESQL
    return ours | named | {"OPTIONS": ours["OPTIONS"] | named.get("OPTIONS", {})}
