"""The same form arrives several times at once: one effect, one answer for all."""

import uuid

import pytest
from django.db import connection
from django.test import Client

from governance.actions.drafts import once
from governance.models import Comment, Submission
from tests import world as worlds
from tests.governance.views.test_comments import add_url, plenary, typed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]
TIMES = 4
REPEATS = 5


def test_a_comment_posted_at_once_is_one_comment(together):
    world = worlds.at_stage("circulated", "race")
    user, address = world.person("member_b"), add_url(world, plenary(world))
    seen = []
    for number in range(REPEATS):
        sent = typed(world, body=f"comment {number}") | {"once": str(uuid.uuid4())}
        answers = []

        def post(sent=sent, answers=answers):
            client = Client()
            client.force_login(user)
            response = client.post(address, sent)
            answers.append((response.status_code, response.url))

        ends = together(*[post] * TIMES)
        seen.append((ends, len(set(answers)), {status for status, _url in answers}))

    assert seen == [({"passed": TIMES}, 1, {302})] * REPEATS
    assert Comment.objects.count() == REPEATS


def test_a_save_by_script_at_once_is_one_save(together):
    world = worlds.at_stage("drafting", "race")
    user, key = world.person("rapporteur"), uuid.uuid4()
    done, answers = [], []

    def do():
        done.append(1)
        return f"answer {len(done)}"

    ends = together(*[lambda: answers.append(once(user, key, do))] * TIMES)

    assert (ends, answers, done) == ({"passed": TIMES}, ["answer 1"] * TIMES, [1])
    assert Submission.objects.count() == 1
