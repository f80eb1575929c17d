"""Rows from a spreadsheet, entered all or none; and taken back, all or none.

The preview is the import itself, carried out and rolled back: it cannot promise what the
import would not keep.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.assigned import not_yours, rights_in
from governance.errors import Conflict, Refused
from governance.formats import day
from governance.headings import Matched, doubled, matched, missing
from governance.importing import choices_for, lines_of, read_line
from governance.models import Import
from governance.permissions import Permission, can
from governance.repeats import repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from governance.columns import Column
    from governance.importing import Aim, Answers, Desk, Line, Question
    from governance.models import User
    from governance.workbooks import Sheet

ADD, CHANGE, SAME, WRONG = "add", "change", "same", "wrong"
NAMED = 10  # rows that a refusal names


@dataclass(frozen=True)
class Outcome:
    """What becomes of one row of the file, or what is wrong with it."""

    line: Line
    action: str
    label: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""  # of the row as a whole
    faults: Mapping[str, str] = field(default_factory=dict)  # by the name of the column


@dataclass
class Run:
    """What becomes of a file: row by row, and what has to be answered first."""

    match: Matched
    outcomes: list[Outcome] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    unclear: str = ""
    problem: str = ""  # of the file as a whole
    notes: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)  # revisions, by key

    def count(self, action: str) -> int:
        return sum(outcome.action == action for outcome in self.outcomes)

    @property
    def is_ready(self) -> bool:
        return not self.problem and not self.count(WRONG)


def try_out(aim: Aim, sheet: Sheet, answers: Answers, *, by: User) -> Run:
    """What an import would do; nothing of it stays."""
    try:
        with transaction.atomic():
            desk = aim.open(by)
            done = run(desk, aim, sheet, answers)
            for name, question in done.questions.items():
                done.choices[name] = choices_for(question, desk.scope)
            transaction.set_rollback(True)
    except Refused as refusal:
        match = matched(sheet, aim.columns, answers.head, answers.places)
        return Run(match, problem=str(refusal))
    return done


@transaction.atomic
def carry_out(
    aim: Aim,
    sheet: Sheet,
    answers: Answers,
    *,
    seen: Mapping[str, int],
    by: User,
) -> Import:
    """Enter the rows. `seen` are the revisions that the person was shown, by key.

    Raises Conflict where a row was changed since, Refused where a row needs attention.
    """
    desk = aim.open(by)
    require_unchanged(desk, seen)
    done = run(desk, aim, sheet, answers)
    require_ready(done)
    added, changed = done.count(ADD), done.count(CHANGE)
    source = sheet.name or _("pasted")
    rows = desk.keep(why=_("Imported: %s") % source)
    found = Import(
        committee=aim.committee,
        document_id=aim.document.pk if aim.document else None,
        table=aim.name,
        source=source[:200],
        rows=rows,
        at=desk.at,
        by=by,
    )
    found.save()
    words = {"table": aim.title, "added": added, "changed": changed, "file": source}
    note = _("%(table)s: %(added)d added, %(changed)d changed (%(file)s)") % words
    (aim.document or aim.committee).record("imported", by=by, note=note)
    return found


def run(desk: Desk, aim: Aim, sheet: Sheet, answers: Answers) -> Run:
    desk.scope.comma = answers.comma
    match = matched(sheet, aim.columns, answers.head, answers.places)
    done = Run(match)
    lines = lines_of(sheet, match, desk.known, answers, aim.natural)
    adds = any(line.known is None and not line.fault for line in lines)
    done.problem = missing(match) if adds else ""
    if not lines and not done.problem:
        done.problem = _("There are no rows below the headings.")
    if done.problem:
        return done
    done.notes = doubled(match) + repeats(sheet, match, lines, desk.known)
    done.notes += aim.notes(lines) if aim.notes else []
    for line in lines:
        outcome = carried_out(desk, line, match.found, answers, done)
        done.outcomes.append(outcome)
        if line.known:
            done.seen[line.known.key] = line.known.revision
    return done


def carried_out(
    desk: Desk,
    line: Line,
    columns: Mapping[str, Column],
    answers: Answers,
    done: Run,
) -> Outcome:
    """Read a row of the file and add or change what it says, or say why not."""
    label = f"{line.known.number}" if line.known else ""
    if line.fault:
        return Outcome(line, WRONG, label, fault=line.fault)
    row = line.known.row if line.known else None
    reading = read_line(line, columns, desk.scope, answers)
    done.unclear = done.unclear or reading.unclear
    for question in reading.questions:
        done.questions.setdefault(question.name, question)
    if reading.faults:
        return Outcome(line, WRONG, label, faults=reading.faults)
    after = {c.name: c.cell_of(v) for c, v in reading.values.items()}
    before = {c.name: c.cell(row) for c in reading.values} if row is not None else {}
    if row is not None and before == after:
        return Outcome(line, SAME, label, before, after)
    try:
        if row is None:
            made = desk.add(reading.values)
            return Outcome(line, ADD, number_of(made), before, after)
        desk.change(row, reading.values)
    except (ValidationError, Refused, PermissionDenied) as error:
        fault, faults = told(error, columns)
        return Outcome(line, WRONG, label, fault=fault, faults=faults)
    return Outcome(line, CHANGE, label, before, after)


def number_of(row: Any) -> str:
    return str(getattr(row, "number", ""))


def told(error: Exception, columns: Mapping[str, Column]) -> tuple[str, dict[str, str]]:
    """What a refusal says of the row as a whole, and of single cells."""
    if not isinstance(error, ValidationError):
        return str(error), {}
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages), {}
    said = {name: " ".join(texts) for name, texts in error.message_dict.items()}
    cells = {name: said.pop(name) for name in list(said) if name in columns}
    whole = said.pop(NON_FIELD_ERRORS, "")
    others = [f"{name}: {text}" for name, text in said.items()]
    return " ".join(filter(None, [whole, *others])), cells


def require_unchanged(desk: Desk, seen: Mapping[str, int]) -> None:
    changed = [
        each.number or each.key
        for each in desk.known
        if each.key in seen and seen[each.key] != each.revision
    ]
    if changed:
        raise Conflict(
            _(
                "Somebody changed these rows while you were looking: %(rows)s. Nothing is"
                " imported yet; this is what would happen now."
            )
            % {"rows": named(changed)}
        )


def require_ready(done: Run) -> None:
    if done.problem:
        raise Refused(done.problem)
    wrong = done.count(WRONG)
    if wrong:
        raise Refused(
            ngettext(
                "%d row needs attention. Nothing is imported.",
                "%d rows need attention. Nothing is imported.",
                wrong,
            )
            % wrong
        )
    if not done.count(ADD) + done.count(CHANGE):
        raise Refused(_("Every row is there already, with the same words."))


def named(labels: Iterable[str]) -> str:
    rows = list(labels)
    more = len(rows) - NAMED
    shown = ", ".join(rows[:NAMED])
    return (
        _("%(rows)s and %(n)d more") % {"rows": shown, "n": more} if more > 0 else shown
    )


def may_take_back(found: Import, by: User) -> bool:
    """Its author may, and whoever edits everything there."""
    if found.undone_at is not None:
        return False
    if found.document is None:
        return can(by, Permission.MANAGE_MEMBERS, found.committee)
    rights = rights_in(by, found.document)
    return rights.everything or (found.by_id == by.pk and rights.some)


@transaction.atomic
def take_back(found: Import, aim: Aim, *, by: User) -> None:
    """Bring back what was there before an import, exactly; else refuse, and say why."""
    here = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if here.undone_at is not None:
        raise Refused(_("This import was taken back already."))
    if not may_take_back(here, by):
        raise not_yours()
    desk = aim.open(by)
    desk.take_back(here.rows)
    desk.keep(why=_("Import of %s taken back.") % day(here.at))
    here.undone_at, here.undone_by = desk.at, by
    here.save(update_fields=["undone_at", "undone_by"])
    note = _("%(table)s: %(file)s") % {"table": aim.title, "file": here.source}
    (aim.document or aim.committee).record("import taken back", by=by, note=note)
    found.refresh_from_db()
