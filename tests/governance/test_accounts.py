"""Sign-in, its throttle, its sessions and passwords, through the pages people use."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from rest_framework.authtoken.models import Token

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


def test_guessing_is_slowed_down_for_one_person_only(client, person):
    for _ in range(5):
        sign_in_with(client, password="a wrong guess")

    throttled = sign_in_with(client)

    assert "_auth_user_id" not in client.session
    assert "too many failed tries" in throttled.content.decode()


def test_a_shared_computer_ends_after_ten_hours(client, person):
    sign_in_with(client)

    assert client.session.get_expiry_age() == 10 * 3600


def test_an_own_device_stays_signed_in_for_two_weeks(client, person):
    sign_in_with(client, device="own")

    assert client.session.get_expiry_age() == 14 * 24 * 3600


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
