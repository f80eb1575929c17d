"""Which errors of the database mean that somebody else was there, and which are ours."""

import sqlite3

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from governance.contention import is_busy, is_taken
from governance.models import RoleAssignment, User
from governance.views import errors


def met(act):
    """The error that the database answers with."""
    with (
        pytest.raises((IntegrityError, OperationalError)) as error,
        transaction.atomic(),
    ):
        act()
    return error.value


def judged(error):
    return is_busy(error), is_taken(error)


def test_what_is_unique_and_there_already_is_taken(secretary):
    error = met(lambda: User.objects.create(username=secretary.username))

    assert judged(error) == (False, True)


def test_what_a_row_may_not_say_is_a_fault_of_ours(secretary):
    error = met(lambda: RoleAssignment.objects.update(role="king"))

    assert judged(error) == (False, False)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no such limits")
@pytest.mark.parametrize(
    ("code", "busy"),
    [
        ("40001", True),
        ("40P01", True),
        ("55P03", True),
        ("57014", True),
        ("53100", False),
    ],
)
def test_a_wait_that_postgresql_gave_up_is_busy(db, code, busy):
    def fail():
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$BEGIN RAISE SQLSTATE '{code}'; END$$")

    assert judged(met(fail)) == (busy, False)


def test_a_wait_that_sqlite_gave_up_is_busy(tmp_path):
    first, second = (
        sqlite3.connect(tmp_path / "one.sqlite3", timeout=0, isolation_level=None)
        for _number in range(2)
    )
    first.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked") as cause:
        second.execute("BEGIN IMMEDIATE")
    error = OperationalError(str(cause.value))
    error.__cause__ = cause.value

    assert judged(error) == (True, False)
    first.close()
    second.close()


def test_only_what_is_taken_is_said_in_a_sentence(rf, secretary):
    request = rf.get("/")
    request.user, request.session = secretary, {}
    seen = []
    for act in (
        lambda: User.objects.create(username=secretary.username),
        lambda: RoleAssignment.objects.update(role="king"),
    ):
        try:
            raise met(act)
        except IntegrityError:
            response = errors.server_error(request)
        said = "Somebody else saved the same a moment ago." in response.content.decode()
        seen.append((response.status_code, said))

    assert seen == [(409, True), (500, False)]
