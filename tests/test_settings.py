"""A start that lacks something fails with one sentence that says what to set."""

import os
import subprocess
import sys

import pytest

from ncc_portal.database import database

COMPLETE = {
    "SECRET_KEY": "a secret of the test",
    "ALLOWED_HOSTS": "ncc.example",
    "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3",
    "DEBUG": "false",
}
SET_IT = (
    "Set {} in the environment or in .env (see .env.example),"
    " or DEBUG=true on a machine for development."
)
ADDRESS = (
    "DATABASE_URL is not an address this portal can use: write"
    " postgres://user:password@host:5432/name or sqlite:////folder/file.sqlite3."
)


def run(**changed):
    return subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        env={"PATH": os.environ["PATH"], **COMPLETE, **changed},
        capture_output=True,
        text=True,
        check=False,
    )


def start(**changed):
    done = run(**changed)
    return done.returncode, done.stderr.strip()


def test_what_the_address_of_the_database_says_goes_before_what_we_say(monkeypatch):
    address = "postgres://ncc:secret@db.example/ncc?sslmode=require&connect_timeout=9"
    monkeypatch.setenv("DATABASE_URL", address)

    found = database("")

    assert found["OPTIONS"] == {
        "options": "-c statement_timeout=30s -c lock_timeout=10s"
        " -c idle_in_transaction_session_timeout=10s",
        "sslmode": "require",
        "connect_timeout": 9,
    }
    assert (found["HOST"], found["CONN_MAX_AGE"]) == ("db.example", 600)


def test_a_complete_environment_starts():
    assert start() == (0, "")


@pytest.mark.parametrize(
    ("changed", "seconds"), [({}, 10), ({"EMAIL_TIMEOUT": "3"}, 3)]
)
def test_a_mail_server_has_only_so_long_to_answer(changed, seconds):
    assert f"\nEMAIL_TIMEOUT = {seconds}\n" in run(**changed).stdout


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": ""}, SET_IT.format("SECRET_KEY")),
        ({"ALLOWED_HOSTS": ""}, SET_IT.format("ALLOWED_HOSTS")),
        ({"DATABASE_URL": "nonsense"}, ADDRESS),
        ({"DATABASE_URL": "postgres://ncc@host:port/ncc"}, ADDRESS),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(changed, sentence):
    assert start(**changed) == (2, sentence)
