"""What is sealed opens for one person at one address; a ticket cannot be made up."""

import base64
import datetime as dt
import json

import pytest
import time_machine
from django.http import QueryDict
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from governance import sealing
from governance.sealing import Ticket

VALUES = {"body": ["Ts'eliso 'Mamakopoi š"], "type": ["technical"]}
DAY = dt.timedelta(hours=24)


@given(
    st.dictionaries(
        st.text(max_size=8), st.lists(st.text(max_size=30), max_size=3), max_size=3
    ),
    st.integers(min_value=1),
    st.text(max_size=30),
)
def test_what_is_sealed_opens_again(values, user, address):
    sealed = sealing.seal(values, user, address)

    assert sealing.unseal(sealed, user, address) == values


@pytest.mark.parametrize(("user", "address"), [(2, "/a/"), (1, "/b/")])
def test_it_opens_for_nobody_and_nowhere_else(user, address):
    sealed = sealing.seal(VALUES, 1, "/a/")

    assert sealing.unseal(sealed, user, address) is None


def test_no_word_of_it_can_be_read():
    sealed = sealing.seal(VALUES, 1, "/a/")

    assert sealed.startswith("aes-256-gcm:")
    assert "Mamakopoi" not in sealed


def test_the_same_text_is_never_sealed_the_same():
    assert sealing.seal(VALUES, 1, "/a/") != sealing.seal(VALUES, 1, "/a/")


def test_a_changed_letter_opens_nothing():
    sealed = sealing.seal(VALUES, 1, "/a/")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]

    assert sealing.unseal(changed, 1, "/a/") is None


def test_it_opens_with_the_key_that_was_replaced(settings):
    sealed = sealing.seal(VALUES, 1, "/a/")

    with override_settings(
        SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]
    ):
        assert sealing.unseal(sealed, 1, "/a/") == VALUES
    with override_settings(SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=[]):
        assert sealing.unseal(sealed, 1, "/a/") is None


TICKET = Ticket(7, "/a/?b=c", "Comment on Art. 9", "Africa/Maseru", ("password",))


def test_a_ticket_comes_back_as_it_was_signed():
    assert sealing.read(sealing.sign(TICKET)) == TICKET


@pytest.mark.parametrize("text", ["", "x", "a:b:c", json.dumps({"user": 7})])
def test_a_ticket_is_not_made_up(text):
    assert sealing.read(text) is None


def test_a_ticket_is_fresh_for_a_day():
    with time_machine.travel("2021-11-24T12:00:00Z", tick=False):
        signed = sealing.sign(TICKET)

    with time_machine.travel("2021-11-25T11:59:00Z", tick=False):
        assert sealing.read(signed, DAY) == TICKET
    with time_machine.travel("2021-11-25T12:01:00Z", tick=False):
        assert (sealing.read(signed, DAY), sealing.read(signed)) == (None, TICKET)


def test_what_is_kept_has_no_control_no_secret_and_no_nul():
    data = QueryDict(
        "csrfmiddlewaretoken=a&once=b&window=c&seal=d&draft=e&kept=f&keep=1"
        "&password=g&body=one%00two&answers=1&answers=2"
    )

    assert sealing.values_of(data, ("password",)) == {
        "body": ["onetwo"],
        "answers": ["1", "2"],
    }


def test_the_key_of_copies_is_each_persons_own_and_stays_the_same():
    keys = [sealing.lock_of(user) for user in (1, 2, 1)]

    assert keys[0] == keys[2] != keys[1]
    assert [len(base64.b64decode(key)) for key in keys] == [32, 32, 32]
