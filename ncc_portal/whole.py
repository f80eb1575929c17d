"""Requests that arrive in part are not carried out.

When the line breaks while a form is sent, a server hands on what came, and Django reads
it as if that were all: half a text would be saved as the whole, without the key by which
its sender is known to send it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Whole:
    """The body of a request; raises where it ends before its announced length."""

    def __init__(self, stream: Any, length: int) -> None:
        self.stream, self.left = stream, length

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data: bytes = self.stream.read(wanted)
        return self.counted(data, wanted)

    def readline(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        line: bytes = self.stream.readline(wanted)
        return self.counted(line, len(line) if line.endswith(b"\n") else wanted)

    def counted(self, data: bytes, wanted: int) -> bytes:
        if len(data) < wanted:
            # Django makes of it that the form could not be read.
            raise ConnectionResetError("The request ended before its announced length.")
        self.left -= len(data)
        return data


def only_whole(application: Callable[..., Iterable[bytes]]) -> Callable[..., Any]:
    """The application, which reads requests as a whole or not at all."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            environ["wsgi.input"] = Whole(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer
