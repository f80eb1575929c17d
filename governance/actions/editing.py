"""Changing the text: every accepted change is a revision, nothing is overwritten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from governance.actions.revising import (
    apply,
    cell_of,
    cells_of,
    keep_revision,
    kept_apart,
    label_of,
    locked,
    place_last,
    pointed_at,
    renumber,
    require_open,
    require_same_committee,
    write_apart,
)
from governance.assigned import require_edit
from governance.errors import Conflict, Refused
from governance.models import (
    Amendment,
    ChangeMade,
    Comment,
    Document,
    HeldText,
    Revision,
)
from governance.permissions import Permission, require
from governance.tables import tables_in

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from governance.columns import Column
    from governance.models import User


class _NotSaved(Exception):
    """A text that is kept because it could not be saved, and why."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message)
        self.reason = reason


def find_provision(document: Document, uid: uuid.UUID | str) -> Any | None:
    """The row of a document that has this uid now, or None where it was removed."""
    for table in tables_in(document):
        path = {f"{table.model.document_path}__pk": document.pk}
        found = table.model.objects.filter(uid=uid, **path).first()
        if found:
            return found
    return None


def edit_provision(
    row: Any,
    *,
    base: int,
    by: User,
    why: str = "",
    answers: Sequence[Comment | Amendment] = (),
    where_changed: str = "",
    extras: Mapping[Column, Any] | None = None,
    **changes: Any,
) -> Revision | None:
    """Change columns of a provision whose author has read revision `base`.

    `extras` are columns kept in rows of their own. `answers` are what the change is made
    for: each then points at it, as `where_changed`. Returns None where nothing is different.
    Raises Conflict, and keeps what was written, where somebody else saved first or the
    text was closed.
    """
    try:
        return _edit(row, base, by, why, answers, where_changed, changes, extras or {})
    except _NotSaved as kept:
        set_aside(row, base, changes, extras or {}, reason=kept.reason, by=by)
        closed = kept.reason == HeldText.Reason.CLOSED
        message = (
            _(
                "%s What you wrote is kept for 30 days under “Your drafts and texts set"
                " aside”."
            )
            % kept
            if closed
            else MESSAGES[kept.reason]() % row
        )
        error = Refused if closed else Conflict
        raise error(message) from kept


MESSAGES: dict[str, Any] = {
    HeldText.Reason.CONFLICT: lambda: _(
        "Somebody else changed “%s” while you were writing. Your text is kept; look at"
        " both before you save."
    ),
    HeldText.Reason.REMOVED: lambda: _(
        "Somebody else removed “%s” while you were writing. Your text is kept."
    ),
}


def set_aside(
    row: Any,
    base: int,
    changes: Mapping[str, Any],
    extras: Mapping[Column, Any],
    *,
    reason: str,
    by: User,
) -> HeldText:
    """Keep what somebody wrote and did not save: it stays on the list for 30 days.

    The same text sent twice is kept once.
    """
    cells = {name: cell_of(type(row), name, value) for name, value in changes.items()}
    values = cells | {c.name: c.cell_of(value) for c, value in extras.items()}
    return keep_aside(
        row.owner_document,
        values,
        provision_uid=row.uid,
        label=label_of(row),
        reason=reason,
        base_revision=base,
        by=by,
    )


def keep_aside(
    document: Document, values: dict[str, str], *, label: str, **facts: Any
) -> HeldText:
    """Keep cells as they were written, of a provision that may be gone."""
    now = document.committee.now()
    own = HeldText.objects.filter(document=document.pk, language="", **facts)
    for earlier in own.filter(at__gte=now - HeldText.KEPT):
        if earlier.values == values:
            return earlier
    held = HeldText(document=document, label=label, values=values, at=now, **facts)
    held.save()
    return held


