from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.actions.revising import locked
from governance.models import Version
from governance.permissions import Permission, require
from governance.snapshot import digest

if TYPE_CHECKING:
    from governance.models import Report, User


def next_number(report: Report, kind: str) -> tuple[int, int]:
    """`0.1` is the draft; milestones count on from 0.2, and 1.0 is the validated text."""
    if kind == Version.Kind.VALIDATED:
        return 1, 0
    last = report.versions.order_by("-minor").filter(major=0).first()
    if last is None:
        return (0, 1) if kind == Version.Kind.DRAFT else (0, 2)
    return 0, last.minor + 1


def freeze(report: Report, kind: str, *, by: User | None, note: str = "") -> Version:
    """Freeze the working text. The caller holds the report's lock and has the right."""
    content = report.to_text()
    return keep(report, kind, content, digest(content), by=by, note=note)


def keep(
    report: Report,
    kind: str,
    content: dict,
    content_digest: str,
    *,
    by: User | None,
    note: str = "",
) -> Version:
    major, minor = next_number(report, kind)
    version = Version(
        committee=report.committee,
        report=report,
        major=major,
        minor=minor,
        kind=kind,
        content=content,
        digest=content_digest,
        frozen_at=report.committee.now(),
        frozen_by=by,
        note=note,
    )
    version.full_clean(exclude=["content"])
    version.save()
    report.__dict__.pop("frozen", None)
    version.record("frozen", by=by, note=f"{version.number} {content_digest}")
    return version


@transaction.atomic
def keep_draft(report: Report, *, by: User, note: str = "") -> Version:
    """Keep the working text as a version to compare with, without any consequence."""
    require(by, Permission.EDIT_DOCUMENTS, report.committee)
    return freeze(locked(report), Version.Kind.DRAFT, by=by, note=note)
