"""The signatures on the candidate, in the portal and on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from governance.actions import paper_signatures, signoffs
from governance.models import PaperSignature, Signature, Version
from ncc_portal.demo.people import PASSWORD

if TYPE_CHECKING:
    from governance.models import User
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

SIGNATURE = "position text place"
PAPER = "capacity position text authority signed_on"


def load_signoff(seeding: Seeding, file: Entry) -> None:
    file.known({"signatures", "paper"})
    for entry in file.entries("signatures"):
        fields = seeding.values(entry, Signature, SIGNATURE, extra="at by")
        by = seeding.person(entry)
        seeding.at(entry, partial(sign, seeding, entry, by, fields))
    for entry in file.entries("paper"):
        entry.known({*PAPER.split(), "person", "recorded", "confirmed"})
        recorded, confirmed = entry.entry("recorded"), entry.entry("confirmed")
        seeding.at(recorded, partial(record, seeding, entry, recorded))
        seeding.at(confirmed, partial(confirm, seeding, entry, confirmed))


def candidate_of(seeding: Seeding, entry: Entry) -> Version:
    seeding.report.refresh_from_db()
    candidate: Version | None = seeding.report.candidate
    if candidate is None:
        raise entry.mistake("", _("there is no candidate to sign."))
    return candidate


def sign(seeding: Seeding, entry: Entry, by: User, fields: dict[str, str]) -> None:
    candidate = candidate_of(seeding, entry)
    if not candidate.signatures.filter(person=by).exists():
        seeding.count(
            signoffs.sign(
                candidate,
                by=by,
                password=PASSWORD,
                text_digest=candidate.digest,
                **fields,
            )
        )


def paper_of(seeding: Seeding, entry: Entry) -> PaperSignature | None:
    candidate = candidate_of(seeding, entry)
    person = seeding.person(entry, "person")
    rows = candidate.paper_signatures.select_related("candidate", "person")
    found: PaperSignature | None = rows.filter(person=person).first()
    return found


def record(seeding: Seeding, entry: Entry, recorded: Entry) -> None:
    if paper_of(seeding, entry):
        return
    extra = "person recorded confirmed"
    fields = seeding.values(entry, PaperSignature, PAPER, extra=extra)
    seeding.count(
        paper_signatures.record_paper(
            candidate_of(seeding, entry),
            seeding.person(entry, "person"),
            scan=("scan.pdf", scan()),
            by=seeding.person(recorded),
            **fields,
        )
    )


def confirm(seeding: Seeding, entry: Entry, confirmed: Entry) -> None:
    paper = paper_of(seeding, entry)
    if paper and paper.state == PaperSignature.State.RECORDED:
        seeding.count(
            paper_signatures.confirm_paper(paper, by=seeding.person(confirmed))
        )


def scan() -> bytes:
    """A page that says what it stands for: the smallest PDF with one line of text."""
    text = b"BT /F1 18 Tf 72 720 Td (Illustrative scan) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n"
    ) % (len(parts) + 1, table, len(parts) + 1, len(data))
