"""What becomes of the rows of a spreadsheet, as the page shows it: problems first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.actions.imports import ADD, CHANGE, SAME, WRONG
from governance.grid import shown
from governance.headings import KEY, LOOKED_AT, NO_HEAD, NUMBER

if TYPE_CHECKING:
    from governance.actions.imports import Outcome, Run
    from governance.columns import Column
    from governance.forms.imports import ImportForm
    from governance.importing import Aim, Answers
    from governance.workbooks import Sheet

ORDER = (WRONG, CHANGE, ADD)
TONES = {WRONG: "bad", CHANGE: "info", ADD: "ok"}


@dataclass(frozen=True)
class Choice:
    """A select of the page: its name, what it asks, its options, what is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str = ""
    sample: str = ""


@dataclass(frozen=True)
class Cell:
    label: str
    text: str
    old: str = ""
    is_changed: bool = False
    fault: str = ""


@dataclass(frozen=True)
class PreviewRow:
    number: int
    label: str
    word: str
    tone: str
    cells: list[Cell]
    fault: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.tone == TONES[WRONG]


@dataclass(frozen=True)
class Preview:
    """Everything that the page of an import shows."""

    problem: str
    is_matching: bool  # the columns are asked before anything else
    head: Choice
    places: list[Choice]
    questions: list[Choice]
    comma: Choice | None
    titles: list[str]
    rows: list[PreviewRow]
    out: list[int]
    counts: str
    notes: list[str]
    button: str  # empty where nothing can be entered
    seen: str = ""
    wrong: int = 0


def words() -> dict[str, str]:
    return {WRONG: _("Needs attention"), CHANGE: _("Change"), ADD: _("Add")}


def preview_of(form: ImportForm, run: Run, seen: str) -> Preview:
    sheet, answers = form.cleaned_data["sheet"], form.answers
    columns = shown_columns(run)
    outcomes = sorted(
        (each for each in run.outcomes if each.action in ORDER),
        key=lambda each: (ORDER.index(each.action), each.line.number),
    )
    matching = not run.match.is_certain or bool(run.problem and not run.outcomes)
    ready = run.is_ready and run.match.is_certain
    return Preview(
        problem=run.problem,
        is_matching=matching,
        head=head_of(sheet, run),
        places=places_of(form.aim, sheet, run),
        questions=questions_of(run, answers),
        comma=comma_of(run, answers),
        titles=[capfirst(str(column.title)) for column in columns],
        rows=[row_of(each, columns) for each in outcomes],
        out=sorted(answers.out),
        counts=counts_of(run),
        notes=notes_of(sheet, run, answers),
        button=button_of(run) if ready else "",
        seen=seen,
        wrong=run.count(WRONG),
    )


def shown_columns(run: Run) -> list[Column]:
    found = run.match.found
    return [found[place] for place in run.match.places if place in found]


def row_of(outcome: Outcome, columns: list[Column]) -> PreviewRow:
    return PreviewRow(
        outcome.line.number,
        outcome.label,
        words()[outcome.action],
        TONES[outcome.action],
        [cell_of(outcome, column) for column in columns],
        outcome.fault,
    )


def cell_of(outcome: Outcome, column: Column) -> Cell:
    name, label = column.name, capfirst(str(column.title))
    text, old = outcome.after.get(name, ""), outcome.before.get(name, "")
    changed = outcome.action == CHANGE and old != text
    fault = outcome.faults.get(name, "")
    if fault or name not in outcome.after:
        return Cell(label, outcome.line.texts.get(name, ""), old, changed, fault)
    return Cell(label, shown(column, text), shown(column, old), changed)


def head_of(sheet: Sheet, run: Run) -> Choice:
    options = [
        (str(n), _("row %d of the file") % row.number)
        for n, row in enumerate(sheet.rows[:LOOKED_AT])
    ]
    none = (str(NO_HEAD), _("the file has no headings"))
    label = _("The headings of the columns are in")
    return Choice("head", label, [*options, none], str(run.match.head))


def places_of(aim: Aim, sheet: Sheet, run: Run) -> list[Choice]:
    """What each column of the file is, with the first thing that stands in it."""
    options = [("", _("leave out")), (NUMBER, _("No."))]
    options += [(c.name, capfirst(str(c.title))) for c in aim.columns]
    options += [(KEY, _("Key"))]
    below = sheet.rows[run.match.head + 1 :]
    return [
        Choice(
            f"place-{n}",
            title,
            options,
            run.match.places[n],
            next((row.cells[n] for row in below if row.cells[n]), "")[:60],
        )
        for n, title in enumerate(run.match.titles)
    ]


def questions_of(run: Run, answers: Answers) -> list[Choice]:
    return [
        Choice(
            question.name,
            _("“%s” is") % question.text[:100],
            run.choices[question.name],
            answers.meant.get(question.name, ""),
        )
        for question in run.questions.values()
    ]


def comma_of(run: Run, answers: Answers) -> Choice | None:
    """`12,500`, asked once for all: twelve thousand five hundred, or twelve and a half?"""
    text = run.unclear
    if not text and not answers.comma:
        return None
    text = text or "12,500"
    digits = text.replace(".", ",")
    options = [
        ("thousands", digits.replace(",", "\N{NO-BREAK SPACE}")),
        ("decimal", digits.replace(",", ".").rstrip("0").rstrip(".")),
    ]
    label = _("How is “%s” meant, and every number like it?") % text
    return Choice("comma", label, options, answers.comma)


def counts_of(run: Run) -> str:
    """`Add 17, change 4, unchanged 2, 2 need attention`."""
    said = [
        (_("Add %d"), run.count(ADD)),
        (_("change %d"), run.count(CHANGE)),
        (_("unchanged %d"), run.count(SAME)),
        (
            ngettext("%d needs attention", "%d need attention", run.count(WRONG)),
            run.count(WRONG),
        ),
    ]
    return capfirst(", ".join(text % n for text, n in said if n))


def button_of(run: Run) -> str:
    said = [(_("Add %d"), run.count(ADD)), (_("change %d"), run.count(CHANGE))]
    return capfirst(", ".join(text % n for text, n in said if n))


def notes_of(sheet: Sheet, run: Run, answers: Answers) -> list[str]:
    notes = list(sheet.notes)
    above = [row.number for row in sheet.rows[: max(run.match.head, 0)]]
    if above:
        rows = ", ".join(map(str, above))
        notes.append(_("Rows above the headings were left out: %s.") % rows)
    if answers.out:
        rows = ", ".join(map(str, sorted(answers.out)))
        notes.append(_("You left out: row %s.") % rows)
    return notes + run.notes
