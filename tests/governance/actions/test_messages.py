"""Who is told what: once, in a mail that carries the content itself."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone

from governance.actions import messages
from governance.mail import TAKEN_FOR, send, waiting
from governance.models import Message, User
from governance.permissions import Permission
from tests import world as worlds

pytestmark = pytest.mark.django_db


def names(people):
    return sorted(person.username.split(".")[1] for person in people)


@pytest.fixture
def world():
    return worlds.at_stage("drafting")


def test_people_who_hold_a_right(world):
    found = messages.people_with(world.committee, Permission.CIRCULATE)
    assert names(found) == ["officer", "secretary"]


def test_people_who_speak_for_an_institution(world):
    found = messages.people_of(world.institutions["A"])
    assert names(found) == ["chair", "member_a"]


def test_circulating_tells_who_may_comment_with_version_and_deadline(world):
    worlds.circulate(world)

    rows = Message.objects.filter(key__endswith="circulated")
    told = messages.people_with(world.committee, Permission.COMMENT)
    assert {row.recipient for row in rows} == set(told)
    assert "26 November 2021" in rows[0].subject
    assert "A report" in rows[0].body


def test_an_event_is_told_a_person_once_however_often_it_is_tried(world):
    worlds.circulate(world)
    count = Message.objects.count()
    version = world.report.versions.get()

    for _time in range(2):
        messages.tell(
            world.committee,
            messages.people_with(world.committee, Permission.COMMENT),
            "circulated",
            f"version {version.pk} circulated",
            "Again",
            report=world.report,
            version=version,
        )

    assert Message.objects.count() == count


def test_who_has_no_address_and_who_may_not_sign_in_is_not_written_to(world):
    User.objects.filter(username="world.member_c").update(email="")
    User.objects.filter(username="world.member_d").update(is_active=False)

    worlds.circulate(world)

    told = {row.recipient.username for row in Message.objects.all()}
    assert "world.member_e" in told
    assert not told & {"world.member_c", "world.member_d"}


def test_nothing_is_told_of_what_was_taken_back(world):
    with transaction.atomic():
        worlds.circulate(world)
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_a_failing_mail_server_stops_no_work(world, settings):
    worlds.circulate(world)
    message = Message.objects.first()
    settings.EMAIL_BACKEND = "tests.governance.actions.test_messages.Down"

    assert send(message.pk) is False

    message.refresh_from_db()
    assert (message.attempts, message.sent_at, message.error) == (1, None, "down")


def test_a_message_is_sent_once(world):
    worlds.circulate(world)
    message = Message.objects.first()

    assert [send(message.pk), send(message.pk)] == [True, False]
    assert [m.subject for m in mail.outbox] == [message.subject]


def test_a_message_that_somebody_is_sending_is_not_sent_twice(world):
    worlds.circulate(world)
    message = Message.objects.first()
    Message.objects.filter(pk=message.pk).update(taken_at=timezone.now())

    now = send(message.pk)
    with time_machine.travel(timezone.now() + TAKEN_FOR * 2, tick=False):
        later = send(message.pk)

    assert (now, later, len(mail.outbox)) == (False, True, 1)


def test_who_lost_every_role_or_was_suspended_since_is_not_written_to(world):
    worlds.circulate(world)
    messages_of = {m.recipient.username: m.pk for m in Message.objects.all()}
    User.objects.filter(username="world.member_c").update(is_active=False)
    User.objects.get(username="world.member_d").role_assignments.update(
        ends_on=dt.date(2022, 1, 1)
    )

    sent = [send(messages_of[f"world.{name}"]) for name in ("member_c", "member_d")]

    error = "Not sent: the person holds no role any more, or is suspended."
    rows = Message.objects.filter(error=error)
    assert (sent, mail.outbox) == ([False, False], [])
    assert {row.recipient.username for row in rows} == {
        "world.member_c",
        "world.member_d",
    }
    assert not waiting().filter(pk__in=rows).exists()


class Down:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError("down")
