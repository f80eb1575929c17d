"""Somebody else holds what is wanted, or is first with it: a sentence, never an error."""

import threading
import time
from collections import Counter
from functools import partial

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from governance.actions import attendance, institutions, people
from governance.models import (
    Comment,
    Institution,
    Participant,
    Report,
    SealedPost,
    Signature,
    User,
)
from governance.permissions import Role
from tests import world as worlds
from tests.governance.views.test_acting import shown
from tests.governance.views.test_comments import add_url, enter, plenary, typed
from tests.ncc_portal.validation import comment_facts

BUSY = "Somebody else is saving this at the moment. Nothing was changed; try again."
TAKEN = (
    "Somebody else saved the same a moment ago. Nothing was changed; look at what is"
    " there now."
)
SIGNATORIES = 66

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


def asked(ask, answers, wait="10s"):
    """Ask on a connection of its own, which waits so long for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [wait])
    answers.append(ask())
    connections.close_all()


def while_held(ask):
    """The answer to what is asked while somebody else holds the report."""
    answers = []
    with transaction.atomic():
        Report.objects.select_for_update(of=("self",)).get()
        asking = threading.Thread(target=asked, args=[ask, answers, "200ms"])
        asking.start()
        asking.join()
    return answers[0]


def meanwhile(first, ask):
    """The answer to what is asked when `first` is done and not yet committed."""
    answers = []
    asking = threading.Thread(target=asked, args=[ask, answers])
    with transaction.atomic():
        first()
        asking.start()
        until_somebody_waits_for_us()
    asking.join()
    return answers[0]


def until_somebody_waits_for_us():
    for_us = "pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    waiting = f"SELECT count(*) FROM pg_locks WHERE NOT granted AND {for_us}"
    for _try in range(500):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def entered(user, client=None):
    client = client or Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_a_page_that_waited_in_vain_keeps_the_text():
    world = worlds.at_stage("circulated", "race")
    client = enter(Client(raise_request_exception=False), world, "member_b")
    address = add_url(world, plenary(world))
    sent = shown(client, address) | typed(world)

    response = while_held(lambda: client.post(address, sent))

    post, text = SealedPost.objects.get(), response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert BUSY in text
    assert f"{address}&amp;kept={post.key}" in text
    assert not Comment.objects.exists()
    again = client.get(f"{address}&kept={post.key}")
    assert again.context["form"]["body"].value() == sent["body"]
    assert client.post(address, sent).status_code == 302
    assert Comment.objects.get().body == sent["body"]


def test_the_api_that_waited_in_vain_answers_in_a_sentence():
    world = worlds.at_stage("circulated", "race")
    client = entered(world.person("member_c"), APIClient(raise_request_exception=False))

    response = while_held(
        lambda: client.post("/api/comments/", comment_facts(world), format="json")
    )

    assert (response.status_code, response["Retry-After"], response.json()) == (
        503,
        "5",
        {"detail": BUSY},
    )


ON_THE_LIST = (
    "Somebody of A is on the list already, for Institution E (E): one person represents"
    " one institution. If this is somebody else of the same name, add the office to the"
    " name."
)


def test_who_registers_second_is_told_where_the_person_is_registered():
    world = worlds.at_stage("session", "race")
    client = entered(
        world.person("secretary"), APIClient(raise_request_exception=False)
    )
    member = world.people["member_e"]
    facts = {
        "workshop": world.workshop.pk,
        "institution": world.institutions["A"].pk,
        "name": "Somebody of A",
        "office": "Director",
        "mode": "in_person",
        "user": member.username,
    }

    response = meanwhile(
        lambda: attendance.register(
            world.workshop,
            world.institutions["E"],
            name="Somebody of E",
            user=member,
            by=world.person("secretary"),
        ),
        lambda: client.post("/api/participants/", facts, format="json"),
    )

    assert (response.status_code, response.json()) == (
        409,
        {"detail": ON_THE_LIST, "owed": []},
    )
    assert Participant.objects.get(user=member).name == "Somebody of E"


def test_what_somebody_else_was_first_with_is_shown_in_the_form():
    world = worlds.at_stage("drafting", "race")
    manager = world.person("secretary")
    client = entered(manager)
    address = reverse("governance:institution-add", args=[world.committee.slug])
    facts = {"code": "NEW", "category": Institution.Category.AGENCY}

    response = meanwhile(
        lambda: institutions.add_institution(
            world.committee, by=manager, name="Entered first", **facts
        ),
        lambda: client.post(address, facts | {"name": "Entered second"}),
    )

    form = response.context["form"]
    assert (response.status_code, form.non_field_errors()) == (409, [TAKEN])
    assert form["name"].value() == "Entered second"
    assert Institution.objects.get(code="NEW").name == "Entered first"


@pytest.fixture
def signatories():
    """People of the institutions that sign, more than the lock serves in time."""
    world = worlds.at_stage("signing", "race")
    users = []
    for number in range(SIGNATORIES):
        name, code = f"signatory.{number}", worlds.CODES[number % len(worlds.CODES)]
        user = people.register(
            world.committee,
            username=name,
            name=name,
            password=worlds.PASSWORD,
            by=None,
        )
        people.give_role(
            user,
            world.committee,
            Role.MEMBER,
            institution=world.institutions[code],
            starts_on=worlds.SINCE,
            by=None,
        )
        users.append(User.objects.get(pk=user.pk))
    return world, users


def test_many_who_sign_at_once_are_all_answered(signatories):
    world, users = signatories
    candidate, answers = world.candidate, []
    given = {"password": worlds.PASSWORD, "text_digest": candidate.digest}
    start = threading.Barrier(SIGNATORIES)

    def sign(client):
        start.wait()
        address = f"/api/versions/{candidate.pk}/sign/"
        return client.post(address, given, format="json").status_code

    clients = [entered(u, APIClient(raise_request_exception=False)) for u in users]
    threads = [
        threading.Thread(target=asked, args=[partial(sign, client), answers, "300ms"])
        for client in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    counted = Counter(answers)
    assert counted.total() == SIGNATORIES
    assert set(counted) <= {201, 409, 503}
    assert counted[503] > 0
    assert Signature.objects.count() == counted[201] > 0
