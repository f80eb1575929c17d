"""Part I of the report: legal status, direction, terms of reference, structure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from governance.actions import legal
from governance.models import (
    Body,
    DecisionRule,
    LegalInstrument,
    LegalOption,
    LegalStatus,
    LegalStep,
    MandateArticle,
    MeetingRule,
    QuorumRule,
    ReportingDuty,
    Seat,
    Statement,
    StrategicDirection,
    StrategicObjective,
    Structure,
    TermsFunction,
    TermsOfReference,
    TermsSeat,
    TermsSection,
    Value,
)

if TYPE_CHECKING:
    from governance.models import Provision
    from ncc_portal.demo.reading import Entry
    from ncc_portal.demo.seeding import Seeding

OPTION = (
    "route title advantages disadvantages cost months_least months_most verdict phase"
    " rationale enabling_provision"
)
OBJECTIVE = "title narrative owner co_owner alignments"
BODY = (
    "name short_name level lead co_lead composition members mandate"
    " meeting_frequency output"
)


def load_legal(seeding: Seeding, file: Entry) -> None:
    document = seeding.document(LegalStatus, file, extra="options instruments articles")
    for number, entry in enumerate(file.entries("options"), start=1):
        seeding.provision(LegalOption, document, entry, OPTION, key=f"{number}")
    for number, entry in enumerate(file.entries("instruments"), start=1):
        instrument = seeding.provision(
            LegalInstrument,
            document,
            entry,
            "route title act_number year",
            key=f"{number}",
            extra="steps",
        )
        for step in entry.entries("steps"):
            load_step(seeding, step, instrument)
    for number, entry in enumerate(file.entries("articles"), start=1):
        load_article(seeding, document, entry, f"{number}")


def load_step(seeding: Seeding, entry: Entry, instrument: LegalInstrument) -> None:
    fields = seeding.values(entry, LegalStep, "state on reference note")
    on, state = fields["on"], fields["state"]

    def act() -> None:
        if not instrument.steps.filter(on=on, state=state).exists():
            seeding.count(legal.record_step(instrument, by=seeding.by, **fields))

    seeding.later(on, entry, act)


def load_article(
    seeding: Seeding,
    document: LegalStatus,
    entry: Entry,
    key: str,
    parent: MandateArticle | None = None,
) -> None:
    row = seeding.provision(
        MandateArticle,
        document,
        entry,
        "heading body",
        key=key,
        extra="paragraphs",
        parent=parent,
    )
    for number, below in enumerate(entry.entries("paragraphs"), start=1):
        load_article(seeding, document, below, f"{key}.{number}", row)


def load_direction(seeding: Seeding, file: Entry) -> None:
    document = seeding.document(
        StrategicDirection, file, extra="statements values objectives"
    )
    lists: list[tuple[str, type[Provision], str]] = [
        ("statements", Statement, "kind body"),
        ("values", Value, "name gloss"),
        ("objectives", StrategicObjective, OBJECTIVE),
    ]
    for name, model, names in lists:
        for number, entry in enumerate(file.entries(name), start=1):
            seeding.provision(model, document, entry, names, key=f"{number}")


TERMS: list[tuple[str, type[Provision], str]] = [
    ("sections", TermsSection, "kind body"),
    ("functions", TermsFunction, "body"),
    (
        "meetings",
        MeetingRule,
        "ordinary_a_year notice_days papers_days extraordinary_members body",
    ),
    ("quorum", QuorumRule, "threshold fixed_number presiding body"),
    (
        "decisions",
        DecisionRule,
        "consensus_first majority chair_has_casting_vote dissent_is_recorded body",
    ),
    ("reporting", ReportingDuty, "recipient times_a_year form"),
]


def load_terms(seeding: Seeding, file: Entry) -> None:
    """The seats are those of institutions.yaml, voters with their minimum grade."""
    sections = " ".join(name for name, *_rest in TERMS)
    document = seeding.document(
        TermsOfReference,
        file,
        "title authority tenure_years review_after_months",
        extra=f"grade_of_voters {sections}",
    )
    for name, model, names in TERMS:
        for number, entry in enumerate(file.entries(name), start=1):
            seeding.provision(model, document, entry, names, key=f"{number}")
    grade = str(file.get("grade_of_voters", ""))
    seats = Seat.objects.filter(committee=seeding.committee).on(seeding.first_day)
    rows = list(seats.select_related("institution"))
    codes = [seat.institution.code for seat in rows]
    for seat in rows:
        add = partial(load_terms_seat, seeding, document, file, seat, grade)
        key = seat.institution.code
        if not seeding.comes_later(TermsSeat, document, key, codes, add):
            add()


def load_terms_seat(
    seeding: Seeding, document: TermsOfReference, file: Entry, seat: Seat, grade: str
) -> TermsSeat:
    return seeding.add_row(
        TermsSeat,
        document,
        file,
        key=seat.institution.code,
        institution=seat.institution,
        kind=seat.kind,
        is_voting=seat.is_voting,
        minimum_grade=grade if seat.is_voting else "",
        note=seat.note,
        basis=seat.basis,
        source=seat.source,
    )


def load_structure(seeding: Seeding, file: Entry) -> None:
    document = seeding.document(Structure, file, extra="bodies")
    for number, entry in enumerate(file.entries("bodies"), start=1):
        load_body(seeding, document, entry, f"{number}")


def load_body(
    seeding: Seeding,
    document: Structure,
    entry: Entry,
    key: str,
    parent: Body | None = None,
) -> None:
    row = seeding.provision(
        Body, document, entry, BODY, key=key, extra="bodies", parent=parent
    )
    for number, below in enumerate(entry.entries("bodies"), start=1):
        load_body(seeding, document, below, f"{key}.{number}", row)
