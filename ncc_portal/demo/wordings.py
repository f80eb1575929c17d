"""How provisions were worded before the review, and how they come to their last words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from governance.actions.editing import edit_provision
from ncc_portal.demo.fields import numbers_by_year, values
from ncc_portal.demo.reading import Entry
from strategy.actions.plans import change_targets
from strategy.models import Activity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.models import Comment, Provision, Revision, User
    from ncc_portal.demo.fields import Register


@dataclass
class Wordings:
    """The provisions that a first draft has otherwise, or not at all, by their names.

    A name is what the provision's uid is made of: `legalstatus/mandate_article/9`.
    """

    before: dict[str, Entry] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    last: dict[str, tuple[type[Provision], Entry]] = field(default_factory=dict)

    def read(self, file: Entry) -> None:
        file.known({"wordings", "absent"})
        for entry in file.entries("wordings"):
            entry.known({"provision", "before"})
            self.before[entry.text("provision")] = entry.entry("before")
        self.absent = set(file.texts("absent"))

    def first(self, name: str, model: type[Provision], entry: Entry) -> Entry:
        """An entry as the first draft words it; its last words are kept for later."""
        if name not in self.before or name in self.last:
            return entry
        self.last[name] = model, entry
        draft = Entry(entry | self.before[name])
        draft.file, draft.line = entry.file, entry.line
        draft.lines = entry.lines | self.before[name].lines
        return draft

    def lacks(self, name: str) -> bool:
        """Whether a sibling of this provision comes later, and numbers move with it."""
        of = name.rpartition("/")[0] + "/"
        return any(absent.startswith(of) for absent in self.absent)

    def settle(
        self,
        name: str,
        register: Register,
        row: Any,
        *,
        by: User,
        why: str,
        answers: Sequence[Comment] = (),
        note: str = "",
    ) -> Revision | None:
        """Give a provision its last words, as the change that a comment caused."""
        model, entry = self.last[name]
        facts: dict[str, Any] = {"by": by, "why": why, "answers": answers}
        facts["where_changed"] = note
        if "targets" in self.before[name]:
            return change_targets(row, numbers_by_year(entry, "targets"), **facts)
        changes = self.last_values(name, register, model, entry)
        return edit_provision(row, base=row.revision, **facts, **changes)

    def last_values(
        self, name: str, register: Register, model: type[Provision], entry: Entry
    ) -> dict[str, Any]:
        changed = set(self.before[name])
        if "quarters" in changed:
            now = entry.texts("quarters")
            return {f"q{number}": f"{number}" in now for number in Activity.QUARTERS}
        names = " ".join(sorted(changed))
        found = values(entry, model, names, register, extra=" ".join(entry))
        columns: dict[str, Any] = {f.name: f for f in model._meta.get_fields()}
        empty = {name: columns[name].get_default() for name in changed - set(found)}
        return {name: value for name, value in found.items() if name in changed} | empty
