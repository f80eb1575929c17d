"""What a folder of seed files is loaded with: who acts, on which day, what is there."""

from __future__ import annotations

import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    ValidationError,
)
from django.db import IntegrityError
from django.utils.translation import gettext as _

from governance.actions import documents
from governance.errors import Refused
from governance.models import Clause, Document, Provision
from ncc_portal.demo.fields import Register, day, values

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from django.db.models import Model

    from governance.models import Committee, Report, User
    from ncc_portal.demo.reading import Entry

D = TypeVar("D", bound=Document)
M = TypeVar("M", bound="Model")
P = TypeVar("P", bound=Provision)

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://ncc-portal.example/demo")


@contextmanager
def located(entry: Entry) -> Iterator[None]:
    """Say of a refusal at which entry of which file it happened."""
    try:
        yield
    except ValidationError as error:
        by_field: dict[str, list[str]] = {NON_FIELD_ERRORS: error.messages}
        if hasattr(error, "error_dict"):
            by_field = error.message_dict
        name, messages = next(iter(by_field.items()))
        field = "" if name == NON_FIELD_ERRORS else name
        raise entry.mistake(field, " ".join(messages)) from error
    except (Refused, PermissionDenied, IntegrityError) as error:
        raise entry.mistake("", str(error)) from error


@dataclass
class Seeding:
    """One committee as it is loaded; every write goes through an action, by `by`."""

    committee: Committee
    by: User
    first_day: dt.date
    as_of: dt.date
    register: Register = field(default_factory=Register)
    report: Report = field(init=False)
    added: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    def values(
        self, entry: Entry, model: type[Model], names: str, *, extra: str = ""
    ) -> dict[str, Any]:
        return values(entry, model, names, self.register, extra=extra)

    def has_come(self, entry: Entry, name: str = "since") -> bool:
        """Whether the day from which an entry is true is not after `as_of`."""
        return not entry.get(name) or day(entry, name) <= self.as_of

    def once(self, entry: Entry, field: str, key: str, code: str) -> None:
        """Refuse a second row for the same key in one loading."""
        if key in self.seen:
            raise entry.mistake(field, _("“%s” is given twice.") % code)
        self.seen.add(key)

    def count(self, row: M) -> M:
        self.added[str(row._meta.verbose_name_plural)] += 1
        return row

    def uid(self, document: Document, kind: str, key: str) -> uuid.UUID:
        """The same in every installation, so that digests can be compared."""
        stem = document.kind.rpartition(".")[2].lower()
        name = f"{self.committee.slug}/{stem}/{kind}/{key}"
        return uuid.uuid5(NAMESPACE, name)

    def document(
        self,
        kind: type[D],
        entry: Entry,
        names: str = "title",
        *,
        extra: str,
        **fixed: Any,
    ) -> D:
        """The document of this kind with its clauses, added unless it is there."""
        given = self.values(entry, kind, names, extra=f"clauses {extra}")
        document = kind._default_manager.filter(report=self.report).first()
        if document is None:
            with located(entry):
                document = documents.add_document(
                    kind, self.report, by=self.by, **given, **fixed
                )
            self.count(document)
        self.register.add(document, document.title)
        for number, clause in enumerate(entry.entries("clauses"), start=1):
            self.clause(document, clause, str(number))
        return document

    def clause(
        self, document: Document, entry: Entry, key: str, parent: Clause | None = None
    ) -> None:
        if not self.has_come(entry):
            return
        row = self.provision(
            Clause,
            document,
            entry,
            "heading body",
            key=key,
            extra="clauses",
            parent=parent,
        )
        for number, below in enumerate(entry.entries("clauses"), start=1):
            self.clause(document, below, f"{key}.{number}", row)

    def provision(
        self,
        model: type[P],
        document: Document,
        entry: Entry,
        names: str,
        *,
        key: str,
        extra: str = "",
        add: Callable[..., P] | None = None,
        **fixed: Any,
    ) -> P:
        """The provision that an entry describes; `add_row` says when it is added."""
        fields = self.values(entry, model, names, extra=f"code {extra}") | fixed
        row = self.add_row(model, document, entry, key=key, add=add, **fields)
        for code in (entry.get("code"), entry.get("short_name")):
            if code:
                self.register.add(row, code)
        return row

    def add_row(
        self,
        model: type[P],
        document: Document,
        entry: Entry,
        *,
        key: str,
        add: Callable[..., P] | None = None,
        **fields: Any,
    ) -> P:
        """The provision under `key`, added after its siblings unless it is there.

        A `code` in the file must be the number that the provision gets by its place.
        """
        uid = self.uid(document, model.type, key)
        self.once(entry, "code", f"{uid}", key)
        found: Any = model.objects.filter(uid=uid).first()
        if found:
            return found
        make: Callable[..., P] = add or partial(documents.add_provision, model)
        with located(entry):
            row = make(document, by=self.by, uid=uid, **split(model, fields))
        self.count(row)
        code = entry.get("code", row.number)
        if code != row.number:
            problem = _("by its place it is “%s”.") % row.number
            raise entry.mistake("code", problem, code)
        return row


def split(model: type[Model], fields: dict[str, Any]) -> dict[str, Any]:
    """Put the many-to-many fields apart, as `add_provision` takes them."""
    many = {name for name in fields if model._meta.get_field(name).many_to_many}
    single = {name: value for name, value in fields.items() if name not in many}
    return single | {"related": {name: fields[name] for name in many}}
