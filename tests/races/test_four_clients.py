"""Four people write the same four rows, lines are cut and servers killed: no text is lost.

Every text that is sent has a word of its own. What was acknowledged (saved, or kept
beside what somebody else had saved) is in the database once; what was cut off is there
once or not at all; nothing is there that nobody has sent, half a text least of all.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from governance.actions import documents, editing, writing
from governance.models import Body, Clause, HeldText, Revision
from tests import world as worlds
from tests.races.browsing import Browser, form_with

ROOT = Path(__file__).resolve().parents[2]
WRITERS = ["secretary", "officer", "rapporteur", "member_a"]
EDITS = 25  # of each person; a conflict is answered with one or two more
LINES = 6
KILLS = 3
SAVED, HELD, UNKNOWN = "saved", "held", "unknown"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


class Server:
    """gunicorn as the README starts it, on the database of the tests."""

    def __init__(self, log):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        flags = ["--workers", "2", "--threads", "4", "--preload", "--no-control-socket"]
        bind = ["--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "ncc_portal.wsgi", *flags, *bind],
            cwd=ROOT,
            env=os.environ | self.environment(),
            stdout=log,
            stderr=log,
        )

    def environment(self):
        facts = connection.settings_dict
        name, password = facts["USER"], facts["PASSWORD"]
        user = f"{name}:{password}" if password else name
        place = f"{facts['HOST']}:{facts['PORT'] or 5432}"
        return {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"postgres://{user}@{place}/{facts['NAME']}",
            "DEBUG": "true",
        }

    def wait(self):
        for _try in range(150):
            answer = Browser(self.port).get("/healthz")
            if answer and answer.status == 200:
                return
            assert self.process.poll() is None, "the server ended by itself"
            time.sleep(0.2)
        raise AssertionError("the server does not answer")

    def workers(self):
        pid = self.process.pid
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(each) for each in text.split()]

    def kill_a_worker(self, dice):
        """The power goes for half of it; gunicorn starts another worker."""
        workers = self.workers()
        if workers:
            os.kill(dice.choice(workers), signal.SIGKILL)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


@dataclass
class Sent:
    """A text that was sent, once or several times with the same key, and its end."""

    uid: str
    text: str
    end: str = UNKNOWN


class Writer(threading.Thread):
    """One person at a browser, who sends again what was cut off."""

    def __init__(self, name, world, rows, port):
        super().__init__(name=name)
        self.browser, self.dice = Browser(port), random.Random(name)
        self.user, self.rows = world.people[name].username, rows
        self.document, self.sent, self.error = world.document, [], None

    def sign_in(self):
        path = reverse("account_login")
        self.browser.sign_in(path, self.user, worlds.PASSWORD)

    def run(self):
        try:
            for _number in range(EDITS):
                self.edit(*self.dice.choice(self.rows))
        except Exception as error:  # noqa: BLE001 -- the test tells
            self.error = error

    def edit(self, uid, column):
        path = self.address("edit", uid)
        page = self.browser.get(path)
        if page is None or page.status >= 500:
            return  # the server was killed just now
        form = form_with(page.text, "base")
        if self.dice.random() < 0.3:
            self.save_cell(uid, column, form)
        else:
            self.save(uid, column, form, line=self.dice.randrange(LINES))

    def address(self, what, uid):
        name = {"edit": "provision-edit", "cells": "row-cells"}[what]
        return reverse(f"governance:{name}", args=[self.document.pk, uid])

    def save(self, uid, column, form, *, line, again=0):
        """Save the page; what somebody else was first with, is put together or kept."""
        sent = self.writes(uid, form[column], line)
        aside = {"aside": "1"} if again and self.dice.random() < 0.3 else {}
        fields = form | {column: sent.text} | aside
        answer = self.deliver(self.address("edit", uid), fields)
        if answer is None:
            return
        assert answer.status in {302, 409}, f"{answer.status} {answer.text}"
        sent.end = SAVED if answer.status == 302 and not aside else HELD
        if answer.status == 409 and again < 3:
            both = form_with(answer.text, "base")
            self.save(uid, column, both, line=line, again=again + 1)

    def save_cell(self, uid, column, form):
        sent = self.writes(uid, form[column], self.dice.randrange(LINES))
        shared = ("csrfmiddlewaretoken", "base", "once", "window", "seal")
        fields = {name: form[name] for name in shared} | {column: sent.text}
        answer = self.deliver(self.address("cells", uid), fields)
        if answer is not None:
            assert answer.status in {200, 409}, f"{answer.status} {answer.text}"
            sent.end = SAVED if answer.status == 200 else HELD

    def writes(self, uid, text, line):
        lines = text.replace("\r\n", "\n").split("\n")
        words = f"{self.name} writes text {len(self.sent)} here"
        lines[line % len(lines)] = f"{words}; “{self.name} {len(self.sent)}” ends."
        self.sent.append(Sent(uid, "\n".join(lines)))
        return self.sent[-1]

    def deliver(self, path, fields):
        """Send it up to three times; every time the line may be cut."""
        for _try in range(3):
            cut = self.dice.choices(["", "sending", "reading"], [7, 2, 2])[0]
            after = self.dice.random() / 20
            answer = self.browser.post(path, fields, cut, after)
            if answer and answer.status < 500:
                return answer
        return None


@pytest.fixture
def world():
    """Two bodies and two clauses of six lines, which all four may write."""
    world = worlds.at_stage("drafting", "four")
    secretary = world.person("secretary")
    text = "\n".join(f"Line {number} as it was." for number in range(LINES))
    for row in Body.objects.filter(document=world.document):
        editing.edit_provision(row, base=row.revision, by=secretary, mandate=text)
    for heading in ("Background", "Purpose"):
        documents.add_provision(
            Clause, world.document, by=secretary, heading=heading, body=text
        )
    writing.assign(world.document, world.institutions["A"], None, by=secretary)
    return world


@pytest.fixture
def server(world, tmp_path):
    with (tmp_path / "server.log").open("w") as log:
        server = Server(log)
        try:
            server.wait()
            yield server
        finally:
            server.end()


def rows_of(document):
    bodies = [(row, "mandate") for row in Body.objects.filter(document=document)]
    clauses = [(row, "body") for row in Clause.objects.filter(document=document)]
    return bodies + clauses


def write_all(world, server):
    """Let the four write until they are done, with a server killed now and then."""
    rows = [(str(row.uid), column) for row, column in rows_of(world.document)]
    writers = [Writer(name, world, rows, server.port) for name in WRITERS]
    dice = random.Random("power")
    for writer in writers:
        writer.sign_in()
    for writer in writers:
        writer.start()
    for _kill in range(KILLS):
        time.sleep(1 + dice.random() * 2)
        server.kill_a_worker(dice)
    for writer in writers:
        writer.join()
    assert [writer.error for writer in writers] == [None] * len(writers)
    return [sent for writer in writers for sent in writer.sent]


def changes_of(uid, column):
    """The texts of a row, one a change; a chain without gaps, as the row says it."""
    chain = Revision.objects.filter(provision_uid=uid).order_by("provision_revision")
    texts = [revision.after[column] for revision in chain]
    befores = [revision.before.get(column, "") for revision in chain[1:]]
    assert befores == texts[:-1]
    numbers = [revision.provision_revision for revision in chain]
    assert numbers == list(range(len(chain)))
    return texts


def test_every_text_that_was_acknowledged_is_there_once(world, server):
    columns = {str(row.uid): column for row, column in rows_of(world.document)}
    begun = {(uid, text) for uid in columns for text in changes_of(uid, columns[uid])}

    sent = write_all(world, server)

    saved = Counter((uid, t) for uid in columns for t in changes_of(uid, columns[uid]))
    for row, column in rows_of(world.document):
        last = changes_of(row.uid, column)[-1], len(changes_of(row.uid, column)) - 1
        assert (getattr(row, column), row.revision) == last
    held = Counter(
        (str(each.provision_uid), each.values[columns[str(each.provision_uid)]])
        for each in HeldText.objects.all()
    )
    whole = {(each.uid, each.text) for each in sent}
    assert {*saved, *held} - begun - whole == set()
    once = {SAVED: [(1, 0)], HELD: [(0, 1)], UNKNOWN: [(0, 0), (1, 0), (0, 1)]}
    counted = [(e, (saved[e.uid, e.text], held[e.uid, e.text])) for e in sent]
    assert [(e, count) for e, count in counted if count not in once[e.end]] == []
    ends = Counter(each.end for each in sent)
    assert min(ends[SAVED], ends[HELD], ends[UNKNOWN]) > 0
