"""What the tests of sign-off and of verification share: a world kept for a module."""

import datetime as dt
import gzip
import html
import re
from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection, transaction

from governance import guards
from governance.actions import documents, releases, renderings
from governance.files import store
from governance.models import Body, Rendering, Structure
from governance.pdf import Printed
from tests import world as worlds

SECOND = dt.date(2022, 3, 2)
MARKS = {2: b" of the second"}
PDFS = {"public": b"%PDF-1.7 the public edition", "internal": b"%PDF-1.7 all of it"}


@contextmanager
def kept(blocker, stage):
    """A world at a stage, built once for a module of tests and rolled back after it."""
    with blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        world = worlds.at_stage(stage)
    yield world
    with blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def print_editions(world):
    """The PDFs of the validated report, without the seconds that printing takes."""
    for rendering in Rendering.objects.filter(report=world.report).exclude(
        edition="draft"
    ):
        data = PDFS[rendering.edition] + MARKS.get(rendering.report.edition, b"")
        name = store(f"drafts/{rendering.digest[:16]}-{rendering.pk}.pdf", data)
        with world.on("2022-02-28", "10:00"):
            renderings.finish(rendering, name, Printed(data, 3))
    return world.fresh()


def release(world, on="2022-03-01"):
    print_editions(world)
    worlds.conclude(world)
    with world.on(on):
        releases.propose_release(world.report, by=world.person("secretary"))
        releases.release(world.report, by=world.person("chair"))
    return world.fresh()


def second_edition(first):
    """Another report of the same committee, validated by the same people."""
    world = worlds.World(first.committee, first.people, first.institutions)
    secretary = world.person("secretary")
    with world.on("2022-03-02"):
        world.report = documents.open_report(
            world.committee, by=secretary, title="A second report", dated_on=SECOND
        )
        world.document = documents.add_document(
            Structure, world.report, by=secretary, title="Structure"
        )
        for level in ("plenary", "secretariat"):
            documents.add_provision(
                Body,
                world.document,
                by=secretary,
                name=level.title(),
                level=level,
                lead=world.institutions["A"],
                mandate="It meets and writes.",
                meeting_frequency="Four times a year",
            )
    for step in (
        worlds.circulate,
        worlds.consolidate,
        worlds.plan,
        worlds.table,
        worlds.open_session,
        worlds.decide,
        worlds.submit,
    ):
        step(world)
    for name in ("member_c", "member_d", "chair"):
        worlds.sign(world, name)
    return world.fresh()


def unguarded():
    """As somebody who owns the database and has taken its triggers away."""
    guards.remove(SimpleNamespace(connection=connection))


def compressed(answer):
    return len(gzip.compress(answer.content))


def text_of(answer):
    """What a page says, in one line without tags."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(bare).split())
