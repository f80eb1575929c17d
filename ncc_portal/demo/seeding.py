"""What a folder of seed files is loaded with: who acts, on which day, what is there."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from governance.actions import documents, placing
from governance.models import Clause, Document, Provision, User
from ncc_portal.demo.fields import Register, day, moment, values
from ncc_portal.demo.located import located
from ncc_portal.demo.telling import Act
from ncc_portal.demo.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model

    from governance.models import Committee, Report, Revision
    from ncc_portal.demo.reading import Entry

D = TypeVar("D", bound=Document)
M = TypeVar("M", bound="Model")
P = TypeVar("P", bound=Provision)

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://ncc-portal.example/demo")


@dataclass
class Seeding:
    """One committee as it is loaded; every write goes through an action, by `by`."""

    committee: Committee
    by: User
    first_day: dt.date
    as_of: dt.date
    until: dt.datetime
    acts: list[Act] = field(default_factory=list)
    wordings: Wordings = field(default_factory=Wordings)
    comers: dict[str, Callable[..., Revision | None]] = field(default_factory=dict)
    register: Register = field(default_factory=Register)
    report: Report = field(init=False)
    added: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    def values(
        self, entry: Entry, model: type[Model], names: str, *, extra: str = ""
    ) -> dict[str, Any]:
        return values(entry, model, names, self.register, extra=extra)

    @property
    def waits_for_print(self) -> bool:
        """Whether what is left to tell by `until` needs the PDFs first."""
        return any(act.at <= self.until for act in self.acts)

    def later(
        self, on: dt.date, entry: Entry, do: Callable[[], object], *, hour: int = 17
    ) -> None:
        """Let something happen on a day of the story: what is done, in the evening."""
        at = self.committee.moment(on, dt.time(hour))
        self.acts.append(Act(at, entry, do))

    def at(
        self,
        entry: Entry,
        do: Callable[[], object],
        *,
        name: str = "at",
        after_print: bool = False,
    ) -> None:
        """Let something happen at the moment that its entry gives."""
        when = moment(entry, name).replace(tzinfo=self.committee.zone)
        self.acts.append(Act(when, entry, do, after_print))

    def person(self, entry: Entry, name: str = "by") -> User:
        username = entry.text(name)
        found = User.objects.filter(username=username).first()
        if found is None:
            problem = _("there is nobody “%s”.") % username
            raise entry.mistake(name, problem, username)
        return found

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
        return self.uid_of(name_of(document, kind, key))

    def uid_of(self, name: str) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"{self.committee.slug}/{name}")

    def first_wording(
        self, model: type[Provision], document: Document, entry: Entry, key: str
    ) -> Entry:
        return self.wordings.first(name_of(document, model.type, key), model, entry)

    def last_text(self, name: str) -> str:
        """The last words of a provision, as a comment may suggest them."""
        _model, entry = self.wordings.last[name]
        return str(entry.text("body"))

    def comes_later(
        self,
        model: type[P],
        document: Document,
        key: str,
        siblings: Sequence[str],
        add: Callable[[], P],
    ) -> bool:
        """Whether a provision is not in the first draft; `comers` then brings it.

        It is put where its siblings, in the order of the file, leave it a place.
        """
        name = name_of(document, model.type, key)
        there = model.objects.filter(uid=self.uid_of(name))
        if name in self.wordings.absent and not there.exists():
            before = siblings[: siblings.index(key)]
            uids = [self.uid(document, model.type, other) for other in before]
            self.comers[name] = partial(self.bring, model, uids, add)
        return name in self.comers

    def bring(
        self,
        model: type[P],
        before: list[uuid.UUID],
        add: Callable[[], P],
        *,
        by: User,
        why: str,
    ) -> Revision | None:
        """Add a provision after those of `before` that are there, as one change."""
        place = model.objects.filter(uid__in=before).count() + 1
        return placing.move_provision(add(), to=place, by=by, why=why)

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
        self.clauses(document, entry)
        return document

    def clauses(
        self,
        document: Document,
        entry: Entry,
        stem: str = "",
        parent: Clause | None = None,
    ) -> None:
        """The clauses below an entry; one that is true `since` a day comes on that day."""
        rows = entry.entries("clauses")
        keys = [f"{stem}{number}" for number in range(1, len(rows) + 1)]
        for key, row in zip(keys, rows, strict=True):
            add = partial(self.clause, document, row, key, parent)
            if not row.get("since"):
                add()
                continue
            uids = [self.uid(document, Clause.type, k) for k in keys[: keys.index(key)]]
            self.later(
                day(row, "since"),
                row,
                partial(self.clause_since, document, row, key, uids, add),
                hour=12,
            )

    def clause_since(
        self,
        document: Document,
        entry: Entry,
        key: str,
        before: list[uuid.UUID],
        add: Callable[[], Clause],
    ) -> None:
        """A fact that comes on its day, unless it is there or the text is closed."""
        there = Clause.objects.filter(uid=self.uid(document, Clause.type, key))
        self.report.refresh_from_db(fields=["state"])
        if self.report.is_editable and not there.exists():
            self.bring(Clause, before, add, by=self.by, why=entry.get("heading", ""))

    def clause(
        self, document: Document, entry: Entry, key: str, parent: Clause | None = None
    ) -> Clause:
        row = self.provision(
            Clause,
            document,
            entry,
            "heading body",
            key=key,
            extra="clauses",
            parent=parent,
        )
        self.clauses(document, entry, f"{key}.", row)
        return row

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
        entry = self.first_wording(model, document, entry, key)
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
            row = make(document, by=self.by, uid=uid, **fields)
        self.count(row)
        code = entry.get("code", row.number)
        if code != row.number and not self.wordings.lacks(
            name_of(document, model.type, key)
        ):
            problem = _("by its place it is “%s”.") % row.number
            raise entry.mistake("code", problem, code)
        return row


def name_of(document: Document, kind: str, key: str) -> str:
    """What a provision is called in seed files, and its uid is made of."""
    return f"{document.kind.rpartition('.')[2].lower()}/{kind}/{key}"
