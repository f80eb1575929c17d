"""Stored files over the API: the bytes as they were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404
from rest_framework import viewsets

if TYPE_CHECKING:
    from rest_framework.request import Request


class WithFile(viewsets.ViewSetMixin):
    """A list of which each row has a file; whoever asks for it may accept only that."""

    action: str

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        wants_file = self.action == "file"
        parent: Any = super()
        return parent.perform_content_negotiation(request, force=force or wants_file)


def download(file: Any, name: str) -> FileResponse:
    """The bytes of a stored file as an attachment; 404 when there are none."""
    try:
        stream = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    return FileResponse(stream, as_attachment=True, filename=name)