@transaction.atomic
def _edit(
    row: Any,
    base: int,
    by: User,
    why: str,
    answers: Sequence[Comment | Amendment],
    note: str,
    changes: dict[str, Any],
    extras: Mapping[Column, Any],
) -> Revision | None:
    report = locked(row.owner_document.report)
    fresh = type(row)._default_manager.filter(pk=row.pk).first()
    if fresh is None:
        raise _NotSaved(HeldText.Reason.REMOVED)
    fresh.let_know(row.owner_document)
    rights = require_edit(by, row.owner_document, fresh)
    try:
        require_open(report)
    except Refused as closed:
        raise _NotSaved(HeldText.Reason.CLOSED, str(closed)) from closed
    require_same_committee(report.committee_id, pointed_at(changes, extras))
    before = cells_of(fresh, changes, extras)
    family = fresh.family
    many = apply(fresh, changes)
    rights.require_kept(fresh)
    if changed := cells_changed(fresh, before, changes, extras):
        save_over(fresh, base, changes, many, family)
        beside = cells_of(fresh, (), kept_apart(fresh) if extras else ())
        write_apart(fresh, {c: v for c, v in extras.items() if c.name in changed})
        close_ranks(fresh, family)
    elif answers:
        raise Refused(_("The text is the same as before: there is no change."))
    else:
        return None
    renew(row, fresh)
    for column in kept_apart(row) if extras else ():
        if (now := column.cell(row)) != beside[column.name]:
            before[column.name], changed[column.name] = beside[column.name], now
    after = before | changed
    revision = keep_revision(
        fresh, Revision.Action.CHANGED, before, after, by=by, why=why
    )
    for answered in answers:
        point_at(answered, revision, note=note, by=by)
    return revision


def renew(row: Any, fresh: Any) -> None:
    """Read a row again; what it points at is taken from `fresh`, where that was read."""
    row.refresh_from_db()
    for field in row._meta.fields:
        same = getattr(row, field.attname) == getattr(fresh, field.attname)
        if field.remote_field and same and field.is_cached(fresh):
            field.set_cached_value(row, field.get_cached_value(fresh))


def cells_changed(
    row: Any,
    before: Mapping[str, str],
    changes: Mapping[str, Any],
    extras: Mapping[Column, Any],
) -> dict[str, str]:
    """The cells that read differently than before, as they will read."""
    model = type(row)
    after = {
        name: cell_of(
            model,
            name,
            value if row._meta.get_field(name).many_to_many else getattr(row, name),
        )
        for name, value in changes.items()
    } | {column.name: column.cell_of(value) for column, value in extras.items()}
    return {name: text for name, text in after.items() if text != before[name]}


def save_over(
    row: Any,
    base: int,
    changes: Mapping[str, Any],
    many: Mapping[str, list[Any]],
    family: Mapping[str, Any],
) -> None:
    """Save the row if it is still at revision `base`, validated, in its place.

    It keeps the place that it has, or comes last where it leaves its `family`.
    """
    if row.revision != base:
        raise _NotSaved(HeldText.Reason.CONFLICT)
    columns = [name for name in changes if name not in many]
    if row.family != family:
        place_last(row)
        columns.append("position")
    check(row, columns)
    cleaned = {name: getattr(row, name) for name in columns}
    saved = type(row)._default_manager.filter(pk=row.pk, revision=base)
    if not saved.update(revision=F("revision") + 1, **cleaned):
        raise _NotSaved(HeldText.Reason.CONFLICT)
    row.revision = base + 1
    for name, items in many.items():
        getattr(row, name).set(items)


def check(row: Any, names: Sequence[str]) -> None:
    """Validate a row of which the columns in `names` have changed.

    As `full_clean()`, but what the other columns point at is not looked for again.
    """
    same = {
        field.name
        for field in row._meta.fields
        if field.remote_field and field.name not in names
    }
    errors: dict[str, Any] = {}
    for validate in (partial(row.clean_fields, exclude=same), row.clean):
        try:
            validate()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    for validate in (row.validate_unique, row.validate_constraints):
        try:
            validate(exclude={name for name in errors if name != NON_FIELD_ERRORS})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def close_ranks(row: Any, family: Mapping[str, Any]) -> None:
    """Where a row has left its family, that is numbered without it."""
    if row.family != family:
        rows = type(row)._default_manager.filter(**family).order_by("position")
        renumber(type(row), list(rows))


def point_at(
    answered: Comment | Amendment, revision: Revision, *, by: User, note: str = ""
) -> None:
    """Let an accepted comment or agreed amendment point at the change it caused."""
    kind = "comment" if isinstance(answered, Comment) else "amendment"
    ChangeMade(
        **{kind: answered},
        revision=revision,
        note=note or revision.label,
        at=revision.at,
        by=by,
    ).save()


@transaction.atomic
def map_change(
    answered: Comment | Amendment, revision: Revision, *, by: User, note: str = ""
) -> None:
    """Say which change in the text a comment or amendment led to."""
    document = revision.document
    require(by, Permission.ANSWER_COMMENTS, document.committee)
    if answered.document.report_id != document.report_id:
        raise Refused(_("That change is in another report."))
    if revision.at < answered.asked_at:
        raise Refused(
            _("That change was made before this was asked for: choose a later one.")
        )
    point_at(answered, revision, by=by, note=note)
    document.record(
        "change mapped", by=by, note=f"{answered}: {note or revision.label}"
    )
