"""Files as they were stored, or a page that says they are not: never wrong bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from governance.views.errors import reference

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from django.http import HttpRequest

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


def stored_file(
    request: HttpRequest, file: FieldFile, sha256: str, name: str
) -> HttpResponse:
    """A download of the very bytes that were hashed just now."""
    try:
        with file.open("rb") as opened:
            data = opened.read()
    except (OSError, ValueError):
        return cannot_serve(request)
    if hashlib.sha256(data).hexdigest() != sha256:
        return cannot_serve(request)
    kind = name.rpartition(".")[2]
    answer = HttpResponse(data, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def cannot_serve(request: HttpRequest) -> HttpResponse:
    """The reference on the page leads the secretariat to the line in the log."""
    context = {"reference": reference(request, 503)}
    return render(request, "governance/public_report_damaged.html", context, status=503)
