"""What must hold of a text that people edit, told again from rows and revisions alone."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from governance.columns import columns_of
from governance.models import (
    Assignment,
    Body,
    Clause,
    HeldText,
    Revision,
    Translation,
)
from governance.snapshot import digest
from governance.text import normal
from tests.stateful.acts import EDITABLE, WRITERS
from tests.stateful.oracle import must

PLACE = {"parent", "position", "number", "type"}  # where a row stands, not what it says
INSTITUTIONS = {"member_a": "A", "member_b": "B"}


@dataclass
class Row:
    """A provision as it stood after a step."""

    uid: str
    sort: str
    above: Any
    place: int
    number: str
    revision: int
    leads: set[str]
    cells: dict[str, str]


@dataclass
class Desk:
    """The whole text after a step, and what can be counted of it."""

    stage: str
    rows: dict[str, Row]
    digest: str
    revisions: list[Revision]
    assigned: set[tuple[str, str]]
    comments: list[tuple[int, str]]


@dataclass
class Book:
    """What people were told: that a text is saved, or that it is kept."""

    accepted: list = field(default_factory=list)
    held: list = field(default_factory=list)


def row_of(row):
    columns = [c for c in columns_of(type(row)) if c.name not in PLACE]
    leads = {row.lead, row.co_lead} - {None} if isinstance(row, Body) else set()
    return Row(
        str(row.uid),
        row.type,
        str(row.parent.uid) if row.parent else None,
        row.position,
        row.number,
        row.revision,
        {institution.code for institution in leads},
        {c.name: c.cell(row) for c in columns if c.cell(row)},
    )


def read(report, document):
    found = [
        *Body.objects.filter(document=document),
        *Clause.objects.filter(document=document),
    ]
    assigned = Assignment.objects.filter(document=document)
    return Desk(
        report.state,
        {str(row.uid): row_of(row) for row in found},
        digest(document.to_snapshot()),
        list(Revision.objects.filter(document=document).order_by("number")),
        {(a.institution.code, str(a.provision_uid)) for a in assigned},
        [(c.number, str(c.provision_uid)) for c in report.comments.order_by("number")],
    )


def covers(name, desk, uid):
    """Whether somebody may edit a row: all of it, the own rows, what is assigned."""
    if name in WRITERS:
        return True
    code, row = INSTITUTIONS.get(name), desk.rows[uid]
    if code is None:
        return False
    chain = [uid]
    while desk.rows[chain[-1]].above:
        chain.append(desk.rows[chain[-1]].above)
    return code in row.leads or any((code, each) in desk.assigned for each in chain)


def check_step(name, act, before, after):
    """What one person did in one step was open, theirs to do, and left its revision."""
    new = after.revisions[len(before.revisions) :]
    numbers = [revision.number for revision in after.revisions]
    must(numbers == list(range(1, len(numbers) + 1)), "I20", "a change is missing")
    must(not new or before.stage in EDITABLE, "closed", f"{act} while {before.stage}")
    for revision in new:
        must_be_theirs(name, act, before, after, revision)
    if before.assigned != after.assigned:
        must(name in WRITERS, "rights", f"{name} changed who writes what")
    if before.digest != after.digest:
        must(bool(new), "I20", f"{act} changed the text without a revision")
    elif len(new) == 1:
        alike = new[0].before == new[0].after
        must(alike, "I20", f"{act} says a change, and the text is the same")
    for uid in {*before.rows} & {*after.rows}:
        if before.rows[uid].cells != after.rows[uid].cells:
            told = any(str(revision.provision_uid) == uid for revision in new)
            must(told, "I20", f"{act} changed another row")
    must(before.comments == after.comments, "I17", "a comment points elsewhere")


def must_be_theirs(name, act, before, after, revision):
    uid, what = str(revision.provision_uid), revision.action
    must(revision.by.username.endswith(f".{name}"), "rights", "under another name")
    if name in WRITERS:
        return
    own = [desk for desk in (before, after) if uid in desk.rows]
    theirs = bool(own) and all(covers(name, desk, uid) for desk in own)
    placed = what == "moved" or (what == "removed" and act != "undo")
    must(theirs and not placed, "rights", f"{name} could {act}: {what}")


def check_places(desk):
    """In every family the places 1, 2, 3 …; every number once in its table."""
    families, numbers = defaultdict(list), Counter()
    for row in desk.rows.values():
        families[row.sort, row.above].append(row.place)
        numbers[row.sort, row.number] += 1
    for (sort, above), places in families.items():
        wanted = list(range(1, len(places) + 1))
        must(sorted(places) == wanted, "places", f"{sort} below {above}: {places}")
    twice = [number for number, count in numbers.items() if count > 1]
    must(not twice, "places", f"numbers twice: {twice}")


def check_chains(desk):
    """I20: one chain a text, each link on the one before; read through, it is the text."""
    chains = defaultdict(list)
    for revision in desk.revisions:
        chains[str(revision.provision_uid), revision.language].append(revision)
    saved = Translation.objects.filter(document=desk.revisions[0].document)
    translations = {(str(t.provision_uid), t.language): t for t in saved}
    must(
        {uid for uid, language in chains if not language} >= {*desk.rows},
        "I20",
        "a row without a revision",
    )
    for (uid, language), chain in chains.items():
        numbers = [revision.provision_revision for revision in chain]
        first = 1 if language else 0
        wanted = list(range(first, first + len(chain)))
        must(numbers == wanted, "I20", f"gap in {numbers} of {uid}")
        said = replayed(chain)
        if language:
            kept = translations[uid, language]
            now, revision = kept.values | {"state": kept.state}, kept.revision
        elif uid in desk.rows:
            now, revision = desk.rows[uid].cells, desk.rows[uid].revision
        else:
            now, revision = None, numbers[-1]
        must(said == now, "I20", f"read through it says {said}, the row {now}")
        must(revision == numbers[-1], "I20", f"the row is at {revision} of {numbers}")


def replayed(chain):
    """The cells of a text after its changes; None where the last one removed it."""
    said = None
    for link in chain:
        before, after = worded(link.before), worded(link.after)
        if link.action == "added":
            must(said is None and not before, "I20", "added twice")
            said = after
        elif link.action == "removed":
            must(before == said, "I20", f"removed: {before}; it said: {said}")
            said = None
        else:
            must(said is not None, "I20", f"{link.action} before it was added")
            then = {name: said.get(name, "") for name in link.before} if said else {}
            then = {n: t for n, t in then.items() if n not in PLACE and t}
            must(before == then, "I20", f"on {before}, not on what it said: {then}")
            said = {n: t for n, t in said.items() if n not in link.before} | after
    return said


def worded(cells):
    return {n: text for n, text in cells.items() if n not in PLACE and text}


def check_promises(book, desk):
    """I20: every text that was accepted is a revision's; every text kept is kept."""
    kept = {
        (str(r.provision_uid), r.language, name, text)
        for r in desk.revisions
        for name, text in r.after.items()
    }
    lost = {each for each in book.accepted if each not in kept}
    must(not lost, "I20", f"accepted and not in a chain: {lost}")
    aside = {
        (str(h.provision_uid), h.language, name, normal(text))
        for h in HeldText.objects.filter(document=desk.revisions[0].document)
        for name, text in h.values.items()
    }
    lost = {each for each in book.held if each not in aside}
    must(not lost, "I20", f"said to be kept, and lost: {lost}")


def check_normal(desk):
    """I43: what is stored is in the one stored form."""
    texts = [text for row in desk.rows.values() for text in row.cells.values()]
    texts += [
        t for r in desk.revisions for t in [*r.before.values(), *r.after.values()]
    ]
    wrong = [text for text in texts if text != normal(text)]
    must(not wrong, "I43", f"stored as {wrong[:1]!r}")
