"""What must hold before the portal starts, each said with its remedy."""

from __future__ import annotations

from ctypes.util import find_library

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from governance.models import Document

# What WeasyPrint loads, and the Debian package that brings it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


@register()
def document_kinds_are_complete(
    app_configs: object, **kwargs: object
) -> list[CheckMessage]:
    """Every concrete subclass of Document is a chapter of the report, once."""
    defined = {
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Document) and model is not Document
    }
    listed = settings.DOCUMENT_KINDS
    errors: list[CheckMessage] = [
        Error(
            f"DOCUMENT_KINDS and the models disagree about {label}.",
            id="governance.E001",
        )
        for label in sorted(defined.symmetric_difference(listed))
    ]
    for label in sorted(defined.intersection(listed)):
        stem = apps.get_model(label).stem
        for name in (f"{stem}.html", f"{stem}_chapter.html"):
            try:
                get_template(name)
            except TemplateDoesNotExist:
                errors.append(
                    Error(f"{label} needs the template {name}.", id="governance.E002")
                )
    return errors


@register()
def pango_is_installed(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    missing = [package for name, package in LIBRARIES.items() if not find_library(name)]
    if not missing:
        return []
    return [
        Error(
            "The libraries that make the PDF are missing.",
            hint=f"On Debian or Ubuntu: apt-get install {' '.join(missing)}",
            id="governance.E003",
        )
    ]
