"""A form that was cut off on its way is not read as if that were all of it."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from django.test import RequestFactory

from ncc_portal.whole import Whole, only_whole

pytestmark = pytest.mark.once

SENT = b"first line\nsecond line\nthe rest"
FORM = urlencode({"body": "The whole text.", "once": "1"}).encode()


def request_with(body, length):
    environ = RequestFactory().post("/").environ | {
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": length,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    found = []
    only_whole(lambda env, _start: found.append(WSGIRequest(env)) or [])(environ, None)
    return found[0]


def test_a_whole_form_is_read():
    request = request_with(FORM, str(len(FORM)))

    assert request.POST.dict() == {"body": "The whole text.", "once": "1"}


@pytest.mark.parametrize("sent", [0, 5, len(FORM) - 7, len(FORM) - 1])
def test_of_a_form_that_was_cut_off_nothing_is_read(sent):
    request = request_with(FORM[:sent], str(len(FORM)))

    with pytest.raises(UnreadablePostError):
        request.POST  # noqa: B018 -- reading it is what is tried

    assert request.POST.dict() == {}


@pytest.mark.parametrize("length", ["", "many"])
def test_without_a_length_it_is_left_to_the_server(length):
    body = BytesIO(FORM)
    environ = {"wsgi.input": body, "CONTENT_LENGTH": length}

    only_whole(lambda _env, _start: [])(environ, None)

    assert environ["wsgi.input"] is body


def test_what_is_whole_is_read_in_lines_and_pieces_and_then_ends():
    whole = Whole(BytesIO(SENT), len(SENT))

    read = [whole.readline(), whole.read(3), whole.readline(4), whole.readline()]
    read += [whole.readline(), whole.read(), whole.read(5)]

    assert read == [b"first line\n", b"sec", b"ond ", b"line\n", b"the rest", b"", b""]


def test_a_line_that_was_cut_off_is_not_taken_for_the_last():
    whole = Whole(BytesIO(SENT[:15]), len(SENT))
    whole.readline()

    with pytest.raises(ConnectionResetError):
        whole.readline()
