"""Who is told what: once, in a mail that carries the content itself."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from governance.actions import messages
from governance.mail import claim, send, waiting
from governance.models import Message, RoleAssignment, User
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


@pytest.mark.parametrize(
    ("minutes", "sent"), [(9, False), (11, True)], ids=["in hand", "died"]
)
def test_what_somebody_else_is_sending_is_left_to_them(world, minutes, sent):
    worlds.circulate(world)
    message = Message.objects.first()
    claim(message.pk)
    began = timezone.now() - dt.timedelta(minutes=minutes)
    Message.objects.filter(pk=message.pk).update(taken_at=began)

    assert (send(message.pk), len(mail.outbox)) == (sent, int(sent))


def test_who_asks_while_a_mail_is_being_sent_does_not_send_it_too(world, settings):
    worlds.circulate(world)
    message = Message.objects.first()
    settings.EMAIL_BACKEND = "tests.governance.actions.test_messages.Asking"
    Asking.asked, Asking.answers = message.pk, []

    assert send(message.pk) is True

    message.refresh_from_db()
    assert (Asking.answers, message.attempts, message.error) == ([False], 1, "")


def end_roles(user):
    RoleAssignment.objects.filter(user=user).update(ends_on=worlds.SINCE)


def suspend(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("leave", "reason"),
    [
        (end_roles, "Not sent: the person has no role in the committee any more."),
        (suspend, "Not sent: the person may not sign in any more."),
    ],
)
def test_who_left_before_a_mail_was_sent_is_not_written_to(world, leave, reason):
    worlds.circulate(world)
    message = Message.objects.first()
    leave(message.recipient)

    assert send(message.pk) is False

    message.refresh_from_db()
    assert (mail.outbox, message.sent_at, message.error) == ([], None, reason)
    assert not waiting().filter(pk=message.pk).exists()


def test_what_is_not_to_be_sent_is_no_failure_of_the_command(world, capsys):
    worlds.circulate(world)
    count = Message.objects.count()
    suspend(Message.objects.first().recipient)

    call_command("deliver_mail")

    said = capsys.readouterr().out.strip()
    assert said == f"{count - 1} mails sent. 1 not sent: its recipient has left."


class Asking:
    """A mail server in whose time somebody else asks for the same mail."""

    asked, answers = 0, []

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        self.answers.append(send(self.asked))
        return len(messages)


class Down:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError("down")
