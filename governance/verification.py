"""Is what I hold the validated report? Asked by reference, fingerprint or file.

One answer for the page, the commands and the API. What is not released is recognised
by whoever holds the text or the file, and named to nobody.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.fingerprint import find_prefix, hex16, words
from governance.formats import day
from governance.integrity import faults_of, record_faults
from governance.models import Event, Rendering, Report, Version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.models import Validation


class Verdict(StrEnum):
    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    CANDIDATE = "candidate"
    UNKNOWN = "unknown"
    ALTERED = "altered"


@dataclass(frozen=True)
class Answer:
    """One sentence, what it rests on, and the report where it may be named."""

    verdict: Verdict
    text: str
    faults: tuple[str, ...] = ()
    report: Report | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether it is a report that was validated, and everything kept matches."""
        return self.verdict in {Verdict.GENUINE, Verdict.SUPERSEDED}

    @property
    def fingerprint(self) -> dict[str, Any]:
        """Of the validated text, to compare with a copy on paper."""
        if self.report is None or not self.is_confirmed:
            return {}
        digest = self.report.validation.version.digest
        return {"hex": hex16(digest), "words": words(digest), "digest": digest}

    @property
    def label(self) -> str:
        return {
            Verdict.GENUINE: _("Genuine"),
            Verdict.SUPERSEDED: _("Replaced"),
            Verdict.CANDIDATE: _("Not the validated report"),
            Verdict.UNKNOWN: _("Unknown"),
            Verdict.ALTERED: _("Changed on our side"),
        }[self.verdict]

    @property
    def tone(self) -> str:
        """The colour of its tag and panel; the words say the same."""
        return {Verdict.GENUINE: "ok", Verdict.SUPERSEDED: "warn"}.get(
            self.verdict, "warn" if self.verdict == Verdict.CANDIDATE else "bad"
        )

    def __str__(self) -> str:
        return " ".join([self.text, *self.faults])


def by_reference(reference: str) -> Answer:
    """The released report of that reference; of any other, nothing is revealed."""
    wanted = "-".join(re.findall(r"\w+", reference.upper()))
    report = (
        Report.objects.filter(reference=wanted, released_at__isnull=False)
        .select_related("committee", "validation__version", "validation__candidate")
        .first()
    )
    if report is None:
        return Answer(Verdict.UNKNOWN, _("No report with this reference."))
    return standing(
        report,
        _(
            "%(reference)s is the report validated on %(day)s. Now compare the"
            " fingerprint with the one on your copy."
        ),
    )


def by_file(pieces: Iterable[bytes]) -> Answer:
    """Of a file given in pieces; only its SHA-256 is looked at."""
    sha256 = hashlib.sha256()
    for piece in pieces:
        sha256.update(piece)
    return by_digits(sha256.hexdigest())


def by_fingerprint(typed: str) -> Answer:
    """Of a text or a file: 16 to 64 digits or eight words, as a person types them.

    Raises ValueError with a sentence where it is no fingerprint.
    """
    return by_digits(find_prefix(typed))


def by_digits(prefix: str) -> Answer:
    report, what = recognised(prefix)
    if report is None:
        return Answer(
            Verdict.UNKNOWN,
            _(
                "This differs from every version we know. It may be a draft made"
                " elsewhere, or it was changed."
            ),
        )
    if isinstance(what, Version) and not what.is_intact:
        fault = _("The stored text of version %s does not match its digest.")
        return altered(report, [fault % what.number])
    if is_validated_text(what, report):
        return standing(report, _("This is exactly the report validated on %(day)s."))
    return Answer(Verdict.CANDIDATE, not_the_report(what), (), shown(report))


def is_validated_text(what: Version | Rendering, report: Report) -> bool:
    if not report.is_validated:
        return False
    if isinstance(what, Version):
        return what.kind == Version.Kind.VALIDATED
    return what.edition != Rendering.Edition.DRAFT


def recognised(prefix: str) -> tuple[Report | None, Any]:
    """The version or the PDF whose digest begins so, the validated one first.

    A digest that stands in the history alone was changed in the row: that is found too.
    """
    versions = Version.objects.filter(digest__startswith=prefix)
    texts = sorted(
        versions.select_related("report__committee"),
        key=lambda version: (version.major, version.minor),
    )
    if texts:
        return texts[-1].report, texts[-1]
    files = Rendering.objects.filter(
        Q(sha256__startswith=prefix) | Q(digest__startswith=prefix)
    )
    for rendering in files.select_related("report__committee").order_by("-edition"):
        return rendering.report, rendering
    for entry in Event.objects.filter(
        verb__in=["frozen", "PDF made"], note__contains=prefix
    ):
        model = {m._meta.label: m for m in (Version, Rendering)}.get(entry.subject)
        rows: Any = model.objects.select_related("report__committee") if model else None
        if rows is not None and (row := rows.filter(pk=entry.subject_pk).first()):
            return row.report, row
    return None, None


def shown(report: Report) -> Report | None:
    """The report where it may be named: once it is released."""
    return report if report.is_public else None


def altered(report: Report, faults: list[str]) -> Answer:
    return Answer(
        Verdict.ALTERED,
        _("We cannot confirm this: what we keep was changed."),
        tuple(faults),
        shown(report),
    )


def standing(report: Report, sentence: str) -> Answer:
    """What is validated: genuine or replaced, after everything kept was checked again."""
    if faults := faults_of(report) or record_faults(report.committee):
        return altered(report, faults)
    facts = {"day": validated_on(report.validation), "reference": report.reference}
    newer = newer_edition(report)
    if newer:
        facts |= {"newer": newer.reference, "later": validated_on(newer.validation)}
        text = _(
            "The report validated on %(day)s was later replaced by %(newer)s, validated"
            " on %(later)s."
        )
        return Answer(Verdict.SUPERSEDED, text % facts, (), shown(report))
    return Answer(Verdict.GENUINE, sentence % facts, (), shown(report))


def newer_edition(report: Report) -> Report | None:
    """The newest edition released after this one."""
    return (
        report.committee.reports.filter(
            edition__gt=report.edition, released_at__isnull=False
        )
        .select_related("validation", "committee")
        .order_by("-edition")
        .first()
    )


def validated_on(validation: Validation) -> str:
    return day(validation.at.astimezone(validation.committee.zone).date())


def not_the_report(what: Version | Rendering) -> str:
    if isinstance(what, Rendering):
        return _("This is a PDF of a draft, not the validated report.")
    number = {"number": what.number}
    if what.kind == Version.Kind.CANDIDATE:
        return (
            _("This is version %(number)s, a candidate, not the validated report.")
            % number
        )
    return _("This is version %(number)s, a draft, not the validated report.") % number
