"""What people do to a text, one function an act; each writes into the book what it was told.

An act draws what it needs from the machine `m`; whether somebody may do it is not asked
here: people try, and the oracle looks at what became of it.
"""

from governance.actions import documents, editing, placing, undoing, writing
from governance.actions.translations import translate as save_translation
from governance.actions.translations import translation_of
from governance.columns import column_for
from governance.errors import Conflict, Refused
from governance.models import Body, Clause, HeldText, Report
from governance.splitting import Piece
from governance.tables import table_of
from governance.text import normal
from governance.views.restoring import restore as take_up
from tests.stateful.oracle import must

WORDS = {Body: ["mandate", "name"], Clause: ["body", "heading"]}
MOST = 7  # rows of one sort
SHAPES = ["{}", "{}", " {}\r\n\r\nMore. \n", "E\u0301 {}\u200b", "{}\u202e"]


def rows(m, model=None):
    models = [model] if model else [Body, Clause]
    return [r for each in models for r in each.objects.filter(document=m.document)]


def text(m, stem="text"):
    return m.pick(SHAPES).format(m.words(stem))


def accept(m, row, **cells):
    for name, value in cells.items():
        words = column_for(type(row), name).cell_of(value)
        m.book.accepted.append((str(row.uid), "", name, normal(words)))


def told_kept(m, row, cells, language=""):
    found = [(str(row.uid), language, n, normal(t)) for n, t in cells.items() if t]
    m.book.held += found


def edit(m):
    row = m.one(rows(m))
    stale = m.flip() and row.revision > 0
    cells = {name: text(m) for name in m.dice.sample(WORDS[type(row)], m.upto(2))}
    if type(row) is Body and m.flip():
        cells["lead"] = m.pick(list(m.world.institutions.values())[:3])
    words = {n: t for n, t in cells.items() if isinstance(t, str)}
    base = row.revision - 1 if stale else row.revision
    closed = m.before.stage not in {"drafting", "consolidating", "amending"}
    try:
        editing.edit_provision(row, base=base, by=m.by, **cells)
    except Refused as no:
        must(isinstance(no, Conflict) or closed, "I20", f"refused: {no}")
        told_kept(m, row, words)
        raise
    must(not stale, "I20", "an edit of a text its author had not read was accepted")
    accept(m, row, **words)


def set_aside(m):
    row = m.one(rows(m))
    cells = {WORDS[type(row)][0]: text(m)}
    reason = HeldText.Reason.ASIDE
    editing.set_aside(row, row.revision, cells, {}, reason=reason, by=m.by)
    told_kept(m, row, cells)


def add(m):
    model = m.pick([Body, Clause])
    there = rows(m, model)
    if len(there) >= MOST:
        m.nothing()
    parent = m.one(there) if there and m.flip() else None
    if model is Clause:
        values = {"heading": text(m, "heading"), "body": text(m)}
    else:
        lead = m.pick([None, m.world.institutions["A"]])
        values = {"name": m.words("body"), "level": "bureau", "lead": lead}
        values |= {"mandate": text(m), "meeting_frequency": "Monthly"}
    row = documents.add_provision(model, m.document, by=m.by, parent=parent, **values)
    accept(m, row, **{name: values[name] for name in WORDS[model]})


def move(m):
    placing.move_provision(m.one(rows(m)), to=m.upto(4), by=m.by)


def put_under(m):
    row = m.one(rows(m))
    others = [None, *rows(m, type(row))]
    to = m.upto(3) if m.flip() else None
    placing.put_under(row, m.pick(others), by=m.by, to=to)


def remove(m):
    there = rows(m)
    if len(there) < 3:
        m.nothing()
    placing.remove_provision(m.one(there), by=m.by)


def bring_back(m):
    here = {row.uid for row in rows(m)}
    gone = m.document.revisions.filter(action="removed").exclude(provision_uid__in=here)
    last = {revision.provision_uid: revision for revision in gone}
    take_up(m.document, None, m.one(last.values()), m.by)


def restore(m):
    row = m.one(rows(m))
    earlier = m.document.revisions.filter(provision_uid=row.uid, language="")
    take_up(m.document, row, m.one(earlier.exclude(action="removed")), m.by)


def split(m):
    row = m.one(rows(m, Clause))
    if len(rows(m, Clause)) >= MOST:
        m.nothing()
    stale = m.flip() and row.revision > 0
    pieces = [Piece(str(n), "", m.words("piece")) for n in (1, 2, 3)]
    if m.flip():
        pieces.insert(0, Piece("", "", m.words("first")))
    base = row.revision - 1 if stale else row.revision
    made = placing.split_provision(row, pieces, base=base, by=m.by)
    must(not stale, "I20", "a text its author had not read was split")
    row = Clause.objects.get(pk=row.pk)
    whole = " ".join([row.body, *(new.body for new in made)])
    missing = [piece.body for piece in pieces if piece.body not in whole]
    must(not missing, "I20", f"split without {missing}")
    for each in made:
        accept(m, each, body=each.body)


def translate(m):
    row = m.one(rows(m))
    now = translation_of(m.document, row.uid, "st-LS")
    base = (now.revision if now else 0) + (1 if m.flip() else 0)
    cells = {WORDS[type(row)][0]: text(m, "lentsoe")}
    facts = {"base": base, "read": row.revision, "follows": m.flip()}
    try:
        save_translation(m.document, row.uid, "st-LS", cells, by=m.by, **facts)
    except Refused:
        told_kept(m, row, cells, "st-LS")
        raise
    must(base == (now.revision if now else 0), "I20", "a translation was overwritten")
    for name, said in cells.items():
        m.book.accepted.append((str(row.uid), "st-LS", name, normal(said)))


def undo(m):
    undoing.undo_last(m.document, table_of(m.pick([Body, Clause])), m.by)


def assign(m):
    row = m.one(rows(m))
    institution = m.world.institutions[m.pick("AB")]
    writing.assign(m.document, institution, row.uid, by=m.by)


def take_assignment_back(m):
    writing.take_assignment_back(m.one(m.document.assignments.all()), by=m.by)


def freeze(m):
    """As circulation does, without the days in between."""
    Report.objects.filter(pk=m.world.report.pk).update(state="circulated")


def thaw(m):
    Report.objects.filter(pk=m.world.report.pk).update(state="consolidating")


WRITING = [edit, edit, edit, add, move, put_under, remove, bring_back, restore]
WRITING += [split, translate, undo, set_aside]
AROUND = [assign, take_assignment_back, freeze]
EVERY = [*WRITING, *AROUND]
