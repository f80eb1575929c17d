"""Where a provision stands: adding, moving, nesting, removing, bringing back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from governance.actions.documents import add_provision
from governance.actions.editing import edit_provision
from governance.actions.revising import (
    everything_of,
    keep_revision,
    locked,
    place_last,
    renumber,
    require_open,
)
from governance.assigned import not_yours, rights_in
from governance.errors import Refused
from governance.models import Provision, Revision
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from governance.columns import Column
    from governance.models import User
    from governance.splitting import Piece

T = TypeVar("T", bound=Provision)
DEEPEST = 3  # clause, sub-clause, and one below


def placing(row: Any, by: User) -> Any:
    """The row as it is now, with its report locked; refused to whoever may not place."""
    document = row.owner_document
    report = locked(document.report)
    if not rights_in(by, document).everything:
        require(by, Permission.EDIT_DOCUMENTS, document.committee)
    require_open(report)
    fresh = type(row)._default_manager.filter(pk=row.pk).first()
    if fresh is None:
        raise Refused(_("“%s” was removed from the text just now.") % row)
    return fresh


@transaction.atomic
def move_provision(row: Any, *, to: int, by: User, why: str = "") -> Revision | None:
    """Give a provision the place `to` among its siblings, counted from 1."""
    here = placing(row, by)
    rows = here.siblings_in_order()
    if not 1 <= to <= len(rows):
        raise Refused(_("There are %d places: choose one of them.") % len(rows))
    before = {"position": str(here.position)}
    rows = [each for each in rows if each.pk != here.pk]
    rows.insert(to - 1, here)
    renumber(type(row), rows)
    step_on(row, here)
    after = {"position": str(row.position)}
    return keep_revision(row, Revision.Action.MOVED, before, after, by=by, why=why)


def step_on(row: Any, here: Any) -> None:
    same = type(row)._default_manager.filter(pk=row.pk, revision=here.revision)
    if not same.update(revision=F("revision") + 1):
        raise Refused(_("Somebody else changed it just now. Look again."))
    row.refresh_from_db()


@transaction.atomic
def put_under(
    row: Any, parent: Any | None, *, by: User, to: int | None = None, why: str = ""
) -> Revision:
    """Make a provision a part of another one of its sort, or of none (`parent` None).

    It comes last there, or at place `to`. What stands below it goes with it.
    """
    here = placing(row, by)
    require_room(here, parent)
    before = {"number": here.number}
    old = here.siblings_in_order()
    here.parent = parent
    place_last(here)
    here.full_clean()
    type(here)._default_manager.filter(pk=here.pk).update(
        parent=parent, position=here.position
    )
    renumber(type(here), [each for each in old if each.pk != here.pk])
    rows = [each for each in here.siblings_in_order() if each.pk != here.pk]
    rows.insert(len(rows) if to is None else max(0, min(to - 1, len(rows))), here)
    renumber(type(here), rows)
    step_on(row, here)
    after = {"number": row.number}
    return keep_revision(row, Revision.Action.MOVED, before, after, by=by, why=why)


def require_room(row: Any, parent: Any | None) -> None:
    """Refuse to put a row below itself, in another document, or too deep."""
    chain = []
    above = parent
    while above is not None:
        chain.append(above)
        above = above.parent
    if any(each.pk == row.pk for each in chain):
        raise Refused(_("“%s” cannot be a part of itself.") % row)
    if chain and chain[0].owner_document.pk != row.owner_document.pk:
        raise Refused(_("“%s” stands in another document.") % chain[0])
    if len(chain) + depth_of(row) > DEEPEST:
        raise Refused(_("There are %d levels at most.") % DEEPEST)


def depth_of(row: Any) -> int:
    return 1 + max((depth_of(child) for child in row.children.all()), default=0)


@transaction.atomic
def split_provision(
    row: Any, pieces: Sequence[Piece], *, base: int, by: User, why: str = ""
) -> list[Any]:
    """Make provisions of the numbered paragraphs of one; it keeps what comes first.

    Below it, where words stand before the first number or where a row at the top must
    have a heading; beside it otherwise.
    """
    if len(pieces) < 2:
        raise Refused(_("The text holds no two numbered paragraphs."))
    placing(row, by)
    first, rest = pieces[0], pieces[1:]
    columns = {field.name for field in row._meta.concrete_fields}
    nested = "parent" in columns and (not first.number or needs_heading(row, rest))
    if nested and first.number:
        first, rest = replace(first, heading="", body=""), pieces
    words: dict[str, Any] = worded(row, first, columns)
    edit_provision(row, base=base, by=by, why=why, **words)
    made = []
    for piece in rest:
        above = {n: getattr(row, n) for n in row.siblings if n != "document"}
        if nested:
            above["parent"] = row
        words = worded(None, piece, columns)
        made.append(
            add_provision(
                type(row), row.owner_document, by=by, why=why, **(above | words)
            )
        )
    if not nested:
        for offset, new in enumerate(made, start=1):
            if new.position != row.position + offset:
                move_provision(new, to=row.position + offset, by=by, why=why)
    return made


def needs_heading(row: Any, pieces: Sequence[Piece]) -> bool:
    """Whether a piece without a heading cannot stand where the row stands."""
    return row.type == "mandate_article" and not all(piece.heading for piece in pieces)


def worded(row: Any, piece: Piece, columns: set[str]) -> dict[str, str]:
    """A piece as columns; a heading that the row has already is kept."""
    if "heading" not in columns:
        return {"body": "\n".join(filter(None, [piece.heading, piece.body]))}
    heading = piece.heading or (row.heading if row is not None else "")
    return {"heading": heading, "body": piece.body}


@transaction.atomic
def remove_provision(row: Any, *, by: User, why: str = "") -> Revision:
    """Take a provision out of the text; its comments and its last words stay."""
    return take_out(placing(row, by), by=by, why=why)


@transaction.atomic
def take_out(row: Any, *, by: User, why: str) -> Revision:
    """The same without asking for the right: of who takes back what was just added."""
    below = [
        relation.related_model._meta.verbose_name_plural
        for relation in row._meta.related_objects
        if issubclass(relation.related_model, Provision)
        and relation.related_model._default_manager.filter(
            **{relation.field.name: row}
        ).exists()
    ]
    if below:
        raise Refused(
            _("“%(row)s” has %(below)s below it: remove or move those first.")
            % {"row": row, "below": ", ".join(map(str, below))}
        )
    row.revision += 1
    revision = keep_revision(
        row,
        Revision.Action.REMOVED,
        everything_of(row),
        {"type": row.type},
        by=by,
        why=why,
    )
    type(row)._default_manager.filter(pk=row.pk).delete()
    renumber(type(row), row.siblings_in_order())
    return revision


@transaction.atomic
def bring_back(
    model: type[T],
    revision: Revision,
    values: Mapping[str, Any],
    extras: Mapping[Column, Any],
    *,
    by: User,
) -> T:
    """Put a removed provision into the text again, with its uid, as a new change."""
    document = revision.document.specific
    if not rights_in(by, document).everything:
        raise not_yours()
    return add_provision(
        model,
        document,
        uid=revision.provision_uid,
        extras=extras,
        by=by,
        why=_("Brought back from change %d.") % revision.number,
        **values,
    )
