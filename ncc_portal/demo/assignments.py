"""Which institution writes which document, as the secretariat has assigned it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.actions.writing import assign
from governance.models import Assignment, Document, Institution
from ncc_portal.demo.located import located

if TYPE_CHECKING:
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding


def load_assignments(seeding: Seeding, file: Entry) -> None:
    file.known({"assignments"})
    for entry in file.entries("assignments"):
        entry.known({"institution", "document"})
        load_assignment(seeding, entry)


def load_assignment(seeding: Seeding, entry: Entry) -> None:
    kind = entry.text("document")
    documents = {
        document.kind.rpartition(".")[2].lower(): document
        for document in Document.objects.filter(report=seeding.report)
    }
    if kind not in documents:
        problem = _("it is none of the report's documents: %s.")
        raise entry.mistake("document", problem % ", ".join(documents), kind)
    code = entry.text("institution")
    institution = seeding.register.find(entry, "institution", Institution, code)
    there = Assignment.objects.filter(
        document=documents[kind], institution=institution, provision_uid=None
    )
    if not there.exists():
        with located(entry):
            seeding.count(assign(documents[kind], institution, None, by=seeding.by))
