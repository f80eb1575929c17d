"""Text, comments, and the steps of the report up to the table."""

import datetime as dt

from governance.actions import (
    answers,
    circulation,
    comments,
    documents,
    editing,
    placing,
    versions,
)
from governance.errors import Conflict
from governance.models import Body, Comment, Response
from tests.stateful.acts import (
    COMMENTERS,
    EDITABLE,
    LEADERS,
    SECRETARIAT,
    WRITERS,
    act,
)


def a_row(m):
    return m.one(Body.objects.filter(document=m.world.document).order_by("position"))


@act(WRITERS, EDITABLE)
def edit(m):
    row = a_row(m)
    stale = m.flip("stale base") and row.revision > 0
    base = row.revision - 1 if stale else row.revision
    text = m.words("mandate")
    try:
        editing.edit_provision(row, base=base, by=m.by, mandate=text)
    except Conflict:
        m.oracle.held.append((str(row.uid), text))
        raise
    m.oracle.accepted.append((str(row.uid), text))
    m.must(not stale, "I20", "an edit of a text its author had not read was accepted")


@act(WRITERS, EDITABLE)
def move(m):
    row = a_row(m)
    placing.move_provision(row, to=m.upto(3), by=m.by)


@act(WRITERS, EDITABLE)
def remove(m):
    row = a_row(m)
    if Body.objects.filter(document=m.world.document).count() == 1:
        m.nothing()
    m.oracle.removed.add(str(row.uid))
    placing.remove_provision(row, by=m.by)


@act(WRITERS, EDITABLE)
def add(m):
    if Body.objects.filter(document=m.world.document).count() > 4:
        m.nothing()
    documents.add_provision(
        Body,
        m.world.document,
        by=m.by,
        name=m.words("body"),
        level="bureau",
        mandate="The bureau prepares.",
        meeting_frequency="Monthly",
    )


@act(WRITERS)
def keep_draft(m):
    versions.keep_draft(m.report, by=m.by)


@act(SECRETARIAT, {"drafting"})
def circulate(m):
    due = m.today + dt.timedelta(days=1)
    circulation.circulate(m.report, comments_due_on=due, by=m.by)


@act(LEADERS, {"circulated"})
def close_comments(m):
    circulation.close_comments(
        m.report, by=m.by, reason="Time." if m.flip("reason") else ""
    )


@act(SECRETARIAT, {"consolidating"})
def table(m):
    circulation.table(m.report, by=m.by)


@act(COMMENTERS, {"circulated", "consolidating", "tabled"})
def comment(m):
    """For one's own institution, or for any: only some write on behalf of others."""
    own = comments.institutions_of(m.by, m.world.committee.pk)
    institutions = list(m.world.institutions.values())
    institution = m.one(own if own and not m.flip("for another") else institutions)
    content = m.report.versions.order_by("-major", "-minor").first()
    nodes = content.content["documents"][0]["provisions"] if content else []
    uid = m.one([node["uid"] for node in nodes])
    comments.comment_on(
        m.world.document,
        uid,
        institution=institution,
        by=m.by,
        body=m.words("comment"),
        type="technical",
        severity="substantive",
        suggested_wording=m.words("wording") if m.flip("suggests") else "",
    )
    m.must(
        institution in own or m.name in WRITERS,
        "rights",
        f"{m.name} commented for {institution.code}",
    )


def a_comment(m, *states):
    rows = m.report.comments.order_by("number")
    wanted = rows.filter(state__in=states) if states else rows
    return m.one(rows if m.flip("any comment") else wanted)


def must_be_own(m, row):
    own = comments.institutions_of(m.by, m.world.committee.pk)
    m.must(
        row.institution in own or (row.on_behalf and m.name in WRITERS),
        "rights",
        f"{m.name} acted on a comment of {row.institution.code}",
    )


@act(COMMENTERS)
def change_comment(m):
    row = a_comment(m, "received", "assigned")
    comments.change_comment(row, by=m.by, body=m.words("comment"))
    m.must(row.state in {"received", "assigned"}, "I15", "an answered one was changed")
    must_be_own(m, row)


@act(COMMENTERS)
def withdraw_comment(m):
    row = a_comment(m, "received", "assigned")
    comments.withdraw(row, by=m.by)
    must_be_own(m, row)


@act(COMMENTERS)
def contest(m):
    row = a_comment(m, "responded")
    answers.contest(row, by=m.by, text="That does not answer it.")
    must_be_own(m, row)


@act(WRITERS)
def assign(m):
    row = a_comment(m, "received")
    answers.assign(row, to=m.world.people[m.pick(sorted(WRITERS), "to")], by=m.by)


@act(WRITERS)
def respond(m):
    row = a_comment(m, *Comment.UNSETTLED)
    disposition = m.pick(Response.Disposition.values, "answer")
    other = m.report.comments.exclude(pk=row.pk).first()
    answers.respond(
        row,
        disposition,
        by=m.by,
        reason="" if m.flip("no reason") else "For this reason.",
        duplicate_of=other if disposition == "duplicate" else None,
    )


@act(WRITERS, EDITABLE)
def apply_suggestion(m):
    row = a_comment(m, "responded")
    revision = answers.apply_suggestion(
        row, by=m.by, over_changed_text=m.flip("looked once more")
    )
    if revision:
        m.oracle.accepted.append((str(row.provision_uid), row.suggested_wording))


@act(WRITERS)
def map_change(m):
    row = a_comment(m, "responded")
    revision = m.one(m.world.document.revisions.exclude(answers__comment=row))
    editing.map_change(row, revision, by=m.by)


@act(WRITERS)
def incorporate(m):
    answers.incorporate(a_comment(m, "responded"), by=m.by)


@act(WRITERS)
def close_comment(m):
    answers.close(a_comment(m, "responded", "incorporated"), by=m.by)
