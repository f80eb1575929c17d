"""Sign-in, its throttle, its sessions and passwords, through the pages people use."""

import datetime as dt

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.core import mail
from django.urls import reverse
from rest_framework.authtoken.models import Token

from governance.actions import people
from governance.models import User

PASSWORD = "Thaba-Bosiu-1824"
SIGN_IN = reverse("account_login")


@pytest.fixture
def person(secretary):
    secretary.email = "secretary@example.org"
    secretary.set_password(PASSWORD)
    secretary.save()
    return secretary


def sign_in_with(client, password=PASSWORD, login="secretary", device="shared"):
    data = {"login": login, "password": password, "device": device}
    return client.post(SIGN_IN, data)


@pytest.mark.parametrize("login", ["secretary", "secretary@example.org"])
def test_sign_in_leads_to_my_work(client, person, login):
    response = sign_in_with(client, login=login)

    assert (response.status_code, response.url) == (302, reverse("governance:my-work"))


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("secretary", "wrong-password"),
        ("nobody", PASSWORD),
        ("nobody@example.org", "x"),
    ],
)
def test_every_wrong_combination_has_one_message(client, person, login, password):
    response = sign_in_with(client, login=login, password=password)

    assert response.context["form"].non_field_errors() == [
        "The details do not match. You have some tries left; after that wait 5 minutes."
    ]
    assert "There is a problem" in response.content.decode()


GUESSER, OFFICE = "41.203.1.66", "41.203.1.7"


def guess(client, times):
    wrong = {"login": "secretary", "password": "a wrong guess", "device": "shared"}
    for _ in range(times):
        response = client.post(SIGN_IN, wrong, REMOTE_ADDR=GUESSER)
    return response


def right(client, address, login="secretary"):
    data = {"login": login, "password": PASSWORD, "device": "shared"}
    return client.post(SIGN_IN, data, REMOTE_ADDR=address)


def test_the_sixth_guess_is_not_even_tried(client, person):
    throttled = guess(client, 6)
    right(client, GUESSER)

    assert "too many failed tries" in throttled.content.decode()
    assert "_auth_user_id" not in client.session


def test_guesses_elsewhere_lock_nobody_out(client, person):
    guess(client, 6)

    assert right(client, OFFICE).url == reverse("governance:my-work")


def test_a_colleague_in_the_guessers_office_signs_in(client, person, committee):
    user = people.register(committee, username="colleague", name="Colleague", by=person)
    user.set_password(PASSWORD)
    user.save()
    guess(client, 6)

    assert right(client, GUESSER, "colleague").url == reverse("governance:my-work")


def test_behind_a_proxy_the_guesser_is_counted_and_not_the_proxy(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"X-Forwarded-For": f"6.6.6.6, {GUESSER}"})

    assert get_adapter().get_client_ip(request) == GUESSER


@pytest.mark.parametrize(
    ("device", "hours"), [("shared", 10), ("own", 14 * 24)], ids=["shared", "own"]
)
def test_a_session_ends_although_it_is_used(client, person, device, hours):
    start = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    step = dt.timedelta(minutes=20)
    with time_machine.travel(start, tick=False) as clock:
        sign_in_with(client, device=device)
        answers = []
        for _ in range(hours * 3):
            clock.shift(step)
            answers.append(client.get(reverse("account")).status_code)

    assert answers == [200] * (hours * 3 - 1) + [302]


@pytest.mark.parametrize(("device", "still"), [("shared", False), ("own", True)])
def test_half_an_hour_without_use_ends_a_shared_session(client, person, device, still):
    start = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        sign_in_with(client, device=device)
        client.get(reverse("account"))
        clock.shift(dt.timedelta(minutes=31))
        response = client.get(reverse("account"))

    assert (response.status_code == 200) is still


def test_sign_out_needs_a_post(client, person):
    client.force_login(person)

    asked = client.get(reverse("account_logout"))
    done = client.post(reverse("account_logout"))

    assert asked.status_code == 200
    assert done.url == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_changing_the_password_ends_the_tokens(client, person):
    Token.objects.create(user=person)
    client.force_login(person)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "Sehlabathebe-9",
            "password2": "Sehlabathebe-9",
        },
    )

    person.refresh_from_db()
    assert person.check_password("Sehlabathebe-9")
    assert Token.objects.count() == 0


@pytest.mark.parametrize("password", ["short", "1q2w3e4r5t6y", "123456789012345"])
def test_a_weak_password_is_refused(client, person, password):
    client.force_login(person)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_reset_link_is_used_by_a_post_and_once(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(w for w in mail.outbox[0].body.split() if "/reset-password/" in w)
    form = client.get(link, follow=True)
    client.get(link)
    new = {"password1": "Maletsunyane-192", "password2": "Maletsunyane-192"}
    client.post(form.redirect_chain[-1][0], new)

    person.refresh_from_db()
    assert person.check_password("Maletsunyane-192")
    assert "was used or has ended" in client.get(link, follow=True).content.decode()


def test_a_reset_says_nothing_about_who_exists(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(
        reverse("account_reset_password"), {"email": "no@example.org"}
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_an_ended_sign_in_is_refused(client, person):
    User.objects.update(is_active=False)

    response = sign_in_with(client)

    assert "_auth_user_id" not in client.session
    assert "This sign-in has ended" in response.content.decode()


def test_there_is_no_door_to_sign_up(client, db):
    assert client.get("/sign-up/").url == SIGN_IN


def test_signed_in_pages_are_kept_in_no_cache(client, person):
    client.force_login(person)

    assert client.get(reverse("account"))["Cache-Control"] == "no-store, private"
