"""A new edition: the text of a validated report again, to be worked on."""

from __future__ import annotations

import copy
import uuid
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import CASCADE, Max
from django.utils.translation import gettext as _

from governance.actions.revising import locked
from governance.errors import Refused
from governance.models import Import, Presence, Provision, Report, Translation
from governance.permissions import Permission, require

if TYPE_CHECKING:
    from governance.models import User
    from governance.snapshot import Snapshot

Row = tuple[type[models.Model], Any]
# They go with a document, but tell of the work on this edition of it.
LEFT_BEHIND: tuple[type[models.Model], ...] = (Import, Presence)


@transaction.atomic
def start_edition(report: Report, *, by: User) -> Report:
    """Begin the next edition with the documents of a validated one.

    What belongs to a document, because it goes with it, is copied; progress,
    comments, versions and signatures stay with the edition they were given on.
    """
    report = locked(report)
    require(by, Permission.EDIT_DOCUMENTS, report.committee)
    if not report.is_validated:
        raise Refused(
            _("The report is at “%s”: a new edition starts from a validated one.")
            % report.get_state_display()
        )
    last = report.committee.reports.aggregate(last=Max("edition"))["last"]
    if last != report.edition:
        raise Refused(_("There is a newer edition already."))
    following = Report(
        committee=report.committee,
        edition=last + 1,
        title=report.title,
        subtitle=report.subtitle,
        dated_on=report.committee.today(),
    )
    following.full_clean(exclude=["reference"])
    following.save()
    copy_rows(report, following)
    following.record("edition started", by=by, note=str(report.reference))
    return following


def copy_rows(report: Report, following: Report) -> None:
    """Copy everything that goes with the documents, each row after what it refers to."""
    waiting = [row for document in report.chapters() for row in owned(document)]
    own = {key_of(row) for row in waiting}
    made: dict[Row, Any] = {}
    while waiting:
        ready = [row for row in waiting if not needs(row, own - made.keys())]
        if not ready:
            raise Refused(_("The documents refer to each other in a circle."))
        for row in ready:
            made[key_of(row)] = copy_of(row, following, made)
        waiting = [row for row in waiting if key_of(row) not in made]
    for original, twin in made.items():
        copy_relations(original, twin, made)


def key_of(row: models.Model) -> Row:
    """A document is itself under its own kind and under Document."""
    top = row._meta.get_parent_list()
    return (top[-1] if top else type(row)), row.pk


def owned(document: Any) -> list[models.Model]:
    """A document and all rows that would go if it went."""
    found: dict[Row, models.Model] = {key_of(document): document}
    level: list[models.Model] = [document]
    while level:
        below = [
            row for model in {type(r) for r in level} for row in under(model, level)
        ]
        level = [row for row in below if key_of(row) not in found]
        found |= {key_of(row): row for row in level}
    return list(found.values())


def under(model: type[models.Model], level: list[models.Model]) -> list[models.Model]:
    pks = [row.pk for row in level if type(row) is model]
    rows: list[models.Model] = []
    for relation in model._meta.related_objects:
        if (
            relation.on_delete is CASCADE
            and relation.related_model not in LEFT_BEHIND
            and not relation.field.remote_field.parent_link
        ):
            related: Any = relation.related_model
            lookup = {f"{relation.field.name}__in": pks}
            rows += related._default_manager.filter(**lookup)
    return rows


def references(row: models.Model) -> list[tuple[str, Row]]:
    """The rows that this one names, by column."""
    found = []
    for field in row._meta.concrete_fields:
        target: Any = field.related_model
        pk = getattr(row, field.attname)
        if (
            target is None
            or pk is None
            or getattr(field.remote_field, "parent_link", False)
        ):
            continue
        top = target._meta.get_parent_list()
        found.append((field.attname, ((top[-1] if top else target), pk)))
    return found


def needs(row: models.Model, missing: set[Row]) -> bool:
    return any(target in missing for _name, target in references(row))


def copy_of(row: Any, following: Report, made: dict[Row, Any]) -> Any:
    twin = copy.copy(row)
    twin._state = copy.copy(row._state)
    twin._state.adding, twin._state.fields_cache = True, {}
    for parent in row._meta.parents.values():
        setattr(twin, parent.attname, None)
    twin.pk = twin.id = None
    for name, target in references(row):
        if target in made:
            setattr(twin, name, made[target].pk)
    if isinstance(row, Provision):
        twin.uid, twin.revision = uid_in(following, row.uid), 0
    elif hasattr(twin, "report_id"):
        twin.report_id, twin.revision = following.pk, 0
    elif getattr(twin, "provision_uid", None):
        twin.provision_uid = uid_in(following, twin.provision_uid)
    if isinstance(row, Translation):
        twin.revision = 0
    models.Model.save(twin)
    return twin


def copy_relations(original: Row, twin: Any, made: dict[Row, Any]) -> None:
    for field in twin._meta.many_to_many:
        model: Any = type(twin)
        kept = getattr(model._default_manager.get(pk=original[1]), field.name).all()
        getattr(twin, field.name).set(
            [made.get(key_of(other), other) for other in kept]
        )


def uid_in(report: Report, uid: uuid.UUID | str) -> uuid.UUID:
    """The uid that a provision of the edition before has in this one."""
    return uuid.uuid5(uuid.UUID(str(uid)), f"edition {report.edition}")


def as_in(report: Report, content: Snapshot) -> Snapshot:
    """The text of the edition before with the uids of `report`, to compare them."""

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(item) for item in value]
        if not isinstance(value, dict):
            return value
        fields = {name: renamed(item) for name, item in value.items()}
        if isinstance(value.get("uid"), str):
            fields["uid"] = str(uid_in(report, value["uid"]))
        return fields

    return content | {"documents": renamed(content["documents"])}


def edition_before(report: Report) -> Report | None:
    """The validated edition that this one goes on from."""
    return (
        report.committee.reports.filter(
            edition__lt=report.edition, validated_at__isnull=False
        )
        .select_related("validation__version")
        .order_by("-edition")
        .first()
    )
